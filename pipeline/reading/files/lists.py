"""Lists that users keep beside the documents (corrections.csv, reports.csv), in the encodings of Excel."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


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


def _text(path: Path) -> str:
    data = path.read_bytes()
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")
