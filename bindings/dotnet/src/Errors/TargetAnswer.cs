using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>What the tenant itself said.</summary>
    public sealed class TargetAnswer
    {
        internal TargetAnswer(IDictionary<string, object> json)
        {
            Status = (int?)json.Integer("status");
            Code = json.Text("code");
            Text = json.Text("text");
        }

        /// <summary>The HTTP status, or that of the record.</summary>
        public int? Status { get; private set; }

        /// <summary>The tenant's own code.</summary>
        public string Code { get; private set; }

        /// <summary>The tenant's own words.</summary>
        public string Text { get; private set; }
    }
}
