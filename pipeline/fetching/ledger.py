"""What was asked for and what came: `raw/fetched/fetches.csv`, a row for each visit, only ever added to."""

import csv
import io
import json
import os
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

FOLDER = "fetched"  # of the raw folder
NAME = "fetches.csv"
LISTED, NEW, CHANGED, UNCHANGED, FAILED = "listed", "new", "changed", "unchanged", "failed"


@dataclass(frozen=True)
class Visit:
    """One visit, in the order of the columns. Times are UTC.

    `outcome` is listed (a listing page), new, changed (a new version was kept), unchanged, or failed with
    `reason` and `detail`. `pattern` is what the links of a listing had to fit; `links` are the addresses that
    were found there, with what each is (listing, page, file). `file` is the path below the raw folder of what
    was kept. `retry_at`: not before.
    """

    fetched_at: datetime
    source: str
    address: str
    role: str
    outcome: str
    reason: str | None = None
    detail: str | None = None
    found_on: str | None = None
    pattern: str | None = None
    final_address: str | None = None
    status: int | None = None
    file: str | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_at: datetime | None = None
    links: tuple[tuple[str, str], ...] | None = None
    headers: tuple[tuple[str, str], ...] | None = None


COLUMNS = tuple(field.name for field in fields(Visit))
TIMES = ("fetched_at", "retry_at")
NUMBERS = ("status", "size_bytes")
LISTS = ("links", "headers")


class Ledger:
    """The visits of one raw folder, by address: the `last`, the last that left a file (`kept`), the last that
    got all there was (`whole`), and the last `links` found there."""

    def __init__(self, raw: Path) -> None:
        self.path = raw / FOLDER / NAME
        self.last: dict[str, Visit] = {}
        self.kept: dict[str, Visit] = {}
        self.whole: dict[str, Visit] = {}
        self.links: dict[str, tuple[tuple[str, str], ...]] = {}
        if self.path.is_file():
            self._mend()
            with self.path.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    self._note(_visit(row))

    def add(self, visit: Visit) -> None:
        """Write a visit down; it is on the disk when this returns."""
        new = not self.path.exists()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow([_cell(name, getattr(visit, name)) for name in COLUMNS])
        with self.path.open("ab") as file:
            file.write(text.getvalue().encode())
            file.flush()
            os.fsync(file.fileno())
        self._note(visit)

    def _note(self, visit: Visit) -> None:
        self.last[visit.address] = visit
        if visit.file and visit.outcome in (NEW, CHANGED):
            self.kept[visit.address] = visit
        if visit.status == 200 and visit.outcome != FAILED:
            self.whole[visit.address] = visit
        if visit.links is not None:
            self.links[visit.address] = visit.links

    def _mend(self) -> None:
        """Cut off a last line that a stopped run has left half written."""
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            with self.path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    if name in LISTS:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return " ".join(str(value).splitlines())  # a row is a line


def _visit(row: dict[str, str]) -> Visit:
    cells: dict[str, object] = {}
    for name in COLUMNS:
        cell = row.get(name) or None
        if cell is None:
            cells[name] = None
        elif name in TIMES:
            cells[name] = datetime.fromisoformat(cell)
        elif name in NUMBERS:
            cells[name] = int(cell)
        elif name in LISTS:
            cells[name] = tuple((first, second) for first, second in json.loads(cell))
        else:
            cells[name] = cell
    return Visit(**cells)  # type: ignore[arg-type]
