using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Sfsf.Connector
{
    /// <summary>The keys of a configuration. No error shows a value.</summary>
    internal sealed class Configuration
    {
        /// <summary>A file that is longer is something else.</summary>
        private const int Longest = 1 << 20;

        /// <summary>What ends with an extension, and has nothing in it of which configurations are made.</summary>
        private static readonly Regex NameOfFile = new Regex(@"^[^\p{C}={}<>""]{1,250}\.[A-Za-z0-9]{1,6}\z");

        private Configuration(Dictionary<string, object> keys)
        {
            Keys = keys;
        }

        /// <summary>The keys.</summary>
        public Dictionary<string, object> Keys { get; private set; }

        /// <summary>A key is a secret by its name, and its value a plain text.</summary>
        /// <exception cref="ConfigurationException">A value is of a type that no key has.</exception>
        public static Configuration Of(IDictionary given)
        {
            if (given == null)
            {
                throw new ConfigurationException("there is no configuration");
            }
            var keys = new Dictionary<string, object>();
            foreach (DictionaryEntry key in given)
            {
                var name = Convert.ToString(key.Key, CultureInfo.InvariantCulture);
                try
                {
                    keys[name] = new JsonWriter.Written(Revealed(key.Value));
                }
                catch (InvalidRequestException error)
                {
                    throw new ConfigurationException("the key '" + name + "': " + error.Message, null, error);
                }
            }
            return new Configuration(keys);
        }

        /// <summary>The keys of a JSON file, with a byte order mark or without.</summary>
        /// <exception cref="ConfigurationException">It cannot be read, or is no JSON; the message says where.</exception>
        public static Configuration Read(string file)
        {
            if (string.IsNullOrEmpty(file))
            {
                throw new ConfigurationException("no configuration is named");
            }
            if (file.IndexOfAny(new[] { '{', '\n' }) >= 0)
            {
                // It is not repeated, since it may hold a key.
                throw new ConfigurationException("the name of a file was expected, and not a configuration", "give a dictionary");
            }
            try
            {
                return new Configuration(Json.ParseObject(Json.Bytes(Unmarked(Text(file, false)))));
            }
            catch (FormatException error)
            {
                throw new ConfigurationException(Shown(file) + " is not JSON: " + error.Message, null, error);
            }
            catch (Exception error)
            {
                if (error is IOException || error is UnauthorizedAccessException || error is ArgumentException
                    || error is NotSupportedException || error is SecurityException)
                {
                    // What .NET says repeats the name.
                    var isShown = Shown(file) == file;
                    var why = isShown ? error.Message : Why(error);
                    throw new ConfigurationException(Shown(file) + " cannot be read: " + why, null, isShown ? error : null);
                }
                throw;
            }
        }

        /// <summary>The text of a file in UTF-8, with its byte order mark; or of what that mark says, without it.</summary>
        /// <exception cref="FormatException">It is none, or does not end where configurations do.</exception>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static string Text(string file, bool byMark)
        {
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            using (var reader = new StreamReader(stream, new UTF8Encoding(false, true), byMark))
            {
                try
                {
                    var text = new char[Longest + 1];
                    var length = reader.ReadBlock(text, 0, text.Length);
                    if (length > Longest)
                    {
                        throw new FormatException("it is too long, more than " + Longest + " characters");
                    }
                    return new string(text, 0, length);
                }
                catch (DecoderFallbackException)
                {
                    // That exception would show the bytes.
                    throw new FormatException("this is no UTF-8");
                }
            }
        }

        /// <summary>A name, if something is there by it, or it ends as names of files do; anything else may be a secret.</summary>
        public static string Shown(string file)
        {
            return File.Exists(file) || Directory.Exists(file) || NameOfFile.IsMatch(file) ? file : "the file that was named";
        }

        /// <summary>Why a file cannot be read, without its name.</summary>
        public static string Why(Exception error)
        {
            return error is FileNotFoundException || error is DirectoryNotFoundException ? "it is not there" : error.GetType().Name;
        }

        private static object Revealed(object value)
        {
            var secure = value as SecureString;
            var secret = secure == null ? value as Secret : new Secret(secure);
            return secret == null ? value : secret.Reveal();
        }

        private static string Unmarked(string text)
        {
            return text.StartsWith("\uFEFF", StringComparison.Ordinal) ? text.Substring(1) : text;
        }
    }
}
