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
    }
}
