using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using NUnit.Framework;
using Sfsf.Connector.OpenIam;
using Sfsf.Connector.PowerShell;

namespace System.Management.Automation
{
    /// <summary>What PowerShell wraps values in, as far as it matters here.</summary>
    public sealed class PSObject
    {
        public PSObject(object inner)
        {
            BaseObject = inner;
        }

        public object BaseObject { get; private set; }
    }
}

namespace Sfsf.Connector.Tests.PowerShell
{
    using System.Management.Automation;

    /// <summary>What the functions of the PowerShell module call, with what they would pass.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class PowerShellModule
    {
        private readonly string carrier;
        private Module tenant;

        public PowerShellModule(string carrier)
        {
            this.carrier = carrier;
        }

        [TestFixtureSetUp]
        public void Open()
        {
            var variable = carrier == "program" ? ConnectorProgram.Variable : ConnectorLibrary.Variable;
            Environment.SetEnvironmentVariable(variable, carrier == "program" ? Tenant.Program : Tenant.Library);
            tenant = Module.Open(Tenant.Configuration, null, null, null, "");
        }

        [TestFixtureTearDown]
        public void Close()
        {
            Module.Close();
            Environment.SetEnvironmentVariable(ConnectorLibrary.Variable, null);
            Environment.SetEnvironmentVariable(ConnectorProgram.Variable, null);
        }

        private string Name(string name)
        {
            return name + "." + carrier;
        }

        private static SecureString Secure(string text)
        {
            var secure = new SecureString();
            text.ToList().ForEach(secure.AppendChar);
            return secure;
        }

        private List<IDictionary> Found(string type, string filter, string[] fields, string identity)
        {
            using (var stream = tenant.Search(type, filter, fields, identity))
            {
                var found = stream.Select(one => (IDictionary)FlatObject.Of(one)).ToList();
                Assert.IsEmpty(stream.Problems);
                return found;
            }
        }

        private SaveOutcome Person(string name)
        {
            return tenant.Save("USER", Name(name), new Hashtable { { "status", "t" }, { "username", Name(name) }, { "title", "CTO" } });
        }

        [Test]
        public void A_table_is_saved_and_found_again()
        {
            Assert.AreEqual(SaveAction.Created, Person("table").Action);
            var found = Found(null, null, new[] { "title,hireDate" }, Name("table")).Single();
            Assert.AreEqual(new[] { "userId", "hireDate", "status", "title" }, found.Keys.Cast<string>().OrderBy(key => key != "userId").ThenBy(key => key));
            Assert.AreEqual("CTO", found["TITLE"], "fields are found in any case");
            Assert.AreEqual(new[] { "title" }, tenant.Save("", "", new Hashtable { { "userId", Name("table") }, { "title", null } }).Changed);
        }

        [Test]
        public void Values_of_powershell_come_out_of_their_wrapping()
        {
            Person("wrapped");
            var attributes = new PSObject(new Hashtable { { "title", new PSObject("Boss") }, { "firstName", new object[] { new PSObject("Zoë") } } });
            CollectionAssert.AreEquivalent(new[] { "title", "firstName" }, tenant.Save("USER", Name("wrapped"), attributes).Changed);
        }

        [Test]
        public void OpenIams_list_of_attributes_has_an_operation_for_each_value()
        {
            Func<string, object, Hashtable> value = (operation, one) => new Hashtable { { "value", one }, { "operation", operation } };
            var list = new object[]
            {
                new Hashtable { { "name", "title" }, { "values", new object[] { value("REPLACE", "CEO") } } },
                new Hashtable { { "Name", "a" }, { "Values", new object[] { value("ADD", "1"), value("delete", "2") } } },
                new Hashtable { { "name", "b" }, { "values", new object[] { value("NO_CHANGE", "1") } } },
                new Hashtable { { "name", "c" }, { "values", new object[0] } },
                new Hashtable { { "name", "d" }, { "values", new object[] { new Hashtable { { "value", 1 } }, value("ADD", 2) } } },
                new Hashtable { { "name", "password" }, { "values", "Pa55" } },
            };
            var changes = AttributeChanges.Of(list);
            Assert.AreEqual("a c d password title", string.Join(" ", changes.Keys.OrderBy(name => name)));
            Assert.AreEqual(new[] { "CEO" }, changes["title"]);
            var delta = (Dictionary<string, object>)changes["a"];
            Assert.AreEqual("1 2", ((List<object>)delta["add"])[0] + " " + ((List<object>)delta["remove"])[0]);
            Assert.AreEqual(new object[0], changes["c"]);
            Assert.AreEqual(new object[] { 1, 2 }, changes["d"]);
            Assert.AreEqual(new[] { new Secret("Pa55") }, changes["password"]);
            Assert.Throws<InvalidRequestException>(() => AttributeChanges.Of("title"));
        }

        [Test]
        public void An_operation_is_one_of_four_in_any_case_or_none()
        {
            Func<object, Hashtable> title = operation => new Hashtable
            {
                { "name", "title" }, { "values", new object[] { new Hashtable { { "value", "T" }, { "operation", operation } } } },
            };
            foreach (var operation in new[] { "REPLACE", "replace", null })
            {
                Assert.AreEqual(new[] { "T" }, AttributeChanges.Of(title(operation))["title"]);
            }
            Assert.IsEmpty(AttributeChanges.Of(title("no_change")));
            foreach (var operation in new object[] { "SET", "REPLACE ", "", " ", 1, "REMOVE" })
            {
                var error = Assert.Throws<InvalidAttributeException>(() => AttributeChanges.Of(title(operation)));
                Assert.AreEqual("title", error.Attributes.Single());
                StringAssert.Contains("ADD, REPLACE, DELETE, NO_CHANGE", error.Message);
            }
        }

        [Test]
        public void A_name_without_values_and_an_operation_without_a_value_clear_nothing()
        {
            foreach (var json in new[] { "[{\"name\":\"title\"}]", "[{\"name\":\"title\",\"value\":\"T\"}]", "[{\"name\":\"title\",\"values\":null}]" })
            {
                Assert.Throws<InvalidRequestException>(() => AttributeChanges.Of(json));
            }
            foreach (var value in new[] { "{\"operation\":\"REPLACE\"}", "{\"operation\":\"ADD\",\"value\":null}", "{\"operation\":\"DELETE\"}" })
            {
                var json = "[{\"name\":\"title\",\"values\":[" + value + "]}]";
                Assert.AreEqual("title", Assert.Throws<InvalidAttributeException>(() => AttributeChanges.Of(json)).Attributes.Single());
            }
            Assert.AreEqual(new object[0], AttributeChanges.Of("[{\"name\":\"title\",\"values\":[{\"value\":null}]}]")["title"]);
        }

        [Test]
        public void Attributes_come_as_json_and_one_alone_is_a_list()
        {
            var json = "[{\"name\":\"title\",\"values\":[{\"value\":\"T2\",\"operation\":\"REPLACE\"}]}]";
            Assert.AreEqual(new[] { "T2" }, AttributeChanges.Of(json)["title"]);
            Assert.AreEqual(new[] { "T2" }, AttributeChanges.Of(json.Substring(1, json.Length - 2))["title"]);
            Assert.AreEqual(new[] { "T4" }, AttributeChanges.Of("{\"title\":\"T4\"}")["title"]);
            Assert.AreEqual(new object[0], AttributeChanges.Of("{\"title\":null}")["title"]);
            Assert.Throws<InvalidAttributeException>(() => AttributeChanges.Of(new Hashtable { { "title", 1 }, { "TITLE", 2 } }));
        }

        [Test]
        public void Values_are_taken_as_they_are_meant_or_refused_by_the_name_of_the_attribute()
        {
            var values = new FieldValues("zoe", name => name == "hireDate" ? "date" : name == "since" ? "date_time" : "string");
            var tokyo = new DateTimeOffset(2005, 12, 11, 0, 0, 0, TimeSpan.FromHours(9));
            foreach (var day in new object[]
            {
                new DateTime(2005, 12, 11), new DateTime(2005, 12, 11, 0, 0, 0, DateTimeKind.Local),
                new DateTime(2005, 12, 11, 0, 0, 0, DateTimeKind.Utc), tokyo, tokyo.ToOffset(TimeSpan.FromHours(9)),
            })
            {
                Assert.AreEqual(new Date(2005, 12, 11), values.Of("hireDate", day));
            }
            Assert.AreEqual(tokyo, values.Of("since", tokyo));
            Assert.AreEqual(new DateTimeOffset(new DateTime(2005, 12, 11)), values.Of("since", new DateTime(2005, 12, 11)));
            Assert.AreEqual("t f", values.Of("status", true) + " " + values.Of("STATUS", false));
            Assert.AreEqual(true, values.Of("married", true));
            Assert.AreEqual("Monday", values.Of("title", DayOfWeek.Monday));
            Assert.AreEqual(12L, values.Of("title", (byte)12));
            Assert.AreEqual(1.5m, values.Of("title", 1.5));
            foreach (var wrong in new object[] { double.NaN, double.PositiveInfinity, 1e300, 1e-300, TimeSpan.Zero, new object(), new Version(1, 0) })
            {
                var error = Assert.Throws<InvalidAttributeException>(() => values.Of("title", wrong));
                Assert.AreEqual("title", error.Attributes.Single());
            }
            Assert.Throws<InvalidAttributeException>(() => values.Of("hireDate", new DateTime(2005, 12, 11, 1, 0, 0)));
            Assert.Throws<InvalidAttributeException>(() => values.Of("password", 12345678));
            Assert.AreEqual(new Secret("Pa55"), values.Of("password", Secure("Pa55")));
        }

        [Test]
        public void Suspend_resume_remove_and_passwords_do_what_they_are_called()
        {
            Person("life");
            Assert.AreEqual(SaveAction.Suspended, tenant.Suspend("USER", Name("life")).Action);
            Assert.AreEqual("f", Found("USER", "*", null, null).Single(one => (string)one["userId"] == Name("life"))["status"]);
            Assert.AreEqual(SaveAction.Revived, tenant.Resume("USER", Name("life")).Action);
            foreach (var password in new object[] { "N3w-Pass-Phrase", Secure("N3w-Pass-Phrase-2"), new PSObject(Secure("N3w-Pass-Phrase-3")) })
            {
                Assert.AreEqual(new[] { "__PASSWORD__" }, tenant.ResetPassword(null, Name("life"), password).Changed);
            }
            Assert.AreEqual(Presence.Inactive, tenant.Remove(null, Name("life")).Presence);
        }

        [Test]
        public void Groups_are_a_type_and_a_filter_comes_before_an_identity()
        {
            Assert.AreEqual("DynamicGroup", Words.ObjectClass("Group"));
            Assert.IsNotEmpty(Found("GROUP", null, null, null));
            Assert.AreEqual("sfapi", Found("USER", "username eq 'sfapi'", null, "nobody").Single()["userId"]);
            Assert.IsEmpty(Found("USER", "", null, "nobody"));
        }

        [Test]
        public void A_test_says_what_was_checked_and_a_login_is_refused()
        {
            Assert.AreEqual("token metadata read", string.Join(" ", tenant.Test().Select(check => check.Name)));
            Assert.Throws<UnsupportedException>(() => Module.TestPassword());
        }

        [Test]
        public void Calls_with_one_configuration_share_one_token()
        {
            Tenant.Ask("DELETE", "requests");
            for (var i = 0; i < 3; i++)
            {
                var keys = new Hashtable(Tenant.Keys) { { "lookup_age", 7L } };
                using (var stream = Module.Open(keys, null, null, null, "").Search("USER", null, null, "sfapi"))
                {
                    Assert.AreEqual(1, stream.Count());
                }
            }
            Assert.AreEqual(1, Tenant.Logins());
        }

        /// <summary>Everybody, in so many pages that they do not come at once.</summary>
        private static ObjectStream Everybody(long age)
        {
            var keys = new Hashtable(Tenant.Keys) { { "lookup_age", age }, { "page_size", 10L } };
            return Module.Open(keys, null, null, null, "").Search("USER", null, null, null);
        }

        private static Module Idle(long age)
        {
            return Module.Open(new Hashtable(Tenant.Keys) { { "lookup_age", age } }, null, null, null, "");
        }

        [Test]
        public void A_program_that_died_is_started_anew_for_the_next_call()
        {
            var own = Idle(77);
            if (carrier == "program")
            {
                Tenant.Fault("hang:GET userId*1");
                using (var stream = own.Search("USER", null, null, "sfapi"))
                {
                    foreach (var child in Leaks.Children.Own())
                    {
                        System.Diagnostics.Process.GetProcessById(child).Kill();
                    }
                    var error = Assert.Throws<InternalException>(() => stream.Count());
                    Assert.AreEqual("later not_applied", error.RetryText + " " + error.EffectText);
                }
                Tenant.Ask("DELETE", "faults");
            }
            Assert.AreEqual("token", own.Test()[0].Name);
            Assert.AreEqual("token", Idle(77).Test()[0].Name);
        }

        [Test]
        public void More_configurations_than_are_kept_close_none_that_is_in_use()
        {
            using (var stream = Everybody(100))
            using (var other = Everybody(101))
            {
                var found = stream.GetEnumerator();
                Assert.IsTrue(found.MoveNext());
                for (var age = 0; age < 20; age++)
                {
                    Idle(age);
                }
                var count = 1;
                while (found.MoveNext())
                {
                    count++;
                }
                Assert.AreEqual(count, other.Count());
                Assert.GreaterOrEqual(count, 300);
            }
        }

        [Test]
        public void The_connection_whose_last_use_was_longest_ago_is_closed_first()
        {
            Tenant.Ask("DELETE", "requests");
            using (var stream = Everybody(102))
            {
                for (var age = 0; age < 20; age++)
                {
                    Idle(age);
                }
                Assert.GreaterOrEqual(stream.Count(), 300);
            }
            // There is room for fifteen others.
            for (var age = 20; age < 35; age++)
            {
                Idle(age);
            }
            using (var again = Everybody(102))
            {
                Assert.GreaterOrEqual(again.Count(), 300);
            }
            Assert.AreEqual(1, Tenant.Logins());
            for (var age = 0; age < 16; age++)
            {
                Idle(age);
            }
            using (var anew = Everybody(102))
            {
                Assert.GreaterOrEqual(anew.Count(), 300);
            }
            Assert.AreEqual(2, Tenant.Logins());
        }

        [Test]
        public void Whoever_closes_all_connections_leaves_those_that_are_in_use()
        {
            using (var stream = Everybody(103))
            {
                var found = stream.GetEnumerator();
                Assert.IsTrue(found.MoveNext());
                Module.Close();
                var count = 1;
                while (found.MoveNext())
                {
                    count++;
                }
                Assert.GreaterOrEqual(count, 300);
            }
            Assert.IsNotEmpty(Found("USER", null, null, "sfapi"), "the module opens another one");
        }
    }

