using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text.RegularExpressions;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>Keys of a configuration, with values as the connector takes them.</summary>
    internal static class ConfigurationKeys
    {
        /// <summary>Keys that name a file; a certificate may be its text instead.</summary>
        private static readonly Regex Files = new Regex(@"^(ca_file|certificate|\w+_file)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        private static readonly Regex Words = new Regex("^[A-Za-z][A-Za-z_]{0,39}$");

        /// <summary>No keys. Their names are the same in any case.</summary>
        public static Dictionary<string, object> Empty()
        {
            return new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>The keys of a table.</summary>
        /// <param name="table">The table.</param>
        /// <param name="place">Where a file is that a value names.</param>
        /// <exception cref="ConfigurationException">A key or a value is none. Neither is repeated.</exception>
        public static Dictionary<string, object> Of(object table, Func<string, string> place)
        {
            var keys = Empty();
            foreach (var key in Plain.Fields(table))
            {
                if (!Words.IsMatch(key.Key))
                {
                    throw new ConfigurationException("what stands for a key of the configuration is no name");
                }
                if (keys.ContainsKey(key.Key))
                {
                    throw new ConfigurationException("a key is twice in the configuration");
                }
                keys[key.Key] = Placed(key.Key, Value(key.Value), place);
            }
            return keys;
        }

        /// <summary>The line and the column that an error of JSON names, and nothing else of it.</summary>
        public static string Position(string message)
        {
            var position = Regex.Match(message ?? "", @"line \d+,? column \d+");
            return position.Success ? "it is no JSON object: " + position.Value : "it is no JSON object";
        }

        private static object Value(object value)
        {
            value = Unwrap.Value(value);
            if (value is SecureString)
            {
                return new Secret((SecureString)value).Reveal();
            }
            if (value is Secret)
            {
                return ((Secret)value).Reveal();
            }
            if (value is Uri)
            {
                return ((Uri)value).OriginalString;
            }
            if (value is IDictionary)
            {
                return ((IDictionary)value).Keys.Cast<object>().ToDictionary(key => Convert.ToString(key), key => Value(((IDictionary)value)[key]));
            }
            if (Plain.IsList(value))
            {
                return ((IEnumerable)value).Cast<object>().Select(Value).ToList();
            }
            if (value == null || value is string || value is bool || value is int || value is long || value is decimal || value is double)
            {
                return value;
            }
            var file = value as System.IO.FileInfo;
            if (file != null)
            {
                return file.FullName;
            }
            throw new ConfigurationException("a value of the configuration is of the type " + Faults.TypeOf(value) + ", which it takes for none");
        }

        private static object Placed(string key, object value, Func<string, string> place)
        {
            var text = value as string;
            if (string.IsNullOrEmpty(text) || !Files.IsMatch(key) || text.IndexOf("-----", StringComparison.Ordinal) >= 0
                || text.Any(char.IsControl) || (key.Equals("certificate", StringComparison.OrdinalIgnoreCase) && text.Length > 260))
            {
                return value;
            }
            var file = place(text);
            if (file == null)
            {
                throw new ConfigurationException("what the configuration names as a file can be none from where you are");
            }
            return file;
        }
    }
}
