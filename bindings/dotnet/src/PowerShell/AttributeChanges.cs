using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// The attributes of a save, from a table of names and values or from OpenIAM's list of names with values of which each
    /// has an operation: ADD, REPLACE, DELETE or NO_CHANGE; REPLACE, if absent.
    /// </summary>
    internal static class AttributeChanges
    {
        /// <summary>The attributes as the protocol has them; those without a change are left out.</summary>
        /// <exception cref="InvalidRequestException">This is neither a table nor a list of named values.</exception>
        public static Dictionary<string, object> Of(object attributes)
        {
            var changes = new Dictionary<string, object>();
            var table = Unwrap.Value(attributes) as IDictionary;
            if (table != null)
            {
                foreach (DictionaryEntry attribute in table)
                {
                    Add(changes, Text(attribute.Key), attribute.Value);
                }
                return changes;
            }
            foreach (var one in Unwrap.Values(attributes))
            {
                var named = one as IDictionary;
                var name = named == null ? null : Field(named, "name");
                if (name == null)
                {
                    throw new InvalidRequestException("attributes are a table of names and values, or a list of tables with name and values");
                }
                Add(changes, Text(name), Field(named, "values"));
            }
            return changes;
        }

        private static void Add(IDictionary<string, object> changes, string name, object given)
        {
            var table = Unwrap.Value(given) as IDictionary;
            if (table != null && Field(table, "value") == null && Field(table, "operation") == null)
            {
                // A change or a value with parts, as the protocol has it.
                changes[name] = table;
                return;
            }
            Func<object, object> value = one => Protected(name, one);
            var values = Unwrap.Values(given).ToList();
            var replace = values.Where(one => Operation(one) == "REPLACE").Select(Inner).Select(value).ToList();
            var add = values.Where(one => Operation(one) == "ADD").Select(Inner).Select(value).ToList();
            var remove = values.Where(one => Operation(one) == "DELETE").Select(Inner).Select(value).ToList();
            if (values.Count == 0 || replace.Count > 0)
            {
                // No value at all clears.
                changes[name] = replace.Concat(add).ToList();
            }
            else if (add.Count + remove.Count > 0)
            {
                changes[name] = new Dictionary<string, object> { { "add", add }, { "remove", remove } };
            }
        }

        private static string Operation(object value)
        {
            var table = value as IDictionary;
            var operation = table == null ? null : Field(table, "operation");
            return operation == null ? "REPLACE" : Text(operation).ToUpperInvariant();
        }

        private static object Inner(object value)
        {
            var table = value as IDictionary;
            return table == null ? value : Field(table, "value");
        }

        /// <summary>A password is a secret, whatever it came as.</summary>
        private static object Protected(string name, object value)
        {
            var isPassword = name.Equals("password", StringComparison.OrdinalIgnoreCase) || name == "__PASSWORD__";
            return isPassword && value is string ? new Secret((string)value)
                : value is SecureString ? new Secret((SecureString)value)
                : value;
        }

        private static object Field(IDictionary table, string name)
        {
            foreach (DictionaryEntry field in table)
            {
                if (Text(field.Key).Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return Unwrap.Value(field.Value);
                }
            }
            return null;
        }

        private static string Text(object value)
        {
            return Convert.ToString(Unwrap.Value(value), CultureInfo.InvariantCulture);
        }
    }
}
