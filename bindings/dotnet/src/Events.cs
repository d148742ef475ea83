using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// The events of one request as lines of JSON. The last one is a result or an error, and is no exception. They can be
    /// gone through once.
    /// </summary>
    public sealed class Events : IEnumerable<string>, IDisposable
    {
        /// <summary>How long one wait is, so that whoever interrupts or aborts the thread is heard.</summary>
        private const uint WaitMilliseconds = 250;

        private readonly Pull pull;
        private readonly CancellationTokenRegistration registration;
        private readonly LinkedList<EventLine> waiting = new LinkedList<EventLine>();
        private bool ended;

        internal Events(Pull pull, CancellationToken cancellation = default(CancellationToken))
        {
            this.pull = pull;
            registration = Register(cancellation, new WeakReference<Pull>(pull));
        }

        /// <summary>Ends the request with an error of kind <c>cancelled</c>. Any thread may call it.</summary>
        public void Cancel()
        {
            pull.Cancel();
        }

        /// <summary>Lets go of the request. What has not ended is cancelled, and the tenant is asked for nothing more.</summary>
        public void Dispose()
        {
            ended = true;
            registration.Dispose();
            pull.Dispose();
        }

        /// <inheritdoc/>
        public IEnumerator<string> GetEnumerator()
        {
            try
            {
                for (var line = Next(); line != null; line = Next())
                {
                    yield return Json.Text(line.Bytes);
                }
            }
            finally
            {
                Dispose();
            }
        }

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }

        /// <summary>The next event; nothing after the last one.</summary>
        internal EventLine Next()
        {
            while (waiting.Count == 0)
            {
                if (ended)
                {
                    return null;
                }
                Wait();
            }
            var line = waiting.First.Value;
            waiting.RemoveFirst();
            return line;
        }

        private void Wait()
        {
            bool last;
            foreach (var line in pull.Next(WaitMilliseconds, out last))
            {
                waiting.AddLast(line);
            }
            if (last)
            {
                Dispose();
            }
            else if (waiting.Count == 0)
            {
                // Where an interrupt of this thread is noticed.
                Thread.Sleep(0);
            }
        }

        /// <summary>A token may live as long as the host, and holds nothing that was forgotten.</summary>
        private static CancellationTokenRegistration Register(CancellationToken cancellation, WeakReference<Pull> request)
        {
            try
            {
                return cancellation.Register(() =>
                {
                    Pull pull;
                    if (request.TryGetTarget(out pull))
                    {
                        pull.Cancel();
                    }
                });
            }
            catch (ObjectDisposedException)
            {
                // Nobody can cancel it any more. .NET Framework says so, .NET does not.
                return default(CancellationTokenRegistration);
            }
        }
    }
}
