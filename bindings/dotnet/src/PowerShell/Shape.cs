using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sfsf.Connector.OpenIam;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>What the schema of the tenant says of the attributes of a class. It is read when it is needed first.</summary>
    internal sealed class Shape
    {
        private readonly Module tenant;
        private readonly string objectClass;
        private readonly CallOptions call;
        private IDictionary<string, AttributeInfo> attributes;

        public Shape(Module tenant, string objectClass, CallOptions call)
        {
            this.tenant = tenant;
            this.objectClass = objectClass;
            this.call = call;
        }

        /// <summary>The class.</summary>
        public string ObjectClass
        {
            get { return objectClass; }
        }

        /// <summary>The type of an attribute's values, as the schema names it; nothing, if it is not known.</summary>
        public string TypeOf(string name)
        {
            var info = Info(name);
            return info == null ? null : info.ValueTypeText;
        }

        /// <summary>
        /// The changes without those of read-only attributes that are so already, so that what was read can be saved again.
        /// </summary>
        /// <exception cref="InvalidAttributeException">A read-only attribute would be changed.</exception>
        public Dictionary<string, object> Writable(string uid, Dictionary<string, object> changes)
        {
            var fixedOnes = changes.Keys.Where(IsReadOnly).ToList();
            if (fixedOnes.Count == 0)
            {
                return changes;
            }
            var found = uid == null ? null : tenant.Get(objectClass, uid, fixedOnes.Select(name => Info(name).Name).ToList(), call);
            var now = found == null ? null : FlatObject.Of(found);
            var others = fixedOnes.Where(name => !Same(changes[name], now == null ? null : now[name])).ToArray();
            if (others.Length > 0)
            {
                throw Faults.Attribute("read-only, and not what the tenant has", others);
            }
            return changes.Where(change => !fixedOnes.Contains(change.Key)).ToDictionary(change => change.Key, change => change.Value);
        }

        private bool IsReadOnly(string name)
        {
            var info = Info(name);
            return info != null && !info.Creatable && !info.Updatable;
        }

        private AttributeInfo Info(string name)
        {
            if (attributes == null)
            {
                attributes = tenant.Attributes(objectClass, call);
            }
            AttributeInfo info;
            return attributes.TryGetValue(name, out info) ? info : null;
        }

        private static bool Same(object given, object now)
        {
            return !(given is IDictionary) && new HashSet<string>(Texts(given), StringComparer.OrdinalIgnoreCase).SetEquals(Texts(now));
        }

        private static IEnumerable<string> Texts(object values)
        {
            return Unwrap.Values(values).Select(FlatObject.Plain).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))
                .Where(text => text != "");
        }
    }
}
