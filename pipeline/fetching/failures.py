"""Why something could not be fetched, and what to do: codes and sentences stand in `failures.csv`."""

import csv
from datetime import datetime
from functools import cache
from pathlib import Path


class FetchFailure(Exception):
    """Something that could not be fetched. `reason` is a code of failures.csv, `detail` says what to do.

    `status` is the server's, where there was an answer; `retry_at` the time (UTC) before which it asks to be
    left alone. `host_failed` says that others at the same host would meet the same.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
        host_failed: bool = False,
        **facts: object,
    ) -> None:
        self.reason, self.status, self.retry_at, self.host_failed = reason, status, retry_at, host_failed
        self.detail = _details()[reason].format(status=status, **facts)
        super().__init__(f"{reason}: {self.detail}")


@cache
def _details() -> dict[str, str]:
    with Path(__file__).with_name("failures.csv").open(encoding="utf-8", newline="") as lines:
        return {row["reason"]: row["detail"] for row in csv.DictReader(lines)}
