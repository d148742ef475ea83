// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>How much a carrier takes. What is beyond is refused with a sentence.</summary>
    public sealed class Limits
    {
        internal Limits(IDictionary<string, object> json)
        {
            RequestBytes = json.Integer("request_bytes") ?? 0;
            Requests = json.Integer("requests") ?? 0;
            Credit = json.Integer("credit") ?? 0;
            KeepAlive = json.Time("keep_alive_ms") ?? TimeSpan.Zero;
        }

        /// <summary>Bytes of one request.</summary>
        public long RequestBytes { get; private set; }

        /// <summary>Requests under way at the same time.</summary>
        public long Requests { get; private set; }

        /// <summary>Items and problems of a stream that may come before the caller asks for more.</summary>
        public long Credit { get; private set; }

        /// <summary>A request that has nothing to say for so long says that it is alive.</summary>
        public TimeSpan KeepAlive { get; private set; }
    }
}
