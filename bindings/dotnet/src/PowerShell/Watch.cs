using System;
using System.Threading;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// Cancels what is under way when the pipeline is stopped: PowerShell interrupts nobody who waits, so somebody has to ask.
    /// </summary>
    internal sealed class Watch : IDisposable
    {
        private const int EveryMilliseconds = 50;

        private readonly CancellationTokenSource source = new CancellationTokenSource();
        private readonly Caller caller;
        private readonly Timer timer;

        public Watch(Caller caller)
        {
            this.caller = caller;
            timer = new Timer(Look, null, EveryMilliseconds, EveryMilliseconds);
        }

        /// <summary>What goes along with every call.</summary>
        public CallOptions Options
        {
            get { return new CallOptions { Cancellation = source.Token }; }
        }

        /// <summary>Looks no longer. The token stays as it is.</summary>
        public void Dispose()
        {
            timer.Dispose();
        }

        private void Look(object nothing)
        {
            if (caller.Stopping)
            {
                source.Cancel();
            }
        }
    }
}
