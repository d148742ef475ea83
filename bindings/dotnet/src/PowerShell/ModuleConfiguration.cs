using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Where the PowerShell module has its configuration from: a table or a file that it is given, else the file that
    /// <c>SFSF_CONFIG</c> names, else <c>SapSuccessFactors.json</c> in the folder of the module. OpenIAM's header and a
    /// credential come on top.
    /// </summary>
    internal static class ModuleConfiguration
    {
        /// <summary>The file in the folder of the module.</summary>
        public const string FileName = "SapSuccessFactors.json";

        /// <summary>With one of these, the password of the header is not taken for a private key.</summary>
        private static readonly string[] Proofs = { "private_key", "assertion", "access_token" };

        /// <summary>The keys of the configuration.</summary>
        /// <param name="given">A table, the name of a JSON file, or nothing.</param>
        /// <param name="header">OpenIAM's header: Url, Login and Password; or nothing.</param>
        /// <param name="username">The user of a credential, or nothing.</param>
        /// <param name="secret">The password of a credential, which is the private key; or nothing.</param>
        /// <param name="folder">The folder of the module.</param>
        public static Dictionary<string, object> Of(
            object given, IDictionary header, string username, SecureString secret, string folder)
        {
            var keys = Given(Unwrap.Value(given), folder);
            Set(keys, "url", Field(header, "Url"));
            Set(keys, "username", Field(header, "Login"));
            if (!keys.Keys.Any(key => Proofs.Any(proof => key.StartsWith(proof, StringComparison.OrdinalIgnoreCase))))
            {
                Set(keys, "private_key", Field(header, "Password"));
            }
            Set(keys, "username", username);
            if (secret != null && secret.Length > 0)
            {
                foreach (var form in keys.Keys.Where(key => key.StartsWith("private_key", StringComparison.OrdinalIgnoreCase)
                    && !key.StartsWith("private_key_passphrase", StringComparison.OrdinalIgnoreCase)).ToList())
                {
                    keys.Remove(form);
                }
                keys["private_key"] = new Secret(secret).Reveal();
            }
            return keys;
        }

        private static Dictionary<string, object> Given(object given, string folder)
        {
            var table = given as IDictionary;
            if (table != null)
            {
                var keys = Empty();
                foreach (DictionaryEntry key in table)
                {
                    var value = Unwrap.Value(key.Value);
                    keys[Convert.ToString(key.Key, CultureInfo.InvariantCulture)] =
                        value is SecureString ? new Secret((SecureString)value).Reveal() : value;
                }
                return keys;
            }
            var file = given as string ?? Environment.GetEnvironmentVariable("SFSF_CONFIG");
            if (!string.IsNullOrEmpty(file))
            {
                return Read(file);
            }
            var beside = Path.Combine(folder ?? "", FileName);
            return File.Exists(beside) ? Read(beside) : Empty();
        }

        private static Dictionary<string, object> Read(string file)
        {
            try
            {
                var keys = Empty();
                foreach (var key in Json.ParseObject(File.ReadAllBytes(file)))
                {
                    keys[key.Key] = key.Value;
                }
                return keys;
            }
            catch (Exception error)
            {
                if (error is IOException || error is UnauthorizedAccessException || error is FormatException)
                {
                    throw new ConfigurationException(
                        file + " cannot be read as a configuration: " + error.Message, "the module reads JSON", error);
                }
                throw;
            }
        }

        private static Dictionary<string, object> Empty()
        {
            return new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        }

        private static object Field(IDictionary header, string name)
        {
            return header == null ? null : Unwrap.Value(header[name]);
        }

        private static void Set(IDictionary<string, object> keys, string name, object value)
        {
            var secure = value as SecureString;
            var text = secure == null ? value as string : new Secret(secure).Reveal();
            if (!string.IsNullOrEmpty(text))
            {
                keys[name] = text;
            }
        }
    }
}
