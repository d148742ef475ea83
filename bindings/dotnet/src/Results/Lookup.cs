using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>A query, and what the tenant answered.</summary>
    public sealed class Evidence
    {
        internal Evidence(IDictionary<string, object> json)
        {
            Query = json.Text("query");
            Answer = json.Text("answer");
        }

        /// <summary>What was asked.</summary>
        public string Query { get; private set; }

        /// <summary>What was answered.</summary>
        public string Answer { get; private set; }
    }

    /// <summary>Whether somebody is there, who it is, and how we know.</summary>
    public sealed class Lookup
    {
        internal Lookup(IDictionary<string, object> json)
        {
            var found = json.Object("object");
            Presence = json.Text("presence");
            Object = found == null ? null : new ConnectorObject(found);
            Evidence = json.Objects("evidence").Select(one => new Evidence(one)).ToList();
            Candidates = json.Texts("candidates");
            Withheld = json.Texts("withheld");
            Notices = json.Texts("notices");
        }

        /// <summary>
        /// <c>active</c>, <c>inactive</c>, <c>external_active</c>, <c>external_inactive</c>, <c>onboarding_active</c>,
        /// <c>onboarding_inactive</c>, <c>future_only</c>, <c>not_permitted</c>, <c>unknown</c>, <c>ambiguous</c> or
        /// <c>not_found</c>.
        /// </summary>
        public string Presence { get; private set; }

        /// <summary>The object, if it is there and may be seen.</summary>
        public ConnectorObject Object { get; private set; }

        /// <summary>The queries that were asked and what was answered.</summary>
        public IList<Evidence> Evidence { get; private set; }

        /// <summary>The uids of those who are meant, if there are several.</summary>
        public IList<string> Candidates { get; private set; }

        /// <summary>Attributes that did not come: left out of the object, and not known to be empty.</summary>
        public IList<string> Withheld { get; private set; }

        /// <summary>What one should know besides.</summary>
        public IList<string> Notices { get; private set; }
    }
}
