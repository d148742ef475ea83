// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>An object that the caller has to let go of, if it has it.</summary>
    public sealed class Gone
    {
        internal Gone(IDictionary<string, object> json)
        {
            ObjectClass = json.Text("object_class");
            Uid = json.Text("uid");
            Reason = ProtocolWords.GoneReason(json.Text("reason"));
            ReasonText = json.Text("reason");
            Cause = ProtocolWords.GoneCause(json.Text("cause"));
            CauseText = json.Text("cause");
            NewUid = json.Text("new_uid");
            Evidence = json.List("evidence").Select(one => new Evidence(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>Its class.</summary>
        public string ObjectClass { get; private set; }

        /// <summary>Its uid.</summary>
        public string Uid { get; private set; }

        /// <summary>What became of it.</summary>
        public GoneReason Reason { get; private set; }

        /// <summary><c>Reason</c> as it came, also where <c>GoneReason</c> does not know the word.</summary>
        public string ReasonText { get; private set; }

        /// <summary>Why, where that is known.</summary>
        public GoneCause Cause { get; private set; }

        /// <summary><c>Cause</c> as it came, also where <c>GoneCause</c> does not know the word.</summary>
        public string CauseText { get; private set; }

        /// <summary>Its uid from now on, if it was renamed. Nothing if absent.</summary>
        public string NewUid { get; private set; }

        /// <summary>How we know.</summary>
        public IList<Evidence> Evidence { get; private set; }
    }
}
