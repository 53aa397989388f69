"""Runs a command and measures it from outside: time, and the most memory that it and its children held."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TICK_SECONDS = 0.05
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measured:
    """What a command took: seconds on the clock, and of all cores together; `rss_bytes` is the
    peak over its process tree, shared pages counted for each."""

    seconds: float
    cpu_seconds: float
    rss_bytes: int
    output: str


def run(command: Sequence[str], env: dict[str, str]) -> Measured:
    """Run to the end. Raises RuntimeError with what it printed where it fails."""
    began, spent = time.perf_counter(), _cpu_of_children()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | env, text=True
    )
    peak = [0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(TICK_SECONDS):
            peak[0] = max(peak[0], _tree_rss(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        output, _ = process.communicate()
    finally:
        over.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
    return Measured(time.perf_counter() - began, _cpu_of_children() - spent, peak[0], output)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_rss(pid: int) -> int:
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError, ValueError):
        return 0
    return held + sum(_tree_rss(child) for child in children)
