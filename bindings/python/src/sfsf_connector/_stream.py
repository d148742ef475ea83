"""Streams: the events of one request, pulled as they are wanted."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Callable, Dict, Iterator, List, Optional, Type

from . import _json
from ._library import OK, WAIT, Library
from ._object import ConnectorObject
from ._problem import Problem
from .errors import CancelledError, InvalidRequestError, error_of
from .results import Gone, Progress, Summary

#: How long the library waits before Python gets the chance to notice Ctrl-C.
_WAIT_MS = 250
_AT_A_TIME = 200


class Events:
    """The events of one request as lines of JSON. The last one is a result or an error, and is no exception.

    They are gone through once, and keep the connection open that they come from.
    """

    def __init__(self, library: Library, connection: Optional[int], request: bytes, owner: object = None) -> None:
        self._library = library
        self._owner: object = owner
        self._handle: Optional[int] = None
        self._lines: List[bytes] = []
        self.ended = False
        self._handle = library.start(connection, request)

    def __iter__(self) -> "Events":
        if self.over:
            raise InvalidRequestError("these events were gone through, or left; ask again for others")
        return self

    def __next__(self) -> bytes:
        while True:
            try:
                return self._lines.pop(0)
            except IndexError:
                # None has come yet, or another thread has closed it.
                pass
            if self.ended:
                raise StopIteration
            self._pull()

    @property
    def over(self) -> bool:
        """Whether no event is left."""
        return self.ended and not self._lines

    def _pull(self) -> None:
        try:
            status, text = self._library.next(self._handle, _WAIT_MS, _AT_A_TIME)
        except BaseException:
            # Ctrl-C, of which nobody knows what it lost.
            self.close()
            raise
        if status == WAIT or self.ended:
            # The latter, if another thread has let go of it.
            return
        if status == OK:
            self._lines = text.splitlines()
            return
        self.close()
        self._lines = [text]

    def cancel(self) -> None:
        """Ends the request with an error of kind ``cancelled``. It may be called from any thread."""
        self._library.cancel(self._handle)

    def close(self) -> None:
        """Frees the stream. What has not ended is cancelled."""
        handle, self._handle = self._handle, None
        self._lines = []
        self.ended = True
        if handle is not None:
            self._library.free(handle)
        self._owner = None

    def __del__(self) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError("the events of a request cannot be copied or written down")


class Stream(Iterator[ConnectorObject]):
    """The objects that a search or an import brings.

    Iterate over it, and leave whenever you have enough: as a context manager, or when nobody holds it any more, it
    asks the tenant for nothing more. When the iteration is over, ``summary`` says how it ended. Records that could
    not be read do not end it; they are in ``problems``, and given to ``on_problem``.

    Go through it once: another iteration, after its end or after it was left, is an error and not nobody. If it is closed
    while somebody goes through it, they get :class:`~sfsf_connector.errors.CancelledError`, since what came is not the whole. It
    keeps its connection open.
    """

    def __init__(
        self,
        events: Events,
        on_problem: Optional[Callable[[Problem], None]] = None,
        on_progress: Optional[Callable[[Progress], None]] = None,
        on_checkpoint: Optional[Callable[[str], None]] = None,
    ) -> None:
        self._events = events
        self._on_problem = on_problem
        self._on_progress = on_progress
        self._on_checkpoint = on_checkpoint
        #: The records that could not be read, or not all of them, as far as they came.
        self.problems: List[Problem] = []
        #: The objects that are gone, as far as they came.
        self.gone: List[Gone] = []
        #: How the stream ended; ``None`` until then.
        self.summary: Optional[Summary] = None
        self._failed = False

    def __iter__(self) -> "Stream":
        if self._events.over:
            raise InvalidRequestError("this stream was gone through, or left; ask again for another one")
        return self

    def __next__(self) -> ConnectorObject:
        line = next(self._events, None)
        while line is not None:
            found = self._take(_json.read(line))
            if found is not None:
                return found
            line = next(self._events, None)
        if self.summary is None and not self._failed:
            raise CancelledError("the stream was left before its end")
        raise StopIteration

    def _take(self, event: Dict[str, Any]) -> Optional[ConnectorObject]:
        method = event.get("method")
        if method == "item":
            return ConnectorObject.of(event["params"]["object"])
        if method == "problem":
            problem = Problem.of(event["params"])
            self.problems.append(problem)
            if self._on_problem is not None:
                self._on_problem(problem)
        elif method == "progress":
            if self._on_progress is not None:
                self._on_progress(Progress.of(event["params"]["progress"]))
        elif method == "gone":
            self.gone.append(Gone.of(event["params"]["gone"]))
        elif method == "checkpoint":
            if self._on_checkpoint is not None:
                self._on_checkpoint(event["params"]["sync_token"])
        elif "result" in event:
            self.summary = Summary.of(event["result"])
            self._events.close()
        elif "error" in event:
            self._failed = True
            self._events.close()
            raise error_of(event)
        # Events of a newer library are passed over.
        return None

    def cancel(self) -> None:
        """Ends the stream with :class:`~sfsf_connector.errors.CancelledError`. It may be called from any thread."""
        self._events.cancel()

    def close(self) -> None:
        """Ends the stream. The tenant is asked for nothing more."""
        self._events.close()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


def only_answer(events: Events) -> Any:
    """The result of a request that has one answer. Leaving early, as by Ctrl-C, cancels it."""
    try:
        for line in events:
            event = _json.read(line)
            if "error" in event:
                raise error_of(event)
            if "result" in event:
                return event["result"]
    finally:
        events.close()
    raise InvalidRequestError("the request has ended without an answer")
