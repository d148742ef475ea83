// Generated from the protocol's schema; run `UPDATE_SNAPSHOTS=1 cargo test -p tests --test protocol`.
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
