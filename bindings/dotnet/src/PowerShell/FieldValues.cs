using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>Values of PowerShell as those of an attribute.</summary>
    internal sealed class FieldValues
    {
        private readonly string identity;
        private readonly Func<string, string> typeOf;

        /// <param name="identity">Whom it is about: a credential is theirs, or refused.</param>
        /// <param name="typeOf">
        /// The type of an attribute's values as the schema has it; asked only where a value has more than one meaning.
        /// </param>
        public FieldValues(string identity, Func<string, string> typeOf)
        {
            this.identity = identity;
            this.typeOf = typeOf;
        }

        /// <summary>A value, or what is made of values.</summary>
        /// <exception cref="InvalidAttributeException">The attribute cannot have such a value.</exception>
        public object Of(string name, object value)
        {
            value = Unwrap.Value(value);
            if (value is IDictionary)
            {
                var parts = new Dictionary<string, object>();
                foreach (DictionaryEntry part in (IDictionary)value)
                {
                    parts[Convert.ToString(part.Key, CultureInfo.InvariantCulture)] = Of(name, part.Value);
                }
                return parts;
            }
            if (Plain.IsList(value))
            {
                return ((IEnumerable)value).Cast<object>().Select(one => Of(name, one)).ToList();
            }
            return IsPassword(name) && value != null ? Password(name, value) : One(name, value);
        }

        /// <summary>Whether the values of an attribute are secrets by its name.</summary>
        public static bool IsPassword(string name)
        {
            return name.Equals("password", StringComparison.OrdinalIgnoreCase) || name == "__PASSWORD__";
        }

        private Secret Password(string name, object value)
        {
            try
            {
                return Passwords.Of(value, identity);
            }
            catch (InvalidRequestException error)
            {
                throw Faults.Attribute(error.Message, name);
            }
        }

        private object One(string name, object value)
        {
            if (value == null || value is string || value is byte[] || value is Date || value is Reference || value is Secret)
            {
                return value;
            }
            if (value is SecureString)
            {
                return new Secret((SecureString)value);
            }
            if (value is bool)
            {
                var isStatus = name.Equals("status", StringComparison.OrdinalIgnoreCase);
                return isStatus ? ((bool)value ? "t" : "f") : value;
            }
            if (value is DateTime)
            {
                // A time of no known zone is this machine's, as everywhere in PowerShell.
                return Time(name, ((DateTime)value).Date == (DateTime)value, (DateTime)value, () => new DateTimeOffset((DateTime)value));
            }
            if (value is DateTimeOffset)
            {
                var time = (DateTimeOffset)value;
                return Time(name, time.TimeOfDay == TimeSpan.Zero, time.DateTime, () => time);
            }
            return Other(name, value);
        }

        /// <summary>A day where a day is wanted, the one that its writer sees; else the time.</summary>
        private object Time(string name, bool isMidnight, DateTime day, Func<DateTimeOffset> time)
        {
            if (typeOf(name) != "date")
            {
                try
                {
                    return time();
                }
                catch (ArgumentOutOfRangeException)
                {
                    throw Faults.Attribute("there is no such time in the zone of this machine", name);
                }
            }
            if (!isMidnight)
            {
                throw Faults.Attribute("a day is wanted, and the value has a time of day; take its Date", name);
            }
            return new Date(day.Year, day.Month, day.Day);
        }

        private static object Other(string name, object value)
        {
            if (value is Enum || value is char || value is Guid)
            {
                return value.ToString();
            }
            if (value is Uri)
            {
                return ((Uri)value).OriginalString;
            }
            switch (value.GetType().FullName)
            {
                case "System.DateOnly":
                    return Date.Parse(((IFormattable)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                case "System.Numerics.BigInteger":
                    return Number(name, value, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
            }
            if (value is float || value is double || value is decimal || value is ulong)
            {
                return Number(name, value, ((IFormattable)value).ToString(value is decimal || value is ulong ? null : "R", CultureInfo.InvariantCulture));
            }
            if (value is sbyte || value is byte || value is short || value is ushort || value is int || value is uint || value is long)
            {
                return Convert.ToInt64(value, CultureInfo.InvariantCulture);
            }
            throw Refused(name, value);
        }

        /// <summary>A number that may be too large, or none.</summary>
        private static object Number(string name, object value, string text)
        {
            long whole;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
            {
                return whole;
            }
            decimal exact;
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out exact)
                || (exact == 0 && !(value is decimal)))
            {
                throw Refused(name, value);
            }
            return exact;
        }

        private static InvalidAttributeException Refused(string name, object value)
        {
            return Faults.Attribute("this value of the type " + Faults.TypeOf(value) + " cannot be taken", name);
        }
    }
}
