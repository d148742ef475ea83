// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What a successful test found out. A test that fails is an error, with advice.</summary>
    public sealed class TestReport
    {
        internal TestReport(IDictionary<string, object> json)
        {
            Checks = json.List("checks").Select(one => new Check(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>The steps, in the order in which they were taken.</summary>
        public IList<Check> Checks { get; private set; }
    }
}
