"""JSON as RFC 8259 has it: what it does not allow is neither read nor written."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NoReturn, Tuple


class Repeated(ValueError):
    """A key stands in an object twice. One of its values would have to be passed over."""


class NotJson(ValueError):
    """A text is no JSON. The sentence says where, and repeats no part of the text."""


def read(text: bytes, once: bool = False) -> Any:
    """What a text in UTF-8 stands for. Python's own reader takes other encodings, ``NaN`` and ``Infinity`` besides.

    With ``once``, a key that stands in an object twice raises :class:`Repeated`.
    """
    try:
        return json.loads(text.decode(), parse_constant=_refuse, object_pairs_hook=_once if once else None)
    except Repeated:
        raise
    except json.JSONDecodeError as error:
        where = f"{error.msg} at line {error.lineno} column {error.colno}"
    except UnicodeDecodeError as error:
        where = f"byte {error.start} is not UTF-8"
    except RecursionError:
        where = "it is nested too deeply"
    except ValueError as error:
        where = str(error)
    # Out of the handlers: the exceptions there hold the text.
    raise NotJson(f"this is not JSON: {where}")


def write(value: Any) -> bytes:
    """The text of what :func:`~sfsf_connector.values.to_wire` gives."""
    return json.dumps(value, allow_nan=False).encode()


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise Repeated("a key stands there twice")
    return keys


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
