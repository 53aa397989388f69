"""What a refresh says while it runs: a bar on a terminal, plain lines elsewhere, from its first second."""

import io
import logging
import subprocess
import sys

from rich.console import Console

from pipeline.orchestration.stages import PROGRESS
from pipeline.runs.progress import progress
from pipeline.settings import PROJECT


def told(message: str, **more: object) -> None:
    logging.getLogger(PROGRESS).info(message, extra=more)


def test_without_a_terminal_each_stage_is_a_plain_line():
    console = Console(file=io.StringIO(), force_terminal=False)
    with progress(console):
        told("listing files", stage="raw")
        told("listing files", stage="raw")  # a second asset of the stage
        told("read 5 of 10 files", stage="raw", done=5, total=10)
        told("publishing", stage="published")
    said = console.file.getvalue().splitlines()
    assert [line.split(" s  ")[1] for line in said] == ["starting", "listing files", "publishing"]
    assert "\x1b" not in "".join(said)


def test_on_a_terminal_a_bar_is_there_at_once_and_counts_what_can_be_counted():
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with progress(console):
        handler = logging.getLogger(PROGRESS).handlers[-1]
        (task,) = handler.progress.tasks
        assert task.description == "starting" and task.total is None
        told("read 5 of 10 files", done=5, total=10)
        assert (task.completed, task.total) == (5, 10)
        told("read 10 of 10 files", done=10, total=10)
        told("making the marts", stage="marts")
        assert (task.description, task.completed, task.total) == ("making the marts", 0, None)
        assert not task.finished, "a full bar beside work that goes on"
    assert handler not in logging.getLogger(PROGRESS).handlers


def test_it_begins_without_waiting_for_dagster():
    code = "import sys, pipeline.cli, pipeline.runs.progress; print('dagster' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT)
    assert told.stdout.strip() == "False", told.stderr
