# Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
"""One exception for each kind of error of the protocol."""

from ._failure import ConnectorError
from ._generated_words import ErrorKind


class InvalidRequestError(ConnectorError):
    """The request makes no sense as it stands; the caller has to change it."""

    kind = ErrorKind.INVALID_REQUEST


class UnsupportedError(ConnectorError):
    """The connector does not do this, and its manifest says so."""

    kind = ErrorKind.UNSUPPORTED


class ConfigurationError(ConnectorError):
    """The configuration is incomplete or contradictory."""

    kind = ErrorKind.CONFIGURATION


class ServiceAuthError(ConnectorError):
    """The target refused the connector's own credentials."""

    kind = ErrorKind.SERVICE_AUTH


class ConnectionFailedError(ConnectorError):
    """No connection came about: name resolution, routing, TLS."""

    kind = ErrorKind.CONNECTION_FAILED


class ConnectionBrokenError(ConnectorError):
    """A connection was lost in the middle of an exchange."""

    kind = ErrorKind.CONNECTION_BROKEN


class RateLimitedError(ConnectorError):
    """The target asks to slow down."""

    kind = ErrorKind.RATE_LIMITED


class UnavailableError(ConnectorError):
    """The target is in maintenance, or overloaded."""

    kind = ErrorKind.UNAVAILABLE


class TimedOutError(ConnectorError):
    """The deadline passed before an answer came."""

    kind = ErrorKind.TIMEOUT


class PermissionDeniedError(ConnectorError):
    """The connector's user may not do this."""

    kind = ErrorKind.PERMISSION_DENIED


class NotFoundError(ConnectorError):
    """There is no such object."""

    kind = ErrorKind.NOT_FOUND


class AlreadyExistsError(ConnectorError):
    """An object with this identifier or name exists already."""

    kind = ErrorKind.ALREADY_EXISTS


class InvalidAttributeError(ConnectorError):
    """The target does not accept an attribute or its value."""

    kind = ErrorKind.INVALID_ATTRIBUTE


class PasswordPolicyError(ConnectorError):
    """The password does not satisfy the target's policy."""

    kind = ErrorKind.PASSWORD_POLICY


class PreconditionFailedError(ConnectorError):
    """The object is not as the writer expected; nothing was written."""

    kind = ErrorKind.PRECONDITION_FAILED


class PartialError(ConnectorError):
    """Some parts of the change were made, others not."""

    kind = ErrorKind.PARTIAL


class ConflictError(ConnectorError):
    """Somebody else is changing the same object."""

    kind = ErrorKind.CONFLICT


class LoginFailedError(ConnectorError):
    """The credentials given to ``authenticate`` are wrong."""

    kind = ErrorKind.LOGIN_FAILED


class PasswordExpiredError(ConnectorError):
    """The credentials given to ``authenticate`` are right, but the password has expired."""

    kind = ErrorKind.PASSWORD_EXPIRED


class CancelledError(ConnectorError):
    """The caller cancelled the operation."""

    kind = ErrorKind.CANCELLED


class TargetProtocolError(ConnectorError):
    """The target answered something that its protocol does not allow."""

    kind = ErrorKind.TARGET_PROTOCOL


class InternalError(ConnectorError):
    """A fault in the connector itself."""

    kind = ErrorKind.INTERNAL


__all__ = [
    "InvalidRequestError",
    "UnsupportedError",
    "ConfigurationError",
    "ServiceAuthError",
    "ConnectionFailedError",
    "ConnectionBrokenError",
    "RateLimitedError",
    "UnavailableError",
    "TimedOutError",
    "PermissionDeniedError",
    "NotFoundError",
    "AlreadyExistsError",
    "InvalidAttributeError",
    "PasswordPolicyError",
    "PreconditionFailedError",
    "PartialError",
    "ConflictError",
    "LoginFailedError",
    "PasswordExpiredError",
    "CancelledError",
    "TargetProtocolError",
    "InternalError",
]
