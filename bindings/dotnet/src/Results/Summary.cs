using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>How far a stream is.</summary>
    public sealed class Progress
    {
        internal Progress(IDictionary<string, object> json)
        {
            Fetched = json.Integer("fetched") ?? 0;
            Total = json.Integer("total");
        }

        /// <summary>How many objects were fetched.</summary>
        public long Fetched { get; private set; }

        /// <summary>How many there are, if that is known.</summary>
        public long? Total { get; private set; }
    }

    /// <summary>What a stream asked of the tenant.</summary>
    public sealed class Cost
    {
        internal Cost(IDictionary<string, object> json)
        {
            Requests = json.Integer("requests") ?? 0;
            Retries = json.Integer("retries") ?? 0;
            Bytes = json.Integer("bytes") ?? 0;
        }

        /// <summary>How many requests were sent.</summary>
        public long Requests { get; private set; }

        /// <summary>How many of them were repeats.</summary>
        public long Retries { get; private set; }

        /// <summary>How many bytes came.</summary>
        public long Bytes { get; private set; }
    }

    /// <summary>How a stream ended.</summary>
    public sealed class Summary
    {
        internal Summary(IDictionary<string, object> json)
        {
            Status = json.Text("status");
            Count = json.Integer("count") ?? 0;
            Problems = json.Integer("problems") ?? 0;
            Cookie = json.Text("cookie");
            Remaining = json.Integer("remaining");
            Residual = json.Flag("residual");
            Cost = new Cost(json.Object("cost"));
            SyncToken = json.Text("sync_token");
            Withheld = json.Texts("withheld");
            Notices = json.Texts("notices");
            Figures = json.Object("import") ?? new Dictionary<string, object>();
        }

        /// <summary><c>complete</c> or <c>stopped</c>.</summary>
        public string Status { get; private set; }

        /// <summary>How many objects came.</summary>
        public long Count { get; private set; }

        /// <summary>How many records could not be read.</summary>
        public long Problems { get; private set; }

        /// <summary>Where the next page begins; nothing after the last one.</summary>
        public string Cookie { get; private set; }

        /// <summary>How many objects are left after this page, if that is known.</summary>
        public long? Remaining { get; private set; }

        /// <summary>Whether a part of the filter was evaluated here.</summary>
        public bool Residual { get; private set; }

        /// <summary>What was asked of the tenant.</summary>
        public Cost Cost { get; private set; }

        /// <summary>Attributes that some objects came without: left out of those, and not known to be empty.</summary>
        public IList<string> Withheld { get; private set; }

        /// <summary>What one should know besides.</summary>
        public IList<string> Notices { get; private set; }

        /// <summary>What the next import begins with, to bring only what has changed.</summary>
        public string SyncToken { get; private set; }

        /// <summary>What an import did, as the protocol has it.</summary>
        public IDictionary<string, object> Figures { get; private set; }
    }
}
