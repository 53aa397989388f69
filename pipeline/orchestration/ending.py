"""What a process leaves in order when it ends."""

import atexit
import typing


def forget_classes_at_exit() -> None:
    """Empty the caches of `typing` when this process ends.

    They keep each class that an annotation ever named. Where something keeps `typing` itself beyond the
    end, as libraries with parts in Rust do, DuckDB's classes would stay with it, and be told as leaks line
    by line.
    """
    atexit.register(_forget)


def _forget() -> None:
    for clear in getattr(typing, "_cleanups", ()):
        clear()
