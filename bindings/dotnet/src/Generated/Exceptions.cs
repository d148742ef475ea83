// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
using System.Collections.Generic;

namespace Sfsf.Connector
{
    /// <summary>The request makes no sense as it stands; the caller has to change it.</summary>
    public sealed partial class InvalidRequestException : ConnectorException
    {
        internal InvalidRequestException(IDictionary<string, object> error) : base(error, ErrorKind.InvalidRequest)
        {
        }
    }

    /// <summary>The connector does not do this, and its manifest says so.</summary>
    public sealed partial class UnsupportedException : ConnectorException
    {
        internal UnsupportedException(IDictionary<string, object> error) : base(error, ErrorKind.Unsupported)
        {
        }
    }

    /// <summary>The configuration is incomplete or contradictory.</summary>
    public sealed partial class ConfigurationException : ConnectorException
    {
        internal ConfigurationException(IDictionary<string, object> error) : base(error, ErrorKind.Configuration)
        {
        }
    }

    /// <summary>The target refused the connector's own credentials.</summary>
    public sealed partial class ServiceAuthException : ConnectorException
    {
        internal ServiceAuthException(IDictionary<string, object> error) : base(error, ErrorKind.ServiceAuth)
        {
        }
    }

    /// <summary>No connection came about: name resolution, routing, TLS.</summary>
    public sealed partial class ConnectionFailedException : ConnectorException
    {
        internal ConnectionFailedException(IDictionary<string, object> error) : base(error, ErrorKind.ConnectionFailed)
        {
        }
    }

    /// <summary>A connection was lost in the middle of an exchange.</summary>
    public sealed partial class ConnectionBrokenException : ConnectorException
    {
        internal ConnectionBrokenException(IDictionary<string, object> error) : base(error, ErrorKind.ConnectionBroken)
        {
        }
    }

    /// <summary>The target asks to slow down.</summary>
    public sealed partial class RateLimitedException : ConnectorException
    {
        internal RateLimitedException(IDictionary<string, object> error) : base(error, ErrorKind.RateLimited)
        {
        }
    }

    /// <summary>The target is in maintenance, or overloaded.</summary>
    public sealed partial class UnavailableException : ConnectorException
    {
        internal UnavailableException(IDictionary<string, object> error) : base(error, ErrorKind.Unavailable)
        {
        }
    }

    /// <summary>The deadline passed before an answer came.</summary>
    public sealed partial class TimedOutException : ConnectorException
    {
        internal TimedOutException(IDictionary<string, object> error) : base(error, ErrorKind.Timeout)
        {
        }
    }

    /// <summary>The connector's user may not do this.</summary>
    public sealed partial class PermissionDeniedException : ConnectorException
    {
        internal PermissionDeniedException(IDictionary<string, object> error) : base(error, ErrorKind.PermissionDenied)
        {
        }
    }

    /// <summary>There is no such object.</summary>
    public sealed partial class NotFoundException : ConnectorException
    {
        internal NotFoundException(IDictionary<string, object> error) : base(error, ErrorKind.NotFound)
        {
        }
    }

    /// <summary>An object with this identifier or name exists already.</summary>
    public sealed partial class AlreadyExistsException : ConnectorException
    {
        internal AlreadyExistsException(IDictionary<string, object> error) : base(error, ErrorKind.AlreadyExists)
        {
        }
    }

    /// <summary>The target does not accept an attribute or its value.</summary>
    public sealed partial class InvalidAttributeException : ConnectorException
    {
        internal InvalidAttributeException(IDictionary<string, object> error) : base(error, ErrorKind.InvalidAttribute)
        {
        }
    }

    /// <summary>The password does not satisfy the target's policy.</summary>
    public sealed partial class PasswordPolicyException : ConnectorException
    {
        internal PasswordPolicyException(IDictionary<string, object> error) : base(error, ErrorKind.PasswordPolicy)
        {
        }
    }

    /// <summary>The object is not as the writer expected; nothing was written.</summary>
    public sealed partial class PreconditionFailedException : ConnectorException
    {
        internal PreconditionFailedException(IDictionary<string, object> error) : base(error, ErrorKind.PreconditionFailed)
        {
        }
    }

