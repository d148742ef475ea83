"""Values of attributes: what JSON has no type for is tagged on the wire and has a type of its own here."""

from __future__ import annotations

import base64
import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Union


class Secret:
    """A secret text, and nothing but a text. It prints as ``[redacted]``; ``reveal`` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise TypeError(f"a secret is a text, and no {type(text).__name__}")
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


#: Values within values. What is deeper, or holds itself, is no value.
_DEEPEST = 100
#: What every reader of JSON keeps exactly.
_EXACT = 1 << 53
_64_BITS = 1 << 63
#: The largest exponent of a decimal number.
_LARGEST_EXPONENT = 1000
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def to_wire(value: Any) -> Any:
    """A value, or what is made of values, as the protocol has it.

    Raises ``ValueError`` for what cannot be carried as it is; the sentence has no part of the value in it.
    """
    return _wire(value, 0)


def _wire(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("it is nested too deeply, or holds itself")
    if isinstance(value, Mapping):
        return {_name(key): _wire(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_wire(inner, depth + 1) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return _integer(int(value))
    if isinstance(value, (float, Decimal)):
        return {"$decimal": _decimal(Decimal(repr(float(value))) if isinstance(value, float) else value)}
    return _tagged(value)


def _tagged(value: Any) -> Any:
    if isinstance(value, Secret):
        return {"$secret": _text(value.reveal())}
    if isinstance(value, Reference):
        return {"$reference": {"object_class": _text(value.object_class), "uid": _text(value.uid)}}
    if isinstance(value, datetime):
        return {"$date_time": _time(value)}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, (bytes, bytearray)):
        return {"$binary": base64.b64encode(value).decode()}
    raise ValueError(f"a {type(value).__name__} is no value of an attribute")


def _name(key: Any) -> str:
    if not isinstance(key, str):
        raise ValueError(f"a name is a text, and no {type(key).__name__}")
    return _text(key)


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError(f"it takes a text, and no {type(text).__name__}")
    if _HALF_A_CHARACTER.search(text):
        raise ValueError("half a character (a surrogate that stands alone) is no text")
    return text


def _integer(number: int) -> Any:
    if not -_64_BITS <= number < _64_BITS:
        raise ValueError("it is a whole number of more than 64 bits")
    return number if abs(number) <= _EXACT else {"$integer": str(number)}


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError("what is no number, or infinite, cannot be carried")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and max(abs(exponent), abs(number.adjusted())) > _LARGEST_EXPONENT:
        raise ValueError(f"it has an exponent beyond {_LARGEST_EXPONENT}")
    return format(number, "f")


def _time(time: datetime) -> str:
    """With its own offset: where a day is wanted, it is the day of this clock."""
    offset = time.utcoffset()
    if offset is None:
        raise ValueError("a time needs its time zone; take a date for a day")
    if offset.total_seconds() % 60:
        raise ValueError("the offset of its time zone has seconds")
    return time.isoformat()


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
