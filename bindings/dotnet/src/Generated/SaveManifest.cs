// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What a save can do besides writing.</summary>
    public sealed class SaveManifest
    {
        internal SaveManifest(IDictionary<string, object> json)
        {
            Create = json.Flag("create");
            Expected = json.Flag("expected");
            DryRun = json.Flag("dry_run");
        }

        /// <summary>
        /// It makes objects that are not there. Without it, only those that are there can be changed.
        /// </summary>
        public bool Create { get; private set; }

        /// <summary>
        /// It compares what is there with what is <c>expected</c>, and writes nothing if that differs.
        /// </summary>
        public bool Expected { get; private set; }

        /// <summary><c>explain</c> of a save says what would be sent.</summary>
        public bool DryRun { get; private set; }
    }
}
