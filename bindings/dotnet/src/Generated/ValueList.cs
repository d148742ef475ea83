// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A list of values.</summary>
    public sealed class ValueList
    {
        internal ValueList(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Age = json.Time("age_ms") ?? TimeSpan.Zero;
            Values = json.List("values").Select(one => new ListValue(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>How long ago the target was asked, in milliseconds.</summary>
        public TimeSpan Age { get; private set; }

        /// <summary>
        /// Its values. Each code comes once, unless the target itself gives it to several values: then their ids and keys
        /// tell them apart.
        /// </summary>
        public IList<ListValue> Values { get; private set; }
    }
}
