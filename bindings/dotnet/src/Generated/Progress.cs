// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>How far a stream is.</summary>
    public sealed class Progress
    {
        internal Progress(IDictionary<string, object> json)
        {
            Fetched = json.Integer("fetched") ?? 0;
            Total = json.Integer("total");
        }

        /// <summary>Records read so far.</summary>
        public long Fetched { get; private set; }

        /// <summary>Records in all, where the target said so. Nothing if absent.</summary>
        public long? Total { get; private set; }
    }
}
