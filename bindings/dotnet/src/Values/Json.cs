using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;

namespace Sfsf.Connector
{
    /// <summary>
    /// JSON as dictionaries, lists, texts, numbers and truth values, by the reader and writer of .NET, which give
    /// JSON the face of XML.
    /// </summary>
    internal static class Json
    {
        private static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        /// <summary>The bytes of a text.</summary>
        public static byte[] Bytes(string text)
        {
            return Utf8.GetBytes(text);
        }

        /// <summary>The text of bytes.</summary>
        public static string Text(byte[] bytes)
        {
            return Utf8.GetString(bytes);
        }

        /// <summary>Reads one value.</summary>
        /// <exception cref="FormatException">This is no JSON.</exception>
        public static object Parse(byte[] bytes)
        {
            try
            {
                using (var reader = JsonReaderWriterFactory.CreateJsonReader(
                    bytes, 0, bytes.Length, Utf8, XmlDictionaryReaderQuotas.Max, null))
                {
                    if (reader.MoveToContent() != XmlNodeType.Element)
                    {
                        throw new FormatException("this is no JSON");
                    }
                    var value = Value(reader);
                    while (reader.Read())
                    {
                        // What stands behind the value is an error of the reader.
                    }
                    return value;
                }
            }
            catch (XmlException error)
            {
                throw new FormatException("this is no JSON: " + error.Message, error);
            }
        }

        /// <summary>Reads one value.</summary>
        /// <exception cref="FormatException">This is no JSON.</exception>
        public static object Parse(string text)
        {
            return Parse(Bytes(text));
        }

        /// <summary>Reads an object.</summary>
        /// <exception cref="FormatException">This is no JSON, or no object.</exception>
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
        public static byte[] Write(object value)
        {
            using (var stream = new MemoryStream())
            {
                using (var writer = JsonReaderWriterFactory.CreateJsonWriter(stream, Utf8, false))
                {
                    writer.WriteStartElement("root");
                    Write(writer, value);
                    writer.WriteEndElement();
                }
                return stream.ToArray();
            }
        }

        /// <summary>Stands at the start tag, and goes on to the end tag.</summary>
        private static object Value(XmlDictionaryReader reader)
        {
            switch (reader.GetAttribute("type"))
            {
                case "object":
                    return Members(reader);
                case "array":
                    return Items(reader);
                case "number":
                    return Number(reader.ReadString());
                case "boolean":
                    return reader.ReadString() == "true";
                case "null":
                    reader.Read();
                    return null;
                default:
                    return reader.ReadString();
            }
        }

        private static Dictionary<string, object> Members(XmlDictionaryReader reader)
        {
            var members = new Dictionary<string, object>(StringComparer.Ordinal);
            while (reader.Read() && reader.NodeType == XmlNodeType.Element)
            {
                // A key that is no name in XML is an attribute of an element called item.
                var key = reader.NamespaceURI == "item" ? reader.GetAttribute("item") : reader.LocalName;
                members[key] = Value(reader);
            }
            return members;
        }

        private static List<object> Items(XmlDictionaryReader reader)
        {
            var items = new List<object>();
            while (reader.Read() && reader.NodeType == XmlNodeType.Element)
            {
                items.Add(Value(reader));
            }
            return items;
        }

        private static object Number(string text)
        {
            long whole;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
            {
                return whole;
            }
            decimal exact;
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out exact))
            {
                return exact;
            }
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        private static void Write(XmlDictionaryWriter writer, object value)
        {
            if (value == null)
            {
                writer.WriteAttributeString("type", "null");
            }
            else if (value is string)
            {
                writer.WriteString((string)value);
            }
            else if (value is bool)
            {
                writer.WriteAttributeString("type", "boolean");
                writer.WriteString((bool)value ? "true" : "false");
            }
            else if (value is IDictionary)
            {
                WriteMembers(writer, (IDictionary)value);
            }
            else if (value is IEnumerable)
            {
                writer.WriteAttributeString("type", "array");
                foreach (var item in (IEnumerable)value)
                {
                    writer.WriteStartElement("item");
                    Write(writer, item);
                    writer.WriteEndElement();
                }
            }
            else
            {
                writer.WriteAttributeString("type", "number");
                writer.WriteString(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
            }
        }

        private static void WriteMembers(XmlDictionaryWriter writer, IDictionary members)
        {
            writer.WriteAttributeString("type", "object");
            foreach (DictionaryEntry member in members)
            {
                writer.WriteStartElement("a", "item", "item");
                writer.WriteAttributeString("item", Convert.ToString(member.Key, CultureInfo.InvariantCulture));
                Write(writer, member.Value);
                writer.WriteEndElement();
            }
        }
    }
}
