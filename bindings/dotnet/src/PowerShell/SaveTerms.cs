using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>What a save is told besides its attributes.</summary>
    internal sealed class SaveTerms
    {
        /// <summary>Nothing.</summary>
        public static readonly SaveTerms None = new SaveTerms();

        private readonly object expected;

        /// <exception cref="InvalidRequestException">A parameter has a value that means nothing.</exception>
        public SaveTerms(Caller caller)
        {
            EffectiveDate = Day(caller, "EffectiveDate");
            expected = Read(Plain.Of(caller.Parameter("Expected")));
            IsDry = caller.IsOn("DryRun");
            if (caller.Has("Expected") && (!(expected is IDictionary) || AttributeChanges.IsNamed(expected)))
            {
                throw new InvalidRequestException("-Expected takes names and values: as a table, as an object or as JSON");
            }
        }

        private SaveTerms()
        {
        }

        /// <summary>The first day on which it holds, if one was said.</summary>
        public Date? EffectiveDate { get; private set; }

        /// <summary>Whether it is only said what would be written.</summary>
        public bool IsDry { get; private set; }

        /// <summary>What the object is believed to have; nothing, if nothing was said.</summary>
        public Dictionary<string, object> Expected(FieldValues values)
        {
            return expected == null ? null : Plain.Fields(expected).ToDictionary(
                one => one.Key,
                one => values.Of(one.Key, Unwrap.Values(one.Value).ToList()));
        }

        private static object Read(object given)
        {
            try
            {
                return given is string ? AttributeChanges.Parsed((string)given) : given;
            }
            catch (InvalidRequestException)
            {
                // It is no JSON, and none of what is taken.
                return null;
            }
        }

        /// <summary>The day that a parameter says; nothing, if it was not given.</summary>
        /// <exception cref="InvalidRequestException">It is none.</exception>
        public static Date? Day(Caller caller, string parameter)
        {
            if (!caller.Has(parameter))
            {
                return null;
            }
            try
            {
                var day = new FieldValues(null, name => "date").Of(parameter, caller.Parameter(parameter));
                day = day is string ? Date.Parse((string)day) : day;
                if (day is Date)
                {
                    return (Date)day;
                }
            }
            catch (FormatException)
            {
            }
            catch (InvalidAttributeException)
            {
            }
            throw new InvalidRequestException("-" + parameter + " takes a day, such as 2026-11-29");
        }
    }
}
