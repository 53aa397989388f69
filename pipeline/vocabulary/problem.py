"""What may be wrong with a vocabulary, as it is told to the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class VocabularyError(ValueError):
    """A vocabulary of the user's own that cannot be used; the message says what is wrong and where."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line of a table (0: in the table), and what to do."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.words}"


def near(value: str, known: Iterable[str]) -> str:
    """` (did you mean …?)` where something known is like it."""
    close = difflib.get_close_matches(value, [name for name in known if name], 1, 0.7)
    return f" (did you mean {close[0]!r}?)" if close else ""


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]
