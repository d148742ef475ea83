// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A list of values, for <c>lookup</c>.</summary>
    public sealed class LookupManifest
    {
        internal LookupManifest(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Help = json.Text("help");
        }

        /// <summary>
        /// Its name; one that ends with <c>:</c> goes on with the name of a list of the target.
        /// </summary>
        public string Name { get; private set; }

        /// <summary>What is in it.</summary>
        public string Help { get; private set; }
    }
}
