"""Python's search for rings of objects that nobody holds, put off while what stays is made.

Importing Dagster and joining the pipeline makes some million objects, all of which stay until the process
ends; to look through them again and again took a seventh of that time, and part of each run after it.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Nothing is looked for meanwhile, nor among what is there then until the process ends."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.unregister(gc.unfreeze)
        atexit.register(gc.unfreeze)  # DuckDB's binding tells of all that is never let go
        if was_on:
            gc.enable()
