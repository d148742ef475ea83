// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A key of the configuration.</summary>
    public sealed class ConfigurationProperty
    {
        internal ConfigurationProperty(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            DisplayName = json.Text("display_name");
            Help = json.Text("help");
            Required = json.Flag("required");
            Confidential = json.Flag("confidential");
            DefaultValue = json.Text("default");
        }

        /// <summary>The key.</summary>
        public string Name { get; private set; }

        /// <summary>What people call it.</summary>
        public string DisplayName { get; private set; }

        /// <summary>What it means and what it may be.</summary>
        public string Help { get; private set; }

        /// <summary>
        /// It must be given, whatever else is. What another key can replace is not required: its help says when it is
        /// needed.
        /// </summary>
        public bool Required { get; private set; }

        /// <summary>It must not be shown.</summary>
        public bool Confidential { get; private set; }

        /// <summary>What holds if it is not given. Nothing if absent.</summary>
        public string DefaultValue { get; private set; }
    }
}
