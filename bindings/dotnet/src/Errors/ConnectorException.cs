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
        internal ConnectorException(IDictionary<string, object> error, string kind = null)
            : base(error.Text("message") ?? "")
        {
            var data = error.Object("data");
            var after = data.Integer("retry_after_ms");
            var target = data.Object("target");
            Kind = kind ?? data.Text("kind") ?? "internal";
            Code = (int)(error.Integer("code") ?? 0);
            Retry = data.Text("retry") ?? "never";
            RetryAfter = after.HasValue ? TimeSpan.FromMilliseconds(after.Value) : (TimeSpan?)null;
            Effect = data.Text("effect") ?? "not_applied";
            Operation = data.Text("operation");
            ObjectClass = data.Text("object_class");
            Uid = data.Text("uid");
            Attributes = data.Texts("attributes");
            Target = target == null ? null : new TargetAnswer(target);
            Advice = data.Text("advice");
            CorrelationId = data.Text("correlation_id");
        }

        internal ConnectorException(string kind, string message, string advice = null, Exception cause = null)
            : base(advice == null ? message : message + "; " + advice, cause)
        {
            Kind = kind;
            Retry = "never";
            Effect = "not_applied";
            Attributes = new List<string>();
            Advice = advice;
        }

        /// <summary>The kind of error, as the protocol names it.</summary>
        public string Kind { get; private set; }

        /// <summary>The JSON-RPC code; 0 if the error comes from this library.</summary>
        public int Code { get; private set; }

        /// <summary><c>never</c>, or <c>later</c>.</summary>
        public string Retry { get; internal set; }

        /// <summary>The shortest wait that the tenant asked for.</summary>
        public TimeSpan? RetryAfter { get; private set; }

        /// <summary>What became of the change: <c>not_applied</c>, <c>unknown</c> or <c>applied</c>.</summary>
        public string Effect { get; internal set; }

        /// <summary>The operation that failed.</summary>
        public string Operation { get; private set; }

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
