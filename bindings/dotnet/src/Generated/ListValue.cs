// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One value of a list.</summary>
    public sealed class ListValue
    {
        internal ListValue(IDictionary<string, object> json)
        {
            Code = json.Text("code");
            Label = json.Text("label");
            Labels = json.Members("labels", one => one as string);
            Status = ProtocolWords.ValueStatus(json.Text("status"));
            StatusText = json.Text("status");
            Key = json.Text("key");
            Decode = json.Text("decode");
            Id = json.Text("id");
        }

        /// <summary>What is written into an attribute.</summary>
        public string Code { get; private set; }

        /// <summary>What people read, in the target's own language; the code if it has no label.</summary>
        public string Label { get; private set; }

        /// <summary>The label in each language that it has, by locale, such as <c>de_DE</c>.</summary>
        public IDictionary<string, string> Labels { get; private set; }

        /// <summary>Whether it may be chosen still.</summary>
        public ValueStatus Status { get; private set; }

        /// <summary><c>Status</c> as it came, also where <c>ValueStatus</c> does not know the word.</summary>
        public string StatusText { get; private set; }

        /// <summary>
        /// The code with the instance of the target before it, so that the lists of several instances do not meet:
        /// <c>101~VP-MKT</c>. If several values of the list have this code, their ids are in the place of it.
        /// </summary>
        public string Key { get; private set; }

        /// <summary>The label with the name of the instance before it.</summary>
        public string Decode { get; private set; }

        /// <summary>The target's own id of the value, where that is not its code. Nothing if absent.</summary>
        public string Id { get; private set; }
    }
}
