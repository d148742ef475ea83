using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>Reading fields of JSON objects that may be absent.</summary>
    internal static class JsonFields
    {
        /// <summary>The field, or nothing.</summary>
        public static object Field(this IDictionary<string, object> json, string name)
        {
            object value;
            return json != null && json.TryGetValue(name, out value) ? value : null;
        }

        /// <summary>The object in a field, or nothing.</summary>
        public static Dictionary<string, object> Object(this IDictionary<string, object> json, string name)
        {
            return json.Field(name) as Dictionary<string, object>;
        }

        /// <summary>The list in a field; an empty one if there is none.</summary>
        public static IList<object> List(this IDictionary<string, object> json, string name)
        {
            return json.Field(name) as List<object> ?? new List<object>();
        }

        /// <summary>The objects of the list in a field.</summary>
        public static IEnumerable<Dictionary<string, object>> Objects(this IDictionary<string, object> json, string name)
        {
            return json.List(name).OfType<Dictionary<string, object>>();
        }

        /// <summary>The texts of the list in a field.</summary>
        public static IList<string> Texts(this IDictionary<string, object> json, string name)
        {
            return json.List(name).OfType<string>().ToList();
        }

        /// <summary>The text in a field, or nothing.</summary>
        public static string Text(this IDictionary<string, object> json, string name)
        {
            var value = json.Field(name);
            return value == null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        /// <summary>The whole number in a field, or nothing.</summary>
        public static long? Integer(this IDictionary<string, object> json, string name)
        {
            return json.Field(name) as long?;
        }

        /// <summary>Whether a field says yes.</summary>
        public static bool Flag(this IDictionary<string, object> json, string name)
        {
            return json.Field(name) as bool? ?? false;
        }

        /// <summary>The span of time in a field, or nothing.</summary>
        public static TimeSpan? Time(this IDictionary<string, object> json, string name)
        {
            var milliseconds = json.Integer(name);
            return milliseconds.HasValue ? TimeSpan.FromMilliseconds(milliseconds.Value) : (TimeSpan?)null;
        }

        /// <summary>The day in a field, or nothing.</summary>
        public static Date? Day(this IDictionary<string, object> json, string name)
        {
            var text = json.Text(name);
            return text == null ? (Date?)null : Date.Parse(text);
        }

        /// <summary>The word in a field, or nothing.</summary>
        public static T? Word<T>(this IDictionary<string, object> json, string name, Func<string, T> of) where T : struct
        {
            var word = json.Text(name);
            return word == null ? (T?)null : of(word);
        }

        /// <summary>What is made of the object in a field, or nothing.</summary>
        public static T Made<T>(this IDictionary<string, object> json, string name, Func<IDictionary<string, object>, T> make)
            where T : class
        {
            var one = json.Object(name);
            return one == null ? null : make(one);
        }

        /// <summary>What is made of each member of the object in a field.</summary>
        public static IDictionary<string, T> Members<T>(this IDictionary<string, object> json, string name, Func<object, T> make)
        {
            return (json.Object(name) ?? new Dictionary<string, object>()).ToDictionary(one => one.Key, one => make(one.Value));
        }
    }
}
