using System.Collections.Generic;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>The events of one request to the program, and the credit that is given for them.</summary>
    internal sealed class ProgramPull : Pull
    {
        private struct Line
        {
            public byte[] Text;
            public bool Last;
            public bool Counts;
        }

        private readonly ProgramSession session;
        private readonly object id;
        private readonly List<Line> waiting = new List<Line>();
        private bool ended;
        private bool abandoned;

        public ProgramPull(ProgramSession session, object id)
        {
            this.session = session;
            this.id = id;
        }

        /// <summary>Takes an event from the program.</summary>
        public void Add(byte[] text, bool last, bool counts)
        {
            lock (waiting)
            {
                ended |= last;
                if (!abandoned)
                {
                    waiting.Add(new Line { Text = text, Last = last, Counts = counts });
                    Monitor.PulseAll(waiting);
                }
            }
        }

        public override IList<byte[]> Next(uint waitMilliseconds, out bool last)
        {
            var lines = new List<byte[]>();
            long counted = 0;
            lock (waiting)
            {
                if (waiting.Count == 0 && !abandoned)
                {
                    Monitor.Wait(waiting, (int)waitMilliseconds);
                }
                last = abandoned;
                foreach (var line in waiting)
                {
                    lines.Add(line.Text);
                    counted += line.Counts ? 1 : 0;
                    last |= line.Last;
                }
                waiting.Clear();
            }
            if (counted > 0 && !last)
            {
                session.Notify("credit", id, "items", counted);
            }
            return lines;
        }

        public override void Cancel()
        {
            lock (waiting)
            {
                if (ended)
                {
                    return;
                }
            }
            session.Notify("cancel", id, null, null);
        }

        public override void Dispose()
        {
            lock (waiting)
            {
                abandoned = true;
                waiting.Clear();
                Monitor.PulseAll(waiting);
            }
            Cancel();
        }
    }
}
