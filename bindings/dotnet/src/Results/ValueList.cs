using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One value of a list.</summary>
    public sealed class ListValue
    {
        internal ListValue(IDictionary<string, object> json)
        {
            Code = json.Text("code");
            Label = json.Text("label");
            Labels = (json.Object("labels") ?? new Dictionary<string, object>()).ToDictionary(
                label => label.Key, label => Convert.ToString(label.Value));
            Status = json.Text("status");
            Key = json.Text("key");
            Decode = json.Text("decode");
            Id = json.Text("id");
        }

        /// <summary>What is written into an attribute.</summary>
        public string Code { get; private set; }

        /// <summary>What people call it.</summary>
        public string Label { get; private set; }

        /// <summary>What people call it, by locale.</summary>
        public IDictionary<string, string> Labels { get; private set; }

        /// <summary><c>active</c> or <c>inactive</c>.</summary>
        public string Status { get; private set; }

        /// <summary>The code with the key of the instance before it.</summary>
        public string Key { get; private set; }

        /// <summary>The label with the name of the instance before it.</summary>
        public string Decode { get; private set; }

        /// <summary>The tenant's own id, where it has one.</summary>
        public string Id { get; private set; }
    }

    /// <summary>A list of values, such as departments.</summary>
    public sealed class ValueList
    {
        internal ValueList(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Age = TimeSpan.FromMilliseconds(json.Integer("age_ms") ?? 0);
            Values = json.Objects("values").Select(value => new ListValue(value)).ToList();
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>How old the answer is.</summary>
        public TimeSpan Age { get; private set; }

        /// <summary>Its values.</summary>
        public IList<ListValue> Values { get; private set; }
    }
}
