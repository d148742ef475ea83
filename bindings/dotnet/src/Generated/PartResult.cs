// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What became of one record of a write, and what the target said about it.</summary>
    public sealed class PartResult
    {
        internal PartResult(IDictionary<string, object> json)
        {
            Entity = json.Text("entity");
            Key = json.Members("key", one => one as string);
            Effect = ProtocolWords.Effect(json.Text("effect"));
            EffectText = json.Text("effect");
            Attributes = json.List("attributes").Select(one => one as string).ToList();
            Status = json.Text("status");
            Code = json.Integer("code");
            Message = json.Text("message");
        }

        /// <summary>The entity at the target.</summary>
        public string Entity { get; private set; }

        /// <summary>The record's key, by the target's names of its parts.</summary>
        public IDictionary<string, string> Key { get; private set; }

        /// <summary>What became of the record: one that was not sent is <c>not_applied</c>.</summary>
        public Effect Effect { get; private set; }

        /// <summary><c>Effect</c> as it came, also where <c>Effect</c> does not know the word.</summary>
        public string EffectText { get; private set; }

        /// <summary>The attributes that are in the record.</summary>
        public IList<string> Attributes { get; private set; }

        /// <summary>The target's word for the outcome.</summary>
        public string Status { get; private set; }

        /// <summary>The target's code for the outcome. Nothing if absent.</summary>
        public long? Code { get; private set; }

        /// <summary>The target's text, if it said anything. Nothing if absent.</summary>
        public string Message { get; private set; }
    }
}
