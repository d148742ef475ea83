using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>One thing that <c>Test</c> looked at.</summary>
    public sealed class Check
    {
        internal Check(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Outcome = json.Text("outcome");
            Detail = json.Text("detail");
        }

        /// <summary>What was looked at.</summary>
        public string Name { get; private set; }

        /// <summary><c>ok</c> or <c>warning</c>.</summary>
        public string Outcome { get; private set; }

        /// <summary>A sentence for people.</summary>
        public string Detail { get; private set; }
    }

    /// <summary>What <c>Test</c> found.</summary>
    public sealed class TestReport
    {
        internal TestReport(IDictionary<string, object> json)
        {
            Checks = json.Objects("checks").Select(check => new Check(check)).ToList();
        }

        /// <summary>What was looked at, in order.</summary>
        public IList<Check> Checks { get; private set; }
    }
}
