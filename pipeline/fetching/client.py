"""One request and its answer, with bounds on size and time; what goes wrong is a FetchFailure."""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import httpcore
import httpx

from pipeline.fetching.addresses import host_of
from pipeline.fetching.failures import FetchFailure
from pipeline.fetching.transport import CheckedBackend, Resolve, Transport, resolve

NAME = "minzheng"  # by which a robots.txt may speak of us
LONGEST_WAIT = timedelta(days=7)  # a Retry-After beyond it is taken for a mistake


@dataclass(frozen=True)
class Limits:
    """Bounds of one exchange: bytes of a file, bytes of a robots.txt, seconds in all and for each step."""

    file_bytes: int = 64 * 2**20  # as much as is read of a file
    robots_bytes: int = 512 * 2**10  # as RFC 9309 asks for
    seconds: float = 120.0
    step_seconds: float = 20.0


@dataclass(frozen=True)
class Answer:
    """What came: the headers as they were sent, the body with its transfer and content encoding undone."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    data: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name (lower case), if any."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def agent(contact: str | None = None) -> str:
    """How we name ourselves to servers; `contact` is an address of who runs this."""
    about = f"; {contact}" if contact else ""
    return f"{NAME}/{version(NAME)} (reads work reports of civil-affairs bureaus{about})"


class Client:
    """Sends one request at a time. No cookies, no proxies of the environment, no redirects of its own."""

    def __init__(
        self,
        contact: str | None = None,
        limits: Limits | None = None,
        resolver: Resolve = resolve,
    ) -> None:
        self.limits = limits or Limits()
        self.backend = CheckedBackend(resolver)
        self._transport = Transport(self.backend)
        self._headers = {
            "User-Agent": agent(contact),
            "Accept": "*/*",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            "Accept-Encoding": "identity",  # the bytes are kept as they came
        }

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def once(self, address: str, more: Mapping[str, str] | None = None, most: int | None = None) -> Answer:
        """Ask for one clean address; `most` is how many bytes are taken. Raises FetchFailure.

        An answer of any status comes back, but 429 and 503, which ask to be left alone.
        """
        host, most = host_of(address), most or self.limits.file_bytes
        self.backend.deadline = time.monotonic() + self.limits.seconds
        step = self.limits.step_seconds
        request = httpx.Request(
            "GET",
            address,
            headers=self._headers | dict(more or {}),
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), step)},
        )
        try:
            answer = self._transport.handle_request(request)
            answer.request = request
            try:
                data = self._body(answer, most)
            finally:
                answer.close()
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise FetchFailure("timeout", limit=f"{self.limits.seconds:g}", host_failed=True) from None
        except (httpcore.ProtocolError, httpcore.ReadError, httpx.DecodingError) as error:
            raise FetchFailure("broken_answer", found=_words(error)) from None
        except (httpcore.NetworkError, OSError) as error:
            if isinstance(cause := _cause(error), ssl.SSLError):
                raise FetchFailure("certificate", host=host, found=_words(cause), host_failed=True) from None
            raise FetchFailure("no_connection", host=host, found=_words(error), host_failed=True) from None
        headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers.raw)
        come = Answer(address, answer.status_code, headers, data)
        if come.status in (429, 503):
            until = retry_at(come.header("retry-after"), datetime.now(UTC))
            raise FetchFailure(
                "too_many_requests",
                status=come.status,
                retry_at=until,
                host_failed=True,
                host=host,
                until=f"{until:%Y-%m-%d %H:%M} UTC",
            )
        return come

    def _body(self, answer: httpx.Response, most: int) -> bytes:
        said = answer.headers.get("content-length", "")
        megabytes = f"{most / 2**20:g}"
        if said.isdecimal() and int(said) > most:
            raise FetchFailure("too_large", found=f"it has {int(said) / 2**20:.0f} MB", limit=megabytes)
        parts, size = [], 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > most:
                raise FetchFailure("too_large", found="more came than that", limit=megabytes)
        return b"".join(parts)


def retry_at(said: str | None, now: datetime) -> datetime:
    """The time of a Retry-After header, in seconds or as a date; a minute from now where it says neither."""
    wait = timedelta(minutes=1)
    if said and said.strip().isdecimal():
        wait = timedelta(seconds=min(int(said.strip()), int(LONGEST_WAIT.total_seconds())))
    elif said:
        try:
            then = parsedate_to_datetime(said)
            wait = (then if then.tzinfo else then.replace(tzinfo=UTC)) - now
        except ValueError:
            pass
    return now + min(max(wait, timedelta()), LONGEST_WAIT)


def _cause(error: BaseException | None) -> BaseException | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def _words(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
