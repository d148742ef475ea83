using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Where the PowerShell module has its configuration from: the one that it is given, else the file that
    /// <c>SFSF_CONFIG</c> names, else <c>SapSuccessFactors.json</c> in the folder of the module. OpenIAM's header and a
    /// credential come on top. No part of a configuration is repeated by an error.
    /// </summary>
    internal static class ModuleConfiguration
    {
        /// <summary>The file in the folder of the module.</summary>
        public const string FileName = "SapSuccessFactors.json";

        /// <summary>With one of these, the password of the header is not taken for a private key.</summary>
        private static readonly string[] Proofs = { "private_key", "assertion", "access_token" };

        /// <summary>The configuration of a call: what was given is used or refused, and nothing takes its place.</summary>
        /// <param name="caller">The function with its parameters.</param>
        /// <param name="header">Its header. One that was not given with the call adds what is missing alone.</param>
        /// <param name="folder">The folder of the module.</param>
        /// <exception cref="ConfigurationException">What was given is no configuration.</exception>
        public static Dictionary<string, object> Of(Caller caller, IDictionary<string, object> header, string folder)
        {
            foreach (var parameter in new[] { "Configuration", "Credential" })
            {
                if (caller.Has(parameter) && caller.Parameter(parameter) == null)
                {
                    throw new ConfigurationException("-" + parameter + " was given, and is empty; leave it out, or say what it is");
                }
            }
            var given = caller.Parameter("Configuration");
            var credential = caller.Parameter("Credential");
            var user = credential == null ? null : (string)Get(credential, "UserName");
            var secret = credential == null ? null : (SecureString)Get(credential, "Password") ?? new SecureString();
            var wins = given == null || caller.Has("HeaderAttributes");
            return Of(given, (IDictionary)header, user, secret, folder, caller.File, wins);
        }

        /// <summary>The keys of the configuration.</summary>
        /// <param name="given">A table, an object, JSON, the name of a JSON file, or nothing.</param>
        /// <param name="header">OpenIAM's header: Url, Login and Password; or nothing.</param>
        /// <param name="username">The user of a credential, or nothing.</param>
        /// <param name="secret">The password of a credential, which is the private key; or nothing.</param>
        /// <param name="folder">The folder of the module.</param>
        /// <param name="place">The file that a name means.</param>
        /// <param name="headerWins">Whether the header comes over the configuration, or adds what is missing alone.</param>
        public static Dictionary<string, object> Of(
            object given,
            IDictionary header,
            string username,
            SecureString secret,
            string folder,
            Func<string, string> place = null,
            bool headerWins = true)
        {
            var keys = Given(Unwrap.Value(given), folder, place ?? Path.GetFullPath);
            Set(keys, "url", Field(header, "Url"), headerWins);
            Set(keys, "username", Field(header, "Login"), headerWins);
            if (!keys.Keys.Any(key => Proofs.Any(proof => key.StartsWith(proof, StringComparison.OrdinalIgnoreCase))))
            {
                Set(keys, "private_key", Field(header, "Password"), true);
            }
            Set(keys, "username", username, true);
            if (secret != null)
            {
                SetKey(keys, secret);
            }
            return keys;
        }

        private static void SetKey(Dictionary<string, object> keys, SecureString secret)
        {
            if (secret.Length == 0)
            {
                throw new ConfigurationException("the credential has no password, which is the private key");
            }
            foreach (var form in keys.Keys.Where(key => key.StartsWith("private_key", StringComparison.OrdinalIgnoreCase)
                && !key.StartsWith("private_key_passphrase", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                keys.Remove(form);
            }
            keys["private_key"] = new Secret(secret).Reveal();
        }

        private static Dictionary<string, object> Given(object given, string folder, Func<string, string> place)
        {
            if (given != null)
            {
                return ConfigurationText.Of(given, place);
            }
            var named = Environment.GetEnvironmentVariable("SFSF_CONFIG");
            if (!string.IsNullOrEmpty(named))
            {
                return ConfigurationText.Of(named, place);
            }
            var beside = Path.Combine(folder ?? "", FileName);
            return File.Exists(beside) ? ConfigurationText.InFile(beside) : ConfigurationKeys.Empty();
        }

        private static object Field(IDictionary header, string name)
        {
            return header == null || !header.Contains(name) ? null : Unwrap.Value(header[name]);
        }

        private static void Set(IDictionary<string, object> keys, string name, object value, bool wins)
        {
            var secure = value as SecureString;
            var text = secure != null ? new Secret(secure).Reveal() : value is Uri ? ((Uri)value).OriginalString : value as string;
            if (value != null && text == null)
            {
                throw new ConfigurationException("Url, Login and Password of the header are texts, and not of the type " + Faults.TypeOf(value));
            }
            if (!string.IsNullOrEmpty(text) && (wins || !keys.ContainsKey(name)))
            {
                keys[name] = text;
            }
        }

        private static object Get(object of, string property)
        {
            var found = of.GetType().GetProperty(property);
            return found == null ? null : found.GetValue(of, null);
        }
    }
}
