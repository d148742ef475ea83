using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What the tenant said to one part of a change.</summary>
    public sealed class Part
    {
        internal Part(IDictionary<string, object> json)
        {
            Entity = json.Text("entity");
            Status = json.Text("status");
            Code = (int?)json.Integer("code");
            Message = json.Text("message");
        }

        /// <summary>The entity that was written.</summary>
        public string Entity { get; private set; }

        /// <summary>The tenant's word for what it did.</summary>
        public string Status { get; private set; }

        /// <summary>The tenant's status code for the record.</summary>
        public int? Code { get; private set; }

        /// <summary>The tenant's own words.</summary>
        public string Message { get; private set; }
    }

    /// <summary>What became of a change.</summary>
    public sealed class SaveOutcome
    {
        internal SaveOutcome(IDictionary<string, object> json)
        {
            Uid = json.Text("uid");
            Action = json.Text("action");
            PresenceBefore = json.Text("presence_before");
            Presence = json.Text("presence");
            Changed = json.Texts("changed");
            Unchanged = json.Texts("unchanged");
            Parts = json.Objects("parts").Select(part => new Part(part)).ToList();
            Notices = json.Texts("notices");
        }

        /// <summary>The uid of the object.</summary>
        public string Uid { get; private set; }

        /// <summary>
        /// <c>created</c>, <c>updated</c>, <c>revived</c>, <c>suspended</c>, <c>deleted</c> or <c>unchanged</c>.
        /// </summary>
        public string Action { get; private set; }

        /// <summary>What the object was before.</summary>
        public string PresenceBefore { get; private set; }

        /// <summary>What it is now.</summary>
        public string Presence { get; private set; }

        /// <summary>The attributes that were written.</summary>
        public IList<string> Changed { get; private set; }

        /// <summary>The attributes that were so already.</summary>
        public IList<string> Unchanged { get; private set; }

        /// <summary>What the tenant said to each part.</summary>
        public IList<Part> Parts { get; private set; }

        /// <summary>Sentences for people.</summary>
        public IList<string> Notices { get; private set; }
    }
}
