"""A process of its own for the parsers of web pages, office files and PDFs.

A hostile file can hang a parser, eat all memory or bring its process down; here it only costs that process,
which is bounded in memory by the system and in time by a timer, and the next file gets a new one. It is
started at the first file that needs it and serves all that follow. It gets bytes and gives text: it opens
no connection, and no file but in a scratch folder of its own.
"""

import json
import logging
import math
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from tempfile import TemporaryDirectory
from threading import Timer
from types import TracebackType
from typing import IO, Self

from pipeline import vocabulary
from pipeline.reading.formats.read import Document, read_parsed, read_scan
from pipeline.reading.formats.refusal import Refusal, shortage

SECONDS = 20  # of processor time for one file; a report of 100 pages takes 1 to 2
PATIENCE = 6  # times as long by the clock, on a machine that has other things to do
MEGABYTES = 1536  # address space of the process, parsers included
SCAN_SECONDS, SCAN_MEGABYTES = 60, 3072  # the same for a page of pictures, and for who recognises them
MAX_WRITTEN = 128 * 2**20  # bytes of a file that it may write at most

log = logging.getLogger(__name__)


class Worker:
    """Reads documents one after another in a process of its own; a context manager that ends it."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(
        self, data: bytes, media_type: str, name: str = "", scan: bool = False, pictures: bool = False
    ) -> Document:
        """What `read_parsed` gives or raises (for a `scan`, `read_scan`, of its `pictures` alone); Refusal
        too where time or memory ran out or the parser died. A scan has the time for each of its pages, and
        each is logged."""
        process = self._process or self._start()
        overdue = self._timer(process)
        try:
            asked = {"media_type": media_type, "seconds": self._seconds, "scan": scan, "pictures": pictures}
            send(process.stdin, asked, data)
            answer, text = receive(process.stdout)
            while "page" in answer:
                overdue.cancel()
                overdue = self._timer(process)
                log.info("recognised page %d of %d", answer["page"], answer["pages"], extra={"file": name})
                answer, text = receive(process.stdout)
        except (EOFError, OSError):
            late = overdue.finished.is_set()
            with suppress(subprocess.TimeoutExpired):
                late = process.wait(5) == -signal.SIGXCPU or late
            self._end()
            if late:
                raise Refusal("too_slow", limit=self._seconds) from None
            raise Refusal("crashed", found=media_type) from None
        finally:
            overdue.cancel()
        if "reason" in answer:
            if answer["reason"] == "too_much_memory":
                self._end()  # what the parser still holds goes with it
            raise Refusal(answer["reason"], **answer["facts"])
        return Document(text=text.decode("utf-8", "surrogatepass"), **answer)

    def _timer(self, process: subprocess.Popen[bytes]) -> Timer:
        timer = Timer(self._seconds * PATIENCE, process.kill)
        timer.start()
        return timer

    def _start(self) -> subprocess.Popen[bytes]:
        self._scratch = TemporaryDirectory(prefix="minzheng-")  # ends with the process, however that ends
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.reading.files.worker", str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": self._scratch.name},
        )
        send(self._process.stdin, {"vocabulary": vocabulary.own()}, b"")
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        end(self._process)
        self._process = None
        if self._scratch is not None:
            self._scratch.cleanup()


def serve(megabytes: int) -> None:
    """Answer requests on standard input until it ends. Runs in the process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, MAX_WRITTEN))  # `doc` alone lifts it, in the scratch folder
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    sys.setrecursionlimit(3_000)
    vocabulary.adopt(receive(sys.stdin.buffer)[0]["vocabulary"])
    while True:
        try:
            request, data = receive(sys.stdin.buffer)
        except EOFError:
            return
        media_type, seconds = request["media_type"], request["seconds"]
        done = partial(_page_done, answers, seconds)
        _allow(seconds)
        read = (
            partial(read_scan, data, media_type, done, request["pictures"])
            if request["scan"]
            else partial(read_parsed, data, media_type)
        )
        send(answers, *_answer(read, megabytes))


def _page_done(answers: IO[bytes], seconds: float, page: int, pages: int) -> None:
    _allow(seconds)  # for the next one
    send(answers, {"page": page, "pages": pages}, b"")


def _allow(seconds: float) -> None:
    """Set the bound on processor time to `seconds` from now."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    allowed = math.ceil(spent.ru_utime + spent.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def _answer(read: Callable[[], Document], megabytes: int) -> tuple[dict, bytes]:
    try:
        document = asdict(read())
        return document, document.pop("text").encode("utf-8", "surrogatepass")
    except Refusal as refusal:
        reason, facts = refusal.reason, {name: str(fact) for name, fact in refusal.facts.items()}
    except MemoryError:
        reason, facts = "too_much_memory", {"limit": str(megabytes)}
    except RecursionError:
        reason, facts = "too_deep", {"limit": "1000"}
    except Exception as error:  # a parser may raise anything on a damaged file
        reason, facts = "damaged", {"found": f"{type(error).__name__}: {str(error)[:100]}"}
        if short := shortage(error):
            reason, facts = "unreadable", {"found": short}
    return {"reason": reason, "facts": facts}, b""


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is at, and close what was open to it."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()


def send(pipe: IO[bytes] | None, head: dict, body: bytes | memoryview) -> None:
    """Write one message: a line of JSON and the bytes that it announces."""
    assert pipe is not None
    line = json.dumps(head | {"bytes": len(body)}).encode()
    pipe.write(line + b"\n")
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes] | None) -> tuple[dict, bytes]:
    """The next message that `send` wrote. Raises EOFError where it is not whole."""
    assert pipe is not None
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    size = head.pop("bytes")
    body = pipe.read(size)
    if len(body) < size:
        raise EOFError
    return head, body


if __name__ == "__main__":
    serve(int(sys.argv[1]))
