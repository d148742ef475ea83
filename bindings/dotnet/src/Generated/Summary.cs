// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>How a stream ended.</summary>
    public sealed class Summary
    {
        internal Summary(IDictionary<string, object> json)
        {
            Status = ProtocolWords.StreamStatus(json.Text("status"));
            StatusText = json.Text("status");
            Count = json.Integer("count") ?? 0;
            Problems = json.Integer("problems") ?? 0;
            Cookie = json.Text("cookie");
            Remaining = json.Integer("remaining");
            Residual = json.Flag("residual");
            Cost = json.Made("cost", one => new Cost(one));
            SyncToken = json.Text("sync_token");
            Withheld = json.Members("withheld", one => one as long? ?? 0);
            Notices = json.List("notices").Select(one => one as string).ToList();
            ImportFigures = json.Made("import", one => new ImportFigures(one));
        }

        /// <summary>Whether that was everything.</summary>
        public StreamStatus Status { get; private set; }

        /// <summary><c>Status</c> as it came, also where <c>StreamStatus</c> does not know the word.</summary>
        public string StatusText { get; private set; }

        /// <summary>Objects delivered.</summary>
        public long Count { get; private set; }

        /// <summary>Problems told on the way: records that could not be read, or not all of them.</summary>
        public long Problems { get; private set; }

        /// <summary>Where the next page begins; absent on the last one, and without paging.</summary>
        public string Cookie { get; private set; }

        /// <summary>Objects after this page, where that is known. Nothing if absent.</summary>
        public long? Remaining { get; private set; }

        /// <summary>A part of the filter was evaluated here and not by the target.</summary>
        public bool Residual { get; private set; }

        /// <summary>What it cost; absent where nobody counted.</summary>
        public Cost Cost { get; private set; }

        /// <summary>
        /// Where the next import begins, so that only what has changed comes; absent where the target cannot tell.
        /// </summary>
        public string SyncToken { get; private set; }

        /// <summary>
        /// Attributes that were asked for and that records came without, with the number of those records: <c>{"email":
        /// 12}</c>. They are left out of those objects: whether they have a value is not known.
        /// </summary>
        public IDictionary<string, long> Withheld { get; private set; }

        /// <summary>What the caller should know besides.</summary>
        public IList<string> Notices { get; private set; }

        /// <summary>What an import did; absent of searches.</summary>
        public ImportFigures ImportFigures { get; private set; }
    }
}
