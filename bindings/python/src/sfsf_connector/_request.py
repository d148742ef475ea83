"""The parameters of requests: from what Python has to what the protocol has."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from ._generated_errors import InvalidAttributeError, InvalidRequestError
from ._generated_words import LogLevel, SaveMode
from .values import Secret, to_wire

#: A span of time: seconds, or a ``timedelta``.
Seconds = Union[float, timedelta]
#: Keys of the configuration and their values, such as another ``username``.
Credentials = Mapping[str, Union[Secret, str]]


def meta_of(
    deadline: Optional[Seconds],
    correlation_id: Optional[str],
    idempotency_key: Optional[str],
    credentials: Optional[Credentials],
    log: Optional[LogLevel],
    strict: bool,
) -> Dict[str, Any]:
    """What accompanies a request."""
    secrets = None
    if credentials is not None:
        if not isinstance(credentials, Mapping):
            raise InvalidRequestError(f"credentials takes a mapping, and no {type(credentials).__name__}")
        secrets = {key: secret_of("credentials", one) for key, one in credentials.items()}
    return with_those(
        {},
        deadline_ms=milliseconds("deadline", deadline),
        correlation_id=correlation_id,
        idempotency_key=idempotency_key,
        credentials=secrets,
        log=log,
        strict=strict or None,
    )


def with_those(params: Dict[str, Any], **more: Any) -> Dict[str, Any]:
    """These, and those that are there."""
    params.update((name, value) for name, value in more.items() if value is not None)
    return params


def names(parameter: str, given: Optional[Iterable[str]]) -> Optional[List[str]]:
    return None if given is None else listed(parameter, given)


def listed(parameter: str, values: Any) -> List[Any]:
    """A list. A text would be a list of its letters, which nobody means."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise InvalidRequestError(f"{parameter} takes a list, and no {type(values).__name__}")
    return list(values)


def sort_key(key: Union[str, Tuple[str, bool]]) -> Dict[str, Any]:
    pair = key if isinstance(key, tuple) else (key, True)
    if len(pair) != 2:
        raise InvalidRequestError("sort_keys takes names, and pairs of a name and whether the order is ascending")
    return {"attribute": pair[0], "ascending": pair[1]}


def page_of(size: Optional[int], cookie: Optional[str], offset: Optional[int]) -> Optional[Dict[str, Any]]:
    if size is not None:
        return with_those({"size": size}, cookie=cookie, offset=offset)
    if cookie is not None or offset is not None:
        raise InvalidRequestError("cookie and offset need a page_size: without one, everything comes from the beginning")
    return None


def milliseconds(parameter: str, seconds: Union[float, timedelta, None]) -> Optional[int]:
    """No limit, if it is infinite."""
    if isinstance(seconds, timedelta):
        seconds = seconds.total_seconds()
    if seconds is None or seconds == math.inf:
        return None
    if not isinstance(seconds, (int, float)) or not seconds >= 0:
        raise InvalidRequestError(f"{parameter} takes a number of seconds, 0 or more")
    return math.ceil(seconds * 1000)


def secret_of(parameter: str, secret: Any) -> Secret:
    if isinstance(secret, (Secret, str)):
        return secret if isinstance(secret, Secret) else Secret(secret)
    raise InvalidRequestError(f"{parameter} takes a text or a Secret, and no {type(secret).__name__}")


def day_of(parameter: str, day: Optional[date]) -> Optional[str]:
    """A day, and no time: of which zone its day would be is not for us to guess."""
    if day is None:
        return None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InvalidRequestError(f"{parameter} takes a date, and no {type(day).__name__}")
    return day.isoformat()


def save_of(
    object_class: str,
    uid: Optional[str],
    attributes: Mapping[str, Any],
    mode: Union[SaveMode, str],
    effective_date: Optional[date],
    expected: Optional[Mapping[str, Any]],
) -> Dict[str, Any]:
    """A save but for its class."""
    made = {"mode": mode, "attributes": attributes_of("attributes", object_class, uid, attributes)}
    believed = None
    if expected is not None:
        believed = attributes_of("expected", object_class, uid, expected)
        believed = {name: _list_of(values) for name, values in believed.items()}
    return with_those(made, uid=uid, effective_date=day_of("effective_date", effective_date), expected=believed)


def _list_of(values: Any) -> List[Any]:
    return [] if values is None else values if isinstance(values, list) else [values]


def attributes_of(parameter: str, object_class: str, uid: Optional[str], attributes: Any) -> Dict[str, Any]:
    """The values of attributes as the protocol has them. What cannot be carried is refused with its attribute."""
    if not isinstance(attributes, Mapping):
        raise InvalidRequestError(f"{parameter} takes a mapping, and no {type(attributes).__name__}")
    made: Dict[str, Any] = {}
    for name, value in attributes.items():
        if not isinstance(name, str):
            raise InvalidRequestError(f"the name of an attribute is a text, and no {type(name).__name__}")
        try:
            made[name] = to_wire(value)
            continue
        except ValueError as error:
            reason = str(error)
        data = {"attributes": [name], "operation": "save", "object_class": object_class, "uid": uid}
        raise InvalidAttributeError(f"save: '{name}': {reason}", data)
    return made


def carried(parameter: str, value: Any) -> Any:
    """A parameter as the protocol has it."""
    try:
        return to_wire(value)
    except ValueError as error:
        reason = str(error)
    raise InvalidRequestError(f"{parameter}: {reason}")
