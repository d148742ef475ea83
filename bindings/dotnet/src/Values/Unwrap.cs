using System.Collections;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>
    /// Values as PowerShell hands them over: inside of a <c>PSObject</c>, which is known here by its name only, so that this
    /// assembly needs no PowerShell.
    /// </summary>
    internal static class Unwrap
    {
        private const string Wrapper = "System.Management.Automation.PSObject";

        /// <summary>What is inside of an object that has nothing but properties, which the wrapper holds.</summary>
        private const string Nothing = "System.Management.Automation.PSCustomObject";

        /// <summary>The value inside.</summary>
        public static object Value(object value)
        {
            while (value != null && value.GetType().FullName == Wrapper)
            {
                var inner = value.GetType().GetProperty("BaseObject").GetValue(value, null);
                if (inner == value || (inner != null && inner.GetType().FullName == Nothing))
                {
                    return value;
                }
                value = inner;
            }
            return value;
        }

        /// <summary>The values inside: those of a list, or the one.</summary>
        public static IEnumerable<object> Values(object value)
        {
            value = Value(value);
            if (value is IEnumerable && !(value is string) && !(value is IDictionary) && !(value is byte[]))
            {
                foreach (var one in (IEnumerable)value)
                {
                    yield return Value(one);
                }
            }
            else if (value != null)
            {
                yield return value;
            }
        }
    }
}
