// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What an operation cost the target.</summary>
    public sealed class Cost
    {
        internal Cost(IDictionary<string, object> json)
        {
            Requests = json.Integer("requests") ?? 0;
            Retries = json.Integer("retries") ?? 0;
            Bytes = json.Integer("bytes") ?? 0;
        }

        /// <summary>Requests sent, repeats included.</summary>
        public long Requests { get; private set; }

        /// <summary>Repeats among them.</summary>
        public long Retries { get; private set; }

        /// <summary>Bytes of answers, after decompression.</summary>
        public long Bytes { get; private set; }
    }
}
