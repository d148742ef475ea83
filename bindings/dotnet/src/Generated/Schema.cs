// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>The object classes of one target, as that very target has them.</summary>
    public sealed class Schema
    {
        internal Schema(IDictionary<string, object> json)
        {
            ObjectClasses = json.List("object_classes").Select(one => new ObjectClassInfo(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>The classes.</summary>
        public IList<ObjectClassInfo> ObjectClasses { get; private set; }
    }
}
