"""Makes bytes in a process of its own, with bounds on memory and time that hold whatever it is at.

DuckDB can be interrupted between two vectors only, and counts nothing of what Python, Arrow and long texts
take; a process can be ended at any time. It is a fork, which starts in milliseconds with all that is imported
already. It ends with its parent, however that ends.
"""

import ctypes
import os
import resource
import signal
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

LOOK_EVERY = 0.02  # seconds; memory grows by some 50 MB meanwhile
SPARE = 256 * 2**20  # bytes that Python, Arrow and the rows on their way take beside DuckDB
SPARE_ADDRESSES = 8 * 2**30  # what libraries reserve and never touch
GATHERED, MOST = 2**16, 2**20  # bytes of a message; the parent holds no more at a time
HEAD = struct.Struct(">cI")
MADE, FAILED, DONE = b"m", b"f", b"d"
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class TooLong(RuntimeError):
    """The process was ended, for it took more time than it may."""


class TooMuch(RuntimeError):
    """The process was ended, or was refused memory, for it took more than it may."""


class NoProcess(RuntimeError):
    """The system starts no process; the message says why."""


class Ended(RuntimeError):
    """The process ended before it was done; the message says by what."""


class Failed(RuntimeError):
    """Making raised; the message is what `told` made of that."""


class Bounded:
    """One such process, from the side of its parent: iterate it for what `make` gives, and end it.

    `seconds` are counted while the parent waits for it, not while that hands on what it got; `most` is in
    bytes, beyond what this process holds by now and SPARE. `told` puts what `make` raises into words.
    """

    def __init__(
        self,
        make: Callable[[], Iterable[bytes]],
        seconds: float,
        most: int,
        told: Callable[[BaseException], str],
    ) -> None:
        self._seconds, self._waited, self._since = seconds, 0.0, 0.0
        self._most = _held("self") + most + SPARE
        self._over: type[RuntimeError] | None = None
        self._pid: int | None = None
        here, there = os.pipe()
        parent = os.getpid()
        try:
            self._pid = os.fork()
        except OSError as error:
            os.close(here)
            os.close(there)
            raise NoProcess(error.strerror) from None
        if not self._pid:
            try:
                _serve(make, there, most, told, parent)
            finally:
                os._exit(1)
        os.close(there)
        self._pipe = os.fdopen(here, "rb")
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, args=(self._pid,), daemon=True)
        self._watch.start()

    def __iter__(self) -> Iterator[bytes]:
        """What was made, in pieces of up to a megabyte. Raises TooLong, TooMuch, Ended or Failed."""
        while True:
            kind, body = self._receive()
            if kind == DONE:
                return
            if kind == FAILED:
                raise Failed(body.decode()) if body else TooMuch
            yield body

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._pipe.close()
        self._reap(signal.SIGKILL)

    def _receive(self) -> tuple[bytes, bytes]:
        self._since = time.monotonic()
        try:
            head = self._pipe.read(HEAD.size)
            kind, size = HEAD.unpack(head) if len(head) == HEAD.size else (b"", 0)
            body = self._pipe.read(size)
        finally:
            self._waited += time.monotonic() - self._since
            self._since = 0.0
        if self._over or self._waited > self._seconds:
            raise self._over or TooLong
        if not kind or len(body) < size:
            raise Ended(self._reap())
        return kind, body

    def _reap(self, number: int = 0) -> str:
        """Wait for its end, hastened by a signal; says what it ended by."""
        self._ended.set()
        self._watch.join()  # which must not look at a number that is another process's by then
        if self._pid is None:
            return ""
        pid, self._pid = self._pid, None
        if number:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return f"signal {-code}" if code < 0 else f"exit status {code}"

    def _look(self, pid: int) -> None:
        """End the process where it takes too much."""
        while not self._ended.wait(LOOK_EVERY):
            since = self._since
            late = since and self._waited + time.monotonic() - since > self._seconds
            if late or _held(pid) > self._most:
                self._over = TooLong if late else TooMuch
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                return


def _held(pid: int | str) -> int:
    """Bytes that a process holds and no file does; 0 where the system does not say (then only time bounds
    it)."""
    try:
        _, resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


def _serve(
    make: Callable[[], Iterable[bytes]],
    pipe: int,
    most: int,
    told: Callable[[BaseException], str],
    parent: int,
) -> None:
    """Send what `make` gives. Runs in the process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the parent, which ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError, AttributeError):  # at once, where the system knows how
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        addresses = pages * resource.getpagesize() + 4 * most + SPARE_ADDRESSES
        resource.setrlimit(resource.RLIMIT_AS, (addresses, resource.RLIM_INFINITY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):  # what a library prints is no answer
        os.dup2(nothing, number)
    with os.fdopen(pipe, "wb") as out:
        try:
            gathered = bytearray()
            for piece in make():
                gathered += piece
                if len(gathered) >= GATHERED:
                    _send(out, gathered)
                    gathered = bytearray()
            _send(out, gathered)
            out.write(HEAD.pack(DONE, 0))
        except MemoryError:
            out.write(HEAD.pack(FAILED, 0))
        except BaseException as error:
            words = told(error).encode("utf-8", "replace")[:MOST]
            out.write(HEAD.pack(FAILED, len(words)) + words)
        out.flush()
    os._exit(0)


def _send(out: IO[bytes], made: bytearray) -> None:
    for start in range(0, len(made), MOST):
        part = memoryview(made)[start : start + MOST]
        out.write(HEAD.pack(MADE, len(part)))
        out.write(part)
    out.flush()


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, where the system does not."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
