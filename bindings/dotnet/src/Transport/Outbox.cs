using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// The lines for the program, which a thread of its own writes: a program that reads nothing holds up that thread, and
    /// nobody who waits for an answer.
    /// </summary>
    internal sealed class Outbox
    {
        private readonly LinkedList<Letter> waiting = new LinkedList<Letter>();
        private bool closed;

        /// <summary>A line, and whether the program may have seen any of it.</summary>
        internal sealed class Letter
        {
            public byte[] Line;
            public bool IsSent;
        }

        /// <summary>Hands in a line.</summary>
        public Letter Add(byte[] line)
        {
            var letter = new Letter { Line = line };
            lock (waiting)
            {
                if (!closed)
                {
                    waiting.AddLast(letter);
                    Monitor.Pulse(waiting);
                }
            }
            return letter;
        }

        /// <summary>Takes back what was not sent, and says whether it was sent.</summary>
        public bool Withdraw(Letter letter)
        {
            lock (waiting)
            {
                waiting.Remove(letter);
                return letter.IsSent;
            }
        }

        /// <summary>Nothing more comes. What was handed in is still written.</summary>
        public void Close()
        {
            lock (waiting)
            {
                closed = true;
                Monitor.Pulse(waiting);
            }
        }

        /// <summary>Writes until the outbox is closed and empty.</summary>
        /// <exception cref="IOException">Nobody reads any more.</exception>
        public void WriteTo(Stream output)
        {
            for (var letter = Next(); letter != null; letter = Next())
            {
                output.Write(letter.Line, 0, letter.Line.Length);
                output.WriteByte((byte)'\n');
                output.Flush();
                letter.Line = null;
            }
        }

        private Letter Next()
        {
            lock (waiting)
            {
                while (waiting.Count == 0 && !closed)
                {
                    Monitor.Wait(waiting);
                }
                if (waiting.Count == 0)
                {
                    return null;
                }
                var letter = waiting.First.Value;
                waiting.RemoveFirst();
                letter.IsSent = true;
                return letter;
            }
        }
    }
}
