"""The work of a run's last steps, done by two threads while Dagster tells of the steps before.

To tell of a step takes Dagster as long as it takes DuckDB to make a mart of a few documents, and neither
needs the other. One thread makes what the steps make, in their order, so that one alone writes marts; the
other looks at what was made. A step gets what was done for it and raises what went wrong. Behind an error, or
a check that blocks and failed, nothing more is done, and the steps that Dagster still comes to do their own.
Nothing is published by either: the rename is the last step's, which Dagster comes to behind all checks.
"""

import sys
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any, NamedTuple

import dagster as dg

from pipeline.warehouse.store.work import WorkFile

SWITCH = 0.0005  # seconds after which a thread that computes lets another have its turn; else ten times that
Do = Callable[[WorkFile], Any]


@dataclass(frozen=True)
class Made:
    """What a step gives where it made something that is yet to be looked at: `look` only reads."""

    look: Do


class Step(NamedTuple):
    """What a step does, and the tables (`schema.name`) that must stand as this run leaves them before it."""

    do: Do
    reads: frozenset[str]


class Steps:
    """The last steps of a run, by the asset or table that each makes (`schema.name`)."""

    def __init__(self) -> None:
        self._steps: dict[str, Step] = {}

    def add(self, name: str, reads: Collection[str], do: Do) -> None:
        """Have `do` be what is done for `name`, which reads tables of the registry and of steps added before.
        It gives what is asked of `done`, or `Made`."""
        self._steps[name] = Step(do, frozenset(reads))

    def done(self, work: WorkFile, name: str) -> Any:
        """What the step `name` gives: what was done ahead, or is done now."""
        future = work.ahead.take(name) if work.ahead else None
        done = _result(future, self._steps[name].do, work)
        if work.ahead:
            work.ahead.stored(name)
        return done

    def ahead(self, work: WorkFile, keys: Sequence[str] | None) -> "Ahead":
        """What does these steps ahead in a run of the steps that Dagster calls by `keys`, in its order."""
        named = {name.replace(".", "__"): name for name in self._steps}
        names = [named[key] for key in keys if key in named] if keys else list(self._steps)
        return Ahead(work, {name: self._steps[name] for name in names})


def soon(work: WorkFile, look: Do) -> Callable[[], Any]:
    """Begin what only reads; what is given tells what `look` gives."""
    future = work.ahead.look(look) if work.ahead else None
    return lambda: _result(future, look, work)


def _result(future: "Future[Any] | None", do: Do, work: WorkFile) -> Any:
    """What was done ahead, or is done now where it was not."""
    if future:
        try:
            return future.result()
        except CancelledError:
            pass
    done = do(work)
    return done.look(work) if isinstance(done, Made) else done


class Ahead:
    """One run's threads and what they do, each by a connection of its own to the work file."""

    def __init__(self, work: WorkFile, steps: dict[str, Step]) -> None:
        self._work, self._waiting = work, steps
        self._there: set[str] = set()
        self._begun: dict[str, Future[Any]] = {}
        self._makes, self._looks = _Thread(), _Thread()
        self._goes_on = True
        self._interval = sys.getswitchinterval()

    def stored(self, table: str) -> None:
        """Note that a table stands as this run leaves it, and begin the steps that waited for no other."""
        self._there.add(table)
        for name, step in list(self._waiting.items()):
            if self._goes_on and step.reads <= self._there:
                self._there.add(name)
                del self._waiting[name]
                self._begun[name] = self._give(self._makes, step.do)

    def take(self, name: str) -> "Future[Any] | None":
        """What is done for a step, asked once; None where it was not begun, and is not to be any more."""
        self._waiting.pop(name, None)
        return self._begun.pop(name, None)

    def look(self, do: Do) -> "Future[Any]":
        """Have something done that only reads."""
        return self._give(self._looks, do)

    def stop(self) -> None:
        """End what is done, and let go of what nobody took."""
        self._goes_on = False
        self._makes.stop()
        self._looks.stop()
        sys.setswitchinterval(self._interval)
        for future in self._begun.values():
            if future.done() and not (future.cancelled() or future.exception()):
                getattr(future.result(), "discard", lambda: None)()

    def _give(self, thread: "_Thread", do: Do) -> "Future[Any]":
        future: Future[Any] = Future()
        sys.setswitchinterval(SWITCH)
        thread.give(self._work, self._one, future, do)
        return future

    def _one(self, work: WorkFile, future: "Future[Any]", do: Do) -> None:
        """Do what is next, by one of the threads."""
        if not self._goes_on:
            future.cancel()
            return
        try:
            done = do(work)
        except BaseException as error:  # told to the step that takes it
            self._goes_on = False
            future.set_exception(error)
            return
        if isinstance(done, Made):
            self._looks.give(self._work, self._one, future, done.look)
            return
        self._goes_on = self._goes_on and not _blocks(done)
        future.set_result(done)


class _Thread:
    """A thread that does what it is given, one thing after another, with a work file of its own."""

    def __init__(self) -> None:
        self._given: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._work: WorkFile | None = None

    def give(self, work: WorkFile, do: Callable[..., None], *more: Any) -> None:
        """Have `do` called with a connection of its own to the work file and `more`, behind what was given
        before."""
        if self._thread is None:
            con = work.con.cursor()
            con.execute("SET TimeZone = 'UTC'")
            self._work = replace(work, con=con, ahead=None)
            self._thread = threading.Thread(target=self._run, args=(self._work,), daemon=True)
            self._thread.start()
        self._given.put((do, *more))

    def stop(self) -> None:
        """End it, in the middle of a query too."""
        self._given.put(None)
        if self._thread is None or self._work is None:
            return
        while self._thread.is_alive():
            self._work.con.interrupt()
            self._thread.join(0.05)
        self._work.con.close()

    def _run(self, work: WorkFile) -> None:
        while given := self._given.get():
            do, *more = given
            do(work, *more)


def _blocks(done: Any) -> bool:
    """Whether a check that blocks failed."""
    return isinstance(done, dg.MaterializeResult) and any(
        not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
        for check in done.check_results or ()
    )
