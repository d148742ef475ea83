using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>A connector with a configuration, behind a carrier.</summary>
    internal abstract class Session : IDisposable
    {
        /// <summary>Whether requests can be started: it is neither closed nor, if it is a process, dead.</summary>
        public abstract bool IsAlive { get; }

        /// <summary>Starts a request of any kind.</summary>
        /// <exception cref="ConnectorException">It cannot be started; nothing was sent.</exception>
        public abstract Pull Start(Request request);

        /// <summary>A new bearer token, as the JSON that the library gives; 0 waits as long as it takes.</summary>
        public abstract byte[] AccessToken(uint waitMilliseconds);

        /// <summary>Closes the session and cancels what runs in it.</summary>
        public abstract void Dispose();
    }

    /// <summary>The events of one request, pulled as they are wanted.</summary>
    internal abstract class Pull : IDisposable
    {
        /// <summary>
        /// Waits for events and takes them, each a line of JSON; none if none came in time. <paramref name="ended"/> is
        /// set with the last one, which is a result or an error.
        /// </summary>
        public abstract IList<EventLine> Next(uint waitMilliseconds, out bool ended);

        /// <summary>Ends the request with an error of kind cancelled. Any thread may call it.</summary>
        public abstract void Cancel();

        /// <summary>Lets go of the request. What has not ended is cancelled.</summary>
        public abstract void Dispose();
    }
}
