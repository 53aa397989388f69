"""Comma- and tab-separated tables → the same `|` lines as every other table.

The standard library's csv module: the delimiter is the one that splits the most lines into the same number of
fields; quoting is RFC 4180's. A file that no delimiter splits is taken as text, line by line.
"""

import csv
import io
from collections import Counter

from pipeline.reading.formats.tables import sheet_lines

DELIMITERS = ",\t;|,"
SAMPLE = 200  # lines


def csv_text(text: str) -> str:
    """The text of a table file: a line a row."""
    delimiter = _delimiter(text)
    if delimiter is None:
        return text
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return text
    return "\n".join(sheet_lines(rows)) + "\n"


def _delimiter(text: str) -> str | None:
    """The delimiter that splits the most lines into one number of fields; None where no two are alike."""
    head = text[:200_000]
    best, most = None, 1
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = Counter(len(row) for row, _ in zip(reader, range(SAMPLE), strict=False) if len(row) > 1)
        except csv.Error:
            continue
        lines = max(widths.values(), default=0)
        if lines > most:
            best, most = delimiter, lines
    return best
