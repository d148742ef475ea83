using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Connections that are kept open between calls, so that a token serves more than one. They are known by a hash of their
    /// configuration; the one that was not used longest is closed when there are too many.
    /// </summary>
    internal static class Connections
    {
        private const int Most = 16;

        private static readonly List<KeyValuePair<string, Connection>> Kept = new List<KeyValuePair<string, Connection>>();

        /// <summary>The connection for a configuration, which is opened if there is none.</summary>
        public static Connection Get(IDictionary<string, object> configuration, string folder)
        {
            var carrier = Carrier.Find(folder);
            var name = carrier.Path + " " + Hash(configuration);
            lock (Kept)
            {
                var connection = Take(name)
                    ?? new Connection(configuration.ToDictionary(key => key.Key, key => key.Value), carrier);
                Kept.Add(new KeyValuePair<string, Connection>(name, connection));
                if (Kept.Count > Most)
                {
                    Kept[0].Value.Dispose();
                    Kept.RemoveAt(0);
                }
                return connection;
            }
        }

        /// <summary>Takes a connection out, if it is there and alive; a program may have died.</summary>
        private static Connection Take(string name)
        {
            var known = Kept.FindIndex(one => one.Key == name);
            if (known < 0)
            {
                return null;
            }
            var connection = Kept[known].Value;
            Kept.RemoveAt(known);
            if (connection.IsAlive)
            {
                return connection;
            }
            connection.Dispose();
            return null;
        }

        /// <summary>Closes all of them.</summary>
        public static void Close()
        {
            lock (Kept)
            {
                Kept.ForEach(one => one.Value.Dispose());
                Kept.Clear();
            }
        }

        private static string Hash(IDictionary<string, object> configuration)
        {
            var sorted = configuration.OrderBy(key => key.Key, StringComparer.Ordinal)
                .Select(key => new object[] { key.Key, key.Value }).ToList();
            using (var hash = SHA256.Create())
            {
                return Convert.ToBase64String(hash.ComputeHash(Json.Write(sorted)));
            }
        }
    }
}
