using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.OpenIam
{
    /// <summary>OpenIAM's words, as the worker's codec understands them.</summary>
    internal static class Words
    {
        /// <summary>A filter; nothing for an empty one or a star, which mean everybody.</summary>
        public static string Filter(string filter)
        {
            return string.IsNullOrWhiteSpace(filter) || filter.Trim() == "*" ? null : filter;
        }

        /// <summary>
        /// The fields of a list with commas; nothing for an empty one or a star, which mean all. The status comes along, so
        /// that somebody inactive is seen to be.
        /// </summary>
        public static IList<string> Fields(IEnumerable<string> fields)
        {
            var names = Names(fields);
            if (names != null && !names.Contains("status", StringComparer.OrdinalIgnoreCase))
            {
                names.Add("status");
            }
            return names;
        }

        /// <summary>The names in lists with commas; nothing for an empty one or a star, which mean all.</summary>
        public static IList<string> Names(IEnumerable<string> fields)
        {
            var names = (fields ?? new string[0]).Where(name => name != null).SelectMany(name => name.Split(','))
                .Select(name => name.Trim()).Where(name => name != "" && name != "*").ToList();
            return names.Count == 0 ? null : names;
        }

        /// <summary>The object class for a type of identity; a word that is not known stands for itself.</summary>
        public static string ObjectClass(string type)
        {
            switch ((type ?? "").Trim().ToUpperInvariant())
            {
                case "":
                case "USER":
                    return "User";
                case "GROUP":
                    return "DynamicGroup";
                case "ROLE":
                    return "RBPRole";
                default:
                    return type.Trim();
            }
        }
    }
}
