// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What the target itself said, kept apart from our own words.</summary>
    public sealed class TargetAnswer
    {
        internal TargetAnswer(IDictionary<string, object> json)
        {
            Status = json.Integer("status");
            Code = json.Text("code");
            Text = json.Text("text");
        }

        /// <summary>The status of the answer, such as an HTTP status. Nothing if absent.</summary>
        public long? Status { get; private set; }

        /// <summary>The target's own error code. Nothing if absent.</summary>
        public string Code { get; private set; }

        /// <summary>The target's own text, shortened if it is long. Nothing if absent.</summary>
        public string Text { get; private set; }
    }
}
