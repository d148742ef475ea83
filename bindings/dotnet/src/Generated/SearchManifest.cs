// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>Which options of a search have an effect.</summary>
    public sealed class SearchManifest
    {
        internal SearchManifest(IDictionary<string, object> json)
        {
            SortKeys = json.Flag("sort_keys");
            PageByOffset = json.Flag("page_by_offset");
            PageByCookie = json.Flag("page_by_cookie");
        }

        /// <summary><c>sort_keys</c></summary>
        public bool SortKeys { get; private set; }

        /// <summary><c>page</c> with an offset</summary>
        public bool PageByOffset { get; private set; }

        /// <summary><c>page</c> with a cookie</summary>
        public bool PageByCookie { get; private set; }
    }
}
