// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One object class.</summary>
    public sealed class ObjectClassInfo
    {
        internal ObjectClassInfo(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Aliases = json.List("aliases").Select(one => one as string).ToList();
            Attributes = json.List("attributes").Select(one => new AttributeInfo(one as Dictionary<string, object>)).ToList();
        }

        /// <summary>Its name, as the target calls it.</summary>
        public string Name { get; private set; }

        /// <summary>Other names that are understood, such as <c>__ACCOUNT__</c>.</summary>
        public IList<string> Aliases { get; private set; }

        /// <summary>Its attributes.</summary>
        public IList<AttributeInfo> Attributes { get; private set; }
    }
}
