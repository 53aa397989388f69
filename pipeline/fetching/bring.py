"""Goes through the sources: which addresses are due, in which order they are asked, and what becomes of them.

One request at a time, the hosts in turn, so that the pause that one of them is owed is spent on the others. A
visit is written down before the next one begins, with the links that it found: a run that was stopped goes
on where it was, because what it found and did not get to is due.
"""

import hashlib
import logging
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from pipeline.fetching.addresses import host_of, same_site
from pipeline.fetching.client import Answer
from pipeline.fetching.failures import FetchFailure
from pipeline.fetching.keep import keep, kind_of, tell_reports
from pipeline.fetching.ledger import CHANGED, FAILED, LISTED, NEW, UNCHANGED, Ledger, Visit
from pipeline.fetching.links import find_links, is_file, suffix_of
from pipeline.fetching.sameness import same_words
from pipeline.fetching.sources import Source
from pipeline.fetching.visitor import Visitor
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.sniff import HTML
from pipeline.reading.reports.given import GivenError

LISTING, PAGE, FILE = "listing", "page", "file"
MOST_VISITS = 500  # of one source in one run; the next run goes on
HOST_FAILURES = 3  # in a row, after which a host is left for the next run
LONGEST_WAIT = timedelta(minutes=2)  # that a server may ask for within a run
TRY_AGAIN = timedelta(days=1)  # after a failure, or sooner where the source is looked at more often
OFFICE = b"schemas-microsoft-com"
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
log = logging.getLogger("minzheng")


@dataclass(frozen=True)
class Errand:
    """An address to ask for, by which source, and how many pages of its listing came before."""

    source: Source
    address: str
    role: str
    found_on: str | None = None
    page: int = 0


