using System;
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>The request makes no sense as it stands.</summary>
    public sealed class InvalidRequestException : ConnectorException
    {
        internal InvalidRequestException(IDictionary<string, object> error) : base(error, "invalid_request") { }

        internal InvalidRequestException(string message, string advice = null, Exception cause = null)
            : base("invalid_request", message, advice, cause)
        {
        }
    }

    /// <summary>The connector, or this tenant, does not do this.</summary>
    public sealed class UnsupportedException : ConnectorException
    {
        internal UnsupportedException(IDictionary<string, object> error) : base(error, "unsupported") { }

        internal UnsupportedException(string message, string advice = null, Exception cause = null)
            : base("unsupported", message, advice, cause)
        {
        }
    }

    /// <summary>The configuration is incomplete or contradictory.</summary>
    public sealed class ConfigurationException : ConnectorException
    {
        internal ConfigurationException(IDictionary<string, object> error) : base(error, "configuration") { }

        internal ConfigurationException(string message, string advice = null, Exception cause = null)
            : base("configuration", message, advice, cause)
        {
        }
    }

    /// <summary>The tenant refused the connector's own credentials.</summary>
    public sealed class ServiceAuthException : ConnectorException
    {
        internal ServiceAuthException(IDictionary<string, object> error) : base(error, "service_auth") { }
    }

    /// <summary>No connection came about.</summary>
    public sealed class ConnectionFailedException : ConnectorException
    {
        internal ConnectionFailedException(IDictionary<string, object> error) : base(error, "connection_failed") { }
    }

    /// <summary>A connection was lost in the middle of an exchange.</summary>
    public sealed class ConnectionBrokenException : ConnectorException
    {
        internal ConnectionBrokenException(IDictionary<string, object> error) : base(error, "connection_broken") { }
    }

    /// <summary>The tenant asks to slow down.</summary>
    public sealed class RateLimitedException : ConnectorException
    {
        internal RateLimitedException(IDictionary<string, object> error) : base(error, "rate_limited") { }
    }

    /// <summary>The tenant is in maintenance, or overloaded.</summary>
    public sealed class UnavailableException : ConnectorException
    {
        internal UnavailableException(IDictionary<string, object> error) : base(error, "unavailable") { }
    }

    /// <summary>The deadline passed before an answer came.</summary>
    public sealed class TimedOutException : ConnectorException
    {
        internal TimedOutException(IDictionary<string, object> error) : base(error, "timeout") { }
    }

    /// <summary>The connector's user may not do this.</summary>
    public sealed class PermissionDeniedException : ConnectorException
    {
        internal PermissionDeniedException(IDictionary<string, object> error) : base(error, "permission_denied") { }
    }

    /// <summary>There is no such object.</summary>
    public sealed class NotFoundException : ConnectorException
    {
        internal NotFoundException(IDictionary<string, object> error) : base(error, "not_found") { }
    }

    /// <summary>An object with this uid or name exists already.</summary>
    public sealed class AlreadyExistsException : ConnectorException
    {
        internal AlreadyExistsException(IDictionary<string, object> error) : base(error, "already_exists") { }
    }

    /// <summary>The tenant does not accept an attribute or its value.</summary>
    public sealed class InvalidAttributeException : ConnectorException
    {
        internal InvalidAttributeException(IDictionary<string, object> error) : base(error, "invalid_attribute") { }

        internal InvalidAttributeException(string attribute, string message, Exception cause = null)
            : base("invalid_attribute", "'" + attribute + "': " + message, null, cause)
        {
            Attributes.Add(attribute);
        }
    }

    /// <summary>The password does not satisfy the tenant's policy.</summary>
    public sealed class PasswordPolicyException : ConnectorException
    {
        internal PasswordPolicyException(IDictionary<string, object> error) : base(error, "password_policy") { }
    }

    /// <summary>The object changed since it was read.</summary>
    public sealed class PreconditionFailedException : ConnectorException
    {
        internal PreconditionFailedException(IDictionary<string, object> error) : base(error, "precondition_failed") { }
    }

    /// <summary>Some parts of the change were made, others not.</summary>
    public sealed class PartialException : ConnectorException
    {
        internal PartialException(IDictionary<string, object> error) : base(error, "partial") { }
    }

    /// <summary>Somebody else is changing the same object.</summary>
    public sealed class ConflictException : ConnectorException
    {
        internal ConflictException(IDictionary<string, object> error) : base(error, "conflict") { }
    }

    /// <summary>Wrong credentials were given to <c>authenticate</c>.</summary>
    public sealed class LoginFailedException : ConnectorException
    {
        internal LoginFailedException(IDictionary<string, object> error) : base(error, "login_failed") { }
    }

    /// <summary>Right credentials, but the password has expired.</summary>
    public sealed class PasswordExpiredException : ConnectorException
    {
        internal PasswordExpiredException(IDictionary<string, object> error) : base(error, "password_expired") { }
    }

    /// <summary>The caller cancelled the operation.</summary>
    public sealed class CancelledException : ConnectorException
    {
        internal CancelledException(IDictionary<string, object> error) : base(error, "cancelled") { }

        internal CancelledException(string message) : base("cancelled", message)
        {
        }
    }

    /// <summary>The tenant answered something that its protocol does not allow.</summary>
    public sealed class TargetProtocolException : ConnectorException
    {
        internal TargetProtocolException(IDictionary<string, object> error) : base(error, "target_protocol") { }
    }

    /// <summary>A fault in the connector itself.</summary>
    public sealed class InternalException : ConnectorException
    {
        internal InternalException(IDictionary<string, object> error) : base(error, "internal") { }

        internal InternalException(string message, string advice = null, Exception cause = null)
            : base("internal", message, advice, cause)
        {
        }
    }
}
