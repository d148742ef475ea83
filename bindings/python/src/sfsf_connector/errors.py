"""What can go wrong: one exception class for each kind of error of the protocol."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Type, Union

from . import _json
from ._failure import ConnectorError as ConnectorError
from ._generated_errors import *  # noqa: F403
from ._generated_errors import InternalError
from ._generated_results import TargetAnswer as TargetAnswer
from ._generated_words import Effect as Effect
from ._generated_words import ErrorKind as ErrorKind
from ._generated_words import Retry as Retry

#: The class of each kind.
CLASSES: Dict[ErrorKind, Type[ConnectorError]] = {cls.kind: cls for cls in ConnectorError.__subclasses__()}


def error_of(event: Union[bytes, Mapping[str, Any]]) -> ConnectorError:
    """The exception for an event that is, or holds, an error."""
    if not isinstance(event, bytes):
        return _error_of(event)
    try:
        exception = _error_of(_json.read(event))
    except _json.NotJson:
        return InternalError("the library failed without saying why")
    exception.event = event
    return exception


def _error_of(event: Mapping[str, Any]) -> ConnectorError:
    error = event.get("error", event)
    data = error.get("data", {})
    # A kind that a newer library may have is still an error.
    cls = CLASSES.get(ErrorKind.of(data.get("kind", "internal")), ConnectorError)
    return cls(error.get("message", ""), data, error.get("code", 0))
