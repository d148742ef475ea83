using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace Sfsf.Connector.Tests.Client
{
    /// <summary>A planted secret is found in no exception, and not in what the system shows of the program.</summary>
    [TestFixture("library")]
    [TestFixture("program")]
    public class Secrets
    {
        private const string Password = "Planted-Pa55w0rd";
        private const string Passphrase = "Planted-Phra5e";
        private const string Token = "Planted-T0ken";

        private readonly string carrier;

        public Secrets(string carrier)
        {
            this.carrier = carrier;
        }

        [TearDown]
        public void Clean()
        {
            Tenant.Ask("DELETE", "faults");
        }

        private static IEnumerable<string> Planted
        {
            get { return Tenant.Key("private_key").Split('\n').Where(line => line.Length > 20).Concat(new[] { Password, Passphrase, Token }); }
        }

        /// <summary>Everything that an exception shows to whoever looks.</summary>
        private static string Whole(Exception error)
        {
            var text = new StringBuilder();
            for (; error != null; error = error.InnerException)
            {
                text.AppendLine(error.ToString()).AppendLine(error.Message);
                foreach (DictionaryEntry entry in error.Data)
                {
                    text.AppendLine(entry.Key + " " + entry.Value);
                }
                foreach (var property in error.GetType().GetProperties().Where(one => one.GetIndexParameters().Length == 0))
                {
                    var value = property.GetValue(error, null);
                    text.AppendLine(value is IEnumerable && !(value is string) ? string.Join(" ", ((IEnumerable)value).Cast<object>()) : value + "");
                }
            }
            return text.ToString();
        }

        /// <summary>The exception of what has to fail shows none of the secrets.</summary>
        private void Fails(string what, Action work)
        {
            var error = Assert.Catch(() => work(), what);
            Assert.IsInstanceOf<ConnectorException>(error, what);
            var text = Whole(error);
            foreach (var secret in Planted)
            {
                StringAssert.DoesNotContain(secret, text, what);
            }
        }

        /// <summary>Neither an event shows one, nor an exception.</summary>
        private static void Shows(string what, Func<string> work)
        {
            string shown;
            try
            {
                shown = work();
            }
            catch (ConnectorException error)
            {
                shown = Whole(error);
            }
            foreach (var secret in Planted)
            {
                StringAssert.DoesNotContain(secret, shown, what);
            }
        }

        private Connection Open(params object[] changes)
        {
            return Tenant.Connect(carrier, changes);
        }

        [Test]
        public void No_operation_that_fails_shows_one()
        {
            var call = new CallOptions
            {
                Credentials = new Dictionary<string, Secret> { { "access_token", new Secret(Token) } },
            };
            var attributes = new Dictionary<string, object> { { "status", "t" }, { "password", new Secret(Password) }, { "manager", "nobody" } };
            using (var connection = Open("max_attempts", 1L))
            {
                foreach (var with in new[] { call, new CallOptions { Deadline = TimeSpan.Zero } })
                {
                    Fails("test", () => connection.Test(with));
                    Fails("schema", () => connection.Schema(with));
                    Fails("get", () => connection.Get("User", "sfapi", call: with));
                    Fails("search", () => connection.Search("User", call: with).Count());
                    Fails("import", () => connection.Import("User", call: with).Count());
                    Fails("save", () => connection.Save("User", "sfapi", attributes, call: with));
                    Fails("delete", () => connection.Delete("User", "sfapi", with));
                    Fails("suspend", () => connection.Suspend("User", "sfapi", with));
                    Fails("resume", () => connection.Resume("User", "sfapi", with));
                    Fails("reset_password", () => connection.ResetPassword("User", "sfapi", new Secret(Password), with));
                    Fails("lookup", () => connection.Lookup("divisions", TimeSpan.Zero, with));
                    Fails("explain", () => connection.ExplainObject("User", "sfapi", with));
                }
                Fails("a refused password", () => connection.ResetPassword("User", "nobody", new Secret(Password)));
                Fails("a refused save", () => connection.Save("User", "sfapi", attributes));
                foreach (var value in new object[] { new Convertible(Password), new Secret(Password + "\ud800"), new[] { Password, "\ud800" }, new object[] { Password, double.NaN } })
                {
                    Fails("a password that cannot be written", () => connection.Save("User", "sfapi", new Dictionary<string, object> { { "password", value } }));
                }
                foreach (var text in new[] { Password, "{\"id\":1,\"method\":\"" + "reset_password\",\"params\":{\"new_password\":\"" + Password + "\\ud800\"}}", "{\n\"" + Password })
                {
                    Shows(text, () => string.Join("\n", connection.Events(text)));
                }
            }
        }

        [Test]
        public void No_configuration_that_is_refused_shows_one()
        {
            var key = Tenant.Key("private_key");
            foreach (var changes in new[]
            {
                new object[] { "private_key", Password }, new object[] { "private_key", new[] { key } }, new object[] { "private_key", key.Substring(0, key.Length / 2) },
                new object[] { "private_key", key, "private_key_passphrase", 5L, "access_token", Token, "url", "nonsense" },
                new object[] { "private_key_passphrase", Passphrase, "private_key", key + key, "page_size", Password },
                new object[] { "private_key", key + "\ud800" }, new object[] { "access_token", new Dictionary<string, object> { { "x", Token } } },
                new object[] { "private_key_file", "/nowhere/" + "key.pem" }, new object[] { "private_key", new Version(1, 2), "password", Password },
            })
            {
                Fails(string.Join(" ", changes.Where((_, i) => i % 2 == 0)), () =>
                {
                    using (var connection = Open(changes))
                    {
                        connection.Test();
                    }
                });
            }
        }

        [Test]
        public void No_file_that_is_refused_shows_one()
        {
            var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            var whole = File.ReadAllText(Tenant.Configuration).Trim();
            try
            {
                foreach (var text in new[] { whole + "x", whole + whole, "\"" + Password + "\"", "[" + whole + "]", whole.Substring(0, whole.Length * 2 / 3), whole.Replace("\\n", "\n"), whole.Replace("\\n", "\\q") })
                {
                    File.WriteAllText(file, text);
                    Fails(text, () => new Connection(file, Tenant.Carrier(carrier)).Dispose());
                }
                Fails("the text as a name", () => new Connection(whole, Tenant.Carrier(carrier)).Dispose());
                Fails("the key as a name", () => new Connection(Tenant.Key("private_key"), Tenant.Carrier(carrier)).Dispose());
            }
            finally
            {
                File.Delete(file);
            }
        }

        [Test]
        public void The_system_shows_none()
        {
            var before = Leaks.Children.Own();
            using (var connection = Open())
            {
                connection.ResetPassword("User", "sfapi", new Secret(Password));
                foreach (var child in Leaks.Children.Own().Except(before).Select(id => id.ToString()).Concat(new[] { "self" }))
                {
                    var shown = File.ReadAllText("/proc/" + child + "/cmdline") + File.ReadAllText("/proc/" + child + "/environ");
                    foreach (var secret in Planted)
                    {
                        StringAssert.DoesNotContain(secret, shown);
                    }
                }
            }
        }
    }
}
