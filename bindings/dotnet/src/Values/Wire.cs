using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;

namespace Sfsf.Connector
{
    /// <summary>Values as the protocol has them: what JSON has no type for is tagged.</summary>
    internal static class Wire
    {
        private const long Exact = 1L << 53;

        /// <summary>.NET's own day, which .NET Framework does not have.</summary>
        private const string DateOnly = "System.DateOnly";

        /// <summary>A value, or what is made of values, as the protocol has it.</summary>
        /// <exception cref="InvalidRequestException">The protocol has no form for it. The message does not show it.</exception>
        public static object To(object value)
        {
            return To(value, 0);
        }

        private static object To(object value, int depth)
        {
            value = Unwrap.Value(value);
            var secret = value is SecureString ? new Secret((SecureString)value) : value as Secret;
            if (secret != null)
            {
                return Tagged("$secret", secret.Reveal());
            }
            var reference = value as Reference;
            if (reference != null)
            {
                return Tagged("$reference", new Dictionary<string, object>
                {
                    { "object_class", reference.ObjectClass }, { "uid", reference.Uid },
                });
            }
            if (value == null || value is string || value is bool || value is JsonWriter.Written)
            {
                return value;
            }
            if (value is byte[])
            {
                return Tagged("$binary", Convert.ToBase64String((byte[])value));
            }
            return value is IEnumerable ? Made((IEnumerable)value, depth) : Scalar(value);
        }

        private static object Made(IEnumerable value, int depth)
        {
            JsonWriter.Descend(ref depth);
            var members = value as IDictionary;
            if (members == null)
            {
                return value.Cast<object>().Select(item => To(item, depth)).ToList();
            }
            var made = new Dictionary<string, object>();
            foreach (DictionaryEntry member in members)
            {
                made[Convert.ToString(member.Key, CultureInfo.InvariantCulture)] = To(member.Value, depth);
            }
            return made;
        }

        private static object Scalar(object value)
        {
            try
            {
                return value is DateTime || value is DateTimeOffset || value is Date || value.GetType().FullName == DateOnly
                    ? Moment(value)
                    : Number(value) ?? value.ToString();
            }
            catch (Exception error)
            {
                if (error is InvalidCastException || error is OverflowException || error is FormatException
                    || error is ArgumentException)
                {
                    // What others say may repeat the value.
                    throw new InvalidRequestException(
                        "a value of the type " + value.GetType() + " has no form in the protocol"
                            + (error is NoFormException ? ": " + error.Message : ""));
                }
                throw;
            }
        }

        /// <summary>A day, or a time with its offset, of which a day stays the one that it names there.</summary>
        private static object Moment(object value)
        {
            if (value is DateTime)
            {
                var time = (DateTime)value;
                if (time.Kind == DateTimeKind.Unspecified)
                {
                    throw new NoFormException("a time needs its time zone: take a DateTimeOffset, or a Date for a day");
                }
                value = new DateTimeOffset(time);
            }
            return value is DateTimeOffset
                ? Tagged("$date_time", ((DateTimeOffset)value).ToString("o", CultureInfo.InvariantCulture))
                : Tagged("$date", ((IFormattable)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        /// <summary>A number; nothing, if it is what has a text.</summary>
        private static object Number(object value)
        {
            if (value is double || value is float)
            {
                // The form that gives back the very number.
                var text = ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture);
                if (text.Any(char.IsLetter) && !text.Contains("E"))
                {
                    throw new NoFormException("it is no number");
                }
                return Tagged("$decimal", text);
            }
            if (value is decimal)
            {
                return Tagged("$decimal", ((decimal)value).ToString(CultureInfo.InvariantCulture));
            }
            if (value is Enum || value is char || value is Guid || value is Uri)
            {
                return null;
            }
            var whole = Convert.ToInt64(value, CultureInfo.InvariantCulture);
            return whole > Exact || whole < -Exact
                ? Tagged("$integer", whole.ToString(CultureInfo.InvariantCulture))
                : (object)whole;
        }

        /// <summary>
        /// A value of the protocol as .NET has it. A tag that is not known is left as it is, and so is what .NET has no value for.
        /// </summary>
        public static object From(object value)
        {
            var list = value as List<object>;
            if (list != null)
            {
                return list.Select(From).ToList();
            }
            var members = value as Dictionary<string, object>;
            if (members == null)
            {
                return value;
            }
            if (members.Count == 1)
            {
                var tag = members.First();
                var untagged = Known(tag.Key, tag.Value);
                if (untagged != null)
                {
                    return untagged;
                }
            }
            return members.ToDictionary(member => member.Key, member => From(member.Value));
        }

        private static object Known(string tag, object inner)
        {
            try
            {
                return Untagged(tag, inner);
            }
            catch (Exception error)
            {
                if (error is FormatException || error is ArgumentException)
                {
                    return null;
                }
                throw;
            }
        }

        private static object Untagged(string tag, object inner)
        {
            var text = inner as string;
            switch (tag)
            {
                case "$date":
                    return Date.Parse(text);
                case "$date_time":
                    return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                case "$decimal":
                    decimal exact;
                    return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out exact)
                        ? (object)exact
                        : null;
                case "$integer":
                    long whole;
                    return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)
                        ? (object)whole
                        : null;
                case "$binary":
                    return Convert.FromBase64String(text);
                case "$secret":
                    return new Secret(text);
                case "$reference":
                    var pointer = inner as Dictionary<string, object>;
                    return new Reference(pointer.Text("object_class"), pointer.Text("uid"));
                default:
                    return null;
            }
        }

        private static Dictionary<string, object> Tagged(string tag, object value)
        {
            return new Dictionary<string, object> { { tag, value } };
        }

        /// <summary>Why a value has no form, in a sentence without it.</summary>
        private sealed class NoFormException : FormatException
        {
            public NoFormException(string message) : base(message)
            {
            }
        }
    }
}
