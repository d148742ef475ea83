using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>A record that shall be saved: a table, an object, or one of JSON.</summary>
    internal sealed class Record
    {
        private const string How = "the record has no userId";

        private static readonly string[] Names = { "userId", "__UID__" };

        /// <summary>One of JSON, which means what it says.</summary>
        public Record(Dictionary<string, object> json)
        {
            var record = new UpsertRecord(json);
            Uid = Whom.Text(record.Uid, How);
            Attributes = record.Attributes;
            IsJson = true;
        }

        /// <summary>A table or an object.</summary>
        public Record(object given, bool clearEmpty)
        {
            int blank;
            Attributes = Filled(given, clearEmpty, out blank) as Dictionary<string, object>;
            Uid = Named();
            Blank = blank;
        }

        /// <summary>Whom it is about.</summary>
        public string Uid { get; private set; }

        /// <summary>What shall be so.</summary>
        public Dictionary<string, object> Attributes { get; private set; }

        /// <summary>Whether its attributes are in the form of the protocol.</summary>
        public bool IsJson { get; private set; }

        /// <summary>How many fields were left as they are because they are blank.</summary>
        public int Blank { get; private set; }

        /// <summary>Records one by one, of whatever PowerShell makes of them: a list is its elements.</summary>
        public static IEnumerable<object> Each(object given)
        {
            given = Unwrap.Value(given);
            return Plain.IsList(given) ? ((IEnumerable)given).Cast<object>().SelectMany(Each) : new[] { given };
        }

        /// <summary>
        /// The fields of a table or an object without what is blank, since a blank cell says "not given" as well as "none".
        /// Nothing at all in a table is no blank, and clears. What is neither table nor object stays what it is.
        /// </summary>
        public static object Filled(object given, bool clearEmpty, out int blank)
        {
            blank = 0;
            given = Unwrap.Value(given);
            if (given == null || given is string || given is System.ValueType || Plain.IsList(given) || Plain.IsNode(given)
                || AttributeChanges.IsNamed(given))
            {
                return given;
            }
            var fields = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in Plain.Fields(given))
            {
                var value = Plain.Of(field.Value);
                var isBlank = IsBlank(value) || (value == null && !(given is IDictionary));
                if (fields.ContainsKey(field.Key))
                {
                    throw Faults.Attribute("this name is there twice", field.Key);
                }
                fields[field.Key] = !isBlank ? value : clearEmpty ? new List<object>() : (object)DBNull.Value;
            }
            blank = fields.Count(field => field.Value is DBNull);
            return fields.Where(field => !(field.Value is DBNull)).ToDictionary(field => field.Key, field => field.Value, fields.Comparer);
        }

        /// <summary>What an error about somebody points at: their name, or the object that has it.</summary>
        public static object Target(object given, Caller caller)
        {
            return Unwrap.Value(given) as string ?? Shown(given, caller);
        }

        /// <summary>What an error of the record points at: the record, without its password.</summary>
        public static object Shown(object given, Caller caller)
        {
            given = Unwrap.Value(given);
            if (given == null || given is string || given is System.ValueType || Plain.IsList(given))
            {
                return null;
            }
            var shown = new OrderedDictionary();
            foreach (var field in Plain.Readable(given))
            {
                var hidden = FieldValues.IsPassword(field.Key) || field.Value is Secret;
                shown[field.Key] = hidden ? (object)"[redacted]" : field.Value;
            }
            return shown.Values.Cast<object>().Contains("[redacted]") ? caller.Shape(shown) : given;
        }

        /// <summary>A text of blanks, or what splitting one makes.</summary>
        private static bool IsBlank(object value)
        {
            var list = value as List<object>;
            return list == null ? value is string && string.IsNullOrWhiteSpace((string)value) : list.Count > 0 && list.All(IsBlank);
        }

        private string Named()
        {
            var named = Names.Where(Attributes.ContainsKey).Select(name => Whom.Text(Attributes[name], How)).Distinct().ToList();
            Names.ToList().ForEach(name => Attributes.Remove(name));
            if (named.Count > 1)
            {
                throw new InvalidRequestException("the record names several by userId and __UID__");
            }
            return Whom.Text(named.FirstOrDefault(), How);
        }
    }
}
