using System.Collections.Generic;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// The events of one request, as the program brings them. It is all that the program's threads know of the request, so
    /// that whoever asked may forget it.
    /// </summary>
    internal sealed class Answers
    {
        private readonly List<EventLine> waiting = new List<EventLine>();
        private bool ended;
        private bool abandoned;

        public Answers(Request request)
        {
            Request = request;
        }

        /// <summary>What was asked.</summary>
        public Request Request { get; private set; }

        /// <summary>The request on its way; nothing, until it is.</summary>
        public Outbox.Letter Letter { get; set; }

        /// <summary>Whether the last event has come.</summary>
        public bool HasEnded
        {
            get
            {
                lock (waiting)
                {
                    return ended;
                }
            }
        }

        /// <summary>Takes an event from the program. After the last one nothing comes any more.</summary>
        public void Add(EventLine line)
        {
            lock (waiting)
            {
                if (!ended && !abandoned)
                {
                    waiting.Add(line);
                }
                ended |= line.Method == null;
                Monitor.PulseAll(waiting);
            }
        }

        /// <summary>Nobody wants events any more.</summary>
        public void Abandon()
        {
            lock (waiting)
            {
                abandoned = true;
                waiting.Clear();
                Monitor.PulseAll(waiting);
            }
        }

        /// <summary>The events that have come; waits for one, if there is none.</summary>
        public IList<EventLine> Take(int waitMilliseconds, out bool last)
        {
            lock (waiting)
            {
                if (waiting.Count == 0 && !abandoned)
                {
                    Monitor.Wait(waiting, waitMilliseconds);
                }
                var lines = waiting.ToArray();
                waiting.Clear();
                last = abandoned || ended;
                return lines;
            }
        }
    }
}
