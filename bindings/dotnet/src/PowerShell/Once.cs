using System.Collections;
using System.Linq;
using System.Threading;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>
    /// What is done while one goes through it, and not again for whoever looks a second time: PowerShell points errors at what
    /// it went through, and showing them goes through it.
    /// </summary>
    internal sealed class Once : IEnumerable
    {
        private IEnumerable source;

        public Once(IEnumerable source)
        {
            this.source = source;
        }

        /// <summary>What there is, the first time; nothing later.</summary>
        public IEnumerator GetEnumerator()
        {
            return (Interlocked.Exchange(ref source, null) ?? Enumerable.Empty<object>()).GetEnumerator();
        }
    }
}
