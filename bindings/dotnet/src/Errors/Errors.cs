using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>From an event of the protocol to an exception.</summary>
    public static class Errors
    {
        private static readonly Dictionary<string, Func<IDictionary<string, object>, ConnectorException>> Classes =
            new Dictionary<string, Func<IDictionary<string, object>, ConnectorException>>
            {
                { "invalid_request", error => new InvalidRequestException(error) },
                { "unsupported", error => new UnsupportedException(error) },
                { "configuration", error => new ConfigurationException(error) },
                { "service_auth", error => new ServiceAuthException(error) },
                { "connection_failed", error => new ConnectionFailedException(error) },
                { "connection_broken", error => new ConnectionBrokenException(error) },
                { "rate_limited", error => new RateLimitedException(error) },
                { "unavailable", error => new UnavailableException(error) },
                { "timeout", error => new TimedOutException(error) },
                { "permission_denied", error => new PermissionDeniedException(error) },
                { "not_found", error => new NotFoundException(error) },
                { "already_exists", error => new AlreadyExistsException(error) },
                { "invalid_attribute", error => new InvalidAttributeException(error) },
                { "password_policy", error => new PasswordPolicyException(error) },
                { "precondition_failed", error => new PreconditionFailedException(error) },
                { "partial", error => new PartialException(error) },
                { "conflict", error => new ConflictException(error) },
                { "login_failed", error => new LoginFailedException(error) },
                { "password_expired", error => new PasswordExpiredException(error) },
                { "cancelled", error => new CancelledException(error) },
                { "target_protocol", error => new TargetProtocolException(error) },
                { "internal", error => new InternalException(error) },
            };

        /// <summary>The kinds of errors that have a class of their own.</summary>
        public static IEnumerable<string> Kinds
        {
            get { return Classes.Keys; }
        }

        /// <summary>The exception for an event that is, or holds, an error.</summary>
        internal static ConnectorException Of(IDictionary<string, object> json)
        {
            var error = json.Object("error") ?? json;
            var kind = error.Object("data").Text("kind") ?? "internal";
            Func<IDictionary<string, object>, ConnectorException> make;
            // A kind that a newer library may have is still an error.
            return Classes.TryGetValue(kind, out make) ? make(error) : new ConnectorException(error);
        }

        /// <summary>The exception for the bytes of an event.</summary>
        internal static ConnectorException Of(byte[] line)
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
