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

        /// <summary>A value, or what is made of values, as the protocol has it.</summary>
        public static object To(object value)
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
            if (value == null || value is string || value is bool)
            {
                return value;
            }
            if (value is byte[])
            {
                return Tagged("$binary", Convert.ToBase64String((byte[])value));
            }
            if (value is IDictionary)
            {
                var members = new Dictionary<string, object>();
                foreach (DictionaryEntry member in (IDictionary)value)
                {
                    members[Convert.ToString(member.Key, CultureInfo.InvariantCulture)] = To(member.Value);
                }
                return members;
            }
            if (value is IEnumerable)
            {
                return ((IEnumerable)value).Cast<object>().Select(To).ToList();
            }
            return Scalar(value);
        }

        private static object Scalar(object value)
        {
            if (value is Date)
            {
                return Tagged("$date", value.ToString());
            }
            if (value is DateTimeOffset)
            {
                return Tagged("$date_time", ((DateTimeOffset)value).ToString("o", CultureInfo.InvariantCulture));
            }
            if (value is DateTime)
            {
                var time = (DateTime)value;
                if (time.Kind == DateTimeKind.Unspecified)
                {
                    throw new ArgumentException("a time needs its time zone: take a DateTimeOffset, or a Date for a day");
                }
                return Tagged("$date_time", time.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture));
            }
            if (value is decimal || value is double || value is float)
            {
                return Tagged("$decimal", Convert.ToDecimal(value, CultureInfo.InvariantCulture)
                    .ToString(CultureInfo.InvariantCulture));
            }
            if (value is Enum || value is char || value is Guid || value is Uri)
            {
                return value.ToString();
            }
            var whole = Convert.ToInt64(value, CultureInfo.InvariantCulture);
            if (whole > Exact || whole < -Exact)
            {
                return Tagged("$integer", whole.ToString(CultureInfo.InvariantCulture));
            }
            return whole;
        }

        /// <summary>A value of the protocol as .NET has it. A tag that is not known is left as it is.</summary>
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
                var untagged = Untagged(tag.Key, tag.Value);
                if (untagged != null)
                {
                    return untagged;
                }
            }
            return members.ToDictionary(member => member.Key, member => From(member.Value));
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
    }
}
