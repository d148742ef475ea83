using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// The keys that a connector knows. What stands in place of one may be a secret, so an error repeats none that is not known.
    /// </summary>
    internal static class KnownKeys
    {
        private static readonly Dictionary<string, HashSet<string>> Known = new Dictionary<string, HashSet<string>>();

        /// <summary>Whether all of these are keys.</summary>
        /// <exception cref="ConfigurationException">Some are none.</exception>
        public static void Check(IEnumerable<string> keys, Carrier carrier)
        {
            var known = Of(carrier);
            var unknown = keys.Count(key => !known.Contains(key));
            if (unknown > 0)
            {
                throw new ConfigurationException(
                    unknown + (unknown == 1 ? " key" : " keys") + " of the configuration cannot be: the connector does not know the name",
                    "docs/configuration.md describes every key");
            }
        }

        private static HashSet<string> Of(Carrier carrier)
        {
            lock (Known)
            {
                HashSet<string> keys;
                if (!Known.TryGetValue(carrier.Path, out keys))
                {
                    keys = new HashSet<string>(carrier.Manifest().Configuration.Select(key => key.Name), StringComparer.OrdinalIgnoreCase);
                    Known[carrier.Path] = keys;
                }
                return keys;
            }
        }
    }
}
