"""Reading what the protocol has in the fields of its objects."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, TypeVar

_Made = TypeVar("_Made")


def optional(make: Callable[[Any], _Made], json: Any) -> Optional[_Made]:
    """What is made of a field; nothing of none."""
    return None if json is None else make(json)


def each(make: Callable[[Any], _Made], json: Optional[Iterable[Any]]) -> List[_Made]:
    """What is made of each element of a list."""
    return [make(one) for one in json or ()]


def members(make: Callable[[Any], _Made], json: Optional[Mapping[str, Any]]) -> Dict[str, _Made]:
    """What is made of each member of an object, by its name."""
    return {name: make(one) for name, one in (json or {}).items()}


def duration(milliseconds: int) -> timedelta:
    """A span of time."""
    return timedelta(milliseconds=milliseconds)
