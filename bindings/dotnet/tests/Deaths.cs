using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Program
{
    /// <summary>
    /// A program that dies, or that is none of ours: an error, whatever it was just saying, and the host lives. The program that
    /// dies is <c>tests/support/fake_program.py</c>.
    /// </summary>
    [TestFixture]
    public class Deaths
    {
        /// <summary>So many lines are never said in these tests.</summary>
        private const int Never = 100;

        private string[] somebody;

        [TestFixtureSetUp]
        public void Prepare()
        {
            using (var connection = Tenant.Connect())
            using (var people = connection.Search("User", "status eq 't'"))
            {
                somebody = people.Take(3).Select(person => person.Uid).ToArray();
            }
        }

        [TearDown]
        public void Clean()
        {
            foreach (var name in new[] { "SFSF_DIE_AFTER", "SFSF_DIE_WITHIN", "SFSF_BANNER" })
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        private static Connection Open()
        {
            return new Connection(Tenant.Keys, Tenant.Fake);
        }

        /// <summary>
        /// Does something over programs of which each dies one line later, until one lives long enough, and gives the errors.
        /// </summary>
        private static IList<InternalException> Die(bool within, Action<Connection> work)
        {
            var errors = new List<InternalException>();
            for (var lines = 0; lines < Never; lines++)
            {
                Environment.SetEnvironmentVariable("SFSF_DIE_AFTER", lines.ToString());
                Environment.SetEnvironmentVariable("SFSF_DIE_WITHIN", within ? "1" : null);
                var error = Try(work);
                Environment.SetEnvironmentVariable("SFSF_DIE_AFTER", null);
                using (var next = Open())
                {
                    Assert.AreEqual(Presence.Active, next.Get("User", "sfapi", new string[0]).Presence, "after line " + lines);
                }
                if (error == null)
                {
                    return errors;
                }
                StringAssert.Contains("the program has ended with code", error.Message);
                Assert.AreEqual(Retry.Later, error.Retry);
                errors.Add(error);
            }
            throw new InvalidOperationException("it never lived long enough");
        }

        private static InternalException Try(Action<Connection> work)
        {
            try
            {
                using (var connection = Open())
                {
                    try
                    {
                        work(connection);
                        return null;
                    }
                    finally
                    {
                        // Whatever comes after the death is refused before it is sent.
                        if (!connection.IsAlive)
                        {
                            Assert.AreEqual(Effect.NotApplied, Assert.Throws<InternalException>(() => connection.Delete("User", "nobody")).Effect);
                        }
                    }
                }
            }
            catch (InternalException error)
            {
                return error;
            }
        }

        private Dictionary<string, object> Filter()
        {
            return new Dictionary<string, object> { { "in", new object[] { "userId", somebody } } };
        }

        [TestCase(true)]
        [TestCase(false)]
        public void A_search_in_which_the_program_dies_is_an_error_after_any_line(bool within)
        {
            var wanted = new SearchOptions { AttributesToGet = new string[0] };
            var errors = Die(within, connection => Assert.AreEqual(
                3, connection.Search("User", Filter(), wanted).Count(), "a search that ends is whole"));
            // The greeting, the opening, three people and the summary.
            Assert.GreaterOrEqual(errors.Count, 6);
            Assert.AreEqual(new[] { "not_applied" }, errors.Select(error => error.EffectText).Distinct().ToArray());
        }

        [TestCase(true)]
        [TestCase(false)]
        public void An_import_in_which_the_program_dies_is_an_error_after_any_line(bool within)
        {
            var wanted = new ImportOptions { AttributesToGet = new string[0] };
            var errors = Die(within, connection => Assert.AreEqual(
                3, connection.Import("User", Filter(), wanted).Count(), "an import that ends is whole"));
            Assert.GreaterOrEqual(errors.Count, 6);
            Assert.AreEqual(new[] { "not_applied" }, errors.Select(error => error.EffectText).Distinct().ToArray());
        }

        [TestCase(true)]
        [TestCase(false)]
        public void A_save_in_which_the_program_dies_has_an_unknown_effect(bool within)
        {
            var title = "T" + Guid.NewGuid().ToString("N").Substring(0, 8);
            var errors = Die(within, connection => connection.Save("User", "sfapi", new Dictionary<string, object> { { "title", title } }));
            // Nothing was sent before the session was open; then the change was made, and nobody said so.
            Assert.AreEqual("not_applied not_applied unknown", string.Join(" ", errors.Select(error => error.EffectText)));
            StringAssert.Contains("read before you repeat the change", errors[2].Message);
            using (var connection = Open())
            {
                Assert.AreEqual(title, connection.Get("User", "sfapi", new[] { "title" }).Object.First("title"));
            }
        }

        [TestCase("Welcome to the shell")]
        [TestCase("{}")]
        [TestCase("{\"id\":\"hello\"}")]
        [TestCase("{\"method\":\"item\"}")]
        [TestCase("\\xff\\xff")]
        [TestCase("\\n")]
        public void A_program_that_prints_a_banner_is_refused(string banner)
        {
            Environment.SetEnvironmentVariable("SFSF_BANNER", banner);
            foreach (var attempt in new TestDelegate[] { () => Open(), () => Tenant.Fake.Info() })
            {
                var error = Assert.Throws<InternalException>(attempt);
                StringAssert.Contains("does not speak as sfsf-connector does", error.Message);
                Assert.AreEqual("not_applied never", error.EffectText + " " + error.RetryText);
            }
            Environment.SetEnvironmentVariable("SFSF_BANNER", null);
            Open().Dispose();
        }

        [Test]
        public void A_program_that_is_none_of_ours_is_refused_and_hears_no_secret()
        {
            foreach (var script in new[] { "exec cat", "exec yes", "echo hello there", "exec tee /dev/stderr", "cat >&2", "exit 3", "exec <&- sleep 60", "read a; read a; echo '{\"id\":\"hello\",\"error\":{}}'; exec cat" })
            {
                using (var foreign = new Script(script))
                {
                    var error = Assert.Throws<InternalException>(() => new Connection(Tenant.Keys, foreign.Program), script);
                    Assert.AreEqual(Effect.NotApplied, error.Effect, script);
                    StringAssert.DoesNotContain("PRIVATE", error.ToString(), script);
                }
            }
        }

        [Test]
        public void What_a_program_says_at_its_start_is_in_the_error()
        {
            using (var foreign = new Script("echo 'version GLIBC_2.38 not found' >&2; exit 1"))
            {
                var error = Assert.Throws<InternalException>(() => new Connection(Tenant.Keys, foreign.Program));
                StringAssert.Contains("has ended with code 1: version GLIBC_2.38 not found", error.Message);
            }
        }

        [Test]
        public void A_program_of_another_protocol_is_refused()
        {
            using (var foreign = new Script("read a; read a; echo '{\"id\":\"hello\",\"result\":{\"protocol\":\"sfc/2\"}}'; cat > /dev/null"))
            {
                var error = Assert.Throws<ConfigurationException>(() => new Connection(Tenant.Keys, foreign.Program));
                StringAssert.Contains("speaks the protocol 'sfc/2'; this package needs sfc/1", error.Message);
            }
        }

        [Test]
        public void Nonsense_in_the_middle_is_an_error_of_everything_under_way()
        {
            // The first line is empty.
            var greeting = "read a; read a; echo '{\"id\":\"hello\",\"result\":{\"protocol\":\"sfc/1\"}}'; "
                + "read a; echo '{\"id\":\"open\",\"result\":{\"session\":\"s1\"}}'; ";
            foreach (var nonsense in new[] { "nonsense", "{\"id\":1", "[]", "{\"id\":null}", "{\"id\":7,\"result\":null}" })
            {
                using (var foreign = new Script(greeting + "read a; echo '" + nonsense + "'; cat > /dev/null"))
                using (var connection = new Connection(Tenant.Keys, foreign.Program))
                {
                    var error = Assert.Throws<InternalException>(() => connection.Suspend("User", "sfapi"), nonsense);
                    Assert.AreEqual(Effect.Unknown, error.Effect, nonsense);
                    Assert.IsFalse(connection.IsAlive);
                }
            }
        }

        /// <summary>A program in the language of the shell.</summary>
        private sealed class Script : IDisposable
        {
            private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

            public Script(string text)
            {
                File.WriteAllText(path, "#!/bin/sh\n" + text + "\n");
                Tenant.Run("chmod", "700 " + path);
            }

            public ConnectorProgram Program
            {
                get { return new ConnectorProgram(path) { PatienceMilliseconds = 1000 }; }
            }

            public void Dispose()
            {
                File.Delete(path);
            }
        }
    }
}
