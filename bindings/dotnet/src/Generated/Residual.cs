// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A condition that the target does not evaluate.</summary>
    public sealed class Residual
    {
        internal Residual(IDictionary<string, object> json)
        {
            Filter = json.Text("filter");
            Reason = json.Text("reason");
        }

        /// <summary>The condition, as text.</summary>
        public string Filter { get; private set; }

        /// <summary>Why the target does not evaluate it.</summary>
        public string Reason { get; private set; }
    }
}
