using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// OpenIAM's header: the one that is given, else the variable <c>$headerAttributes</c> that the caller sees. It is a table,
    /// an object, JSON, or a list of names with values.
    /// </summary>
    internal static class Header
    {
        private const string Name = "HeaderAttributes";

        /// <summary>What the name of one of a list is called, and its value.</summary>
        private static readonly string[] Names = { "name", "key" }, Values = { "value", "values" };

        /// <summary>The header as a table, which is empty if there is none.</summary>
        /// <exception cref="InvalidRequestException">It is something else. No part of it is repeated.</exception>
        public static Dictionary<string, object> Of(Caller caller)
        {
            if (!caller.Has(Name))
            {
                return Of(caller.Variable("headerAttributes"));
            }
            if (caller.Parameter(Name) == null)
            {
                throw new InvalidRequestException("-" + Name + " was given, and is empty; leave it out, or say what it is");
            }
            return Of(caller.Parameter(Name));
        }

        /// <summary>A header in whatever form.</summary>
        public static Dictionary<string, object> Of(object given)
        {
            var header = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            given = Plain.Of(given is string ? Parsed((string)given) : given);
            if (given == null)
            {
                return header;
            }
            if (Plain.IsTable(given))
            {
                Add(header, given);
                return header;
            }
            if (!Plain.IsList(given))
            {
                throw Refused();
            }
            foreach (var one in (List<object>)given)
            {
                if (!Plain.IsTable(one))
                {
                    throw Refused();
                }
                AddOne(header, one);
            }
            return header;
        }

        /// <summary>One of a list: a name with its value, or a table.</summary>
        private static void AddOne(IDictionary<string, object> header, object one)
        {
            var fields = Plain.Fields(one).ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
            var name = Names.FirstOrDefault(fields.ContainsKey);
            if (name == null)
            {
                Add(header, one);
                return;
            }
            var value = Values.FirstOrDefault(fields.ContainsKey);
            if (value == null)
            {
                throw Refused();
            }
            Set(header, Convert.ToString(fields[name]), Single(fields[value]));
        }

        /// <summary>The value of a list that has no other; a value may have its operation beside it.</summary>
        private static object Single(object value)
        {
            var list = value as List<object>;
            var one = list != null && list.Count == 1 ? list[0] : value;
            var inner = Plain.IsTable(one) ? Plain.Fields(one).Where(field => field.Key.Equals("value", StringComparison.OrdinalIgnoreCase)) : null;
            return inner != null && inner.Any() ? inner.First().Value : one;
        }

        private static void Add(IDictionary<string, object> header, object table)
        {
            foreach (var field in Plain.Fields(table))
            {
                Set(header, field.Key, field.Value);
            }
        }

        private static void Set(IDictionary<string, object> header, string name, object value)
        {
            if (header.ContainsKey(name))
            {
                throw new InvalidRequestException("a name is twice in the header");
            }
            header[name] = value;
        }

        private static object Parsed(string text)
        {
            if (text.Trim() == "")
            {
                return null;
            }
            try
            {
                return Json.Parse(text);
            }
            catch (FormatException)
            {
                throw Refused();
            }
        }

        private static InvalidRequestException Refused()
        {
            return new InvalidRequestException("the header is a table, an object, JSON, or a list of names with values");
        }
    }
}
