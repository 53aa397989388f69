"""A process of its own for the parsers of web pages, office files and PDFs.

A hostile file can hang a parser, eat all memory or bring its process down; here it only costs that process,
which is bounded in memory by the system and in time by a timer, and the next file gets a new one. It is
started at the first file that needs it and serves all that follow. It gets bytes and gives text: it opens
no file and no connection.
"""

import json
import math
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from threading import Timer
from types import TracebackType
from typing import IO, Self

from pipeline import vocabulary
from pipeline.reading.formats.read import Document, read_parsed
from pipeline.reading.formats.refusal import Refusal

SECONDS = 20  # of processor time for one file; a report of 100 pages takes 1 to 2
PATIENCE = 6  # times as long by the clock, on a machine that has other things to do
MEGABYTES = 1536  # address space of the process, parsers included


class Worker:
    """Reads documents one after another in a process of its own; a context manager that ends it."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, data: bytes, media_type: str) -> Document:
        """What `read_parsed` gives or raises; Refusal too where time or memory ran out or the parser died."""
        process = self._process or self._start()
        overdue = Timer(self._seconds * PATIENCE, process.kill)
        overdue.start()
        try:
            send(process.stdin, {"media_type": media_type, "seconds": self._seconds}, data)
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

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.reading.files.worker", str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        send(self._process.stdin, {"vocabulary": vocabulary.own()}, b"")
        return self._process

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._process = None


def serve(megabytes: int) -> None:
    """Answer requests on standard input until it ends. Runs in the process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    sys.setrecursionlimit(3_000)
    vocabulary.adopt(receive(sys.stdin.buffer)[0]["vocabulary"])
    while True:
        try:
            request, data = receive(sys.stdin.buffer)
        except EOFError:
            return
        spent = resource.getrusage(resource.RUSAGE_SELF)
        allowed = math.ceil(spent.ru_utime + spent.ru_stime + request["seconds"])
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
        send(answers, *_answer(data, request["media_type"], megabytes))


def _answer(data: bytes, media_type: str, megabytes: int) -> tuple[dict, bytes]:
    try:
        document = asdict(read_parsed(data, media_type))
        return document, document.pop("text").encode("utf-8", "surrogatepass")
    except Refusal as refusal:
        reason, facts = refusal.reason, {name: str(fact) for name, fact in refusal.facts.items()}
    except MemoryError:
        reason, facts = "too_much_memory", {"limit": str(megabytes)}
    except RecursionError:
        reason, facts = "too_deep", {"limit": "1000"}
    except Exception as error:  # a parser may raise anything on a damaged file
        reason, facts = "damaged", {"found": f"{type(error).__name__}: {str(error)[:100]}"}
    return {"reason": reason, "facts": facts}, b""


def send(pipe: IO[bytes] | None, head: dict, body: bytes) -> None:
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
