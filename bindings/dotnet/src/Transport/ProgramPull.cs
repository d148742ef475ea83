using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>
    /// Whoever waits for the events of a request to the program, and gives credit for them. The wait ends shortly after the
    /// deadline or a cancellation, whatever the program does.
    /// </summary>
    internal sealed class ProgramPull : Pull
    {
        /// <summary>The program says itself that a deadline has passed or that a request is cancelled, and knows best what became of it.</summary>
        private const long GraceMilliseconds = 500;

        /// <summary>Keeps the session, and with it the program, as long as somebody waits.</summary>
        private readonly ProgramSession session;
        private readonly ProgramProcess process;
        private readonly Answers answers;
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private long cancelledAt = -1;
        private long heardAt;

        public ProgramPull(ProgramSession session, ProgramProcess process, Answers answers)
        {
            this.session = session;
            this.process = process;
            this.answers = answers;
        }

        /// <summary>A request that everybody has forgotten is cancelled.</summary>
        ~ProgramPull()
        {
            Leave();
        }

        public override IList<EventLine> Next(uint waitMilliseconds, out bool ended)
        {
            var left = Left();
            var lines = answers.Take((int)Math.Min(waitMilliseconds, Math.Max(0, left)), out ended);
            if (lines.Count == 0 && !ended && Left() <= 0)
            {
                ended = true;
                lines = new[] { Overdue() };
            }
            heardAt = lines.Count > 0 ? clock.ElapsedMilliseconds : heardAt;
            var counted = lines.Count(line => line.IsCounted);
            if (counted > 0 && !ended)
            {
                process.Tell("credit", answers.Request.Id, "items", counted);
            }
            GC.KeepAlive(session);
            GC.KeepAlive(this);
            return lines;
        }

        public override void Cancel()
        {
            Interlocked.CompareExchange(ref cancelledAt, clock.ElapsedMilliseconds, -1);
            process.Cancel(answers);
        }

        public override void Dispose()
        {
            GC.SuppressFinalize(this);
            Leave();
        }

        private void Leave()
        {
            answers.Abandon();
            if (process.Withdraw(answers))
            {
                process.Cancel(answers);
            }
        }

        /// <summary>So many milliseconds one waits yet.</summary>
        private long Left()
        {
            var deadline = answers.Request.DeadlineMilliseconds;
            var cancelled = Interlocked.Read(ref cancelledAt);
            var end = Math.Min(deadline ?? long.MaxValue, cancelled < 0 ? long.MaxValue : cancelled);
            // Events that were on their way may still come.
            return end > long.MaxValue / 2 ? end : Math.Max(end, heardAt) - clock.ElapsedMilliseconds + GraceMilliseconds;
        }

        private EventLine Overdue()
        {
            var isSent = process.Withdraw(answers);
            return Interlocked.Read(ref cancelledAt) < 0
                ? Unanswered.Late(answers.Request, isSent)
                : Unanswered.Cancelled(answers.Request, isSent);
        }
    }
}
