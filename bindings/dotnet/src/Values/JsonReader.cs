using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Sfsf.Connector
{
    /// <summary>
    /// Reads JSON as RFC 8259 has it and nothing else, in one go over the text. An error says where, and repeats nothing of
    /// the text, which may hold a secret.
    /// </summary>
    internal sealed class JsonReader
    {
        /// <summary>How deep lists and objects may lie in each other; the connector reads no deeper either.</summary>
        private const int Depth = 127;

        private readonly string text;
        private int place;
        private int depth;

        public JsonReader(string text)
        {
            this.text = text;
        }

        /// <summary>Reads the one value that the text is.</summary>
        /// <exception cref="FormatException">This is no JSON.</exception>
        /// <exception cref="RefusedJsonException">This is JSON, but nothing that is taken.</exception>
        public object Read()
        {
            Blank();
            var value = Value();
            Blank();
            if (place < text.Length)
            {
                throw Wrong("more than one value");
            }
            return value;
        }

        private object Value()
        {
            switch (Here())
            {
                case '{':
                    return Members();
                case '[':
                    return Items();
                case '"':
                    return Text();
                case 't':
                    return Word("true", true);
                case 'f':
                    return Word("false", false);
                case 'n':
                    return Word("null", null);
                default:
                    return Number();
            }
        }

        private Dictionary<string, object> Members()
        {
            var members = new Dictionary<string, object>(StringComparer.Ordinal);
            for (var more = Enter('}'); more; more = More('}'))
            {
                if (Here() != '"')
                {
                    throw Wrong("a key was expected");
                }
                var begin = place;
                var key = Text();
                if (members.ContainsKey(key))
                {
                    // One of the values would have to be passed over, and who wrote them would not hear of it.
                    place = begin;
                    throw Refused("a key stands there twice");
                }
                Blank();
                Expect(':');
                Blank();
                members.Add(key, Value());
            }
            depth--;
            return members;
        }

        private List<object> Items()
        {
            var items = new List<object>();
            for (var more = Enter(']'); more; more = More(']'))
            {
                items.Add(Value());
            }
            depth--;
            return items;
        }

        /// <summary>Passes over the bracket, and says whether something stands behind it.</summary>
        private bool Enter(char end)
        {
            if (++depth > Depth)
            {
                throw Refused("lists and objects lie in each other more than " + Depth + " deep");
            }
            place++;
            Blank();
            if (Here() != end)
            {
                return true;
            }
            place++;
            return false;
        }

        /// <summary>Passes over a comma, and says so; or over the end.</summary>
        private bool More(char end)
        {
            Blank();
            if (Here() == end)
            {
                place++;
                return false;
            }
            Expect(',');
            Blank();
            return true;
        }

        private object Word(string word, object value)
        {
            if (string.CompareOrdinal(text, place, word, 0, word.Length) != 0)
            {
                throw Wrong("a value was expected");
            }
            place += word.Length;
            return value;
        }

        private string Text()
        {
            var begin = ++place;
            while (place < text.Length && text[place] >= ' ' && text[place] != '"' && text[place] != '\\')
            {
                place++;
            }
            if (Here() == '"')
            {
                return Whole(text.Substring(begin, place++ - begin));
            }
            var unescaped = new StringBuilder().Append(text, begin, place - begin);
            while (Here() != '"')
            {
                unescaped.Append(Character());
            }
            place++;
            return Whole(unescaped.ToString());
        }

        private char Character()
        {
            var character = text[place];
            if (character < ' ')
            {
                throw Wrong("a control character in a text");
            }
            place++;
            if (character != '\\')
            {
                return character;
            }
            switch (Here())
            {
                case 'u':
                    return Hexadecimal();
                case 'b':
                    character = '\b';
                    break;
                case 'f':
                    character = '\f';
                    break;
                case 'n':
                    character = '\n';
                    break;
                case 'r':
                    character = '\r';
                    break;
                case 't':
                    character = '\t';
                    break;
                case '"':
                case '\\':
                case '/':
                    character = text[place];
                    break;
                default:
                    throw Wrong("a backslash stands before something else than an escape");
            }
            place++;
            return character;
        }

        private char Hexadecimal()
        {
            var code = 0;
            for (var digit = 0; digit < 4; digit++)
            {
                place++;
                var character = Here();
                var value = character >= '0' && character <= '9' ? character - '0'
                    : character >= 'a' && character <= 'f' ? character - 'a' + 10
                    : character >= 'A' && character <= 'F' ? character - 'A' + 10
                    : -1;
                if (value < 0)
                {
                    throw Wrong("four hexadecimal digits were expected");
                }
                code = code * 16 + value;
            }
            place++;
            return (char)code;
        }

        /// <summary>Half of a character cannot be passed on.</summary>
        private string Whole(string value)
        {
            if (!Json.IsWhole(value))
            {
                throw Refused("a text has half of a character");
            }
            return value;
        }

        private object Number()
        {
            var begin = place;
            Pass('-');
            if (!Pass('0'))
            {
                Digits();
            }
            var isWhole = true;
            if (Pass('.'))
            {
                isWhole = false;
                Digits();
            }
            if (Pass('e') || Pass('E'))
            {
                isWhole = false;
                if (!Pass('+'))
                {
                    Pass('-');
                }
                Digits();
            }
            return Number(text.Substring(begin, place - begin), isWhole);
        }

        private object Number(string digits, bool isWhole)
        {
            long whole;
            if (isWhole && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
            {
                return whole;
            }
            double near;
            // .NET Framework refuses what is beyond, .NET makes it infinite.
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out near) || double.IsInfinity(near))
            {
                throw Refused("a number is too large");
            }
            decimal exact;
            // What is very small would become another decimal, or zero.
            return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out exact) && (double)exact == near
                ? (object)exact
                : near;
        }

        private void Digits()
        {
            var begin = place;
            while (place < text.Length && text[place] >= '0' && text[place] <= '9')
            {
                place++;
            }
            if (place == begin)
            {
                Here();
                throw Wrong("a value was expected");
            }
        }

        private void Blank()
        {
            while (place < text.Length && (text[place] == ' ' || text[place] == '\n' || text[place] == '\r' || text[place] == '\t'))
            {
                place++;
            }
        }

        private bool Pass(char character)
        {
            if (place == text.Length || text[place] != character)
            {
                return false;
            }
            place++;
            return true;
        }

        private void Expect(char character)
        {
            if (Here() != character)
            {
                throw Wrong("'" + character + "' was expected");
            }
            place++;
        }

        private char Here()
        {
            if (place >= text.Length)
            {
                throw Wrong("it ends too early");
            }
            return text[place];
        }

        private FormatException Wrong(string what)
        {
            return new FormatException(Place() + ": " + what);
        }

        private RefusedJsonException Refused(string what)
        {
            return new RefusedJsonException(Place() + ": " + what);
        }

        private string Place()
        {
            var lines = 1;
            var lineStart = 0;
            for (var i = 0; i < place && i < text.Length; i++)
            {
                if (text[i] == '\n')
                {
                    lines++;
                    lineStart = i + 1;
                }
            }
            return "line " + lines + ", column " + (place - lineStart + 1);
        }
    }

    /// <summary>
    /// JSON that the connector does not take: a key that stands there twice, half of a character, and what is too deep or too large.
    /// </summary>
    internal sealed class RefusedJsonException : FormatException
    {
        public RefusedJsonException(string message) : base(message)
        {
        }
    }
}
