// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A question that was put to the target, and what it said.</summary>
    public sealed class Evidence
    {
        internal Evidence(IDictionary<string, object> json)
        {
            Query = json.Text("query");
            Answer = json.Text("answer");
        }

        /// <summary>The question, as the target understands it.</summary>
        public string Query { get; private set; }

        /// <summary>What it answered, in short.</summary>
        public string Answer { get; private set; }
    }
}
