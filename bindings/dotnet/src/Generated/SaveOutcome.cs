// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What a write did.</summary>
    public sealed class SaveOutcome
    {
        internal SaveOutcome(IDictionary<string, object> json)
        {
            Uid = json.Text("uid");
            Action = ProtocolWords.SaveAction(json.Text("action"));
            ActionText = json.Text("action");
            PresenceBefore = ProtocolWords.Presence(json.Text("presence_before"));
            PresenceBeforeText = json.Text("presence_before");
            Presence = ProtocolWords.Presence(json.Text("presence"));
            PresenceText = json.Text("presence");
            Changed = json.List("changed").Select(one => one as string).ToList();
            Unchanged = json.List("unchanged").Select(one => one as string).ToList();
            Parts = json.List("parts").Select(one => new PartResult(one as Dictionary<string, object>)).ToList();
            Notices = json.List("notices").Select(one => one as string).ToList();
        }

        /// <summary>The uid of the object.</summary>
        public string Uid { get; private set; }

        /// <summary>What was done.</summary>
        public SaveAction Action { get; private set; }

        /// <summary><c>Action</c> as it came, also where <c>SaveAction</c> does not know the word.</summary>
        public string ActionText { get; private set; }

        /// <summary>Whether the object was there before, and in which state.</summary>
        public Presence PresenceBefore { get; private set; }

        /// <summary>
        /// <c>PresenceBefore</c> as it came, also where <c>Presence</c> does not know the word.
        /// </summary>
        public string PresenceBeforeText { get; private set; }

        /// <summary>Its state now.</summary>
        public Presence Presence { get; private set; }

        /// <summary><c>Presence</c> as it came, also where <c>Presence</c> does not know the word.</summary>
        public string PresenceText { get; private set; }

        /// <summary>The attributes that were written.</summary>
        public IList<string> Changed { get; private set; }

        /// <summary>The attributes that were as asked for already.</summary>
        public IList<string> Unchanged { get; private set; }

        /// <summary>One result for each entity that was written at the target.</summary>
        public IList<PartResult> Parts { get; private set; }

        /// <summary>What the caller should know besides.</summary>
        public IList<string> Notices { get; private set; }
    }
}
