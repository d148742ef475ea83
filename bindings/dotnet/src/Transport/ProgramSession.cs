using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>One process of the program, with one session open.</summary>
    internal sealed class ProgramSession : Session
    {
        private const string Protocol = "sfc/1";

        /// <summary>What a connection does by itself, and its user cannot ask for.</summary>
        private static readonly string[] Controls = { "hello", "open", "close", "cancel", "credit", "shutdown" };

        private readonly ConnectorProgram program;
        private readonly ProgramProcess process;

        /// <summary>Starts the program, and makes sure that it is ours.</summary>
        /// <exception cref="ConfigurationException">It cannot be started, or is of another version.</exception>
        /// <exception cref="InternalException">It is another program.</exception>
        public ProgramSession(ConnectorProgram program, LogLevel level)
        {
            this.program = program;
            process = new ProgramProcess(program, level);
            try
            {
                Greet();
            }
            catch
            {
                process.Kill();
                Dispose();
                throw;
            }
        }

        /// <summary>A connection that everybody has forgotten ends its program.</summary>
        ~ProgramSession()
        {
            if (process != null)
            {
                process.Finish();
            }
        }

        /// <summary>What the program says of itself.</summary>
        public Dictionary<string, object> Welcome { get; private set; }

        public override bool IsAlive
        {
            get { return process.IsAlive; }
        }

        /// <summary>Opens the session.</summary>
        public void Open(Dictionary<string, object> configuration)
        {
            Ask("open", new Dictionary<string, object> { { "configuration", configuration } });
        }

        public override Pull Start(Request request)
        {
            var line = request.Line();
            if (line == null)
            {
                throw new InvalidRequestException("the request is not JSON");
            }
            if (Array.IndexOf(Controls, request.Method) >= 0)
            {
                throw new InvalidRequestException(
                    "unknown method '" + request.Method + "': a connection opens and closes its session itself");
            }
            return Begin(request, line);
        }

        public override byte[] AccessToken(uint waitMilliseconds)
        {
            throw new UnsupportedException(
                "the program hands out no tokens",
                "let this process load the connector library, or leave the token to the connector");
        }

        /// <summary>Ends the program: its input ends, and what runs is cancelled.</summary>
        public override void Dispose()
        {
            GC.SuppressFinalize(this);
            process.Finish();
            process.WaitForEnd();
        }

        /// <summary>Asks for something that has one answer, and waits for it.</summary>
        private Dictionary<string, object> Ask(string method, Dictionary<string, object> parameters)
        {
            parameters["meta"] = new Dictionary<string, object> { { "deadline_ms", program.PatienceMilliseconds } };
            var request = Request.About(method, parameters);
            using (var events = new Events(Begin(request, request.Bytes)))
            {
                var answer = events.Next().Content;
                if (answer.ContainsKey("error"))
                {
                    // The id is this class's own, and nobody else's business.
                    answer["id"] = null;
                    throw Errors.Of(Json.Write(answer));
                }
                return answer.Object("result");
            }
        }

        private void Greet()
        {
            try
            {
                Welcome = Ask("hello", new Dictionary<string, object>());
            }
            catch (TimedOutException error)
            {
                throw new InternalException(
                    "the program " + program.Path + " does not speak as sfsf-connector does: it does not answer", null, error);
            }
            var protocol = Welcome.Text("protocol");
            if (protocol != Protocol)
            {
                throw new ConfigurationException(
                    program.Path + " speaks the protocol '" + protocol + "'; this package needs " + Protocol,
                    "take the program and this package from the same release");
            }
        }

        private Pull Begin(Request request, byte[] line)
        {
            var limit = Welcome.Object("limits").Integer("request_bytes");
            if (line.Length > limit)
            {
                throw new InvalidRequestException(
                    line.Length + " bytes are too many for a request; " + limit + " is the limit");
            }
            return new ProgramPull(this, process, process.Ask(request, line));
        }
    }
}
