"""What is wrong with one record of a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from ._failure import ConnectorError
from ._generated_words import ProblemKind
from .errors import error_of


@dataclass(frozen=True)
class Problem:
    """What is wrong with one record of a stream, which goes on."""

    #: What sort of thing is wrong.
    kind: ProblemKind
    #: ``kind`` as it came, also where ProblemKind does not know the word.
    kind_text: str
    #: What is wrong, with the uid and the attributes that it is about where they are known.
    error: ConnectorError

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Problem:
        """From what the protocol has."""
        return cls(ProblemKind.of(json["kind"]), json["kind"], error_of(json))
