using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>From an event of the protocol to an exception.</summary>
    internal static class Errors
    {
        /// <summary>The exception for an event that is, or holds, an error.</summary>
        public static ConnectorException Of(IDictionary<string, object> json)
        {
            var error = json.Object("error") ?? json;
            return ExceptionOf.Kind(ProtocolWords.ErrorKind(error.Object("data").Text("kind") ?? "internal"), error);
        }

        /// <summary>The exception for the bytes of an event.</summary>
        public static ConnectorException Of(byte[] line)
        {
            ConnectorException exception;
            try
            {
                exception = Of(Json.ParseObject(line));
            }
            catch (FormatException error)
            {
                return new InternalException("the library failed without saying why", null, error);
            }
            exception.Event = Json.Text(line);
            return exception;
        }
    }
}
