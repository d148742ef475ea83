using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>
    /// A way to the connector: <see cref="ConnectorLibrary"/> in this process, or <see cref="ConnectorProgram"/> in one
    /// of its own. Both speak the same protocol.
    /// </summary>
    public abstract class Carrier
    {
        internal Carrier()
        {
        }

        /// <summary>Where the library or the program is.</summary>
        public abstract string Path { get; }

        /// <summary>Versions, limits, and the manifest: what the connector can do.</summary>
        public abstract IDictionary<string, object> Info();

        /// <summary>What the connector can do.</summary>
        public Manifest Manifest()
        {
            return new Manifest(Info().Object("manifest"));
        }

        /// <summary>
        /// Sets how much is logged of requests that do not say so themselves; nothing, unless this is called. A program
        /// is told when it is started: for connections that are opened afterwards.
        /// </summary>
        public abstract void SetLogLevel(LogLevel level);

        /// <summary>
        /// The log lines since the last look. Ends when none comes within the wait. A few thousand lines are kept; whoever
        /// wants all of them asks again and again, in a thread of its own.
        /// </summary>
        public IEnumerable<IDictionary<string, object>> LogLines(TimeSpan wait = default(TimeSpan))
        {
            while (true)
            {
                var lines = NextLogLines((uint)Math.Max(0, wait.TotalMilliseconds));
                if (lines.Count == 0)
                {
                    yield break;
                }
                foreach (var line in lines.Select(Read).Where(line => line != null))
                {
                    yield return line;
                }
            }
        }

        /// <summary>Opens a session with a configuration. Nothing is sent.</summary>
        internal abstract Session Open(Dictionary<string, object> configuration);

        internal abstract IList<byte[]> NextLogLines(uint waitMilliseconds);

        /// <summary>
        /// The library named by <c>SFSF_CONNECTOR_LIBRARY</c>, or the program named by <c>SFSF_CONNECTOR_PROGRAM</c>, or
        /// whichever of them lies in the folder or beside this assembly, in this order.
        /// </summary>
        /// <exception cref="ConfigurationException">There is none, or it cannot be loaded.</exception>
        public static Carrier Find(string folder = null)
        {
            var library = Environment.GetEnvironmentVariable(ConnectorLibrary.Variable);
            if (!string.IsNullOrEmpty(library))
            {
                return ConnectorLibrary.Load(library);
            }
            var program = Environment.GetEnvironmentVariable(ConnectorProgram.Variable);
            if (!string.IsNullOrEmpty(program))
            {
                return new ConnectorProgram(program);
            }
            foreach (var place in Places(folder))
            {
                var found = Within(place);
                if (found != null)
                {
                    return found;
                }
            }
            throw new ConfigurationException(
                "the connector was found neither as " + ConnectorLibrary.FileName + " nor as " + ConnectorProgram.FileName,
                "put one of them beside Sfsf.Connector.dll, or name it in " + ConnectorLibrary.Variable + " or "
                    + ConnectorProgram.Variable);
        }

        /// <summary>
        /// The library in a folder; the program in it, if there is no library, or it may not be loaded.
        /// </summary>
        private static Carrier Within(string folder)
        {
            var library = System.IO.Path.Combine(folder, ConnectorLibrary.FileName);
            var program = System.IO.Path.Combine(folder, ConnectorProgram.FileName);
            try
            {
                if (File.Exists(library))
                {
                    return ConnectorLibrary.Load(library);
                }
            }
            catch (ConfigurationException)
            {
                if (!File.Exists(program))
                {
                    throw;
                }
            }
            return File.Exists(program) ? new ConnectorProgram(program) : null;
        }

        /// <summary>A log line; nothing, if it is none: a program may have been cut off.</summary>
        private static IDictionary<string, object> Read(byte[] line)
        {
            try
            {
                return Json.ParseObject(line);
            }
            catch (FormatException)
            {
                return null;
            }
        }

        private static IEnumerable<string> Places(string folder)
        {
            if (!string.IsNullOrEmpty(folder))
            {
                yield return folder;
            }
            var assembly = typeof(Carrier).Assembly.Location;
            if (!string.IsNullOrEmpty(assembly))
            {
                yield return System.IO.Path.GetDirectoryName(assembly);
            }
        }
    }
}
