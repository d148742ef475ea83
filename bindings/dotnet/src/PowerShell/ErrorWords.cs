namespace Sfsf.Connector.PowerShell
{
    /// <summary>Words for a kind of error that others have.</summary>
    public static class ErrorWords
    {
        /// <summary>The word of OpenIAM's connector contract, the same as in the worker's replies.</summary>
        public static string OpenIam(string kind)
        {
            switch (kind)
            {
                case "invalid_request":
                    return "malformedRequest";
                case "unsupported":
                    return "unsupportedOperation";
                case "configuration":
                    return "invalidConfiguration";
                case "service_auth":
                case "login_failed":
                case "password_expired":
                    return "authenticationFailed";
                case "connection_failed":
                case "connection_broken":
                case "rate_limited":
                case "unavailable":
                    return "systemUnavailable";
                case "timeout":
                    return "timeLimitExceeded";
                case "permission_denied":
                    return "insufficientRights";
                case "not_found":
                    return "noSuchIdentifier";
                case "already_exists":
                    return "alreadyExists";
                case "invalid_attribute":
                    return "invalidAttribute";
                case "password_policy":
                case "precondition_failed":
                    return "constraintViolation";
                case "partial":
                case "conflict":
                case "cancelled":
                    return "operationError";
                default:
                    return "connectorError";
            }
        }

        /// <summary>PowerShell's category of errors.</summary>
        public static string Category(string kind)
        {
            switch (kind)
            {
                case "invalid_request":
                case "invalid_attribute":
                case "password_policy":
                case "configuration":
                    return "InvalidArgument";
                case "unsupported":
                    return "NotImplemented";
                case "service_auth":
                case "login_failed":
                case "password_expired":
                    return "AuthenticationError";
                case "connection_failed":
                case "connection_broken":
                    return "ConnectionError";
                case "rate_limited":
                case "unavailable":
                    return "ResourceUnavailable";
                case "timeout":
                    return "OperationTimeout";
                case "permission_denied":
                    return "PermissionDenied";
                case "not_found":
                    return "ObjectNotFound";
                case "already_exists":
                    return "ResourceExists";
                case "cancelled":
                    return "OperationStopped";
                case "conflict":
                case "precondition_failed":
                    return "ResourceBusy";
                case "target_protocol":
                    return "ProtocolError";
                default:
                    return "NotSpecified";
            }
        }
    }
}
