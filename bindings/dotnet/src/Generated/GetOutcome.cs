// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>
    /// What became of looking for an object. That it is not there is an answer, not an error.
    /// </summary>
    public sealed class GetOutcome
    {
        internal GetOutcome(IDictionary<string, object> json)
        {
            Presence = ProtocolWords.Presence(json.Text("presence"));
            PresenceText = json.Text("presence");
            Object = json.Made("object", one => new ConnectorObject(one));
            Candidates = json.List("candidates").Select(one => one as string).ToList();
            Evidence = json.List("evidence").Select(one => new Evidence(one as Dictionary<string, object>)).ToList();
            Withheld = json.List("withheld").Select(one => one as string).ToList();
            Notices = json.List("notices").Select(one => one as string).ToList();
        }

        /// <summary>Whether it is there.</summary>
        public Presence Presence { get; private set; }

        /// <summary><c>Presence</c> as it came, also where <c>Presence</c> does not know the word.</summary>
        public string PresenceText { get; private set; }

        /// <summary>The object, if it is there. Nothing if absent.</summary>
        public ConnectorObject Object { get; private set; }

        /// <summary>Whom it may mean, if it is <c>Ambiguous</c>; the first of them if they are many.</summary>
        public IList<string> Candidates { get; private set; }

        /// <summary>How we know.</summary>
        public IList<Evidence> Evidence { get; private set; }

        /// <summary>
        /// Attributes that were asked for and did not come. They are left out of the object: whether they have a value is
        /// not known.
        /// </summary>
        public IList<string> Withheld { get; private set; }

        /// <summary>What the caller should know besides.</summary>
        public IList<string> Notices { get; private set; }
    }
}
