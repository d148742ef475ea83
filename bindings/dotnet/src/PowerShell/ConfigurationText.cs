using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>A configuration in whatever form PowerShell has it.</summary>
    internal static class ConfigurationText
    {
        /// <summary>What is longer names no file.</summary>
        private const int LongestName = 260;

        /// <summary>The keys of a table, an object, JSON, or a file that is named.</summary>
        /// <exception cref="ConfigurationException">It is none of these. No part of it is repeated.</exception>
        public static Dictionary<string, object> Of(object given, Func<string, string> place)
        {
            var text = Lines(given) ?? given as string;
            if (text != null)
            {
                return IsJson(text) ? ConfigurationKeys.Of(Parsed(text, "the configuration"), place) : InFile(Place(text, place));
            }
            var file = FileOf(given);
            if (file != null)
            {
                return InFile(file);
            }
            if (!Plain.IsTable(given))
            {
                throw new ConfigurationException("a configuration is a table, an object, JSON or a file, and not of the type "
                    + Faults.TypeOf(given));
            }
            return ConfigurationKeys.Of(Plain.Of(given), place);
        }

        /// <summary>The keys in a file. Names of files in it are relative to where it is.</summary>
        /// <exception cref="ConfigurationException">It cannot be read, or is no JSON object.</exception>
        public static Dictionary<string, object> InFile(string file)
        {
            string text;
            try
            {
                text = Configuration.Text(file, true);
            }
            catch (FormatException error)
            {
                throw Unreadable(file, error.Message);
            }
            catch (Exception error)
            {
                if (error is IOException || error is UnauthorizedAccessException || error is ArgumentException
                    || error is NotSupportedException || error is System.Security.SecurityException)
                {
                    throw Unreadable(file, Configuration.Why(error));
                }
                throw;
            }
            var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "";
            return ConfigurationKeys.Of(Parsed(text, Configuration.Shown(file)), name => Path.Combine(folder, name));
        }

        private static ConfigurationException Unreadable(string file, string why)
        {
            return new ConfigurationException(Configuration.Shown(file) + " cannot be read as a configuration: " + why, "the module reads JSON");
        }

        /// <summary>Where PowerShell's own words for a file lead to; nothing, if it is something else.</summary>
        private static string FileOf(object given)
        {
            if (given is FileInfo)
            {
                return ((FileInfo)given).FullName;
            }
            var isPath = given.GetType().FullName == "System.Management.Automation.PathInfo";
            return isPath ? (string)given.GetType().GetProperty("ProviderPath").GetValue(given, null) : null;
        }

        /// <summary>The lines that <c>Get-Content</c> makes of a file, as its text; nothing, if this is something else.</summary>
        private static string Lines(object given)
        {
            if (!Plain.IsList(given))
            {
                return null;
            }
            var lines = ((IEnumerable)given).Cast<object>().Select(Unwrap.Value).ToList();
            var text = string.Join("\n", lines.OfType<string>());
            return lines.All(line => line is string) && IsJson(text) ? text : null;
        }

        private static bool IsJson(string text)
        {
            return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("{", StringComparison.Ordinal);
        }

        private static object Parsed(string text, string where)
        {
            try
            {
                return Json.ParseObject(Json.Bytes(text.TrimStart('\uFEFF')));
            }
            catch (FormatException error)
            {
                throw new ConfigurationException(
                    where + " cannot be read as a configuration: " + ConfigurationKeys.Position(error.Message), "the module reads JSON");
            }
            catch (EncoderFallbackException)
            {
                throw new ConfigurationException(where + " cannot be read as a configuration: it is no text", "the module reads JSON");
            }
        }

        private static string Place(string name, Func<string, string> place)
        {
            string file = null;
            try
            {
                file = name.Trim() == "" || name.Length > LongestName || name.Any(char.IsControl) ? null : place(name);
            }
            catch (ArgumentException)
            {
            }
            catch (NotSupportedException)
            {
            }
            if (file == null)
            {
                throw new ConfigurationException("the text that was given as the configuration is neither JSON nor the name of a file");
            }
            return file;
        }
    }
}
