// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One attribute of an object class. Flags that are false are left out of the JSON.</summary>
    public sealed class AttributeInfo
    {
        internal AttributeInfo(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            NativeName = json.Text("native_name");
            Label = json.Text("label");
            ValueType = ProtocolWords.ValueType(json.Text("value_type"));
            ValueTypeText = json.Text("value_type");
            Attributes = json.List("attributes").Select(one => new AttributeInfo(one as Dictionary<string, object>)).ToList();
            ValueList = json.Text("value_list");
            ReferencedObjectClass = json.Text("referenced_object_class");
            MaxLength = json.Integer("max_length");
            Required = json.Flag("required");
            Multivalued = json.Flag("multivalued");
            Creatable = json.Flag("creatable");
            Updatable = json.Flag("updatable");
            Readable = json.Flag("readable");
            ReturnedByDefault = json.Flag("returned_by_default");
            Filterable = json.Flag("filterable");
            Sortable = json.Flag("sortable");
            Sensitive = json.Flag("sensitive");
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>The target's name for it, where that differs. Nothing if absent.</summary>
        public string NativeName { get; private set; }

        /// <summary>What people call it. Nothing if absent.</summary>
        public string Label { get; private set; }

        /// <summary>The type of its values.</summary>
        public ValueType ValueType { get; private set; }

        /// <summary><c>ValueType</c> as it came, also where <c>ValueType</c> does not know the word.</summary>
        public string ValueTypeText { get; private set; }

        /// <summary>
        /// The parts of its values, where they are complex: what each is called and may hold.
        /// </summary>
        public IList<AttributeInfo> Attributes { get; private set; }

        /// <summary>
        /// The list that its values are codes of: what <c>lookup</c> takes as <c>name</c>. Nothing if absent.
        /// </summary>
        public string ValueList { get; private set; }

        /// <summary>The class that a reference points to. Nothing if absent.</summary>
        public string ReferencedObjectClass { get; private set; }

        /// <summary>The longest text that the target takes, in characters. Nothing if absent.</summary>
        public long? MaxLength { get; private set; }

        /// <summary>A create without it fails.</summary>
        public bool Required { get; private set; }

        /// <summary>It may have more than one value.</summary>
        public bool Multivalued { get; private set; }

        /// <summary>It may be given when an object is created.</summary>
        public bool Creatable { get; private set; }

        /// <summary>It may be changed later.</summary>
        public bool Updatable { get; private set; }

        /// <summary>It can be read.</summary>
        public bool Readable { get; private set; }

        /// <summary>It comes with an object without being asked for.</summary>
        public bool ReturnedByDefault { get; private set; }

        /// <summary>
        /// The target itself can filter by it. What it cannot filter by is evaluated here, after reading.
        /// </summary>
        public bool Filterable { get; private set; }

        /// <summary>The target can sort by it.</summary>
        public bool Sortable { get; private set; }

        /// <summary>It is personal to a degree that calls for care, or secret.</summary>
        public bool Sensitive { get; private set; }
    }
}
