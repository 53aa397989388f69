"""Refusals: why a file cannot be read, and what its owner can do about it.

The codes and their sentences stand in `vocabulary/formats/refusals.csv`. What is thrown here ends as a row of
`core.rejected_files`; nothing here decides whether a file is refused.
"""

import errno
from functools import cache

from pipeline import vocabulary

# What a system says that is short of something: no fault of the file that is read meanwhile.
SHORT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.EIO})


class Refusal(Exception):
    """A file that cannot be used. `reason` is a code of refusals.csv, `detail` says what to do."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        self.detail = _details()[reason].format(**facts)
        super().__init__(f"{reason}: {self.detail}")


def shortage(error: BaseException) -> str | None:
    """What the system was short of when it raised `error`, as of room on its disk; None where it is the
    file's or the code's own fault. Such a file is `unreadable` today, and tried again."""
    if isinstance(error, OSError) and error.errno in SHORT:
        return f"{error.strerror}: {error.filename or 'its temporary folder'}"
    return None


@cache
def _details() -> dict[str, str]:
    return {row["reason"]: row["detail"] for row in vocabulary.rows("formats/refusals.csv")}
