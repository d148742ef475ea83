using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Results as PowerShell has them: with the protocol's words as texts, which compare, print and are written as such. To
    /// PowerShell, the text <c>not_found</c> is not <see cref="Presence.NotFound"/>, and JSON would have a number.
    /// </summary>
    internal static class ShownResult
    {
        private static readonly Type[] Shown =
        {
            typeof(SaveOutcome), typeof(SaveExplanation), typeof(PartResult), typeof(PlannedRecord), typeof(Check),
        };

        /// <summary>The result, or whatever is in it.</summary>
        /// <param name="value">The result.</param>
        /// <param name="shape">What makes an object of fields.</param>
        public static object Of(object value, Func<OrderedDictionary, object> shape)
        {
            if (value is IList)
            {
                return ((IList)value).Cast<object>().Select(one => Of(one, shape)).ToArray();
            }
            if (value == null || !Shown.Contains(value.GetType()))
            {
                return value;
            }
            var properties = value.GetType().GetProperties();
            var fields = new OrderedDictionary();
            foreach (var property in properties.Where(one => !properties.Any(word => one.Name == word.Name + "Text")))
            {
                var text = properties.FirstOrDefault(one => one.Name == property.Name + "Text");
                fields[property.Name] = Of((text ?? property).GetValue(value, null), shape);
            }
            return shape(fields);
        }
    }
}