class Round:
    """One run through the sources. `now` is a clock of UTC, `again` asks for all, due or not."""

    def __init__(
        self,
        raw: Path,
        visitor: Visitor,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        again: bool = False,
    ) -> None:
        self.raw, self.visitor, self.now, self.again = raw, visitor, now, again
        self.ledger = Ledger(raw)
        self.waiting: dict[str, deque[Errand]] = {}
        self.seen: set[str] = set()
        self.visits: Counter[str] = Counter()
        self.failed_in_row: Counter[str] = Counter()
        self.sites: dict[str, set[str]] = {}
        self.left = 0

    def go(self, sources: Iterable[Source]) -> Iterator[Visit]:
        """Ask for all that is due and give each visit once it is written down.

        `left` counts what was due and is left for the next run.
        """
        for source in sources:
            self.sites[source.address] = {httpx.URL(source.address).host, *source.hosts}
            self._send(Errand(source, source.address, LISTING if source.pattern else PAGE))
        while self.waiting:
            host = min(self.waiting, key=lambda name: self.visitor.wait_for(self.waiting[name][0].address))
            errand = self.waiting[host].popleft()
            if not self.waiting[host]:
                del self.waiting[host]
            if self.visits[errand.source.address] >= MOST_VISITS or self._given_up(host):
                self.left += 1
                continue
            self.visits[errand.source.address] += 1
            visit = self._run(errand)
            self.ledger.add(visit)
            yield visit
            self._follow(errand, visit.links or self.ledger.links.get(errand.address) or ())

    def _send(self, errand: Errand) -> None:
        """Queue an errand, or where it is not due, those that it led to."""
        if errand.address in self.seen:
            return
        self.seen.add(errand.address)
        if self._due(errand):
            self.waiting.setdefault(host_of(errand.address), deque()).append(errand)
        else:
            self._follow(errand, self.ledger.links.get(errand.address) or ())

    def _follow(self, errand: Errand, links: Iterable[tuple[str, str]]) -> None:
        for address, role in links:
            page = errand.page + 1 if role == LISTING else 0
            if role == LISTING and page >= errand.source.pages:
                continue
            self._send(Errand(errand.source, address, role, errand.address, page))

    def _due(self, errand: Errand) -> bool:
        last = self.ledger.last.get(errand.address)
        if last is None or last.role != errand.role or last.pattern != _pattern(errand):
            return True
        now, every = self.now(), errand.source.every
        if last.retry_at and now < last.retry_at:
            return False
        if self.again or (last.retry_at and last.outcome == FAILED):
            return True
        if last.outcome == FAILED:
            every = min(every or TRY_AGAIN, TRY_AGAIN)
        return every is not None and now - last.fetched_at >= every

    def _given_up(self, host: str) -> bool:
        return self.failed_in_row[host] >= HOST_FAILURES

    def _run(self, errand: Errand) -> Visit:
        """One errand, with another try where a server asks to wait a little."""
        host = host_of(errand.address)
        try:
            try:
                visit = self._ask(errand)
            except FetchFailure as failure:
                wait = failure.retry_at - self.now() if failure.retry_at else None
                if wait is None or wait > LONGEST_WAIT:
                    raise
                self.visitor.sleep(max(0.0, wait.total_seconds()))
                visit = self._ask(errand)
            self.failed_in_row[host] = 0
            return visit
        except FetchFailure as failure:
            if failure.retry_at:
                self.failed_in_row[host] = HOST_FAILURES
            self.failed_in_row[host] += failure.host_failed
            return self._visit(
                errand,
                FAILED,
                reason=failure.reason,
                detail=failure.detail,
                status=failure.status,
                retry_at=failure.retry_at,
            )

    def _visit(self, errand: Errand, outcome: str, **more: object) -> Visit:
        at = self.now().replace(microsecond=0)
        more["pattern"] = _pattern(errand)
        where = (errand.source.address, errand.address, errand.role)
        return Visit(at, *where, outcome, found_on=errand.found_on, **more)  # type: ignore[arg-type]

    def _ask(self, errand: Errand) -> Visit:
        """Ask for an address and keep what came. Raises FetchFailure."""
        self._stay(errand)
        answer = self.visitor.visit(errand.address, self._conditions(errand), errand.source.private)
        if answer.status == 304:
            return self._visit(errand, UNCHANGED, status=304, final_address=answer.address)
        if answer.status != 200:
            reason = "gone" if answer.status in (404, 410) else "status"
            raise FetchFailure(reason, status=answer.status)
        if not answer.data.strip():
            raise FetchFailure("empty", status=answer.status)
        if errand.found_on is None:
            self.sites[errand.source.address].add(httpx.URL(answer.address).host)
        visit = self._visit(
            errand,
            LISTED,
            status=answer.status,
            final_address=answer.address,
            sha256=hashlib.sha256(answer.data).hexdigest(),
            size_bytes=len(answer.data),
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            headers=answer.headers,
        )
        if errand.role == LISTING:
            return replace(visit, links=self._listed(errand, answer))
        return self._kept(errand, answer, visit)

    def _stay(self, errand: Errand) -> None:
        """Links lead to other sites only where the source names them."""
        host = httpx.URL(errand.address).host
        if not any(same_site(host, known) for known in self.sites[errand.source.address]):
            raise FetchFailure("other_site", host=host)

    def _conditions(self, errand: Errand) -> dict[str, str]:
        """What a server needs to say that nothing changed, where something could be the same."""
        known = self.ledger.whole.get(errand.address)
        if known is None or known.role != errand.role or known.pattern != _pattern(errand):
            return {}
        if errand.role != LISTING and not (known.file and (self.raw / known.file).is_file()):
            return {}
        told = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in told.items() if value}

    def _listed(self, errand: Errand, answer: Answer) -> tuple[tuple[str, str], ...]:
        if kind_of(answer.data, answer.address) != HTML:
            raise FetchFailure("not_a_listing", status=answer.status)
        links = _links(answer, errand.source.pattern)
        if not links.fitting and not links.following:
            raise FetchFailure("nothing_listed", status=answer.status, found=errand.source.pattern)
        found = [(address, FILE if is_file(address) else PAGE) for address in links.fitting]
        return (*found, *(((links.following, LISTING),) if links.following else ()))

    def _kept(self, errand: Errand, answer: Answer, visit: Visit) -> Visit:
        """A page or file, kept where it is new or another than before."""
        is_page = kind_of(answer.data, answer.address) == HTML
        expected = suffix_of(errand.address)
        saved_as_page = OFFICE in answer.data[:4096]  # a .doc that Word wrote as a page
        if is_page and errand.role == FILE and expected and not saved_as_page:
            raise FetchFailure("not_a_file", status=answer.status, expected=expected)
        if is_page:
            attached = _links(answer).attachments
            here = [(address, FILE) for address in attached if self._near(errand, address)]
            visit = replace(visit, links=tuple(here))
        before = self.ledger.kept.get(errand.address)
        known = self.raw / before.file if before and before.file else None
        if before and known and known.is_file():
            same = before.sha256 == visit.sha256
            if same or (is_page and same_words(known.read_bytes(), answer.data)):
                return replace(visit, outcome=UNCHANGED, file=before.file, headers=None)
        try:
            file = keep(self.raw, errand.address, answer.data, visit.fetched_at, before is not None)
            tell_reports(self.raw, file, errand.address, errand.source)
        except (OSError, GivenError) as error:
            found = getattr(error, "strerror", None) or str(error)
            raise FetchFailure("disk", found=found) from None
        return replace(visit, outcome=CHANGED if before else NEW, file=file)

    def _near(self, errand: Errand, address: str) -> bool:
        host = httpx.URL(address).host
        return any(same_site(host, known) for known in self.sites[errand.source.address])


def _pattern(errand: Errand) -> str | None:
    return errand.source.pattern if errand.role == LISTING else None


def _links(answer: Answer, pattern: str | None = None):  # type: ignore[no-untyped-def]
    said = CHARSET.search(answer.header("content-type") or "")
    try:
        return find_links(answer.data, answer.address, said[1] if said else None, pattern)
    except Refusal as refusal:
        raise FetchFailure("broken_answer", status=answer.status, found=refusal.detail) from None
