"""What is to be fetched: `raw/sources.csv`, a line for each page, file or listing page.

| column | holds |
| --- | --- |
| address | of a page or a file, or of a listing page |
| pattern | makes it a listing: its links whose text or address this regular expression fits are fetched |
| pages | how many pages of a listing are followed (else 5, at most 200) |
| region, genre, licence | go to `raw/reports.csv` with each file that is brought; empty: read from the text |
| every | `once`, `daily`, `weekly` (the default), `monthly`, `quarterly`, `yearly`, or a number of days |
| hosts | other sites that links may lead to, with blanks between |
| private | hosts (`host` or `host:port`) that may stand in a private network, with blanks between |
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import polars as pl

from pipeline.fetching.addresses import clean, host_of
from pipeline.fetching.failures import FetchFailure
from pipeline.reading.reports.given import GivenError, genres, read_given, region_code
from pipeline.vocabulary.lists import read_lines, stands

FILE_NAME = "sources.csv"
COLUMNS = ("address", "pattern", "pages", "region", "genre", "every", "licence", "hosts", "private")
PERIODS = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "yearly": 365}
ONCE = "once"
PAGES, MOST_PAGES = 5, 200


class SourcesError(ValueError):
    """The list cannot be used; the message names the line and says what to write."""


class NoSources(SourcesError):
    """There is no list; the message says how to begin one."""


@dataclass(frozen=True)
class Source:
    """A line of sources.csv. `every` is None for what is fetched once."""

    line: int
    address: str
    pattern: str | None = None
    pages: int = PAGES
    region: str | None = None
    genre: str | None = None
    every: timedelta | None = timedelta(days=7)
    licence: str | None = None
    hosts: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()


def read_sources(raw: Path) -> list[Source]:
    """The lines of `raw/sources.csv`. Raises SourcesError, with the line and what to write instead."""
    path = raw / FILE_NAME
    if not stands(path, SourcesError):
        raise NoSources(
            f"there is no list of what to fetch at {path}; begin it with the line `address,pattern,region` "
            "and write an address on each line below"
        )
    sources: dict[tuple[str, str | None], Source] = {}
    for line, cells in read_lines(path, SourcesError, COLUMNS[:1], COLUMNS[1:], exact=True):
        source = _read_line(line, cells)
        first = sources.setdefault((source.address, source.pattern), source)
        if first is not source:
            raise SourcesError(f"{_at(source.line)}: line {first.line} is on the same address; keep one")
    _check_reports(raw)
    return list(sources.values())


def _check_reports(raw: Path) -> None:
    """What is brought gets lines in reports.csv, which must be usable before anything is asked for."""
    try:
        read_given(raw)
    except GivenError as error:
        raise SourcesError(f"reports.csv must be in order first: {error}") from None


def _read_line(line: int, cells: dict[str, str | None]) -> Source:
    if cells["address"] is None:
        raise SourcesError(f"{_at(line)}: `address` is empty")
    try:
        address = clean(cells["address"])
    except FetchFailure as failure:
        raise SourcesError(f"{_at(line)}: {failure.detail}") from None
    if cells["genre"] and cells["genre"] not in genres():
        raise SourcesError(f"{_at(line)}: genre {cells['genre']!r} is none of {', '.join(genres())}")
    try:
        region_code(cells["region"])
    except GivenError as error:
        raise SourcesError(f"{_at(line)}: {error}") from None
    source = Source(
        line,
        address,
        _pattern(line, cells["pattern"]),
        _pages(line, cells["pages"], cells["pattern"]),
        every=_every(line, cells["every"]),
        hosts=frozenset((cells["hosts"] or "").split()),
        private=frozenset((cells["private"] or "").split()),
    )
    for name in ("hosts", "private"):
        for host in getattr(source, name):
            _check_host(line, name, host)
    return replace(source, region=cells["region"], genre=cells["genre"], licence=cells["licence"])


def _pattern(line: int, cell: str | None) -> str | None:
    if cell is not None:
        try:
            pl.Series([""]).str.contains(cell)
        except pl.exceptions.ComputeError as error:
            said = " ".join(str(error).split())[:200]
            raise SourcesError(
                f"{_at(line)}: pattern {cell!r} is no regular expression ({said}); "
                "words alone will do: 工作总结"
            ) from None
    return cell


def _pages(line: int, cell: str | None, pattern: str | None) -> int:
    if cell is None:
        return PAGES
    if pattern is None:
        raise SourcesError(f"{_at(line)}: `pages` is for listings; write a `pattern` too, or leave it empty")
    if not cell.isdecimal() or not 1 <= int(cell) <= MOST_PAGES:
        raise SourcesError(f"{_at(line)}: pages {cell!r} is no whole number from 1 to {MOST_PAGES}")
    return int(cell)


def _every(line: int, cell: str | None) -> timedelta | None:
    if cell == ONCE:
        return None
    days = PERIODS.get(cell or "weekly") or (int(cell) if cell and cell.isdecimal() else 0)
    if not 1 <= days <= 3_650:
        choices = ", ".join((ONCE, *PERIODS))
        raise SourcesError(f"{_at(line)}: every {cell!r} is none of {choices}, nor a number of days")
    return timedelta(days=days)


def _check_host(line: int, name: str, host: str) -> None:
    try:
        fine = host_of(clean(f"http://{host}/")) == host or host_of(clean(f"https://{host}/")) == host
    except FetchFailure:
        fine = False
    if not fine:
        raise SourcesError(f"{_at(line)}: {name} {host!r} is no host; write it as www.example.gov.cn")


def _at(line: int) -> str:
    return f"{FILE_NAME} line {line}"
