"""All of it: the list of sources → files in the raw folder, and what came of each visit."""

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.fetching.bring import Round
from pipeline.fetching.client import Client
from pipeline.fetching.ledger import FAILED, FOLDER, Visit
from pipeline.fetching.sources import SourcesError, read_sources
from pipeline.fetching.visitor import PAUSE, Visitor

LOCK = ".lock"


@dataclass
class Fetched:
    """What a run brought: sources, visits by outcome, those that failed, how many are left for the next."""

    sources: int
    outcomes: Counter[str] = field(default_factory=Counter)
    failed: list[Visit] = field(default_factory=list)
    left: int = 0


def fetch_sources(
    raw: Path,
    contact: str | None = None,
    again: bool = False,
    pause: float | None = None,
    tell: Callable[[Visit], None] = lambda visit: None,
) -> Fetched:
    """Fetch what is due of `raw/sources.csv`, or with `again` all of it; `tell` hears of each visit.

    Raises SourcesError where the list can't be used, or another fetch is at work on the folder.
    """
    sources = read_sources(raw)
    done = Fetched(len(sources))
    client = Client(contact)
    with _alone(raw / FOLDER):
        try:
            going = Round(raw, Visitor(client, PAUSE if pause is None else pause), again=again)
            for visit in going.go(sources):
                done.outcomes[visit.outcome] += 1
                if visit.outcome == FAILED:
                    done.failed.append(visit)
                tell(visit)
            done.left = going.left
        finally:
            client.close()
    return done


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One fetch at a time: two would be twice the load on a server."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SourcesError(f"another fetch is at work on {folder}; wait until it has ended") from None
        yield
