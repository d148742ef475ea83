using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>One process of the program, with one session open.</summary>
    internal sealed class ProgramSession : Session
    {
        /// <summary>How long the program may take to end by itself; it gives what is under way 3 s.</summary>
        private const int PatienceMilliseconds = 5000;

        private readonly Process process;
        private readonly Stream input;
        private readonly Thread reader;
        private readonly Dictionary<string, ProgramPull> pulls = new Dictionary<string, ProgramPull>();
        private bool closed;
        private byte[] death;

        public ProgramSession(ConnectorProgram program, LogLevel level)
        {
            var start = new ProcessStartInfo(program.Path, "stdio --log-level " + level.ToString().ToLowerInvariant())
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = new UTF8Encoding(false),
            };
            // The configuration comes with the session, and from nowhere else.
            start.EnvironmentVariables.Remove("SFSF_CONFIG");
            try
            {
                process = Process.Start(start);
            }
            catch (Win32Exception error)
            {
                throw new ConfigurationException(
                    "the program " + program.Path + " cannot be started: " + error.Message, null, error);
            }
            input = process.StandardInput.BaseStream;
            // .NET Framework may have written a byte order mark already; so it has a line of its own, which is passed over.
            Send(new byte[0]);
            reader = Reading("sfsf-events", ReadEvents);
            Reading("sfsf-log", () => ReadLog(program));
        }

        public override bool IsAlive
        {
            get
            {
                lock (pulls)
                {
                    return !closed && death == null;
                }
            }
        }

        /// <summary>Asks for something that has one answer, and waits for it.</summary>
        public Dictionary<string, object> Ask(string method, Dictionary<string, object> parameters)
        {
            // The ids of operations are numbers, so this one is nobody else's.
            var request = new Dictionary<string, object>
            {
                { "jsonrpc", "2.0" }, { "id", method }, { "method", method }, { "params", parameters },
            };
            using (var events = new Events(Start(Json.Write(request))))
            {
                var line = events.Next();
                var json = Json.ParseObject(line);
                if (json.ContainsKey("error"))
                {
                    // The id is this class's own, and nobody else's business.
                    json["id"] = null;
                    throw Errors.Of(Json.Write(json));
                }
                return json.Object("result");
            }
        }

        public override Pull Start(byte[] request)
        {
            var id = Id(request);
            var pull = new ProgramPull(this, id);
            lock (pulls)
            {
                if (closed)
                {
                    throw new InvalidRequestException("the connection is closed");
                }
                if (death != null)
                {
                    throw Errors.Of(death);
                }
                if (pulls.ContainsKey(Key(id)))
                {
                    throw new InvalidRequestException("a request with the id " + Key(id) + " is under way");
                }
                pulls[Key(id)] = pull;
            }
            Send(request);
            return pull;
        }

        public override byte[] AccessToken(uint waitMilliseconds)
        {
            throw new UnsupportedException(
                "the program hands out no tokens",
                "let this process load the connector library, or leave the token to the connector");
        }

        /// <summary>Sends a notification about a request.</summary>
        public void Notify(string method, object id, string field, object value)
        {
            var about = new Dictionary<string, object> { { "id", id } };
            if (field != null)
            {
                about[field] = value;
            }
            Send(Json.Write(new Dictionary<string, object> { { "method", method }, { "params", about } }));
        }

        /// <summary>Ends the program: its input ends, and what runs is cancelled.</summary>
        public override void Dispose()
        {
            ProgramPull[] running;
            lock (pulls)
            {
                if (closed)
                {
                    return;
                }
                closed = true;
                running = new ProgramPull[pulls.Count];
                pulls.Values.CopyTo(running, 0);
            }
            foreach (var pull in running)
            {
                pull.Cancel();
            }
            lock (input)
            {
                Quietly(input.Close);
            }
            if (!reader.Join(PatienceMilliseconds))
            {
                Quietly(process.Kill);
                reader.Join();
            }
            process.Dispose();
        }

        private void Send(byte[] line)
        {
            try
            {
                lock (input)
                {
                    input.Write(line, 0, line.Length);
                    input.WriteByte((byte)'\n');
                    input.Flush();
                }
            }
            catch (Exception error)
            {
                // The reader of its output tells everybody that the program is gone.
                if (!(error is IOException || error is ObjectDisposedException))
                {
                    throw;
                }
            }
        }

        private void ReadEvents()
        {
            string line;
            while ((line = process.StandardOutput.ReadLine()) != null)
            {
                Deliver(Json.Bytes(line));
            }
            process.WaitForExit();
            ProgramPull[] orphans;
            lock (pulls)
            {
                death = Death(process.ExitCode);
                orphans = new ProgramPull[pulls.Count];
                pulls.Values.CopyTo(orphans, 0);
                pulls.Clear();
            }
            foreach (var pull in orphans)
            {
                pull.Add(death, true, false);
            }
        }

        private void Deliver(byte[] line)
        {
            var json = Json.ParseObject(line);
            var method = json.Text("method");
            var id = method == null ? json.Field("id") : json.Object("params").Field("id");
            ProgramPull pull;
            lock (pulls)
            {
                if (!pulls.TryGetValue(Key(id), out pull))
                {
                    return;
                }
                if (method == null)
                {
                    pulls.Remove(Key(id));
                }
            }
            if (method != "keep_alive")
            {
                pull.Add(line, method == null, method == "item" || method == "problem");
            }
        }

        private void ReadLog(ConnectorProgram program)
        {
            string line;
            while ((line = process.StandardError.ReadLine()) != null)
            {
                if (line.StartsWith("{", StringComparison.Ordinal))
                {
                    program.Keep(Json.Bytes(line));
                }
            }
        }

        /// <summary>The id of a request; nothing, if it has none that can be read.</summary>
        private static object Id(byte[] request)
        {
            try
            {
                return Json.ParseObject(request).Field("id");
            }
            catch (FormatException)
            {
                return null;
            }
        }

        private static string Key(object id)
        {
            return Json.Text(Json.Write(id is string || id is long ? id : null));
        }

        private static byte[] Death(int code)
        {
            return Json.Write(new Dictionary<string, object>
            {
                { "jsonrpc", "2.0" },
                { "id", null },
                {
                    "error", new Dictionary<string, object>
                    {
                        { "code", -31021 },
                        { "message", "the program has ended with code " + code + "; open a new connection, and read before you repeat a change" },
                        {
                            "data", new Dictionary<string, object>
                            {
                                { "kind", "internal" }, { "retry", "later" }, { "effect", "unknown" },
                            }
                        },
                    }
                },
            });
        }

        private static Thread Reading(string name, Action work)
        {
            var thread = new Thread(() => Quietly(work)) { IsBackground = true, Name = name };
            thread.Start();
            return thread;
        }

        /// <summary>Does what may fail because the other side is gone already.</summary>
        private static void Quietly(Action work)
        {
            try
            {
                work();
            }
            catch (IOException)
            {
            }
            catch (InvalidOperationException)
            {
            }
            catch (Win32Exception)
            {
            }
        }
    }
}
