using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>An event as a line of JSON, which is read once, when somebody asks for what is in it.</summary>
    internal sealed class EventLine
    {
        private Dictionary<string, object> content;

        public EventLine(byte[] bytes)
        {
            Bytes = bytes;
        }

        /// <summary>The line.</summary>
        public byte[] Bytes { get; private set; }

        /// <summary>What is in it.</summary>
        /// <exception cref="System.FormatException">This is no JSON object.</exception>
        public Dictionary<string, object> Content
        {
            get { return content ?? (content = Json.ParseObject(Bytes)); }
        }

        /// <summary>What kind of event it is; nothing for the last one, which is a result or an error.</summary>
        public string Method
        {
            get { return Content.Text("method"); }
        }

        /// <summary>The request that it belongs to.</summary>
        public object Id
        {
            get { return Method == null ? Content.Field("id") : Content.Object("params").Field("id"); }
        }

        /// <summary>Whether another one may come for it.</summary>
        public bool IsCounted
        {
            get { return Method == "item" || Method == "problem"; }
        }

        /// <summary>Whether it says how a request ended.</summary>
        public bool IsAnswer
        {
            get { return Method == null && (Content.Object("result") != null || Content.Object("error") != null); }
        }
    }
}
