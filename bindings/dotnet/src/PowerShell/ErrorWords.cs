namespace Sfsf.Connector.PowerShell
{
    public static partial class ErrorWords
    {
        /// <summary>PowerShell's category of errors.</summary>
        public static string Category(ErrorKind kind)
        {
            switch (kind)
            {
                case ErrorKind.InvalidRequest:
                case ErrorKind.InvalidAttribute:
                case ErrorKind.PasswordPolicy:
                case ErrorKind.Configuration:
                    return "InvalidArgument";
                case ErrorKind.Unsupported:
                    return "NotImplemented";
                case ErrorKind.ServiceAuth:
                case ErrorKind.LoginFailed:
                case ErrorKind.PasswordExpired:
                    return "AuthenticationError";
                case ErrorKind.ConnectionFailed:
                case ErrorKind.ConnectionBroken:
                    return "ConnectionError";
                case ErrorKind.RateLimited:
                case ErrorKind.Unavailable:
                    return "ResourceUnavailable";
                case ErrorKind.Timeout:
                    return "OperationTimeout";
                case ErrorKind.PermissionDenied:
                    return "PermissionDenied";
                case ErrorKind.NotFound:
                    return "ObjectNotFound";
                case ErrorKind.AlreadyExists:
                    return "ResourceExists";
                case ErrorKind.Cancelled:
                    return "OperationStopped";
                case ErrorKind.Conflict:
                case ErrorKind.PreconditionFailed:
                    return "ResourceBusy";
                case ErrorKind.TargetProtocol:
                    return "ProtocolError";
                default:
                    return "NotSpecified";
            }
        }
    }
}
