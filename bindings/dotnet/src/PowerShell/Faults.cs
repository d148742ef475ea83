using System.Collections.Generic;
using System.Linq;

namespace Sfsf.Connector.PowerShell
{
    /// <summary>Errors that the module finds by itself, before anything is sent.</summary>
    internal static class Faults
    {
        /// <summary>Errors of these kinds concern everybody in a pipeline: there is no log-on, or no tenant.</summary>
        private static readonly ErrorKind[] General =
        {
            ErrorKind.Configuration, ErrorKind.ServiceAuth, ErrorKind.ConnectionFailed, ErrorKind.Unavailable,
        };

        /// <summary>Whether what comes next would fail in the same way.</summary>
        public static bool ConcernsAll(ConnectorException error)
        {
            return General.Contains(error.Kind);
        }

        /// <summary>Somebody has to be named, and is not.</summary>
        public static InvalidRequestException SayWhom(string how)
        {
            return new InvalidRequestException("Say whom: " + how);
        }

        /// <summary>Attributes that cannot be taken.</summary>
        public static InvalidAttributeException Attribute(string why, params string[] names)
        {
            return new InvalidAttributeException(new Dictionary<string, object>
            {
                { "message", string.Join(", ", names) + ": " + why },
                { "data", new Dictionary<string, object> { { "attributes", names.Cast<object>().ToList() } } },
            });
        }

        /// <summary>The name of the type of a value, which says nothing of the value.</summary>
        public static string TypeOf(object value)
        {
            return value == null ? "null" : value.GetType().Name;
        }
    }
}