    /// <summary>Where the module has its configuration from, and its words for errors.</summary>
    [TestFixture]
    public class Settings
    {
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
            Environment.SetEnvironmentVariable("SFSF_CONFIG", null);
            Directory.Delete(folder, true);
        }

        private string Shown(object given, IDictionary header = null, string user = null, string key = null)
        {
            var secure = new SecureString();
            (key ?? "").ToList().ForEach(secure.AppendChar);
            var keys = ModuleConfiguration.Of(given, header, user, key == null ? null : secure, folder);
            return string.Join(" ", keys.OrderBy(one => one.Key).Select(one => one.Key + "=" + one.Value));
        }

        [Test]
        public void The_header_comes_over_the_configuration_and_the_credential_over_both()
        {
            var header = new Hashtable { { "Url", "u" }, { "Login", "l" }, { "Password", "p" }, { "Type", "USER" } };
            Assert.AreEqual("", Shown(null));
            Assert.AreEqual("company_id=c private_key=p url=u username=l", Shown(new Hashtable { { "company_id", "c" }, { "url", "x" } }, header));
            Assert.AreEqual("private_key_file=/f url=u username=l", Shown(new Hashtable { { "private_key_file", "/f" } }, header));
            Assert.AreEqual("private_key=k private_key_passphrase=s url=u username=n",
                Shown(new Hashtable { { "private_key_file", "f" }, { "private_key_passphrase", "s" } }, header, "n", "k"));
        }

