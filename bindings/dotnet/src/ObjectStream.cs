using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sfsf.Connector
{
    /// <summary>
    /// The objects that a search or an import brings. Go through it once, and leave whenever you have enough: the tenant is
    /// asked for nothing more. Afterwards <see cref="Summary"/> says how it ended. Records that could not be read do not
    /// end it; they are in <see cref="Problems"/>.
    /// </summary>
    public sealed class ObjectStream : IEnumerable<ConnectorObject>, IDisposable
    {
        private readonly Events events;
        private bool begun;
        private bool isAsync;

        internal ObjectStream(Events events)
        {
            this.events = events;
            Problems = new List<Problem>();
            Gone = new List<Gone>();
        }

        /// <summary>How the stream ended; nothing until then, and nothing if it was left.</summary>
        public Summary Summary { get; private set; }

        /// <summary>The records that could not be read, or not all of them, as far as they came.</summary>
        public IList<Problem> Problems { get; private set; }

        /// <summary>The objects that are gone, as far as they came.</summary>
        public IList<Gone> Gone { get; private set; }

        /// <summary>Told of each record that could not be read.</summary>
        public Action<Problem> OnProblem { get; set; }

        /// <summary>Told how far the stream is.</summary>
        public Action<Progress> OnProgress { get; set; }

        /// <summary>Told of tokens with which a run that broke off goes on.</summary>
        public Action<string> OnCheckpoint { get; set; }

        /// <summary>What the stream needs as long as it goes on; it is disposed of with the stream.</summary>
        internal IDisposable Holds { get; set; }

        /// <summary>Ends the stream with a <see cref="CancelledException"/>. Any thread may call it.</summary>
        public void Cancel()
        {
            events.Cancel();
        }

        /// <summary>
        /// Ends the stream. The tenant is asked for nothing more. Whoever goes on with it gets a <see cref="CancelledException"/>,
        /// since what came is not the whole.
        /// </summary>
        public void Dispose()
        {
            events.Dispose();
            if (Holds != null)
            {
                Holds.Dispose();
            }
        }

        /// <summary>
        /// The next object; nothing after the last one, when <see cref="Summary"/> says how the stream ended. No thread waits for
        /// it. One call at a time; the token ends the whole stream with a <see cref="CancelledException"/>.
        /// </summary>
        /// <exception cref="ConnectorException">What went wrong; the stream has ended.</exception>
        /// <exception cref="InvalidOperationException">Somebody goes through the stream, or has.</exception>
        public async Task<ConnectorObject> NextAsync(CancellationToken cancellation = default(CancellationToken))
        {
            Begin(isAsync);
            isAsync = true;
            try
            {
                using (events.Register(cancellation))
                {
                    for (var line = await events.NextAsync().ConfigureAwait(false);
                        line != null;
                        line = await events.NextAsync().ConfigureAwait(false))
                    {
                        var found = Take(line);
                        if (found != null)
                        {
                            return found;
                        }
                    }
                }
                Whole();
            }
            catch
            {
                Dispose();
                throw;
            }
            Dispose();
            return null;
        }

        /// <inheritdoc/>
        public IEnumerator<ConnectorObject> GetEnumerator()
        {
            Begin(false);
            return Objects();
        }

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }

        private void Begin(bool goesOn)
        {
            if (begun && !goesOn)
            {
                throw new InvalidOperationException("a stream can be gone through once; ask again for another one");
            }
            begun = true;
        }

        private IEnumerator<ConnectorObject> Objects()
        {
            try
            {
                for (var line = events.Next(); line != null; line = events.Next())
                {
                    var found = Take(line);
                    if (found != null)
                    {
                        yield return found;
                    }
                }
                Whole();
            }
            finally
            {
                Dispose();
            }
        }

        private void Whole()
        {
            if (Summary == null)
            {
                throw new CancelledException("the stream was left before its end");
            }
        }

        private ConnectorObject Take(EventLine line)
        {
            var json = line.Content;
            var about = json.Object("params");
            switch (line.Method)
            {
                case "item":
                    return new ConnectorObject(about.Object("object"));
                case "problem":
                    var problem = new Problem(about);
                    Problems.Add(problem);
                    Tell(OnProblem, problem);
                    break;
                case "progress":
                    Tell(OnProgress, new Progress(about.Object("progress")));
                    break;
                case "gone":
                    Gone.Add(new Gone(about.Object("gone")));
                    break;
                case "checkpoint":
                    Tell(OnCheckpoint, about.Text("sync_token"));
                    break;
                case null:
                    End(line);
                    break;
            }
            // Events of a newer library are passed over.
            return null;
        }

        private void End(EventLine line)
        {
            if (!line.IsAnswer || line.Content.ContainsKey("error"))
            {
                throw Errors.Of(line.Bytes);
            }
            Summary = new Summary(line.Content.Object("result"));
        }

        private static void Tell<T>(Action<T> listener, T what)
        {
            if (listener != null)
            {
                listener(what);
            }
        }
    }
}
