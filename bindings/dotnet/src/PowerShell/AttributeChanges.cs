using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// The attributes of a save, from names and values or from OpenIAM's list of names with values of which each has an
    /// operation: ADD, REPLACE, DELETE or NO_CHANGE; the one beside the values, if absent, or REPLACE. Tables, objects and JSON
    /// are taken.
    /// </summary>
    internal static class AttributeChanges
    {
        private const string What =
            "attributes are names and values, or a list of names with values: as tables, as objects or as JSON";

        private static readonly string[] Operations = { "ADD", "REPLACE", "DELETE", "NO_CHANGE" };

        /// <summary>The attributes as the protocol has them; those without a change are left out.</summary>
        /// <param name="attributes">The attributes in whatever form.</param>
        /// <param name="values">What makes values of values.</param>
        /// <exception cref="InvalidRequestException">This is something else, or a name is there twice.</exception>
        /// <exception cref="InvalidAttributeException">An operation or a value is none.</exception>
        public static Dictionary<string, object> Of(object attributes, FieldValues values = null)
        {
            values = values ?? new FieldValues(null, name => null);
            var given = Plain.Of(attributes);
            given = given is string ? Parsed((string)given) : given;
            var changes = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            foreach (var attribute in Named(given))
            {
                if (changes.ContainsKey(attribute.Key))
                {
                    throw Faults.Attribute("this name is there twice", attribute.Key);
                }
                var change = Change(attribute.Key, attribute.Value);
                changes[attribute.Key] = change == null ? null : values.Of(attribute.Key, change);
            }
            return changes.Where(change => change.Value != null).ToDictionary(change => change.Key, change => change.Value);
        }

        /// <summary>JSON, which means what it says.</summary>
        /// <exception cref="InvalidRequestException">It is none; no part of it is repeated.</exception>
        public static object Parsed(string text)
        {
            try
            {
                var json = Json.Parse(text);
                if (json is IDictionary || json is List<object>)
                {
                    return json;
                }
            }
            catch (FormatException)
            {
            }
            throw new InvalidRequestException(What);
        }

        /// <summary>Whether this is one of OpenIAM's list, and not a table of attributes.</summary>
        public static bool IsNamed(object given)
        {
            return Plain.IsTable(given) && Has(given, "name") && Has(given, "values");
        }

        private static IEnumerable<KeyValuePair<string, object>> Named(object given)
        {
            if (given is IDictionary && !IsNamed(given))
            {
                return Plain.Fields(given);
            }
            var list = given as List<object> ?? new List<object> { given };
            // A name without values says nothing; taken for none at all, it would clear.
            if (list.Any(one => !(one is IDictionary) || Field((IDictionary)one, "name") == null || Field((IDictionary)one, "values") == null))
            {
                throw new InvalidRequestException(What);
            }
            return list.Cast<IDictionary>().Select(
                one => new KeyValuePair<string, object>(Text(Field(one, "name")), Operated(Field(one, "values"), Field(one, "operation"))));
        }

        /// <summary>Values, of which those without an operation have the one that stands beside them all.</summary>
        private static object Operated(object given, object operation)
        {
            if (operation == null)
            {
                return given;
            }
            var values = Unwrap.Values(given).Select(value => WithOperation(value, operation)).ToList();
            var clears = Text(operation).Equals("REPLACE", StringComparison.OrdinalIgnoreCase);
            return values.Count > 0 || clears ? values : new List<object> { new OrderedDictionary { { "operation", operation } } };
        }

        private static object WithOperation(object value, object operation)
        {
            var table = value as IDictionary;
            if (table != null && Field(table, "operation") != null)
            {
                return value;
            }
            var inner = table != null && Has(table, "value") ? Field(table, "value") : value;
            return new OrderedDictionary { { "value", inner }, { "operation", operation } };
        }

        private static object Change(string name, object given)
        {
            var table = given as IDictionary;
            if (table != null && !Has(table, "value") && !Has(table, "operation"))
            {
                // A change or a value with parts, as the protocol has it.
                return table;
            }
            var values = Unwrap.Values(given).ToList();
            var replace = With(name, values, "REPLACE").Where(value => value != null).ToList();
            var add = With(name, values, "ADD").ToList();
            var remove = With(name, values, "DELETE").ToList();
            if (values.Count == 0 || values.Any(value => Operation(name, value) == "REPLACE"))
            {
                // No value at all clears.
                return replace.Concat(add).ToList();
            }
            return add.Count + remove.Count == 0 ? null : new Dictionary<string, object> { { "add", add }, { "remove", remove } };
        }

        private static IEnumerable<object> With(string name, IEnumerable<object> values, string operation)
        {
            return values.Where(value => Operation(name, value) == operation).Select(value => Inner(name, value));
        }

        private static string Operation(string name, object value)
        {
            var table = value as IDictionary;
            var given = table == null ? null : Field(table, "operation");
            var operation = given == null ? "REPLACE" : Text(given).ToUpperInvariant();
            if (!Operations.Contains(operation))
            {
                throw Faults.Attribute("the operation of a value is one of " + string.Join(", ", Operations), name);
            }
            return operation;
        }

        private static object Inner(string name, object value)
        {
            var table = value as IDictionary;
            if (table == null)
            {
                return value;
            }
            if (!Has(table, "value") || (Field(table, "value") == null && Operation(name, value) != "REPLACE"))
            {
                throw Faults.Attribute("there is an operation, and no value for it", name);
            }
            return Field(table, "value");
        }

        private static bool Has(object table, string name)
        {
            return Plain.Fields(table).Any(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        }

        private static object Field(IDictionary table, string name)
        {
            return Plain.Fields(table).Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(field => field.Value).FirstOrDefault();
        }

        private static string Text(object value)
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }
    }
}
