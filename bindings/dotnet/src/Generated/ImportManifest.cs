// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What an import can do besides bringing everything.</summary>
    public sealed class ImportManifest
    {
        internal ImportManifest(IDictionary<string, object> json)
        {
            Delta = json.Flag("delta");
            Resume = json.Flag("resume");
            Missing = json.Flag("missing");
        }

        /// <summary>
        /// It brings what has changed since a <c>sync_token</c>, and knows <c>token_only</c>.
        /// </summary>
        public bool Delta { get; private set; }

        /// <summary>
        /// It hands out checkpoints: after one of them as <c>sync_token</c>, the run goes on that it is of.
        /// </summary>
        public bool Resume { get; private set; }

        /// <summary>It looks for <c>missing</c> objects, and says who is gone.</summary>
        public bool Missing { get; private set; }
    }
}
