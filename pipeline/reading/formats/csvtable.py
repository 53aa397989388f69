"""Comma- and tab-separated tables → the same `|` lines as every other table.

The standard library's csv module: the delimiter is the one that splits the most lines into the same number of
fields; quoting is RFC 4180's. A file that no delimiter splits is taken as text, line by line.
"""

import csv
import io
from collections import Counter

from pipeline.reading.formats.tables import table_lines

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
    return "\n".join(table_lines(rows)) + "\n"


def _delimiter(text: str) -> str | None:
    head = text[:200_000]
    best, most = None, 0.0
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = Counter(len(row) for row, _ in zip(reader, range(SAMPLE), strict=False) if row)
        except csv.Error:
            continue
        width, lines = widths.most_common(1)[0] if widths else (1, 0)
        share = lines / max(widths.total(), 1)
        if width > 1 and share * width**0.5 > most and share > 0.5:
            best, most = delimiter, share * width**0.5
    return best
