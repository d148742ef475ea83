"""JSON as RFC 8259 has it: what it does not allow is neither read nor written."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotJson(ValueError):
    """A text is no JSON. The sentence says where, and repeats no part of the text."""


def read(text: bytes) -> Any:
    """What a text in UTF-8 stands for. Python's own reader takes other encodings, ``NaN`` and ``Infinity`` besides."""
    try:
        return json.loads(text.decode(), parse_constant=_refuse)
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


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
