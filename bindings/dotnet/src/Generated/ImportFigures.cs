// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>
    /// What an import did. Of a run that went on from a checkpoint, it is what was done since.
    /// </summary>
    public sealed class ImportFigures
    {
        internal ImportFigures(IDictionary<string, object> json)
        {
            Mode = ProtocolWords.ImportMode(json.Text("mode"));
            ModeText = json.Text("mode");
            FullBecause = json.Made("full_because", one => new FullBecause(one));
            Resumed = json.Flag("resumed");
            Seen = json.Integer("seen") ?? 0;
            Created = json.Integer("created");
            Updated = json.Integer("updated");
            Inactive = json.Integer("inactive") ?? 0;
            Gone = json.Integer("gone") ?? 0;
            Skipped = json.Members("skipped", one => one as long? ?? 0);
            MissingAttributes = json.List("missing_attributes").Select(one => one as string).ToList();
            Milliseconds = json.Members("milliseconds", one => one as long? ?? 0);
        }

        /// <summary>Everything, or what has changed.</summary>
        public ImportMode Mode { get; private set; }

        /// <summary><c>Mode</c> as it came, also where <c>ImportMode</c> does not know the word.</summary>
        public string ModeText { get; private set; }

        /// <summary>
        /// Why the run brought everything although it was given the token of an earlier one; absent if it was not so.
        /// </summary>
        public FullBecause FullBecause { get; private set; }

        /// <summary>The run went on from a checkpoint.</summary>
        public bool Resumed { get; private set; }

        /// <summary>Records read.</summary>
        public long Seen { get; private set; }

        /// <summary>
        /// Objects delivered that the caller had not; absent where nobody knows what the caller has.
        /// </summary>
        public long? Created { get; private set; }

        /// <summary>Objects delivered that the caller had; absent where nobody knows.</summary>
        public long? Updated { get; private set; }

        /// <summary>Accounts among the objects delivered that may not log in.</summary>
        public long Inactive { get; private set; }

        /// <summary>Objects of which it was said that they are gone.</summary>
        public long Gone { get; private set; }

        /// <summary>Records that were read and not delivered, by reason.</summary>
        public IDictionary<string, long> Skipped { get; private set; }

        /// <summary>
        /// Attributes that were wanted and that the target does not have, or has no longer: the run went on without them.
        /// </summary>
        public IList<string> MissingAttributes { get; private set; }

        /// <summary>Milliseconds that went into each phase.</summary>
        public IDictionary<string, long> Milliseconds { get; private set; }
    }
}
