"""Refusals: why a file cannot be read, and what its owner can do about it.

The codes and their sentences stand in `vocabulary/formats/refusals.csv`. What is thrown here ends as a row of
`core.rejected_files`; nothing here decides whether a file is refused.
"""

from functools import cache

from pipeline import vocabulary


class Refusal(Exception):
    """A file that cannot be used. `reason` is a code of refusals.csv, `detail` says what to do."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        self.detail = _details()[reason].format(**facts)
        super().__init__(f"{reason}: {self.detail}")


@cache
def _details() -> dict[str, str]:
    return {row["reason"]: row["detail"] for row in vocabulary.rows("formats/refusals.csv")}
