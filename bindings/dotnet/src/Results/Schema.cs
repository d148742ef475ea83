using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What an attribute is, and what can be done with it.</summary>
    public sealed class AttributeInfo
    {
        internal AttributeInfo(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            ValueType = json.Text("value_type");
            NativeName = json.Text("native_name");
            Label = json.Text("label");
            ReferencedObjectClass = json.Text("referenced_object_class");
            MaxLength = (int?)json.Integer("max_length");
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

        /// <summary>The type of its values: <c>text</c>, <c>date</c> and so on.</summary>
        public string ValueType { get; private set; }

        /// <summary>What the tenant calls it, if that differs.</summary>
        public string NativeName { get; private set; }

        /// <summary>What people call it.</summary>
        public string Label { get; private set; }

        /// <summary>The class of what it refers to.</summary>
        public string ReferencedObjectClass { get; private set; }

        /// <summary>How long a text may be.</summary>
        public int? MaxLength { get; private set; }

        /// <summary>Whether a new object needs it.</summary>
        public bool Required { get; private set; }

        /// <summary>Whether it may have several values.</summary>
        public bool Multivalued { get; private set; }

        /// <summary>Whether it can be given to a new object.</summary>
        public bool Creatable { get; private set; }

        /// <summary>Whether it can be changed.</summary>
        public bool Updatable { get; private set; }

        /// <summary>Whether it can be read.</summary>
        public bool Readable { get; private set; }

        /// <summary>Whether it comes without being asked for.</summary>
        public bool ReturnedByDefault { get; private set; }

        /// <summary>Whether the tenant can filter by it.</summary>
        public bool Filterable { get; private set; }

        /// <summary>Whether the tenant can sort by it.</summary>
        public bool Sortable { get; private set; }

        /// <summary>Whether it should be shown to few.</summary>
        public bool Sensitive { get; private set; }
    }

    /// <summary>An object class of the tenant.</summary>
    public sealed class ObjectClassInfo
    {
        internal ObjectClassInfo(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Aliases = json.Texts("aliases");
            Attributes = json.Objects("attributes").Select(attribute => new AttributeInfo(attribute)).ToList();
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>Its other names.</summary>
        public IList<string> Aliases { get; private set; }

        /// <summary>Its attributes.</summary>
        public IList<AttributeInfo> Attributes { get; private set; }
    }

    /// <summary>What objects of the tenant look like.</summary>
    public sealed class Schema
    {
        internal Schema(IDictionary<string, object> json)
        {
            ObjectClasses = json.Objects("object_classes").Select(info => new ObjectClassInfo(info)).ToList();
        }

        /// <summary>Its object classes.</summary>
        public IList<ObjectClassInfo> ObjectClasses { get; private set; }
    }
}
