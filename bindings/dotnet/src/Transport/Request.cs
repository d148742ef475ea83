using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;

namespace Sfsf.Connector
{
    /// <summary>One request, and what one has to know of it to wait for its answer.</summary>
    internal sealed class Request
    {
        /// <summary>What changes nothing, so that nothing is unknown after it.</summary>
        private static readonly HashSet<string> Reading = new HashSet<string>
        {
            "hello", "open", "test", "schema", "get", "search", "import", "lookup", "explain",
        };

        private static long ids;

        private Request(byte[] json, IDictionary<string, object> content)
        {
            Bytes = json;
            Id = content.Field("id");
            Method = content.Text("method");
            DeadlineMilliseconds = content.Object("params").Object("meta").Integer("deadline_ms");
        }

        /// <summary>The request as JSON.</summary>
        public byte[] Bytes { get; private set; }

        /// <summary>Its id; nothing, if it has none that can be read.</summary>
        public object Id { get; private set; }

        /// <summary>What it asks for; nothing, if that cannot be read.</summary>
        public string Method { get; private set; }

        /// <summary>Whether it could be read here.</summary>
        public bool IsJson { get; private set; }

        /// <summary>How long its caller waits, if that has an end.</summary>
        public long? DeadlineMilliseconds { get; private set; }

        /// <summary>What became of a change, if no answer comes to what was sent.</summary>
        public string EffectWithoutAnswer
        {
            get { return Method != null && Reading.Contains(Method) ? "not_applied" : "unknown"; }
        }

        /// <summary>Asks for an operation, under an id that is nobody else's.</summary>
        /// <exception cref="InvalidRequestException">There is no JSON for the parameters.</exception>
        public static Request Of(string method, Dictionary<string, object> parameters)
        {
            return Of(Interlocked.Increment(ref ids), method, parameters);
        }

        /// <summary>Asks for something around the operations. The ids of operations are numbers, so this one is nobody else's.</summary>
        public static Request About(string method, Dictionary<string, object> parameters)
        {
            return Of(method, method, parameters);
        }

        private static Request Of(object id, string method, Dictionary<string, object> parameters)
        {
            var content = new Dictionary<string, object>
            {
                { "jsonrpc", "2.0" }, { "id", id }, { "method", method }, { "params", parameters },
            };
            return new Request(Json.Write(content), content) { IsJson = true };
        }

        /// <summary>A request that somebody else has written. Whether it makes sense is said by the connector.</summary>
        /// <exception cref="InvalidRequestException">This is JSON, but none that is taken.</exception>
        public static Request Raw(string text)
        {
            if (text == null)
            {
                throw new InvalidRequestException("there is no request");
            }
            if (!Json.IsWhole(text))
            {
                throw new InvalidRequestException("the request is not taken: a text has half of a character");
            }
            var bytes = Json.Bytes(text);
            try
            {
                var content = Json.Parse(text) as Dictionary<string, object>;
                return new Request(bytes, content ?? new Dictionary<string, object>()) { IsJson = true };
            }
            catch (RefusedJsonException error)
            {
                throw new InvalidRequestException("the request is not taken: " + error.Message, null, error);
            }
            catch (FormatException)
            {
                return new Request(bytes, new Dictionary<string, object>());
            }
        }

        /// <summary>The request in one line; nothing, if it has none.</summary>
        public byte[] Line()
        {
            var isLine = Array.IndexOf(Bytes, (byte)'\n') < 0;
            if (Encoding.UTF8.GetString(Bytes).Trim().Length == 0 || !IsJson && !isLine)
            {
                return null;
            }
            // In JSON, a line feed stands between values only.
            return isLine ? Bytes : Array.ConvertAll(Bytes, one => one == (byte)'\n' ? (byte)' ' : one);
        }
    }
}
