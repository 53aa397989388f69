"""Records of named values: the same names come again and again, each with its value behind a colon.

机构名称:东镇敬老院 床位数:80 在院老人:52        机构名称:东镇敬老院
机构名称:西镇敬老院 床位数:60 在院老人:41        床位数:80 …
"""

from __future__ import annotations

import re
from typing import NamedTuple

import polars as pl

from pipeline.reading.tables import words
from pipeline.reading.tables.raw_cells import RAW_CELLS, RawCell, glued

NAMED = re.compile(r"(?:^|[\s,;、|])([合总小共] ?计|[\u4e00-\u9fffA-Za-z0-9()%/·“”-]{1,24})\s?:(?!\s*$)")
PAIRS = r"\p{Han}[()%]{0,2}\s?:\s?[^\s:]"  # of a line that may hold some
SPOKEN = r"。|:[^:]{60}"
PARTS = " \t,;、|"
FEWEST_RECORDS, FEWEST_NAMES = 2, 2
ALIKE = 0.6  # of the records that have a name; of the values of a name that are figures
BETWEEN = 2  # lines between two of one run


class Pair(NamedTuple):
    """A name and its value with where they begin."""

    name: str
    at: int
    value: str
    value_at: int


def record_cells(lines: pl.DataFrame) -> pl.DataFrame:
    """The cells of such tables (`RAW_CELLS`): the names of the first record are row 0, each record is a row.

    `lines`: as `cutting.cut_lines` gives them.
    """
    text = pl.col("text")
    likely = lines.filter(text.str.contains(PAIRS) & ~text.str.contains(SPOKEN))
    if likely.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    apart = other | (pl.col("line") - pl.col("line").shift(1) > BETWEEN)
    likely = likely.with_columns(run=apart.fill_null(True).cum_sum())
    cells: list[RawCell] = []
    for (run,), part in likely.group_by("run", maintain_order=True):
        document, texts, starts = part["document_id"][0], part["text"].to_list(), part["start"].to_list()
        found = [_pairs(line, start) for line, start in zip(texts, starts, strict=True)]
        records = _records(found)
        if not records:
            continue
        names: dict[str, Pair] = {}
        for record in records:
            for pair in record:
                names.setdefault(pair.name, pair)
        column = {name: n for n, name in enumerate(names)}
        cells += [(document, run, 0, column[name], pair.at, name) for name, pair in names.items()]
        cells += [
            (document, run, row, column[pair.name], pair.value_at, pair.value)
            for row, record in enumerate(records, 1)
            for pair in record
        ]
    return glued(cells).sort("grid", "row", "column")


def _pairs(line: str, start: int) -> list[Pair]:
    """The pairs of a line, none where something stands before the first of them."""
    found = list(NAMED.finditer(line))
    if not found or line[: found[0].start(1)].strip(PARTS):
        return []
    pairs = []
    for here, behind in zip(found, [*found[1:], None], strict=True):
        end = behind.start(1) if behind else len(line)
        value = line[here.end() : end].rstrip(PARTS)
        lead = len(value) - len(value.lstrip())
        pairs.append(Pair(here[1], start + here.start(1), value.strip(), start + here.end() + lead))
    return pairs


def _records(lines: list[list[Pair]]) -> list[list[Pair]]:
    """The records of a run of lines, from the first name on that comes again; none where they differ."""
    pairs = [pair for line in lines for pair in line]
    counts: dict[str, int] = {}
    for pair in pairs:
        counts[pair.name] = counts.get(pair.name, 0) + 1
    often = {name for name, count in counts.items() if count >= FEWEST_RECORDS}
    begin = next((n for n, pair in enumerate(pairs) if pair.name in often), len(pairs))
    records: list[list[Pair]] = []
    for pair in pairs[begin:]:
        if not records or pair.name in {known.name for known in records[-1]}:
            records.append([])
        if pair.name in often:
            records[-1].append(pair)
    names = [name for name in often if counts[name] >= ALIKE * len(records)]
    figures = [
        name
        for name in names
        if sum(
            # 月份:1月 names its record
            bool(re.search(words.figure(), pair.value)) and not re.search(words.DATE, pair.value)
            for pair in pairs[begin:]
            if pair.name == name
        ) >= ALIKE * counts[name]
    ]  # fmt: skip
    sound = len(records) >= FEWEST_RECORDS and len(names) >= FEWEST_NAMES and figures and len(names) > len(
        figures
    )  # fmt: skip
    return records if sound else []
