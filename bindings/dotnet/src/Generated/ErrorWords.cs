// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
namespace Sfsf.Connector.PowerShell
{
    /// <summary>Words for a kind of error that others have.</summary>
    public static partial class ErrorWords
    {
        /// <summary>The word of OpenIAM's connector contract, the same as in the worker's replies.</summary>
        public static string OpenIam(ErrorKind kind)
        {
            switch (kind)
            {
                case ErrorKind.InvalidRequest:
                    return "malformedRequest";
                case ErrorKind.Unsupported:
                    return "unsupportedOperation";
                case ErrorKind.Configuration:
                    return "invalidConfiguration";
                case ErrorKind.ServiceAuth:
                    return "authenticationFailed";
                case ErrorKind.ConnectionFailed:
                    return "systemUnavailable";
                case ErrorKind.ConnectionBroken:
                    return "systemUnavailable";
                case ErrorKind.RateLimited:
                    return "systemUnavailable";
                case ErrorKind.Unavailable:
                    return "systemUnavailable";
                case ErrorKind.Timeout:
                    return "timeLimitExceeded";
                case ErrorKind.PermissionDenied:
                    return "insufficientRights";
                case ErrorKind.NotFound:
                    return "noSuchIdentifier";
                case ErrorKind.AlreadyExists:
                    return "alreadyExists";
                case ErrorKind.InvalidAttribute:
                    return "invalidAttribute";
                case ErrorKind.PasswordPolicy:
                    return "constraintViolation";
                case ErrorKind.PreconditionFailed:
                    return "constraintViolation";
                case ErrorKind.Partial:
                    return "operationError";
                case ErrorKind.Conflict:
                    return "operationError";
                case ErrorKind.LoginFailed:
                    return "authenticationFailed";
                case ErrorKind.PasswordExpired:
                    return "authenticationFailed";
                case ErrorKind.Cancelled:
                    return "operationError";
                case ErrorKind.TargetProtocol:
                    return "connectorError";
                case ErrorKind.Internal:
                    return "connectorError";
                default:
                    return "connectorError";
            }
        }
    }
}
