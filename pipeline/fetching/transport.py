"""The wire: connects only to machines whose address was looked at, and ends what takes too long.

A name is resolved once and the connection goes to the address that was checked, so that no second answer of
a name server can lead elsewhere. The deadline holds for all of an exchange, also for one that drips.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from functools import cache

import httpcore
import httpx

from pipeline.fetching.addresses import PORTS, is_public
from pipeline.fetching.failures import FetchFailure

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to public machines, and to those of `private` (`host` or `host:port`) by name."""

    def __init__(self, resolver: Resolve = resolve) -> None:
        self.resolver = resolver
        self.private: set[str] = set()
        self.deadline = float("inf")
        self._plain = httpcore.SyncBackend()

    def left(self, timeout: float | None) -> float:
        """Seconds that the next step may take. Raises httpcore.ReadTimeout where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # type: ignore[no-untyped-def]
        """Connect to the first address of the host that answers. Raises FetchFailure where one is private."""
        try:
            ips = self.resolver(host, port)
        except (OSError, UnicodeError):
            raise FetchFailure("unknown_host", host=host, host_failed=True) from None
        if not ips:
            raise FetchFailure("unknown_host", host=host, host_failed=True)
        named = f"{host}:{port}" in self.private or (host in self.private and port in PORTS.values())
        if not named and (hidden := [ip for ip in ips if not is_public(ip)]):
            shown = host if port in PORTS.values() else f"{host}:{port}"
            raise FetchFailure("private_address", host=shown, found=hidden[0])
        error: Exception | None = None
        for ip in ips[:4]:
            try:
                stream = self._plain.connect_tcp(ip, port, self.left(timeout), local_address, socket_options)
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError("no address")

    def connect_unix_socket(self, path, timeout=None, socket_options=None):  # type: ignore[no-untyped-def]
        """No file of this machine is ever talked to."""
        raise FetchFailure("address", found=path)


class _Stream(httpcore.NetworkStream):
    """A connection on which no step outlives the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self.inner, self.backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.backend.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):  # type: ignore[no-untyped-def]
        left = self.backend.left(timeout)
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, left), self.backend)

    def get_extra_info(self, info: str):  # type: ignore[no-untyped-def]
        return self.inner.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """httpx over a pool of connections that the checked backend opens."""

    def __init__(self, backend: CheckedBackend) -> None:
        self.pool = httpcore.ConnectionPool(
            ssl_context=_certificates(),
            max_connections=1,
            max_keepalive_connections=0,  # each request is looked at anew; with the pauses it costs nothing
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request, and hand on the answer as it comes."""
        url = request.url
        answer = self.pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self.pool.close()


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes a while."""
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self.answer.stream  # type: ignore[misc]

    def close(self) -> None:
        self.answer.close()
