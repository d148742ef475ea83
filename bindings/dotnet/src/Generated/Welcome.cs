// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>The answer to <c>hello</c>: who is there, and what can be done.</summary>
    public sealed class Welcome
    {
        internal Welcome(IDictionary<string, object> json)
        {
            Protocol = json.Text("protocol");
            ProtocolMinor = json.Integer("protocol_minor") ?? 0;
            Server = json.Made("server", one => new Server(one));
            Limits = json.Made("limits", one => new Limits(one));
            Manifest = json.Made("manifest", one => new Manifest(one));
        }

        /// <summary>The protocol.</summary>
        public string Protocol { get; private set; }

        /// <summary>Its minor version.</summary>
        public long ProtocolMinor { get; private set; }

        /// <summary>Who answers.</summary>
        public Server Server { get; private set; }

        /// <summary>How much is taken.</summary>
        public Limits Limits { get; private set; }

        /// <summary>What the connector can do.</summary>
        public Manifest Manifest { get; private set; }
    }
}
