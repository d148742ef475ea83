// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A record that a save would send.</summary>
    public sealed class PlannedRecord
    {
        internal PlannedRecord(IDictionary<string, object> json)
        {
            Entity = json.Text("entity");
            Key = json.Members("key", one => one as string);
            EffectiveDate = json.Day("effective_date");
            Method = json.Text("method");
            Path = json.Text("path");
            Body = json.Text("body");
            Redacted = json.List("redacted").Select(one => one as string).ToList();
            Attributes = json.List("attributes").Select(one => one as string).ToList();
        }

        /// <summary>The entity at the target.</summary>
        public string Entity { get; private set; }

        /// <summary>The record's key, by the target's names of its parts.</summary>
        public IDictionary<string, string> Key { get; private set; }

        /// <summary>The first day on which it holds, where the entity has days. Nothing if absent.</summary>
        public Date? EffectiveDate { get; private set; }

        /// <summary>How it would be sent, for example <c>POST</c>.</summary>
        public string Method { get; private set; }

        /// <summary>Where to, for example <c>/path?query</c>.</summary>
        public string Path { get; private set; }

        /// <summary>
        /// What would be sent, to the byte, but for secrets: <c>redacted</c> stands in their place.
        /// </summary>
        public string Body { get; private set; }

        /// <summary>The target's names of the properties whose values are redacted in the body.</summary>
        public IList<string> Redacted { get; private set; }

        /// <summary>The attributes that are in it.</summary>
        public IList<string> Attributes { get; private set; }
    }
}