        [Test]
        public void A_file_is_named_by_the_caller_or_the_environment_or_lies_beside_the_module()
        {
            File.WriteAllText(Path.Combine(folder, "SapSuccessFactors.json"), "{\"url\":\"beside\"}");
            Assert.AreEqual("url=beside", Shown(null));
            File.WriteAllText(Path.Combine(folder, "other.json"), "{\"url\":\"environment\"}");
            Environment.SetEnvironmentVariable("SFSF_CONFIG", Path.Combine(folder, "other.json"));
            Assert.AreEqual("url=environment", Shown(null));
            File.WriteAllText(Path.Combine(folder, "mine.json"), "{\"URL\":\"given\"}");
            Assert.AreEqual("URL=given", Shown(new PSObject(Path.Combine(folder, "mine.json"))));
            var missing = Assert.Throws<ConfigurationException>(() => Shown("/nowhere.json"));
            StringAssert.Contains("/nowhere.json cannot be read as a configuration", missing.Message);
            File.WriteAllText(Path.Combine(folder, "acme.toml"), "private_key = 'hunter2'");
            var toml = Assert.Throws<ConfigurationException>(() => Shown(Path.Combine(folder, "acme.toml")));
            StringAssert.Contains("reads JSON", toml.Message);
            StringAssert.DoesNotContain("hunter2", toml.ToString());
        }

        [Test]
        public void Every_kind_has_a_word_of_openiam_and_a_category()
        {
            var categories = ("NotSpecified OpenError CloseError DeviceError DeadlockDetected InvalidArgument InvalidData "
                + "InvalidOperation InvalidResult InvalidType MetadataError NotImplemented NotInstalled ObjectNotFound "
                + "OperationStopped OperationTimeout SyntaxError ParserError PermissionDenied ResourceBusy ResourceExists "
                + "ResourceUnavailable ReadError WriteError FromStdErr SecurityError ProtocolError ConnectionError "
                + "AuthenticationError LimitsExceeded QuotaExceeded NotEnabled").Split(' ');
            foreach (var kind in Client.Kinds.Known)
            {
                CollectionAssert.Contains(categories, ErrorWords.Category(kind));
                Assert.IsTrue(kind == ErrorKind.Internal || kind == ErrorKind.TargetProtocol || ErrorWords.OpenIam(kind) != "connectorError", kind.ToString());
            }
            Assert.AreEqual("noSuchIdentifier", ErrorWords.OpenIam(ErrorKind.NotFound));
        }
    }
}
