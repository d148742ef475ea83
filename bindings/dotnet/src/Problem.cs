using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>What is wrong with one record of a stream, which goes on.</summary>
    public sealed class Problem
    {
        internal Problem(IDictionary<string, object> json)
        {
            KindText = json.Text("kind");
            Error = Errors.Of(json);
        }

        /// <summary>What sort of thing is wrong.</summary>
        public ProblemKind Kind
        {
            get { return ProtocolWords.ProblemKind(KindText); }
        }

        /// <summary><c>Kind</c> as it came, also where <c>ProblemKind</c> does not know the word.</summary>
        public string KindText { get; private set; }

        /// <summary>What is wrong, with the uid and the attributes that it is about where they are known.</summary>
        public ConnectorException Error { get; private set; }
    }
}
