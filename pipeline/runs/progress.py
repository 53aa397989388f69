"""What a refresh says while it runs: a bar on a terminal, plain lines elsewhere.

It begins before Dagster is imported, which takes seconds, on a busy machine many.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.orchestration.stages import PROGRESS

QUIET_SECONDS = 10.0  # between two lines of one stage
BEGINNING = "starting"


@contextmanager
def progress(console: Console) -> Iterator[None]:
    """Show the stages that a run tells, from now on until it is left."""
    columns = (TextColumn("{task.description}"), BarColumn(), _Count(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True) if console.is_terminal else None
    handler: logging.Handler = _ShowProgress(bar) if bar else _SayProgress(console)
    loggers = (logging.getLogger("minzheng"), logging.getLogger(PROGRESS))
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        with bar or nullcontext():
            yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


class _ShowProgress(logging.Handler):
    """Turns the steps of the run and the records of the engine into a moving bar."""

    def __init__(self, progress: Progress):
        super().__init__()
        self.progress = progress
        self.task = progress.add_task(BEGINNING, total=None)

    def emit(self, record: logging.LogRecord) -> None:
        done, total = getattr(record, "done", None), getattr(record, "total", None)
        if total is None:  # a stage that counts nothing: the bar before must not stand full, its clock still
            for task in self.progress.tasks:
                task.total, task.completed, task.finished_time = None, 0, None
        self.progress.update(self.task, description=record.getMessage(), completed=done, total=total)


class _SayProgress(logging.Handler):
    """Turns them into a line for each stage, and one in a while for what takes long."""

    def __init__(self, console: Console):
        super().__init__()
        self.console = console
        self.begun = self.told = time.monotonic()
        self.stages: set[str] = set()
        self._say(BEGINNING)

    def emit(self, record: logging.LogRecord) -> None:
        now, stage = time.monotonic(), getattr(record, "stage", None)
        if (stage is None or stage in self.stages) and now - self.told < QUIET_SECONDS:
            return
        self.told = now
        self.stages.add(stage or "")
        self._say(record.getMessage())

    def _say(self, words: str) -> None:
        self.console.print(f"{time.monotonic() - self.begun:6.1f} s  {words}", markup=False)


class _Count(MofNCompleteColumn):
    """How many of how many, once it is known of how many."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total is not None else Text()
