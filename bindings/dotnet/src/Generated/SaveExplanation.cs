// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>
    /// What a save would do. Nothing was written. It fails as the save would fail before anything is sent: what is not
    /// there, what may not be written, what was expected and is not so. It cannot tell what the target would refuse.
    /// </summary>
    public sealed class SaveExplanation
    {
        internal SaveExplanation(IDictionary<string, object> json)
        {
            Uid = json.Text("uid");
            Presence = ProtocolWords.Presence(json.Text("presence"));
            PresenceText = json.Text("presence");
            Action = ProtocolWords.SaveAction(json.Text("action"));
            ActionText = json.Text("action");
            Changed = json.List("changed").Select(one => one as string).ToList();
            Unchanged = json.List("unchanged").Select(one => one as string).ToList();
            Records = json.List("records").Select(one => new PlannedRecord(one as Dictionary<string, object>)).ToList();
            Notices = json.List("notices").Select(one => one as string).ToList();
        }

        /// <summary>The uid of the object; absent of a new one whose uid the target makes up.</summary>
        public string Uid { get; private set; }

        /// <summary>Whether the object is there now.</summary>
        public Presence Presence { get; private set; }

        /// <summary><c>Presence</c> as it came, also where <c>Presence</c> does not know the word.</summary>
        public string PresenceText { get; private set; }

        /// <summary>What would be done.</summary>
        public SaveAction Action { get; private set; }

        /// <summary><c>Action</c> as it came, also where <c>SaveAction</c> does not know the word.</summary>
        public string ActionText { get; private set; }

        /// <summary>The attributes that would be written.</summary>
        public IList<string> Changed { get; private set; }

        /// <summary>The attributes that are as asked for already.</summary>
        public IList<string> Unchanged { get; private set; }

        /// <summary>What would be sent, in that order.</summary>
        public IList<PlannedRecord> Records { get; private set; }

        /// <summary>What the caller should know besides.</summary>
        public IList<string> Notices { get; private set; }
    }
}
