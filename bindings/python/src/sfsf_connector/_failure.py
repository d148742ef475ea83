"""What all exceptions of the package have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, List, Mapping, Optional

from ._fields import duration, optional
from ._generated_results import TargetAnswer
from ._generated_words import Effect, ErrorKind, Operation, Retry


class ConnectorError(Exception):
    """A failure: what went wrong, whether to try again, and what became of the change.

    Decide by the class (or ``kind``), ``retry`` and ``effect``; the message is for people. One of a kind that a newer
    library may have is a plain ``ConnectorError``, whose ``kind_text`` says it.
    """

    #: The kind of error.
    kind: ErrorKind = ErrorKind.UNKNOWN
    #: The event that brought it, as it came; ``None`` if the error comes from this package.
    event: Optional[bytes] = None

    def __init__(self, message: str, data: Optional[Mapping[str, Any]] = None, code: int = 0) -> None:
        super().__init__(message)
        data = data or {}
        #: One sentence for people.
        self.message: str = message
        #: The JSON-RPC code.
        self.code: int = code
        #: ``kind`` as it came, also where :class:`ErrorKind` does not know the word.
        self.kind_text: str = data.get("kind", str(self.kind))
        #: ``retry`` as it came, also where :class:`Retry` does not know the word.
        self.retry_text: str = data.get("retry", "never")
        #: Whether the same request may succeed later.
        self.retry: Retry = Retry.of(self.retry_text)
        #: The shortest wait that the tenant asked for.
        self.retry_after: Optional[timedelta] = optional(duration, data.get("retry_after_ms"))
        #: ``effect`` as it came, also where :class:`Effect` does not know the word.
        self.effect_text: str = data.get("effect", "not_applied")
        #: What became of the change.
        self.effect: Effect = Effect.of(self.effect_text)
        #: ``operation`` as it came, also where :class:`Operation` does not know the word.
        self.operation_text: Optional[str] = data.get("operation")
        #: The operation that failed.
        self.operation: Optional[Operation] = optional(Operation.of, self.operation_text)
        self.object_class: Optional[str] = data.get("object_class")
        self.uid: Optional[str] = data.get("uid")
        #: The attributes that are at fault.
        self.attributes: List[str] = list(data.get("attributes", ()))
        #: What the tenant itself said, if it said anything.
        self.target: Optional[TargetAnswer] = optional(TargetAnswer.of, data.get("target"))
        #: What to do next, where that is known.
        self.advice: Optional[str] = data.get("advice")
        #: The id of the call in logs and at the tenant.
        self.correlation_id: Optional[str] = data.get("correlation_id")
