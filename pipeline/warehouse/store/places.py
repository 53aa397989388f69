"""The names that a run takes for itself beside the published file, and what may stand under them.

Whatever else stands there is somebody's: a pipe would be waited for without end, what a link leads to would
be written over, and two warehouses whose work files are links to one would share it.
"""

import os
import shutil
from glob import escape
from pathlib import Path

BESIDE = ("", ".lock", ".wal", ".broken", ".damaged", ".compact")  # behind the name of the work file
SLICE = ".slice-"  # behind it too, before the name of a part of the warehouse that marts are made from
BESIDE_PUBLISHED = ("", ".wal", ".damaged")  # behind the name of the published file


def taken(published: Path, work: Path) -> list[Path]:
    """The names that are minzheng's own, of the published file and of its work file."""
    return [
        path.with_name(path.name + ending)
        for path, endings in ((published, BESIDE_PUBLISHED), (work, BESIDE))
        for ending in endings
    ]


def slice_file(work: Path, name: str) -> Path:
    """A file beside the work file, of use to one run alone, that keeps a part of the warehouse."""
    return work.with_name(f"{work.name}{SLICE}{name}")


def remove_slices(work: Path) -> None:
    """Remove such files, those of a run that was killed too."""
    for path in work.parent.glob(f"{escape(work.name)}{SLICE}*"):
        if not path.is_dir():
            path.unlink(missing_ok=True)


def check_places(work: Path) -> None:
    """Raises OSError where the work file, or what belongs to it, cannot be kept where it should be."""
    if "?" in str(work):
        raise OSError(
            f"{work} holds a ?, where the name of a file ends for DuckDB: name another --warehouse; "
            "nothing was published"
        )
    for ending in BESIDE:
        path = work.with_name(work.name + ending)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            what = "a link" if path.is_symlink() else "a folder" if path.is_dir() else "a device or pipe"
            raise OSError(
                f"{path} is {what}, and a run keeps a file of its own there: move it away, or name another "
                "--warehouse; nothing was published"
            )


def make_own(work: Path) -> None:
    """Copy the work file, and its log, where the same bytes have a second name (a hard link, as in a folder
    copied with `cp -al`): two warehouses would write into one."""
    for path in (work, work.with_name(work.name + ".wal")):
        if path.is_file() and path.stat().st_nlink > 1:
            copy = work.with_name(work.name + ".compact")
            shutil.copyfile(path, copy)
            os.replace(copy, path)
