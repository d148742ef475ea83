using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// A process of the program, and the threads that write to it and read from it. They hold nothing of whoever uses it, and
    /// whatever the program does ends none of them with an exception, which would end the host.
    /// </summary>
    internal sealed class ProgramProcess
    {
        /// <summary>How long the program may take to end by itself; it gives what is under way 3 s.</summary>
        public const int PatienceMilliseconds = 5000;

        /// <summary>No event is as long as this, and a line without an end shall not take all memory.</summary>
        private const int LongestLine = 256 << 20;

        private readonly ConnectorProgram program;
        private readonly Process process;
        private readonly Outbox outbox = new Outbox();
        private readonly Dictionary<string, Answers> running = new Dictionary<string, Answers>();
        private readonly ManualResetEvent ended = new ManualResetEvent(false);
        private readonly StringBuilder words = new StringBuilder();
        private readonly Thread log;
        private bool isGreeted;
        private bool isClosed;
        private bool isReaped;
        private bool isOurs = true;
        private string death;
        private Timer executioner;

        /// <exception cref="ConfigurationException">It cannot be started.</exception>
        public ProgramProcess(ConnectorProgram program, LogLevel level)
        {
            this.program = program;
            var start = new ProcessStartInfo(program.Path, "stdio --log-level " + ProtocolWords.Of(level))
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // The configuration comes with the session, and from nowhere else.
            start.EnvironmentVariables.Remove("SFSF_CONFIG");
            try
            {
                process = Process.Start(start);
            }
            catch (Exception error)
            {
                if (error is Win32Exception || error is InvalidOperationException || error is IOException)
                {
                    throw new ConfigurationException(
                        "the program " + program.Path + " cannot be started: " + error.Message, null, error);
                }
                throw;
            }
            // .NET Framework may have written a byte order mark already; so it has a line of its own, which is passed over.
            outbox.Add(new byte[0]);
            log = Begin("sfsf-log", ReadLog);
            Begin("sfsf-requests", Write);
            Begin("sfsf-events", ReadEvents);
        }

        /// <summary>Whether requests can be started.</summary>
        public bool IsAlive
        {
            get
            {
                lock (running)
                {
                    return !isClosed && death == null;
                }
            }
        }

        /// <summary>Sends a request.</summary>
        /// <exception cref="ConnectorException">It cannot be sent; nothing was.</exception>
        public Answers Ask(Request request, byte[] line)
        {
            var answers = new Answers(request);
            lock (running)
            {
                if (isClosed)
                {
                    throw new InvalidRequestException("the connection is closed");
                }
                if (death != null)
                {
                    throw Errors.Of(Unanswered.Dead(request, death, isOurs, false).Bytes);
                }
                var key = Key(request.Id);
                if (running.ContainsKey(key))
                {
                    throw new InvalidRequestException("a request with the id " + key + " is under way");
                }
                // The answer cannot come before it is waited for: whoever delivers it waits for this lock.
                answers.Letter = outbox.Add(line);
                running[key] = answers;
            }
            return answers;
        }

        /// <summary>Tells something about a request. It waits for nothing.</summary>
        public void Tell(string method, object id, string field, object value)
        {
            var about = new Dictionary<string, object> { { "id", id } };
            if (field != null)
            {
                about[field] = value;
            }
            outbox.Add(Json.Write(new Dictionary<string, object> { { "method", method }, { "params", about } }));
        }

        /// <summary>Cancels a request that has not ended. It waits for nothing.</summary>
        public void Cancel(Answers answers)
        {
            if (!answers.HasEnded)
            {
                Tell("cancel", answers.Request.Id, null, null);
            }
        }

        /// <summary>Takes a request back that is still here, and says whether the program may have seen it.</summary>
        public bool Withdraw(Answers answers)
        {
            lock (running)
            {
                var key = Key(answers.Request.Id);
                var isSent = outbox.Withdraw(answers.Letter);
                Answers known;
                if (!isSent && running.TryGetValue(key, out known) && known == answers)
                {
                    running.Remove(key);
                }
                return isSent;
            }
        }

        /// <summary>Ends the program: what runs is cancelled, its input ends, and if it does not end then, it is killed.</summary>
        public void Finish()
        {
            lock (running)
            {
                if (isClosed)
                {
                    return;
                }
                isClosed = true;
                foreach (var answers in running.Values)
                {
                    Cancel(answers);
                }
                if (death == null)
                {
                    executioner = new Timer(_ => Kill(), null, PatienceMilliseconds, Timeout.Infinite);
                }
            }
            outbox.Close();
        }

        /// <summary>Waits until the program has ended.</summary>
        public void WaitForEnd()
        {
            // After the kill, only what the system itself has to do is left.
            ended.WaitOne(2 * PatienceMilliseconds);
        }

        /// <summary>Ends the program at once.</summary>
        public void Kill()
        {
            lock (process)
            {
                if (!isReaped)
                {
                    Quietly(process.Kill);
                }
            }
        }

        private void Write()
        {
            var input = process.StandardInput.BaseStream;
            try
            {
                outbox.WriteTo(input);
                input.Close();
            }
            finally
            {
                // Who reads nothing any more will not answer either; and whoever was asked to end has its time for it.
                if (!isClosed)
                {
                    Kill();
                }
            }
        }

        private void ReadEvents()
        {
            string foreign = null;
            try
            {
                var lines = new StreamLines(process.StandardOutput.BaseStream, LongestLine);
                for (var line = lines.Next(); line != null; line = lines.Next())
                {
                    Deliver(new EventLine(line));
                }
            }
            catch (FormatException error)
            {
                isOurs = isGreeted;
                foreign = "the program " + program.Path + " does not speak as sfsf-connector does, which prints nothing but its protocol: "
                    + error.Message;
            }
            finally
            {
                Bury(foreign);
            }
        }

        /// <summary>Tells everybody who waits that the program is gone.</summary>
        private void Bury(string foreign)
        {
            Quietly(() => Await(foreign != null));
            List<Answers> orphans;
            lock (running)
            {
                death = foreign ?? "the program has ended with code " + Code() + Words();
                orphans = running.Values.ToList();
                running.Clear();
                if (executioner != null)
                {
                    executioner.Dispose();
                }
            }
            foreach (var answers in orphans)
            {
                var isSent = outbox.Withdraw(answers.Letter);
                answers.Add(isClosed
                    ? Unanswered.Closed(answers.Request, isSent)
                    : Unanswered.Dead(answers.Request, death, isOurs, isSent));
            }
            outbox.Close();
            lock (process)
            {
                isReaped = true;
                Quietly(process.Dispose);
            }
            ended.Set();
        }

        /// <summary>Waits for the end of a process whose output has ended, and for its last words.</summary>
        private void Await(bool isForeign)
        {
            if (isForeign || !process.WaitForExit(PatienceMilliseconds))
            {
                Kill();
                process.WaitForExit(PatienceMilliseconds);
            }
            log.Join(PatienceMilliseconds / 10);
        }

        private string Code()
        {
            var code = "unknown";
            Quietly(() => code = process.ExitCode.ToString(CultureInfo.InvariantCulture));
            return code;
        }

        private void Deliver(EventLine line)
        {
            var isAnswer = line.IsAnswer;
            if (line.Method == null && !isAnswer)
            {
                throw new FormatException("an answer without a result");
            }
            if (!isGreeted)
            {
                // Nothing is said to a program that may be any other before it has answered as ours does.
                isGreeted = isAnswer && "hello".Equals(line.Id);
                if (!isGreeted)
                {
                    throw new FormatException("it does not answer the greeting");
                }
            }
            var answers = Asked(line);
            if (answers != null && line.Method != "keep_alive")
            {
                answers.Add(line);
            }
        }

        /// <summary>Whom an event is for; nothing, if nobody waits for it.</summary>
        private Answers Asked(EventLine line)
        {
            lock (running)
            {
                var key = Key(line.Id);
                Answers answers;
                if (!running.TryGetValue(key, out answers) && line.Method == null && line.Id == null)
                {
                    // It could not even read which request this is about.
                    if (running.Count > 1)
                    {
                        throw new FormatException("an answer to nobody knows which request");
                    }
                    key = running.Keys.FirstOrDefault() ?? key;
                    running.TryGetValue(key, out answers);
                }
                if (line.Method == null)
                {
                    running.Remove(key);
                }
                return answers;
            }
        }

        private void ReadLog()
        {
            var lines = new StreamLines(process.StandardError.BaseStream, LongestLine);
            for (var line = lines.Next(); line != null; line = lines.Next())
            {
                if (line.Length > 0 && line[0] == '{')
                {
                    program.Keep(line);
                }
                else
                {
                    Hear(line);
                }
            }
        }

        /// <summary>Keeps the words of a program that does not come to its greeting: afterwards it is told secrets.</summary>
        private void Hear(byte[] line)
        {
            lock (words)
            {
                if (!isGreeted && words.Length + line.Length < 2000)
                {
                    words.Append(words.Length == 0 ? ": " : "; ").Append(Encoding.UTF8.GetString(line).Trim());
                }
            }
        }

        private string Words()
        {
            lock (words)
            {
                return words.ToString();
            }
        }

        private static string Key(object id)
        {
            return JsonWriter.Write(id is string || id is long ? id : null);
        }

        private static Thread Begin(string name, Action work)
        {
            var thread = new Thread(() => Quietly(work)) { IsBackground = true, Name = name };
            thread.Start();
            return thread;
        }

        /// <summary>
        /// Does what may fail because the other side is gone already, or is none of ours. No exception leaves a thread of this
        /// class; <see cref="Bury"/> tells everybody that the program is gone.
        /// </summary>
        private static void Quietly(Action work)
        {
            try
            {
                work();
            }
            catch (Exception)
            {
            }
        }
    }
}
