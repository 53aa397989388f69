"""A process of its own that reads and extracts batches, with bounds on memory and time.

A hostile file can eat all memory, take hours or bring a library down; here it costs only this process, which
the parent looks at many times a second and ends. It serves one batch after another, and whoever reads next
takes it over: starting one costs a second. It ends with its parent, whatever happens to that.
"""

import io
import os
import resource
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline import vocabulary
from pipeline.contracts.validate import ContractError, validate
from pipeline.engine.batch import Frames, extractor_version, read_batch
from pipeline.reading.files.worker import PATIENCE, SECONDS, end, receive, send
from pipeline.reading.formats.refusal import shortage

LOOK_EVERY = 0.02  # seconds; memory grows by some 50 MB meanwhile
BYTES_A_SHARE = 4 * 2**20  # a batch of so many bytes may take twice the time of a small one, and so on
SPARE_ADDRESSES = 8 * 2**30  # what libraries reserve and never touch
READERS = min(os.cpu_count() or 1, 4)  # each holds one batch in memory
# milliseconds until memory that polars let go is given back: reading asks for it again at once, and each page
# that the system hands out anew costs a fault
KEPT = "dirty_decay_ms:5000"
CRASH, MEMORY, TIME = "crash", "memory", "time"


@dataclass(frozen=True)
class Limits:
    """What one file may take while it is read and extracted; a batch may take as much memory, and more time
    by its size."""

    megabytes: int = 1000
    seconds: int = 60  # of processor time

    def of_batch(self, size: int) -> float:
        """Seconds of processor time that files of `size` bytes may take."""
        return self.seconds * (1 + size / BYTES_A_SHARE)


class Died(RuntimeError):
    """The process ended, or was ended, over a batch: `kind` says by what, `seconds` and `megabytes` what it
    had taken by then."""

    def __init__(self, kind: str, seconds: float, megabytes: float) -> None:
        self.kind, self.seconds, self.megabytes = kind, seconds, megabytes
        super().__init__(f"{kind} after {seconds:.0f} s and {megabytes:.0f} MB")


class Failed(RuntimeError):
    """Reading raised; the message is its type and words, `trace` where, `shortage` what the system was short
    of, if it was that."""

    def __init__(self, words: str, trace: str, shortage: str | None = None) -> None:
        self.trace, self.shortage = trace, shortage
        super().__init__(words)


class _Taken(NamedTuple):
    """What a process has taken: resident megabytes now, and seconds of processor time since its start."""

    megabytes: float
    seconds: float


class BatchProcess:
    """One such process, from the side of its parent; not to be shared by threads."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.used = False  # whether it has served: memory of an earlier batch may still be held
        self._told: object = None  # the vocabulary that it has
        self._spent = _Taken(0, 0)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.engine.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ
            | {
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "POLARS_MAX_THREADS": str(max(1, (os.cpu_count() or 1) // READERS)),
                "_RJEM_MALLOC_CONF": os.environ.get("_RJEM_MALLOC_CONF", KEPT),
            },
        )

    def read(self, raw: Path, batch: pl.DataFrame) -> Frames:
        """What `read_batch` gives, each frame held against its contract. Raises Died or Failed."""
        allowed = self.limits.of_batch(int(batch["size"].sum()))
        late = time.monotonic() + PATIENCE * (allowed + batch.height * SECONDS)
        frames: Frames = {}
        try:
            self._ask(raw, batch)
            self._wait(allowed, late)
            head, body = receive(self._process.stdout)
            while "table" in head:
                frames[head["table"]] = pl.read_ipc(io.BytesIO(body))
                head, body = receive(self._process.stdout)
        except (EOFError, OSError):
            self.end()
            raise self._death(CRASH) from None
        self.used = True
        if "failed" in head:
            raise Failed(head["failed"], head["trace"], head["shortage"])
        return frames

    def warm_up(self, raw: Path, batch: pl.DataFrame) -> None:
        """Have it read a batch that nobody waits for, which makes what is made once: half of what a small
        batch takes."""
        self.used = True
        with suppress(OSError):  # whoever reads with it is told
            self._ask(raw, batch, unanswered=True)

    def _ask(self, raw: Path, batch: pl.DataFrame, **more: bool) -> None:
        request = {"raw": str(raw), "version": extractor_version(), "megabytes": self.limits.megabytes} | more
        words = vocabulary.own()
        if words != self._told:
            request["vocabulary"] = words
            self._told = words
        send(self._process.stdin, request, batch.write_ipc(None).getvalue())

    @property
    def alive(self) -> bool:
        """Whether it still serves."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process while another thread reads with it, which is told."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is at."""
        end(self._process)

    def _wait(self, allowed: float, late: float) -> None:
        """Wait for the first word of an answer, and end the process where it takes too much until then."""
        began = _taken(self._process.pid)
        self._spent = _Taken(began.megabytes, 0.0)
        ready = select.poll()
        ready.register(self._process.stdout or -1, select.POLLIN)
        while not ready.poll(LOOK_EVERY * 1000):
            now = _taken(self._process.pid)
            peak = max(self._spent.megabytes, now.megabytes)
            self._spent = _Taken(peak, max(self._spent.seconds, now.seconds - began.seconds))
            if peak > self.limits.megabytes:
                kind = MEMORY
            elif self._spent.seconds > allowed or time.monotonic() > late:
                kind = TIME
            else:
                continue
            self.end()
            raise self._death(kind)

    def _death(self, kind: str) -> Died:
        return Died(kind, self._spent.seconds, self._spent.megabytes)


def _taken(pid: int) -> _Taken:
    """What a process has taken, nothing where the system does not say (then only the clock bounds it)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (OSError, IndexError):
        return _Taken(0, 0)
    spent = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    return _Taken(pages * resource.getpagesize() / 1e6, spent)


def serve() -> None:
    """Answer requests on standard input until it ends. Runs in the process of its own."""
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the parent, which ends this one
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    import pipeline.extraction.extract  # noqa: F401 - while the parent still has other things to do

    while True:
        try:
            request, body = receive(sys.stdin.buffer)
        except EOFError:
            return
        most = request["megabytes"] * 4 * 10**6 + SPARE_ADDRESSES
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
        if "vocabulary" in request:
            vocabulary.adopt(request["vocabulary"])
        try:
            if extractor_version() != request["version"]:
                raise RuntimeError("code or vocabulary was changed during the run; refresh again")
            frames = read_batch(Path(request["raw"]), pl.read_ipc(io.BytesIO(body)))
            for name, frame in frames.items():
                validate(frame, name, whole=False)
        except BaseException as error:  # a panic of a library is no Exception
            if "unanswered" in request:
                continue
            words = error.brief if isinstance(error, ContractError) else str(error)
            told = f"{type(error).__name__}: {' '.join(words.split())[:300]}"
            why = {"failed": told, "trace": traceback.format_exc(), "shortage": shortage(error)}
            send(answers, why, b"")
            continue
        if "unanswered" in request:
            continue
        for name in list(frames):  # each is let go as soon as it is sent
            send(answers, {"table": name}, frames.pop(name).write_ipc(None).getbuffer())
        send(answers, {}, b"")


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, in the middle of a batch too."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    serve()
