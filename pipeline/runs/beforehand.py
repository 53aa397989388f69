"""What keeps a refresh from beginning at all: told at once, and no run of it stays in Dagster's history."""

import json
import shlex
from datetime import UTC, datetime

from pipeline.settings import Settings


def cannot_begin(settings: Settings) -> str | None:
    """Why nothing can be read with these settings, and what to do; None where a run may begin."""
    here = settings.source is None
    missing = (
        (
            here and settings.raw.is_dir() and not any(settings.raw.iterdir()),
            f"No file stands in the raw folder {settings.raw}. Put reports into it, or name another with "
            "--raw.",
        ),
        (
            here and settings.raw.is_file(),
            f"{settings.raw} is a file, and a folder of files is read. Name its folder: --raw "
            f"{shlex.quote(str(settings.raw.parent))}",
        ),
        (
            here and not settings.raw.exists(),
            f"There is no folder of raw files at {settings.raw}. Make it and put reports into it, or name "
            "another with --raw.",
        ),
        (
            settings.vocabulary is not None and not settings.vocabulary.is_dir(),
            f"There is no folder of words at {settings.vocabulary}. Name another with --vocabulary.",
        ),
    )
    reasons = [said for is_so, said in missing if is_so]
    if not reasons:
        return None
    kept = f"{settings.warehouse} stands as it was." if settings.warehouse.exists() else ""
    return "\n".join(filter(None, ("Nothing was published.", *reasons, kept)))


def as_line(reason: str) -> str:
    """The reason as the one line of JSON that this refresh writes: as those of a run, but of none."""
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    return json.dumps(
        {"time": now, "level": "ERROR", "message": " ".join(reason.split())}, ensure_ascii=False
    )
