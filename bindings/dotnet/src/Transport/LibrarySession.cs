using System;
using System.Collections.Generic;

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

        public override Pull Start(byte[] request)
        {
            var reason = new NativeFunctions.Buffer();
            IntPtr stream;
            var status = carrier.Functions.Start(Open(), request, (UIntPtr)request.Length, out stream, ref reason);
            carrier.Checked(status, ref reason);
            return new LibraryPull(carrier, new StreamHandle(stream, carrier.Functions));
        }

        public override byte[] AccessToken(uint waitMilliseconds)
        {
            var answer = new NativeFunctions.Buffer();
            var status = carrier.Functions.AccessToken(Open(), waitMilliseconds, ref answer);
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
        private readonly StreamHandle stream;

        public LibraryPull(ConnectorLibrary carrier, StreamHandle stream)
        {
            this.carrier = carrier;
            this.stream = stream;
        }

        public override IList<byte[]> Next(uint waitMilliseconds, out bool ended)
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
                return new List<byte[]>();
            }
            var bytes = carrier.Take(ref buffer);
            ended = status != NativeFunctions.Status.Ok && status != NativeFunctions.Status.Wait;
            return ended ? new List<byte[]> { bytes } : Lines.Of(bytes);
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
