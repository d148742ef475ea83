// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>
    /// What a connector can do. It is generated from the code and the same over every carrier.
    /// </summary>
    public sealed class Manifest
    {
        internal Manifest(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            DisplayName = json.Text("display_name");
            Version = json.Text("version");
            Protocol = json.Text("protocol");
            ProtocolMinor = json.Integer("protocol_minor") ?? 0;
            ObjectClasses = json.List("object_classes").Select(one => new ObjectClassManifest(one as Dictionary<string, object>)).ToList();
            Lookups = json.List("lookups").Select(one => new LookupManifest(one as Dictionary<string, object>)).ToList();
            Configuration = json.List("configuration").Select(one => new ConfigurationProperty(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>The connector's name, for example <c>sfsf</c>.</summary>
        public string Name { get; private set; }

        /// <summary>What people call it.</summary>
        public string DisplayName { get; private set; }

        /// <summary>Its version.</summary>
        public string Version { get; private set; }

        /// <summary>The version of the wire protocol that it speaks.</summary>
        public string Protocol { get; private set; }

        /// <summary>The minor version of that protocol.</summary>
        public long ProtocolMinor { get; private set; }

        /// <summary>Its object classes.</summary>
        public IList<ObjectClassManifest> ObjectClasses { get; private set; }

        /// <summary>Its lists of values.</summary>
        public IList<LookupManifest> Lookups { get; private set; }

        /// <summary>The keys of its configuration.</summary>
        public IList<ConfigurationProperty> Configuration { get; private set; }
    }
}
