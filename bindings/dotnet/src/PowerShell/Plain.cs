using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// What PowerShell makes, as tables, lists and values: an object becomes a table of its properties. PowerShell's classes
    /// are known by their names only.
    /// </summary>
    internal static class Plain
    {
        private const string Namespace = "System.Management.Automation.";

        /// <summary>What PowerShell itself puts on objects: of jobs and sessions, and of files.</summary>
        private static readonly string[] Own =
        {
            "PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId",
            "PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer",
        };

        /// <summary>What a row of a database has besides its columns.</summary>
        private static readonly string[] OfRow = { "RowError", "RowState", "Table", "ItemArray", "HasErrors" };

        /// <summary>The value, with tables in place of objects that have nothing but properties, at any depth.</summary>
        public static object Of(object value)
        {
            value = Unwrap.Value(value);
            if (IsTable(value))
            {
                var table = new OrderedDictionary();
                foreach (var field in Fields(value))
                {
                    table[field.Key] = Of(field.Value);
                }
                return table;
            }
            if (IsList(value))
            {
                return ((IEnumerable)value).Cast<object>().Select(Of).ToList();
            }
            return value is DBNull ? null : value;
        }

        /// <summary>Whether this is a table, or an object that has nothing but properties.</summary>
        public static bool IsTable(object value)
        {
            return value is IDictionary || IsShaped(value);
        }

        /// <summary>Whether these are several values.</summary>
        public static bool IsList(object value)
        {
            return value is IEnumerable && !(value is string) && !(value is IDictionary) && !(value is byte[]) && !IsShaped(value)
                && !IsNode(value);
        }

        /// <summary>Whether this is XML, which is neither a list nor an object: its fields are among many of its own.</summary>
        public static bool IsNode(object value)
        {
            return value != null && IsNode(value.GetType());
        }

        /// <summary>Those fields that can be read.</summary>
        public static IEnumerable<KeyValuePair<string, object>> Readable(object value)
        {
            value = Unwrap.Value(value);
            return value is IDictionary ? Fields(value) : Properties(value, false);
        }

        /// <summary>The entries of a table, or the properties of any object but PowerShell's own.</summary>
        /// <exception cref="InvalidAttributeException">A property cannot be read.</exception>
        public static IEnumerable<KeyValuePair<string, object>> Fields(object value)
        {
            value = Unwrap.Value(value);
            var table = value as IDictionary;
            if (table == null)
            {
                return Properties(value, true);
            }
            return table.Keys.Cast<object>().Select(key => new KeyValuePair<string, object>(
                Convert.ToString(Unwrap.Value(key), CultureInfo.InvariantCulture), Unwrap.Value(table[key]))).ToList();
        }

        private static IEnumerable<KeyValuePair<string, object>> Properties(object value, bool all)
        {
            var fields = new List<KeyValuePair<string, object>>();
            var aside = value.GetType().FullName == "System.Data.DataRow" ? Own.Concat(OfRow).ToArray() : Own;
            foreach (var property in (IEnumerable)Get(Shaped(value), "Properties"))
            {
                var name = (string)Get(property, "Name");
                if (aside.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    continue;
                }
                try
                {
                    fields.Add(new KeyValuePair<string, object>(name, Read(property, name)));
                }
                catch (InvalidAttributeException)
                {
                    if (all)
                    {
                        throw;
                    }
                }
            }
            return fields;
        }

        private static object Read(object property, string name)
        {
            try
            {
                return Unwrap.Value(Get(property, "Value"));
            }
            catch (TargetInvocationException error)
            {
                if (error.InnerException != null && error.InnerException.GetType().FullName == Namespace + "PipelineStoppedException")
                {
                    throw error.InnerException;
                }
                throw Faults.Attribute("this property cannot be read", name);
            }
        }

        /// <summary>The value inside of PowerShell's wrapping.</summary>
        private static object Shaped(object value)
        {
            if (IsShaped(value))
            {
                return value;
            }
            var wrapper = AppDomain.CurrentDomain.GetAssemblies().Where(one => one.GetName().Name == "System.Management.Automation")
                .Select(one => one.GetType(Namespace + "PSObject")).FirstOrDefault(type => type != null);
            if (wrapper == null)
            {
                throw new InvalidRequestException("an object of the type " + Faults.TypeOf(value) + " cannot be read here");
            }
            return wrapper.GetMethod("AsPSObject", new[] { typeof(object) }).Invoke(null, new[] { value });
        }

        private static bool IsNode(Type type)
        {
            return type != null && (type.FullName == "System.Xml.XmlNode" || IsNode(type.BaseType));
        }

        private static bool IsShaped(object value)
        {
            return value != null && value.GetType().FullName == Namespace + "PSObject";
        }

        private static object Get(object of, string property)
        {
            return of.GetType().GetProperty(property).GetValue(of, null);
        }
    }
}
