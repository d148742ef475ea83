"""What can go wrong: one exception class for each kind of error of the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Dict, List, Mapping, Optional, Type, Union

from . import _json


@dataclass(frozen=True)
class TargetAnswer:
    """What the tenant itself said."""

    status: Optional[int] = None
    code: Optional[str] = None
    text: Optional[str] = None


class ConnectorError(Exception):
    """A failure: what went wrong, whether to try again, and what became of the change.

    Decide by the class (or ``kind``), ``retry`` and ``effect``; the message is for people.
    """

    #: The kind of error, as the protocol names it.
    kind: str = "internal"
    #: The event that brought it, as it came; ``None`` if the error comes from this package.
    event: Optional[bytes] = None

    def __init__(self, message: str, data: Optional[Mapping[str, Any]] = None, code: int = 0) -> None:
        super().__init__(message)
        data = data or {}
        #: One sentence for people.
        self.message: str = message
        #: The JSON-RPC code.
        self.code: int = code
        #: ``never``, or ``later``.
        self.retry: str = data.get("retry", "never")
        after = data.get("retry_after_ms")
        #: The shortest wait that the tenant asked for.
        self.retry_after: Optional[timedelta] = None if after is None else timedelta(milliseconds=after)
        #: What became of the change: ``not_applied``, ``unknown`` or ``applied``.
        self.effect: str = data.get("effect", "not_applied")
        self.operation: Optional[str] = data.get("operation")
        self.object_class: Optional[str] = data.get("object_class")
        self.uid: Optional[str] = data.get("uid")
        #: The attributes that are at fault.
        self.attributes: List[str] = list(data.get("attributes", ()))
        target = data.get("target")
        #: What the tenant itself said, if it said anything.
        self.target: Optional[TargetAnswer] = None
        if target is not None:
            self.target = TargetAnswer(target.get("status"), target.get("code"), target.get("text"))
        #: What to do next, where that is known.
        self.advice: Optional[str] = data.get("advice")
        #: The id of the call in logs and at the tenant.
        self.correlation_id: Optional[str] = data.get("correlation_id")


class InvalidRequest(ConnectorError):
    """The request makes no sense as it stands."""

    kind = "invalid_request"


class Unsupported(ConnectorError):
    """The connector, or this tenant, does not do this."""

    kind = "unsupported"


class Configuration(ConnectorError):
    """The configuration is incomplete or contradictory."""

    kind = "configuration"


class ServiceAuth(ConnectorError):
    """The tenant refused the connector's own credentials."""

    kind = "service_auth"


class ConnectionFailed(ConnectorError):
    """No connection came about."""

    kind = "connection_failed"


class ConnectionBroken(ConnectorError):
    """A connection was lost in the middle of an exchange."""

    kind = "connection_broken"


class RateLimited(ConnectorError):
    """The tenant asks to slow down."""

    kind = "rate_limited"


class Unavailable(ConnectorError):
    """The tenant is in maintenance, or overloaded."""

    kind = "unavailable"


class Timeout(ConnectorError):
    """The deadline passed before an answer came."""

    kind = "timeout"


class PermissionDenied(ConnectorError):
    """The connector's user may not do this."""

    kind = "permission_denied"


class NotFound(ConnectorError):
    """There is no such object."""

    kind = "not_found"


class AlreadyExists(ConnectorError):
    """An object with this uid or name exists already."""

    kind = "already_exists"


class InvalidAttribute(ConnectorError):
    """The tenant does not accept an attribute or its value."""

    kind = "invalid_attribute"


class PasswordPolicy(ConnectorError):
    """The password does not satisfy the tenant's policy."""

    kind = "password_policy"


class PreconditionFailed(ConnectorError):
    """The object changed since it was read."""

    kind = "precondition_failed"


class Partial(ConnectorError):
    """Some parts of the change were made, others not."""

    kind = "partial"


class Conflict(ConnectorError):
    """Somebody else is changing the same object."""

    kind = "conflict"


class LoginFailed(ConnectorError):
    """Wrong credentials were given to ``authenticate``."""

    kind = "login_failed"


class PasswordExpired(ConnectorError):
    """Right credentials, but the password has expired."""

    kind = "password_expired"


class Cancelled(ConnectorError):
    """The caller cancelled the operation."""

    kind = "cancelled"


class TargetProtocol(ConnectorError):
    """The tenant answered something that its protocol does not allow."""

    kind = "target_protocol"


class Internal(ConnectorError):
    """A fault in the connector itself."""

    kind = "internal"


#: The class of each kind.
CLASSES: Dict[str, Type[ConnectorError]] = {cls.kind: cls for cls in ConnectorError.__subclasses__()}


def error_of(event: Union[bytes, Mapping[str, Any]]) -> ConnectorError:
    """The exception for an event that is, or holds, an error."""
    if not isinstance(event, bytes):
        return _error_of(event)
    try:
        exception = _error_of(_json.read(event))
    except _json.NotJson:
        return Internal("the library failed without saying why")
    exception.event = event
    return exception


def _error_of(event: Mapping[str, Any]) -> ConnectorError:
    error = event.get("error", event)
    data = error.get("data", {})
    # A kind that a newer library may have is still an error.
    cls = CLASSES.get(data.get("kind", ""), ConnectorError)
    exception = cls(error.get("message", ""), data, error.get("code", 0))
    if cls is ConnectorError:
        exception.kind = data.get("kind", "internal")
    return exception
