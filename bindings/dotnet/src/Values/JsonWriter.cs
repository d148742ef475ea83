using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Sfsf.Connector
{
    /// <summary>Writes JSON.</summary>
    internal sealed class JsonWriter
    {
        /// <summary>How deep what a caller gives may be: the connector reads 127, and a request lies around it.</summary>
        private const int Depth = 120;

        private readonly StringBuilder text = new StringBuilder();
        private int depth;

        /// <summary>A value as JSON.</summary>
        /// <exception cref="InvalidRequestException">It holds what JSON has no form for. The message does not show it.</exception>
        public static string Write(object value)
        {
            var writer = new JsonWriter();
            writer.Value(value);
            return writer.text.ToString();
        }

        /// <summary>Goes one deeper into lists and objects. What holds itself has no end.</summary>
        /// <exception cref="InvalidRequestException">This is too deep.</exception>
        public static void Descend(ref int depth)
        {
            if (++depth > Depth)
            {
                throw new InvalidRequestException("lists and objects lie in each other more than " + Depth + " deep");
            }
        }

        private void Value(object value)
        {
            if (value == null)
            {
                text.Append("null");
            }
            else if (value is string)
            {
                Text((string)value);
            }
            else if (value is bool)
            {
                text.Append((bool)value ? "true" : "false");
            }
            else if (value is Written)
            {
                text.Append(((Written)value).Text);
            }
            else if (value is IDictionary)
            {
                Members((IDictionary)value);
            }
            else if (value is IEnumerable)
            {
                Items((IEnumerable)value);
            }
            else
            {
                Number(value);
            }
        }

        private void Members(IDictionary members)
        {
            Enter('{');
            var first = true;
            foreach (DictionaryEntry member in members)
            {
                Separate(ref first);
                Text(Convert.ToString(member.Key, CultureInfo.InvariantCulture));
                text.Append(':');
                Value(member.Value);
            }
            Leave('}');
        }

        private void Items(IEnumerable items)
        {
            Enter('[');
            var first = true;
            foreach (var item in items)
            {
                Separate(ref first);
                Value(item);
            }
            Leave(']');
        }

        private void Enter(char bracket)
        {
            Descend(ref depth);
            text.Append(bracket);
        }

        private void Leave(char bracket)
        {
            depth--;
            text.Append(bracket);
        }

        private void Separate(ref bool first)
        {
            if (!first)
            {
                text.Append(',');
            }
            first = false;
        }

        private void Text(string value)
        {
            if (!Json.IsWhole(value))
            {
                throw new InvalidRequestException("a text has half of a character");
            }
            text.Append('"');
            var begin = 0;
            for (var i = 0; i < value.Length; i++)
            {
                if (value[i] < ' ' || value[i] == '"' || value[i] == '\\')
                {
                    text.Append(value, begin, i - begin).Append(Escaped(value[i]));
                    begin = i + 1;
                }
            }
            text.Append(value, begin, value.Length - begin).Append('"');
        }

        private static string Escaped(char character)
        {
            return character == '"' ? "\\\""
                : character == '\\' ? "\\\\"
                : "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture);
        }

        private void Number(object value)
        {
            var isWhole = value is long || value is int || value is short || value is sbyte || value is ulong || value is uint
                || value is ushort || value is byte;
            var isFinite = value is decimal || value is double && !double.IsNaN((double)value) && !double.IsInfinity((double)value)
                || value is float && !float.IsNaN((float)value) && !float.IsInfinity((float)value);
            if (!isWhole && !isFinite)
            {
                throw new InvalidRequestException("JSON has no form for a value of the type " + value.GetType());
            }
            // Only this form gives back the very number.
            text.Append(((IFormattable)value).ToString(value is double || value is float ? "R" : null, CultureInfo.InvariantCulture));
        }

        /// <summary>JSON that was written already.</summary>
        internal sealed class Written
        {
            public readonly string Text;

            public Written(object value)
            {
                Text = Write(value);
            }
        }
    }
}
