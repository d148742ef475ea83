using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Connections that are kept open between calls, so that a token serves more than one. They are known by a hash of their
    /// configuration. When there are too many, the one whose last use was longest ago is closed; one in use never is.
    /// </summary>
    internal static class Connections
    {
        private const int Most = 16;

        /// <summary>Those that are kept, in the order of their last use.</summary>
        private static readonly List<Kept> All = new List<Kept>();

        /// <summary>The connection for a configuration, which is opened if there is none, for as long as it is needed.</summary>
        public static Lease Borrow(IDictionary<string, object> configuration, string folder)
        {
            var carrier = Carrier.Find(folder);
            var name = carrier.Path + " " + Hash(configuration);
            lock (All)
            {
                var one = Find(name)
                    ?? new Kept(name, new Connection(configuration.ToDictionary(key => key.Key, key => key.Value), carrier));
                one.Leases++;
                All.Remove(one);
                All.Add(one);
                CloseBeyond(Most);
                return new Lease(one);
            }
        }

        /// <summary>Keeps none of them any longer. Those in use are closed after it.</summary>
        public static void Close()
        {
            lock (All)
            {
                CloseBeyond(0);
                All.Clear();
            }
        }

        /// <summary>A connection that is there and alive; a program may have died.</summary>
        private static Kept Find(string name)
        {
            var one = All.Find(kept => kept.Name == name);
            if (one == null || one.Connection.IsAlive)
            {
                return one;
            }
            All.Remove(one);
            one.CloseIfIdle();
            return null;
        }

        private static void CloseBeyond(int most)
        {
            foreach (var idle in All.Where(kept => kept.Leases == 0).Take(All.Count - most).ToList())
            {
                All.Remove(idle);
                idle.CloseIfIdle();
            }
        }

        private static void Return(Kept one)
        {
            lock (All)
            {
                one.Leases--;
                if (All.Remove(one))
                {
                    All.Add(one);
                    CloseBeyond(Most);
                }
                else
                {
                    one.CloseIfIdle();
                }
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

        /// <summary>The right to use a connection, until it is disposed of.</summary>
        internal sealed class Lease : IDisposable
        {
            private Kept one;

            public Lease(Kept one)
            {
                this.one = one;
                Connection = one.Connection;
            }

            public Connection Connection { get; private set; }

            public void Dispose()
            {
                var returned = System.Threading.Interlocked.Exchange(ref one, null);
                if (returned != null)
                {
                    Return(returned);
                }
            }
        }

        /// <summary>A connection, and how many use it.</summary>
        internal sealed class Kept
        {
            public readonly string Name;

            public readonly Connection Connection;

            public int Leases;

            public Kept(string name, Connection connection)
            {
                Name = name;
                Connection = connection;
            }

            public void CloseIfIdle()
            {
                if (Leases == 0)
                {
                    Connection.Dispose();
                }
            }
        }
    }
}
