using System;
using System.Collections.Generic;
using System.Text;

namespace Sfsf.Connector
{
    /// <summary>JSON as dictionaries, lists, texts, numbers and truth values.</summary>
    internal static class Json
    {
        private static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        /// <summary>The bytes of a text.</summary>
        public static byte[] Bytes(string text)
        {
            return Utf8.GetBytes(text);
        }

        /// <summary>The text of bytes.</summary>
        /// <exception cref="FormatException">This is no UTF-8.</exception>
        public static string Text(byte[] bytes)
        {
            try
            {
                return Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                // That exception would show the bytes.
                throw new FormatException("this is no UTF-8");
            }
        }

        /// <summary>Reads one value.</summary>
        /// <exception cref="FormatException">This is no JSON, or none that is taken; the message says where.</exception>
        public static object Parse(byte[] bytes)
        {
            return Parse(Text(bytes));
        }

        /// <summary>Reads one value.</summary>
        /// <exception cref="FormatException">This is no JSON, or none that is taken; the message says where.</exception>
        public static object Parse(string text)
        {
            return new JsonReader(text).Read();
        }

        /// <summary>Reads an object.</summary>
        /// <exception cref="FormatException">This is no JSON, none that is taken, or no object.</exception>
        public static Dictionary<string, object> ParseObject(byte[] bytes)
        {
            var json = Parse(bytes) as Dictionary<string, object>;
            if (json == null)
            {
                throw new FormatException("this is no JSON object");
            }
            return json;
        }

        /// <summary>Writes a value.</summary>
        /// <exception cref="InvalidRequestException">It holds what JSON has no form for.</exception>
        public static byte[] Write(object value)
        {
            return Bytes(JsonWriter.Write(value));
        }

        /// <summary>Whether no surrogate in a text stands alone: a text with half of a character cannot be written as UTF-8.</summary>
        public static bool IsWhole(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++))
                {
                    return false;
                }
            }
            return true;
        }
    }
}
