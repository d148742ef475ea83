using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>
    /// An object as a flat table of fields, which is what OpenIAM's scripts work with: one value stands for itself, several
    /// are a list, none is nothing. Days and times are texts, references are uids.
    /// </summary>
    public static class FlatObject
    {
        /// <summary>The fields of an object. The user id always comes first.</summary>
        public static OrderedDictionary Of(ConnectorObject found)
        {
            var fields = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
            fields[found.ObjectClass == "User" ? "userId" : "uid"] = found.Uid;
            foreach (var attribute in found.Attributes)
            {
                var values = attribute.Value.Select(Plain).ToList();
                fields[attribute.Key] = values.Count == 0 ? null : values.Count == 1 ? values[0] : values;
            }
            return fields;
        }

        /// <summary>A value as it is among the fields.</summary>
        internal static object Plain(object value)
        {
            if (value is DateTimeOffset)
            {
                return ((DateTimeOffset)value).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            }
            return value is Date || value is Reference || value is Secret ? value.ToString() : value;
        }
    }
}
