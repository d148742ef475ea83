// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector
{
    /// <summary>What can be done with the objects of a class.</summary>
    public sealed class ObjectClassManifest
    {
        internal ObjectClassManifest(IDictionary<string, object> json)
        {
            Name = json.Text("name");
            Aliases = json.List("aliases").Select(one => one as string).ToList();
            Operations = json.List("operations").Select(one => ProtocolWords.Operation(one as string)).ToList();
            OperationsText = json.Texts("operations");
            Delete = ProtocolWords.DeleteMeaning(json.Text("delete"));
            DeleteText = json.Text("delete");
            UidAttribute = json.Text("uid_attribute");
            NameAttribute = json.Text("name_attribute");
            Search = json.Made("search", one => new SearchManifest(one));
            ImportManifest = json.Made("import", one => new ImportManifest(one));
            Save = json.Made("save", one => new SaveManifest(one));
            Dated = json.Flag("dated");
            Notes = json.List("notes").Select(one => one as string).ToList();
        }

        /// <summary>Its name.</summary>
        public string Name { get; private set; }

        /// <summary>Other names for it.</summary>
        public IList<string> Aliases { get; private set; }

        /// <summary>What can be done.</summary>
        public IList<Operation> Operations { get; private set; }

        /// <summary><c>Operations</c> as it came, also where <c>Operation</c> does not know the word.</summary>
        public IList<string> OperationsText { get; private set; }

        /// <summary>What a delete does.</summary>
        public DeleteMeaning Delete { get; private set; }

        /// <summary><c>Delete</c> as it came, also where <c>DeleteMeaning</c> does not know the word.</summary>
        public string DeleteText { get; private set; }

        /// <summary>
        /// The attribute that a new object takes its uid from; the target makes one up if absent.
        /// </summary>
        public string UidAttribute { get; private set; }

        /// <summary>The attribute that <c>__NAME__</c> stands for. Nothing if absent.</summary>
        public string NameAttribute { get; private set; }

        /// <summary>How much of a search the connector understands.</summary>
        public SearchManifest Search { get; private set; }

        /// <summary>How much of an import the connector understands.</summary>
        public ImportManifest ImportManifest { get; private set; }

        /// <summary>How much of a save the connector understands.</summary>
        public SaveManifest Save { get; private set; }

        /// <summary>
        /// Whether the objects have days: they are read as of a day (<c>as_of</c>), and change from a day on
        /// (<c>effective_date</c>). Of others, both are refused.
        /// </summary>
        public bool Dated { get; private set; }

        /// <summary>What to know before using it.</summary>
        public IList<string> Notes { get; private set; }
    }
}
