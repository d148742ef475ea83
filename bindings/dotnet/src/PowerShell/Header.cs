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
            if (fields.Count == 2 && fields.ContainsKey("name") && fields.ContainsKey("value"))
            {
                Set(header, Convert.ToString(fields["name"]), fields["value"]);
                return;
            }
            Add(header, one);
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
