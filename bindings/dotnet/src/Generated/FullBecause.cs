// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>Why an import brought everything instead of what has changed.</summary>
    public sealed class FullBecause
    {
        internal FullBecause(IDictionary<string, object> json)
        {
            Reason = ProtocolWords.FullReason(json.Text("reason"));
            ReasonText = json.Text("reason");
            Detail = json.Text("detail");
        }

        /// <summary>The reason, to decide by.</summary>
        public FullReason Reason { get; private set; }

        /// <summary><c>Reason</c> as it came, also where <c>FullReason</c> does not know the word.</summary>
        public string ReasonText { get; private set; }

        /// <summary>The same in a sentence, with what it is about.</summary>
        public string Detail { get; private set; }
    }
}
