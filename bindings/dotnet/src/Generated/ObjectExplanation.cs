// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>How presence and state of an object come about.</summary>
    public sealed class ObjectExplanation
    {
        internal ObjectExplanation(IDictionary<string, object> json)
        {
            Uid = json.Text("uid");
            Presence = ProtocolWords.Presence(json.Text("presence"));
            PresenceText = json.Text("presence");
            Enabled = json.Field("enabled") as bool?;
            Evidence = json.List("evidence").Select(one => new Evidence(one as Dictionary<string, object>)).ToList();
            Reasons = json.List("reasons").Select(one => one as string).ToList();
        }

        /// <summary>Its uid.</summary>
        public string Uid { get; private set; }

        /// <summary>Whether it is there.</summary>
        public Presence Presence { get; private set; }

        /// <summary><c>Presence</c> as it came, also where <c>Presence</c> does not know the word.</summary>
        public string PresenceText { get; private set; }

        /// <summary>Whether the account is enabled, if there is one. Nothing if absent.</summary>
        public bool? Enabled { get; private set; }

        /// <summary>What was asked, and what the target said.</summary>
        public IList<Evidence> Evidence { get; private set; }

        /// <summary>What follows from that, and why, in sentences.</summary>
        public IList<string> Reasons { get; private set; }
    }
}
