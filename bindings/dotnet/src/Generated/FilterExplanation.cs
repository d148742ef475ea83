// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What a search with a filter does. Nothing was searched for.</summary>
    public sealed class FilterExplanation
    {
        internal FilterExplanation(IDictionary<string, object> json)
        {
            Filter = json.Text("filter");
            Query = json.Text("query");
            AtTarget = json.List("at_target").Select(one => one as string).ToList();
            Here = json.List("here").Select(one => new Residual(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>The filter, as text.</summary>
        public string Filter { get; private set; }

        /// <summary>
        /// The first question that would be put to the target; none if nothing can satisfy the filter. Nothing if absent.
        /// </summary>
        public string Query { get; private set; }

        /// <summary>
        /// The conditions that the target evaluates, in its own words. What it lets through is checked here.
        /// </summary>
        public IList<string> AtTarget { get; private set; }

        /// <summary>The conditions that are evaluated here alone, after reading.</summary>
        public IList<Residual> Here { get; private set; }
    }
}
