"""Where the answer of a query goes: to standard output, or whole to a file."""

import codecs
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.settings import Settings
from pipeline.warehouse.store.places import taken


def refuse_own(to: Path, settings: Settings) -> None:
    """Raises click.ClickException where `to` is a file that minzheng keeps, under whatever name."""
    for path in taken(settings.warehouse, settings.work):
        same = path.exists() and to.exists() and path.samefile(to)
        if same or path.resolve() == to.resolve():
            what = "the published file itself" if path == settings.warehouse else "a file of minzheng's own"
            raise click.ClickException(f"{to} is {what}; name another")


@contextmanager
def writing(to: Path | None, binary: bool) -> Iterator[Callable[[bytes], object]]:
    """What writes pieces of UTF-8 text, or of a `binary` format, to the file `to` or to standard output.

    A file is written aside and takes its name once it is whole; one that stood there stays until then.
    """
    if to is None:
        if binary:
            yield sys.stdout.buffer.write
            sys.stdout.buffer.flush()
            return
        decoder = codecs.getincrementaldecoder("utf-8")()
        yield lambda piece: click.echo(decoder.decode(piece), nl=False)
        return
    place = to.resolve()
    if place.exists() and not place.is_file():  # a device or pipe
        with place.open("wb") as out:
            yield out.write
        return
    aside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        out = aside.open("wb")
    except OSError as error:
        raise OSError(f"cannot write {to}: {error.strerror}") from None
    try:
        with out:
            yield out.write
        if place.exists():
            shutil.copymode(place, aside)
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
