"""Visits as a guest should: asks robots.txt first, pauses between requests to a host, follows few redirects,
and looks at every address on the way."""

import time
from collections.abc import Callable, Iterable, Mapping

from protego import Protego

from pipeline.fetching.addresses import clean, host_of, origin_of
from pipeline.fetching.client import NAME, Answer, Client
from pipeline.fetching.failures import FetchFailure

PAUSE = 2.0  # seconds between two requests to one host
LONGEST_PAUSE = 120.0  # of what a robots.txt may ask for
REDIRECTS = 5
MOVED = (301, 302, 303, 307, 308)


class Visitor:
    """A client with manners. `sleep` and `pause` are for tests."""

    def __init__(
        self, client: Client, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.client, self.pause, self.sleep = client, pause, sleep
        self._robots: dict[str, Protego | FetchFailure] = {}
        self._free: dict[str, float] = {}  # host → when it may be asked again

    def wait_for(self, address: str) -> float:
        """Seconds until the host of an address may be asked again."""
        return max(0.0, self._free.get(host_of(address), 0.0) - time.monotonic())

    def visit(
        self, address: str, more: Mapping[str, str] | None = None, private: Iterable[str] = ()
    ) -> Answer:
        """What stands at a clean address, after redirects; `private` are hosts that need not be public.

        Raises FetchFailure.
        """
        self.client.backend.private = set(private)
        seen = {address}
        for _ in range(REDIRECTS + 1):
            self._ask_robots(address)
            answer = self._once(address, more)
            target = answer.header("location")
            if answer.status not in MOVED or not target:
                return answer
            address = clean(target, address)
            if address in seen:
                break
            seen.add(address)
        raise FetchFailure("redirects", found=address, limit=REDIRECTS)

    def _once(self, address: str, more: Mapping[str, str] | None = None, most: int | None = None) -> Answer:
        host = host_of(address)
        if wait := self.wait_for(address):
            self.sleep(wait)
        try:
            return self.client.once(address, more, most)
        finally:
            self._free[host] = time.monotonic() + self._pause_of(origin_of(address))

    def _pause_of(self, origin: str) -> float:
        robots = self._robots.get(origin)
        asked = robots.crawl_delay(NAME) if isinstance(robots, Protego) else None
        return max(self.pause, min(asked or 0.0, LONGEST_PAUSE))

    def _ask_robots(self, address: str) -> None:
        origin = origin_of(address)
        if origin not in self._robots:
            try:
                self._robots[origin] = self._read_robots(origin)
            except FetchFailure as failure:
                if failure.reason == "private_address":  # another source may allow it
                    raise
                self._robots[origin] = failure
        robots = self._robots[origin]
        if isinstance(robots, FetchFailure):
            raise robots
        if not robots.can_fetch(address, NAME):
            raise FetchFailure("robots", host=host_of(address))

    def _read_robots(self, origin: str) -> Protego:
        """The rules of a site; none where it has none. Raises FetchFailure where they can't be known."""
        address, host = f"{origin}/robots.txt", host_of(origin)
        for _ in range(REDIRECTS + 1):
            try:
                answer = self._once(address, most=self.client.limits.robots_bytes)
            except FetchFailure as failure:
                if failure.reason == "too_large":
                    return Protego.parse("")
                if failure.reason not in ("timeout", "broken_answer"):
                    raise
                raise FetchFailure(
                    "robots_unknown", host=host, found=failure.reason, host_failed=True
                ) from None
            target = answer.header("location")
            if answer.status in MOVED and target:
                address = clean(target, address)
                continue
            if answer.status >= 500:
                found = f"status {answer.status}"
                raise FetchFailure(
                    "robots_unknown", status=answer.status, host=host, found=found, host_failed=True
                )
            fine = answer.status == 200 and not answer.data[:512].lstrip().startswith(b"<")
            return Protego.parse(answer.data.decode("utf-8", "replace") if fine else "")
        return Protego.parse("")  # RFC 9309: too many redirects are as none
