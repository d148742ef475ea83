"""Values of attributes: what JSON has no type for is tagged on the wire and has a type of its own here."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Dict, List, Union


class Secret:
    """A secret text. It prints as ``[redacted]``; ``reveal`` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text."""
        return self._text

    def __repr__(self) -> str:
        return "[redacted]"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> Any:
        raise TypeError("a secret is not written down")


@dataclass(frozen=True)
class Reference:
    """A pointer to another object."""

    object_class: str
    uid: str


#: A value of an attribute.
Value = Union[str, bool, int, float, Decimal, date, datetime, bytes, Secret, Reference, Dict[str, List[Any]]]


def to_wire(value: Any) -> Any:
    """A value, or what is made of values, as the protocol has it."""
    if isinstance(value, Secret):
        return {"$secret": value.reveal()}
    if isinstance(value, Reference):
        return {"$reference": {"object_class": value.object_class, "uid": value.uid}}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time needs its time zone")
        return {"$date_time": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": format(value, "f")}
    if isinstance(value, bytes):
        return {"$binary": base64.b64encode(value).decode()}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 1 << 53:
        return {"$integer": str(value)}
    if isinstance(value, dict):
        return {key: to_wire(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_wire(inner) for inner in value]
    return value


def from_wire(value: Any) -> Any:
    """A value of the protocol as Python has it. A tag that is not known is left as it is."""
    if isinstance(value, list):
        return [from_wire(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (tag, inner), = value.items()
        if tag == "$date":
            return date.fromisoformat(inner)
        if tag == "$date_time":
            # Before Python 3.11, Z was no time zone.
            return datetime.fromisoformat(inner[:-1] + "+00:00" if inner.endswith("Z") else inner)
        if tag == "$decimal":
            return Decimal(inner)
        if tag == "$integer":
            return int(inner)
        if tag == "$binary":
            return base64.b64decode(inner)
        if tag == "$reference":
            return Reference(inner["object_class"], inner["uid"])
        if tag == "$secret":
            return Secret(inner)
    return {key: from_wire(inner) for key, inner in value.items()}
