using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Loading
{
    /// <summary>Where the connector is looked for, and what is said if it is not there or is something else.</summary>
    [TestFixture]
    public class Loading
    {
        /// <summary>The reason of the very first refusal in this process.</summary>
        private static readonly string First = RefusalOfEmpty();

        private string folder;

        [SetUp]
        public void Prepare()
        {
            folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            Directory.CreateDirectory(folder);
        }

        [TearDown]
        public void Clean()
        {
            Environment.SetEnvironmentVariable(ConnectorLibrary.Variable, null);
            Environment.SetEnvironmentVariable(ConnectorProgram.Variable, null);
            Directory.Delete(folder, true);
        }

        private static string Refusal(string path)
        {
            return Assert.Throws<ConfigurationException>(() => ConnectorLibrary.Load(path)).Message;
        }

        private static string RefusalOfEmpty()
        {
            var path = Path.GetTempFileName();
            try
            {
                return Refusal(path);
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void A_path_that_leads_nowhere_is_named()
        {
            Assert.AreEqual("there is no connector library at /nowhere/lib.so", Refusal("/nowhere/lib.so"));
        }

        [Test]
        public void A_file_that_is_no_library_is_named_with_the_words_of_the_loader()
        {
            var path = Path.Combine(folder, "text.so");
            File.WriteAllText(path, "text");
            var message = Refusal(path);
            StringAssert.StartsWith("the connector library cannot be loaded: ", message);
            StringAssert.Contains(path, message);
            StringAssert.Contains("64-bit", message);
            StringAssert.Contains("file too short", First);
            StringAssert.Contains("file too short", message);
            StringAssert.Contains("undefined symbol: sfsf_missing",
                Refusal(Environment.GetEnvironmentVariable("SFSF_TEST_UNFINISHED_LIBRARY")));
        }

        [Test]
        public void Another_library_and_one_of_another_version_are_refused()
        {
            StringAssert.Contains("is not the connector library: it has no function sfsf_abi_version",
                Refusal(Environment.GetEnvironmentVariable("SFSF_TEST_OTHER_LIBRARY")));
            var old = Refusal(Environment.GetEnvironmentVariable("SFSF_TEST_OLD_LIBRARY"));
            StringAssert.Contains("has version 2.0 of the ABI; this package needs 1.1 or a later 1", old);
        }

        [Test]
        public void A_program_that_cannot_be_started_or_says_nothing_is_an_error()
        {
            var error = Assert.Throws<ConfigurationException>(() => new ConnectorProgram("/nowhere/program").Info());
            StringAssert.Contains("/nowhere/program cannot be started", error.Message);
            var ended = Assert.Throws<InternalException>(() => new ConnectorProgram("/bin/true").Info());
            StringAssert.Contains("the program has ended with code 0", ended.Message);
            Assert.AreEqual(Effect.NotApplied, ended.Effect);
        }

        [Test]
        public void The_environment_comes_first_then_the_folder()
        {
            var message = Assert.Throws<ConfigurationException>(() => Carrier.Find(folder)).Message;
            StringAssert.Contains("neither as libsfsf_connector.so nor as sfsf-connector", message);
            StringAssert.Contains("SFSF_CONNECTOR_LIBRARY", message);

            File.WriteAllText(Path.Combine(folder, ConnectorProgram.FileName), "");
            Assert.IsInstanceOf<ConnectorProgram>(Carrier.Find(folder));
            // A library that may not be loaded is no reason to give up while there is a program.
            File.WriteAllText(Path.Combine(folder, ConnectorLibrary.FileName), "");
            Assert.IsInstanceOf<ConnectorProgram>(Carrier.Find(folder));
            File.Delete(Path.Combine(folder, ConnectorProgram.FileName));
            Assert.Throws<ConfigurationException>(() => Carrier.Find(folder));

            Environment.SetEnvironmentVariable(ConnectorProgram.Variable, Tenant.Program);
            Assert.AreEqual(Tenant.Program, Carrier.Find(folder).Path);
            Environment.SetEnvironmentVariable(ConnectorLibrary.Variable, Tenant.Library);
            Assert.AreEqual(Tenant.Library, Carrier.Find(folder).Path);
        }

        [Test]
        public void A_library_is_loaded_once()
        {
            Assert.AreSame(ConnectorLibrary.Load(Tenant.Library), ConnectorLibrary.Load(Tenant.Library));
            Assert.AreEqual("1.1", (string)ConnectorLibrary.Load(Tenant.Library).Info()["abi"]);
        }
    }
}
