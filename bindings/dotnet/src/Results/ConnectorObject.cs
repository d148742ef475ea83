using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>An object of the tenant.</summary>
    public sealed class ConnectorObject
    {
        internal ConnectorObject(IDictionary<string, object> json)
        {
            ObjectClass = json.Text("object_class");
            Uid = json.Text("uid");
            Name = json.Text("name");
            Attributes = (json.Object("attributes") ?? new Dictionary<string, object>()).ToDictionary(
                attribute => attribute.Key,
                attribute => (IList<object>)Wire.From(attribute.Value));
        }

        /// <summary>Its class.</summary>
        public string ObjectClass { get; private set; }

        /// <summary>What identifies it.</summary>
        public string Uid { get; private set; }

        /// <summary>What people call it.</summary>
        public string Name { get; private set; }

        /// <summary>The values of each attribute. A list may be empty: the attribute is known and has no value.</summary>
        public IDictionary<string, IList<object>> Attributes { get; private set; }

        /// <summary>The first value of an attribute, or nothing.</summary>
        public object First(string attribute)
        {
            IList<object> values;
            return Attributes.TryGetValue(attribute, out values) && values.Count > 0 ? values[0] : null;
        }
    }
}
