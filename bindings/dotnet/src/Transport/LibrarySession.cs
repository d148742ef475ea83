using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A connection of the library.</summary>
    internal sealed class LibrarySession : Session
    {
        private readonly ConnectorLibrary carrier;
        private readonly ConnectionHandle connection;

        public LibrarySession(ConnectorLibrary carrier, ConnectionHandle connection)
        {
            this.carrier = carrier;
            this.connection = connection;
        }

        public override bool IsAlive
        {
            get { return !connection.IsClosed; }
        }

        public override Pull Start(Request request)
        {
            var reason = new NativeFunctions.Buffer();
            IntPtr stream;
            var status = carrier.Functions.Start(
                Open(), request.Bytes, (UIntPtr)request.Bytes.Length, out stream, ref reason);
            carrier.Checked(status, ref reason);
            return new LibraryPull(carrier, connection, new StreamHandle(stream, carrier.Functions));
        }

        public override byte[] AccessToken(uint waitMilliseconds)
        {
            var answer = new NativeFunctions.Buffer();
            // A call with the handle itself would put off the end of the connection, which ends the wait. A number that was
            // given back is refused by the library, and never used twice.
            var status = carrier.Functions.AccessToken(Open().DangerousGetHandle(), waitMilliseconds, ref answer);
            GC.KeepAlive(connection);
            return carrier.Checked(status, ref answer);
        }

        public override void Dispose()
        {
            connection.Dispose();
        }

        private ConnectionHandle Open()
        {
            if (connection.IsClosed)
            {
                throw new InvalidRequestException("the connection is closed");
            }
            return connection;
        }
    }

    /// <summary>A stream of the library.</summary>
    internal sealed class LibraryPull : Pull
    {
        private const uint AtATime = 200;

        private readonly ConnectorLibrary carrier;

        /// <summary>
        /// Is kept, since the collector would close the connection, and with it the stream, when nobody holds it any more.
        /// </summary>
        private readonly ConnectionHandle connection;
        private readonly StreamHandle stream;

        public LibraryPull(ConnectorLibrary carrier, ConnectionHandle connection, StreamHandle stream)
        {
            this.carrier = carrier;
            this.connection = connection;
            this.stream = stream;
        }

        public override IList<EventLine> Next(uint waitMilliseconds, out bool ended)
        {
            var buffer = new NativeFunctions.Buffer();
            int status;
            try
            {
                status = carrier.Functions.Next(stream, waitMilliseconds, AtATime, ref buffer);
            }
            catch (ObjectDisposedException)
            {
                // Somebody else has let go of it.
                ended = true;
                return new List<EventLine>();
            }
            var bytes = carrier.Take(ref buffer);
            ended = status != NativeFunctions.Status.Ok && status != NativeFunctions.Status.Wait;
            GC.KeepAlive(connection);
            return ended ? new List<EventLine> { new EventLine(bytes) } : Lines.Of(bytes).Select(line => new EventLine(line)).ToList();
        }

        public override void Cancel()
        {
            try
            {
                carrier.Functions.Cancel(stream);
            }
            catch (ObjectDisposedException)
            {
                // It has ended.
            }
        }

        public override void Dispose()
        {
            // A thread that waits for events keeps the handle alive; this ends its wait.
            Cancel();
            stream.Dispose();
        }
    }
}
