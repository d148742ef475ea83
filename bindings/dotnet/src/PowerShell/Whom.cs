using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>Whom a call is about: each has to be named, and by one name.</summary>
    internal static class Whom
    {
        private const string Parameter = "Identity";

        private const string Input = "InputObject";

        /// <summary>What is said if nobody is named.</summary>
        public const string How = "-Identity, or IdentityName of $headerAttributes";

        /// <summary>Whether a call itself says whom it is about, by the pipeline or by a parameter.</summary>
        public static bool IsNamed(Caller caller)
        {
            return caller.ExpectsInput || caller.Has(Input) || caller.Has(Parameter);
        }

        /// <summary>
        /// The identities that a call names: those of the pipeline, else the parameter's, else the header's. Nobody has been
        /// checked yet. <c>-InputObject</c> says whom like the pipeline.
        /// </summary>
        /// <exception cref="InvalidRequestException">They are named twice, or nobody is.</exception>
        public static IList<object> Of(Caller caller, IDictionary<string, object> header)
        {
            if (caller.ExpectsInput || caller.Has(Input))
            {
                if (caller.Has(Parameter))
                {
                    throw new InvalidRequestException("somebody is named by -Identity and by the pipeline; say whom once");
                }
                return Several(caller.Parameter(Input));
            }
            if (caller.Has(Parameter))
            {
                return Several(caller.Parameter(Parameter));
            }
            return new[] { header.Field("IdentityName") };
        }

        /// <summary>The identity of one, as a text or an object names it.</summary>
        /// <param name="given">A text, or an object or a table with a userId; with a uid, if it is no person.</param>
        /// <param name="objectClass">What it shall be.</param>
        /// <param name="header">The header, which may name nobody else.</param>
        /// <exception cref="InvalidRequestException">It names nobody, or somebody else than the header.</exception>
        public static string One(object given, string objectClass, IDictionary<string, object> header)
        {
            given = Unwrap.Value(given);
            var identity = IsValue(given) ? Text(given) : Named(given, objectClass == "User" ? "userId" : "uid");
            var named = header.Field("IdentityName") == null ? null : Text(header.Field("IdentityName"));
            if (!string.IsNullOrEmpty(named) && named != identity)
            {
                throw new InvalidRequestException("the header names somebody else than the call does; nothing was done");
            }
            return identity;
        }

        /// <summary>An identity that is one: not empty, and without blanks around it.</summary>
        /// <exception cref="InvalidRequestException">It is none.</exception>
        public static string Text(object given, string how = How)
        {
            given = Unwrap.Value(given);
            if (given == null || given is DBNull)
            {
                throw Faults.SayWhom(how);
            }
            if (!IsValue(given))
            {
                throw new InvalidRequestException("an identity is a text, and not of the type " + Faults.TypeOf(given));
            }
            var text = Convert.ToString(given, CultureInfo.InvariantCulture);
            if (text.All(IsBlank))
            {
                throw Faults.SayWhom(how);
            }
            if (IsBlank(text[0]) || IsBlank(text[text.Length - 1]))
            {
                throw new InvalidRequestException("an identity begins or ends with a blank; leave it out");
            }
            if (text.StartsWith("@{", StringComparison.Ordinal) || text.StartsWith("System.Collections.", StringComparison.Ordinal)
                || IsTypeName(text))
            {
                // What PowerShell makes of an object where a text is wanted.
                throw new InvalidRequestException("an identity is a text, and not an object; pipe objects, or give their userId");
            }
            return text;
        }

        /// <summary>What nobody sees at the end of a name: blanks, and marks such as those of the order of bytes.</summary>
        private static bool IsBlank(char one)
        {
            return char.IsWhiteSpace(one) || char.IsControl(one) || char.GetUnicodeCategory(one) == UnicodeCategory.Format;
        }

        /// <summary>An object that has no text of its own becomes the name of its type.</summary>
        private static bool IsTypeName(string text)
        {
            return text.IndexOf('.') > 0 && AppDomain.CurrentDomain.GetAssemblies().Any(one => IsType(one, text));
        }

        private static bool IsType(Assembly assembly, string text)
        {
            try
            {
                return assembly.GetType(text, false) != null;
            }
            catch (Exception error) when (error is ArgumentException || error is IOException || error is BadImageFormatException)
            {
                // What cannot be the name of a type.
                return false;
            }
        }

        private static IList<object> Several(object given)
        {
            var several = Plain.IsList(given) ? ((IEnumerable)given).Cast<object>().ToList() : new List<object> { given };
            if (several.Count == 0)
            {
                throw Faults.SayWhom(How);
            }
            return several;
        }

        private static bool IsValue(object given)
        {
            return given == null || given is string || given is DBNull || given is Guid || given is int || given is long
                || given is short || given is byte || given is uint || given is ulong || given is ushort || given is sbyte;
        }

        private static string Named(object given, string property)
        {
            if (given is System.ValueType || Plain.IsList(given))
            {
                throw new InvalidRequestException("an identity is a text, and not of the type " + Faults.TypeOf(given));
            }
            var names = Plain.Fields(given).Where(field => IsName(field.Key, property)).Select(field => field.Value).ToList();
            var how = "the object has no " + property;
            var found = names.Where(name => name != null).Select(name => Text(name, how)).Distinct().ToList();
            if (found.Count > 1)
            {
                throw new InvalidRequestException("the object names several by Identity and " + property);
            }
            if (found.Count == 0)
            {
                throw Faults.SayWhom(how);
            }
            return found[0];
        }

        private static bool IsName(string field, string property)
        {
            return field.Equals(property, StringComparison.OrdinalIgnoreCase)
                || field.Equals(Parameter, StringComparison.OrdinalIgnoreCase);
        }
    }
}
