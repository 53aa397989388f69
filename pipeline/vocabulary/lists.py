"""Lists that users keep beside the documents (corrections.csv, reports.csv, …), in the encodings of Excel."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def stands(path: Path, problem: type[ValueError]) -> bool:
    """Whether there is a list at `path`.

    Raises `problem` where something else stands under its name, which would count as no list in silence.
    """
    if path.is_file():
        return True
    if path.is_dir():
        what = "a folder"
    elif path.exists():
        what = "a device or pipe"
    elif path.is_symlink():
        what = "a link that leads nowhere"
    else:
        return False
    raise problem(f"{path.name} is {what}, not a list: put a CSV file in its place, or move it away ({path})")


@contextmanager
def open_list(path: Path, problem: type[ValueError]) -> Iterator[io.StringIO]:
    """A list opened for `csv`: UTF-8, or as Excel saves it on Chinese Windows.

    Raises `problem` where the file cannot be opened, for the line that is in neither, and for what `csv`
    does not understand.
    """
    try:
        yield io.StringIO(_text(path), newline="")
    except OSError as error:
        raise problem(f"{path.name} cannot be opened: {error.strerror}") from None
    except csv.Error as error:
        raise problem(f"{path.name} is no CSV: {error}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise problem(
            f"{path.name} line {line}: these bytes are neither UTF-8 nor GBK; save it as UTF-8 (in Excel: "
            "CSV UTF-8)"
        ) from None


def read_lines(
    path: Path,
    problem: type[ValueError],
    needed: Sequence[str],
    optional: Sequence[str] = (),
    others: bool = False,
    exact: bool = False,
) -> list[tuple[int, dict[str, str | None]]]:
    """The lines of a list that hold anything: their numbers, and their cells (null where empty).

    Raises `problem` as `open_list` does, for a `needed` column that is not there, for one that is not known
    (unless `others` may stand there), and, if `exact`, for a line of more cells than the header has.
    """
    columns, lines = (*needed, *optional), []
    with open_list(path, problem) as text:
        reader = csv.DictReader(text)
        names = reader.fieldnames or ()
        if missing := [name for name in needed if name not in names]:
            raise problem(
                f"{path.name}: the header lacks {', '.join(missing)}; it may have {', '.join(columns)}"
            )
        if unknown := [name for name in names if name not in columns and not others]:
            raise problem(
                f"{path.name}: unknown columns {', '.join(unknown)}; there are {', '.join(columns)}"
            )
        for row in reader:
            if exact and None in row:
                raise problem(
                    f"{path.name} line {reader.line_num}: more cells than the header has columns; put a cell "
                    'that holds a comma into "…"'
                )
            if any((cell or "").strip() for cell in row.values() if not isinstance(cell, list)):
                cells = {name: (row.get(name) or "").strip() or None for name in columns}
                lines.append((reader.line_num, cells))
    return lines


def _text(path: Path) -> str:
    data = path.read_bytes()
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")
