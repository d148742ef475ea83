using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>What is taken as a configuration is the same over both carriers.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class ConfigurationFiles
    {
        private readonly string carrier;
        private string file;
        private string whole;

        public ConfigurationFiles(string carrier)
        {
            this.carrier = carrier;
        }

        [SetUp]
        public void Prepare()
        {
            file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            whole = File.ReadAllText(Tenant.Configuration).Trim();
        }

        [TearDown]
        public void Clean()
        {
            File.Delete(file);
        }

        private Connection Open(string text, Encoding encoding = null)
        {
            File.WriteAllText(file, text, encoding ?? new UTF8Encoding(false));
            return new Connection(file, Tenant.Carrier(carrier));
        }

        private string Refused(string text, Encoding encoding = null)
        {
            var error = Assert.Throws<ConfigurationException>(() => Open(text, encoding), text);
            StringAssert.Contains(file, error.Message);
            StringAssert.DoesNotContain("hunter2", error.ToString());
            Assert.AreEqual(Effect.NotApplied, error.Effect);
            return error.Message;
        }

        [Test]
        public void A_byte_order_mark_is_passed_over()
        {
            using (var connection = Open(whole, new UTF8Encoding(true)))
            {
                Assert.AreEqual(Presence.Active, connection.Get("User", "sfapi", new string[0]).Presence);
            }
        }

        [Test]
        public void What_is_no_json_is_refused_with_its_place()
        {
            StringAssert.Contains("line 3, column 1", Refused("{\n\"url\": \"hunter2\",\n}"));
            StringAssert.Contains("line 1, column 2", Refused("{hunter2}"));
            StringAssert.Contains("line 2, column 12", Refused("{\"url\":\n\"hunter2\", \"url\": \"x\"}"));
            Refused(whole.Substring(0, whole.Length - 1));
            Refused(whole.TrimEnd('}').TrimEnd() + ",}");
            foreach (var text in new[] { "", "[]", "[{}]", "\"hunter2\"", "url = 'hunter2'", "// c\n{}", "{} hunter2", "\ufeff\ufeff{}", "hunter2", "{\"a\":01}", "{\"a\":NaN}", "{\"a\":[1 2]}" })
            {
                Refused(text);
            }
            Refused(whole, Encoding.Unicode);
        }

        [Test]
        public void What_is_no_file_is_refused()
        {
            foreach (var name in new[] { "/nowhere/none.json", "/tmp", "/dev/zero", "a\0b", "", null, "{\"private_key\":\"hunter2\"}", "-----BEGIN PRIVATE KEY-----\nhunter2\n" })
            {
                var error = Assert.Throws<ConfigurationException>(() => new Connection(name, Tenant.Carrier(carrier)), name);
                StringAssert.DoesNotContain("hunter2", error.ToString());
            }
            foreach (var secret in new[] { "hunter2", "\"hunter2\"", "[\"hunter2\"]", "password=hunter2", "password: hunter2", "MIIE/hunter2", "<key>hunter2</key>", "-----BEGIN PRIVATE KEY----- hunter2", "company_id=A;password=hunter2;url=http://a.com", "eyJ.hunter2.abcdefghi", "hunter2\0", new string('x', 300) + "hunter2" })
            {
                var error = Assert.Throws<ConfigurationException>(() => new Connection(secret, Tenant.Carrier(carrier)), secret);
                StringAssert.DoesNotContain("hunter2", error.ToString());
            }
            foreach (var name in new[] { "/nowhere/none.json", Path.GetTempPath() })
            {
                StringAssert.Contains(name, Assert.Throws<ConfigurationException>(() => new Connection(name, Tenant.Carrier(carrier))).Message);
            }
            Assert.Throws<ConfigurationException>(() => new Connection((IDictionary)null, Tenant.Carrier(carrier)));
        }

        [Test]
        public void A_value_of_a_type_that_no_key_has_is_refused_with_its_name()
        {
            foreach (var value in new object[] { new Version(1, 2), double.NaN, "x\ud800", new object() })
            {
                var keys = new Dictionary<string, object> { { "url", value } };
                StringAssert.Contains("'url'", Assert.Throws<ConfigurationException>(() => new Connection(keys, Tenant.Carrier(carrier))).Message);
            }
        }
    }
}
