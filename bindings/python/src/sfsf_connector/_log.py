"""Log lines of the library, pulled by whoever wants them."""

from __future__ import annotations

import time
from typing import Any, Dict, Iterator, Optional

from . import _json
from ._generated_words import LogLevel
from ._library import Library, load

#: How long the library waits before Python gets the chance to notice Ctrl-C.
_WAIT = 0.25


def set_log_level(level: LogLevel, library: Optional[Library] = None) -> None:
    """Sets how much is logged of requests that do not say so themselves; nothing, unless this is called."""
    (library or load()).log_level(list(LogLevel).index(level))


def log_lines(wait: float = 0.0, library: Optional[Library] = None) -> Iterator[Dict[str, Any]]:
    """The log lines since the last look, each a dictionary. Ends when none comes within ``wait`` seconds.

    The library keeps some thousand lines. Whoever wants all of them asks again and again, in a thread of its own.
    """
    library = library or load()
    while True:
        lines = _next(library, wait).splitlines()
        if not lines:
            return
        for line in lines:
            yield _json.read(line)


def _next(library: Library, wait: float) -> bytes:
    """The next lines; none after this time."""
    until = time.monotonic() + wait
    while True:
        left = until - time.monotonic()
        lines = library.log_next(int(min(max(left, 0), _WAIT) * 1000))
        if lines or left <= 0:
            return lines
