using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

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

        /// <summary>How long it takes at most until an event is seen that no thread waits for.</summary>
        private const int LongestPauseMilliseconds = 16;

        private readonly Pull pull;
        private readonly CancellationTokenRegistration[] registrations;
        private readonly LinkedList<EventLine> waiting = new LinkedList<EventLine>();
        private bool ended;

        internal Events(Pull pull, params CancellationToken[] cancellations)
        {
            this.pull = pull;
            registrations = cancellations.Select(Register).ToArray();
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
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }
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
            while (waiting.Count == 0 && !ended)
            {
                Take(WaitMilliseconds);
                if (waiting.Count == 0 && !ended)
                {
                    // Where an interrupt of this thread is noticed.
                    Thread.Sleep(0);
                }
            }
            return First();
        }

        /// <summary>
        /// The next event; nothing after the last one. No thread waits for it: it is looked for at intervals, which begin with a
        /// millisecond and grow while nothing comes.
        /// </summary>
        internal async Task<EventLine> NextAsync()
        {
            for (var pause = 1; waiting.Count == 0 && !ended; pause = Math.Min(2 * pause, LongestPauseMilliseconds))
            {
                Take(0);
                if (waiting.Count == 0 && !ended)
                {
                    await Task.Delay(pause).ConfigureAwait(false);
                }
            }
            return First();
        }

        /// <summary>Ends the request when this is cancelled, until the registration is disposed of.</summary>
        internal CancellationTokenRegistration Register(CancellationToken cancellation)
        {
            return Register(cancellation, new WeakReference<Pull>(pull));
        }

        private EventLine First()
        {
            if (waiting.Count == 0)
            {
                return null;
            }
            var line = waiting.First.Value;
            waiting.RemoveFirst();
            return line;
        }

        private void Take(uint waitMilliseconds)
        {
            bool last;
            foreach (var line in pull.Next(waitMilliseconds, out last))
            {
                waiting.AddLast(line);
            }
            if (last)
            {
                Dispose();
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
