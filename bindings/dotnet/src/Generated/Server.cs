// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>The program or library that answers.</summary>
    public sealed class Server
    {
        internal Server(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Version = json.Text("version");
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>Its version.</summary>
        public string Version { get; private set; }
    }
}
