"""What a closed list of words is in Python."""

from __future__ import annotations

from enum import Enum
from typing import Type, TypeVar

_Word = TypeVar("_Word", bound="Word")


class Word(str, Enum):
    """A word of a closed list of the protocol. It is equal to its text, and prints as it."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def of(cls: Type[_Word], text: str) -> _Word:
        """The word of this text; ``UNKNOWN``, if this version does not know it."""
        try:
            return cls(text)
        except ValueError:
            return cls("unknown")
