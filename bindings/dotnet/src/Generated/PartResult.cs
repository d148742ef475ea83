// Generated from the protocol's schema; run `UPDATE_SNAPSHOTS=1 cargo test -p tests --test protocol`.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What the target said about one entity of a write.</summary>
    public sealed class PartResult
    {
        internal PartResult(IDictionary<string, object> json)
        {
            Entity = json.Text("entity");
            Status = json.Text("status");
            Code = json.Integer("code");
            Message = json.Text("message");
        }

        /// <summary>The entity at the target.</summary>
        public string Entity { get; private set; }

        /// <summary>The target's word for the outcome.</summary>
        public string Status { get; private set; }

        /// <summary>The target's code for the outcome. Nothing if absent.</summary>
        public long? Code { get; private set; }

        /// <summary>The target's text, if it said anything. Nothing if absent.</summary>
        public string Message { get; private set; }
    }
}
