using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>
    /// A failure: what went wrong, whether to try again, and what became of the change. Decide by the class (or
    /// <see cref="Kind"/>), <see cref="Retry"/> and <see cref="Effect"/>; the message is for people.
    /// </summary>
    public class ConnectorException : Exception
    {
        internal ConnectorException(IDictionary<string, object> error, ErrorKind kind = ErrorKind.Unknown)
            : base(error.Text("message") ?? "")
        {
            var data = error.Object("data");
            KindText = data.Text("kind") ?? ProtocolWords.Of(kind);
            Code = (int)(error.Integer("code") ?? 0);
            RetryText = data.Text("retry") ?? "never";
            RetryAfter = data.Time("retry_after_ms");
            EffectText = data.Text("effect") ?? "not_applied";
            OperationText = data.Text("operation");
            ObjectClass = data.Text("object_class");
            Uid = data.Text("uid");
            Attributes = data.Texts("attributes");
            Target = data.Made("target", one => new TargetAnswer(one));
            Advice = data.Text("advice");
            CorrelationId = data.Text("correlation_id");
        }

        internal ConnectorException(ErrorKind kind, string message, string advice = null, Exception cause = null)
            : base(advice == null ? message : message + "; " + advice, cause)
        {
            KindText = ProtocolWords.Of(kind);
            Retry = Retry.Never;
            Effect = Effect.NotApplied;
            Attributes = new List<string>();
            Advice = advice;
        }

        /// <summary>The kind of error.</summary>
        public ErrorKind Kind
        {
            get { return ProtocolWords.ErrorKind(KindText); }
        }

        /// <summary><c>Kind</c> as it came, also where <c>ErrorKind</c> does not know the word.</summary>
        public string KindText { get; private set; }

        /// <summary>The JSON-RPC code; 0 if the error comes from this library.</summary>
        public int Code { get; private set; }

        /// <summary>Whether the same request may succeed later.</summary>
        public Retry Retry
        {
            get { return ProtocolWords.Retry(RetryText); }
            internal set { RetryText = ProtocolWords.Of(value); }
        }

        /// <summary><c>Retry</c> as it came, also where <c>Retry</c> does not know the word.</summary>
        public string RetryText { get; private set; }

        /// <summary>The shortest wait that the tenant asked for.</summary>
        public TimeSpan? RetryAfter { get; private set; }

        /// <summary>What became of the change.</summary>
        public Effect Effect
        {
            get { return ProtocolWords.Effect(EffectText); }
            internal set { EffectText = ProtocolWords.Of(value); }
        }

        /// <summary><c>Effect</c> as it came, also where <c>Effect</c> does not know the word.</summary>
        public string EffectText { get; private set; }

        /// <summary>The operation that failed.</summary>
        public Operation? Operation
        {
            get { return OperationText == null ? (Operation?)null : ProtocolWords.Operation(OperationText); }
        }

        /// <summary><c>Operation</c> as it came, also where <c>Operation</c> does not know the word.</summary>
        public string OperationText { get; private set; }

        /// <summary>The class of the object that it is about.</summary>
        public string ObjectClass { get; private set; }

        /// <summary>The uid of the object that it is about.</summary>
        public string Uid { get; private set; }

        /// <summary>The attributes that are at fault.</summary>
        public IList<string> Attributes { get; private set; }

        /// <summary>What the tenant itself said, if it said anything.</summary>
        public TargetAnswer Target { get; private set; }

        /// <summary>What to do next, where that is known.</summary>
        public string Advice { get; private set; }

        /// <summary>The id of the call in logs and at the tenant.</summary>
        public string CorrelationId { get; private set; }

        /// <summary>The event that brought the error, as a line of JSON; nothing if it comes from this library.</summary>
        public string Event { get; internal set; }
    }
}
