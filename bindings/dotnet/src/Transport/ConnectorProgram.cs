using System;
using System.Collections.Generic;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// The connector in a process of its own: the program <c>sfsf-connector</c>, over standard input and output. Each
    /// connection has its own process. For hosts that may not load native code.
    /// </summary>
    public sealed class ConnectorProgram : Carrier
    {
        /// <summary>The variable of the environment that names the program.</summary>
        public const string Variable = "SFSF_CONNECTOR_PROGRAM";

        private const int KeptLines = 4096;

        private readonly string path;
        private readonly List<byte[]> log = new List<byte[]>();
        private LogLevel level = LogLevel.Off;

        /// <summary>The program at this path. It is started when a connection is opened.</summary>
        public ConnectorProgram(string path)
        {
            this.path = path;
        }

        /// <summary>How long the program may take to answer before a session is open. Nothing is sent to the tenant.</summary>
        internal long PatienceMilliseconds = 30000;

        /// <summary>What the program's file is called on this operating system.</summary>
        public static string FileName
        {
            get { return Platform.IsWindows ? "sfsf-connector.exe" : "sfsf-connector"; }
        }

        /// <inheritdoc/>
        public override string Path
        {
            get { return path; }
        }

        /// <inheritdoc/>
        public override IDictionary<string, object> Info()
        {
            using (var process = new ProgramSession(this, level))
            {
                return process.Welcome;
            }
        }

        /// <inheritdoc/>
        public override void SetLogLevel(LogLevel level)
        {
            this.level = level;
        }

        internal override IList<byte[]> NextLogLines(uint waitMilliseconds)
        {
            lock (log)
            {
                if (log.Count == 0 && waitMilliseconds > 0)
                {
                    Monitor.Wait(log, (int)Math.Min(waitMilliseconds, int.MaxValue));
                }
                var lines = log.ToArray();
                log.Clear();
                return lines;
            }
        }

        /// <summary>Keeps a log line; the oldest is lost when there are too many.</summary>
        internal void Keep(byte[] line)
        {
            lock (log)
            {
                if (log.Count == KeptLines)
                {
                    log.RemoveAt(0);
                }
                log.Add(line);
                Monitor.PulseAll(log);
            }
        }

        internal override Session Open(Dictionary<string, object> configuration)
        {
            var session = new ProgramSession(this, level);
            try
            {
                session.Open(configuration);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
    }
}
