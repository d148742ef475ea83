// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One step of a test.</summary>
    public sealed class Check
    {
        internal Check(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Outcome = ProtocolWords.CheckOutcome(json.Text("outcome"));
            OutcomeText = json.Text("outcome");
            Detail = json.Text("detail");
        }

        /// <summary>What was tried, for example <c>token</c>.</summary>
        public string Name { get; private set; }

        /// <summary>How it went.</summary>
        public CheckOutcome Outcome { get; private set; }

        /// <summary><c>Outcome</c> as it came, also where <c>CheckOutcome</c> does not know the word.</summary>
        public string OutcomeText { get; private set; }

        /// <summary>What was seen.</summary>
        public string Detail { get; private set; }
    }
}