    /// <summary>Some parts of the change were made, others not.</summary>
    public sealed partial class PartialException : ConnectorException
    {
        internal PartialException(IDictionary<string, object> error) : base(error, ErrorKind.Partial)
        {
        }
    }

    /// <summary>Somebody else is changing the same object.</summary>
    public sealed partial class ConflictException : ConnectorException
    {
        internal ConflictException(IDictionary<string, object> error) : base(error, ErrorKind.Conflict)
        {
        }
    }

    /// <summary>The credentials given to <c>authenticate</c> are wrong.</summary>
    public sealed partial class LoginFailedException : ConnectorException
    {
        internal LoginFailedException(IDictionary<string, object> error) : base(error, ErrorKind.LoginFailed)
        {
        }
    }

    /// <summary>The credentials given to <c>authenticate</c> are right, but the password has expired.</summary>
    public sealed partial class PasswordExpiredException : ConnectorException
    {
        internal PasswordExpiredException(IDictionary<string, object> error) : base(error, ErrorKind.PasswordExpired)
        {
        }
    }

    /// <summary>The caller cancelled the operation.</summary>
    public sealed partial class CancelledException : ConnectorException
    {
        internal CancelledException(IDictionary<string, object> error) : base(error, ErrorKind.Cancelled)
        {
        }
    }

    /// <summary>The target answered something that its protocol does not allow.</summary>
    public sealed partial class TargetProtocolException : ConnectorException
    {
        internal TargetProtocolException(IDictionary<string, object> error) : base(error, ErrorKind.TargetProtocol)
        {
        }
    }

    /// <summary>A fault in the connector itself.</summary>
    public sealed partial class InternalException : ConnectorException
    {
        internal InternalException(IDictionary<string, object> error) : base(error, ErrorKind.Internal)
        {
        }
    }

    /// <summary>The exception for an error of the protocol.</summary>
    internal static class ExceptionOf
    {
        /// <summary>One of a kind that this version does not know is a <see cref="ConnectorException"/> and no more.</summary>
        public static ConnectorException Kind(ErrorKind kind, IDictionary<string, object> error)
        {
            switch (kind)
            {
                case ErrorKind.InvalidRequest:
                    return new InvalidRequestException(error);
                case ErrorKind.Unsupported:
                    return new UnsupportedException(error);
                case ErrorKind.Configuration:
                    return new ConfigurationException(error);
                case ErrorKind.ServiceAuth:
                    return new ServiceAuthException(error);
                case ErrorKind.ConnectionFailed:
                    return new ConnectionFailedException(error);
                case ErrorKind.ConnectionBroken:
                    return new ConnectionBrokenException(error);
                case ErrorKind.RateLimited:
                    return new RateLimitedException(error);
                case ErrorKind.Unavailable:
                    return new UnavailableException(error);
                case ErrorKind.Timeout:
                    return new TimedOutException(error);
                case ErrorKind.PermissionDenied:
                    return new PermissionDeniedException(error);
                case ErrorKind.NotFound:
                    return new NotFoundException(error);
                case ErrorKind.AlreadyExists:
                    return new AlreadyExistsException(error);
                case ErrorKind.InvalidAttribute:
                    return new InvalidAttributeException(error);
                case ErrorKind.PasswordPolicy:
                    return new PasswordPolicyException(error);
                case ErrorKind.PreconditionFailed:
                    return new PreconditionFailedException(error);
                case ErrorKind.Partial:
                    return new PartialException(error);
                case ErrorKind.Conflict:
                    return new ConflictException(error);
                case ErrorKind.LoginFailed:
                    return new LoginFailedException(error);
                case ErrorKind.PasswordExpired:
                    return new PasswordExpiredException(error);
                case ErrorKind.Cancelled:
                    return new CancelledException(error);
                case ErrorKind.TargetProtocol:
                    return new TargetProtocolException(error);
                case ErrorKind.Internal:
                    return new InternalException(error);
                default:
                    return new ConnectorException(error);
            }
        }
    }
}
