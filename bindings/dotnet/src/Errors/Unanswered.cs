using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>The last event of a request to which the connector has given no answer: an error that is made here.</summary>
    internal static class Unanswered
    {
        /// <summary>The deadline has passed, and the program does not say so.</summary>
        public static EventLine Late(Request request, bool isSent)
        {
            return Of(request, -31008, "timeout", "the deadline has passed, and the program does not answer", "later", isSent);
        }

        /// <summary>The request was cancelled, and the program does not say so.</summary>
        public static EventLine Cancelled(Request request, bool isSent)
        {
            return Of(request, -32800, "cancelled", "the call was cancelled, and the program does not answer", "never", isSent);
        }

        /// <summary>The connection was closed.</summary>
        public static EventLine Closed(Request request, bool isSent)
        {
            return Of(request, -32800, "cancelled", "the connection was closed", "never", isSent);
        }

        /// <summary>The program is no more, or was none of ours, which is no better later.</summary>
        public static EventLine Dead(Request request, string death, bool isOurs, bool isSent)
        {
            var effect = Effect(request, isSent);
            var advice = effect == "unknown" ? "open a new connection, and read before you repeat the change" : "open a new connection";
            return Of(request, -31021, "internal", death + "; " + advice, isOurs ? "later" : "never", isSent);
        }

        /// <summary>The events have ended, and no answer was among them.</summary>
        public static EventLine Broken(Request request)
        {
            return Of(request, -31021, "internal", "the request has ended without an answer", "later", true);
        }

        private static string Effect(Request request, bool isSent)
        {
            return isSent ? request.EffectWithoutAnswer : "not_applied";
        }

        private static EventLine Of(Request request, int code, string kind, string message, string retry, bool isSent)
        {
            return new EventLine(Json.Write(new Dictionary<string, object>
            {
                { "jsonrpc", "2.0" },
                { "id", request.Id is string || request.Id is long ? request.Id : null },
                {
                    "error", new Dictionary<string, object>
                    {
                        { "code", code },
                        { "message", message },
                        {
                            "data", new Dictionary<string, object>
                            {
                                { "kind", kind }, { "retry", retry }, { "effect", Effect(request, isSent) },
                                { "operation", request.Method },
                            }
                        },
                    }
                },
            }));
        }
    }
}
