"""How a table is laid out, drawn from a seed, each choice for itself."""

from __future__ import annotations

from dataclasses import dataclass, fields
from random import Random

from table_layouts.known import Known

PARTED = {
    "bars": 10,
    "bars_inner": 8,
    "bars_tight": 5,
    "markdown": 5,
    "tabs": 16,
    "aligned": 10,
    "aligned_right": 6,
    "one_blank": 10,
    "two_blanks": 4,
    "lines": 14,
    "lines_apart": 5,
    "lines_barred": 5,
    "html": 3,
    "boxed": 2,
    "dunhao": 2,
    "semicolon": 2,
    "slash": 2,
    "records": 5,
    "columns_first": 1,
    "sentences": 2,
    "filled": 0,  # not drawn yet
    "filled_lines": 0,
    "filled_alone": 0,
    "filled_kept": 0,
}
NO_BLANKS = (
    "one_blank",
    "two_blanks",
    "lines",
    "columns_first",
    "records",
    "sentences",
)  # where blank cells vanish


@dataclass(frozen=True)
class Layout:
    """The choices; each name is a dimension of the score."""

    content: str
    parted: str
    turned: bool
    heads: str  # spread (outer ones over blanks), repeated, joined
    stubs: str  # merged, repeated, sections, indented, joined
    units: str  # brackets, row, column, line, caption, cells, slash, dash, none
    numbering: str  # none, column, arabic, chinese
    codes: bool
    column_numbers: bool
    total: str  # first, last, none
    dated: str  # title, line, furniture, head, note, prose
    written: str  # how the date is written: plain, dotted, full, quarter
    corner: str  # over the names: named, blank, unit
    beside: str  # other tables of the page: none, before, behind, headed (a title of the page has the date)
    office: bool
    note: str  # none, note, source, signed
    blanks: str  # none, blank, dash
    thousands: bool
    wide_heads: bool  # 户  数
    remarks: bool
    offices: bool  # who is in charge, in a last column of words
    before: bool  # prose
    behind: bool


DIMENSIONS = tuple(field.name for field in fields(Layout))


def layout_of(known: Known, rng: Random) -> Layout:
    """A layout that the table can have."""
    pick = rng.choices
    parted = pick(list(PARTED), list(PARTED.values()))[0]
    turned = known.turns and rng.random() < 0.3
    columns, rows = (known.rows, known.columns) if turned else (known.columns, known.rows)
    deep, tall = (max(len(n.path) for n in names) for names in (columns, rows))
    plain = parted in ("records", "sentences")
    heads = pick(["spread", "repeated", "joined"], [6, 2, 3])[0] if deep > 1 and not plain else "joined"
    stubs = pick(["merged", "repeated", "sections", "indented", "joined"], [4, 2, 2, 2, 3])[0]
    if tall == 1 or plain:
        stubs = "joined"
    by_rows = any(name.unit for name in rows) and not all(name.unit for name in columns)
    ways = {"brackets": 6, "cells": 2, "slash": 1, "dash": 0.5}
    if known.corner:
        ways |= {"line": 6, "caption": 2}
    ways["column" if by_rows else "row"] = 3 if by_rows else 1
    if plain or parted == "columns_first":
        ways = {k: v for k, v in ways.items() if k in ("brackets", "cells", "line")}
    units = pick(list(ways), list(ways.values()))[0]
    dated = pick(["title", "line", "furniture", "head", "note", "prose"], [8, 3, 2, 1, 1, 2])[0]
    if plain and dated == "head":
        dated = "title"
    numbering = (
        "none" if turned and deep > 1 else pick(["none", "column", "arabic", "chinese"], [6, 3, 1, 1])[0]
    )
    if parted in ("dunhao", "sentences") and numbering == "chinese":
        numbering = "arabic"
    if parted == "sentences":
        units = "cells"
    nameless = known.key.startswith("short")  # nothing but the head says that these are places
    if parted == "slash" and units == "slash":
        units = "brackets"
    if stubs in ("sections", "merged") and numbering == "column":
        numbering = "none"
    blanks = "none" if parted in NO_BLANKS else pick(["none", "blank", "dash"], [5, 2, 2])[0]
    if parted in NO_BLANKS:
        blanks = pick(["none", "dash"], [5, 2])[0]
    return Layout(
        known.key,
        parted,
        turned,
        heads,
        stubs,
        units,
        numbering,
        codes=not plain and rng.random() < 0.08,
        column_numbers=not plain and parted != "columns_first" and rng.random() < 0.08,
        total="none" if known.derive else pick(["last", "first", "none"], [5, 2, 3])[0],
        dated=dated,
        written=pick(["plain", "dotted", "full", "dashed"], [7, 1, 1, 1])[0]
        if dated in ("line", "furniture")
        else "plain",
        corner=pick(["named", "blank"], [6, 1])[0]
        if not plain and not nameless and parted not in NO_BLANKS
        else "named",
        beside=pick(["none", "before", "behind", "headed"], [8, 1, 1, 1])[0],
        office=rng.random() < 0.3,
        note=pick(["none", "note", "source", "signed"], [6, 2, 1, 1])[0],
        blanks=blanks,
        thousands=parted not in ("dunhao",) and rng.random() < 0.15,
        wide_heads=parted in ("bars", "tabs", "bars_inner", "html", "lines") and rng.random() < 0.1,
        remarks=parted not in ("records", "sentences", "columns_first") and rng.random() < 0.15,
        offices=not plain and parted != "columns_first" and rng.random() < 0.08,
        before=rng.random() < 0.4,
        behind=rng.random() < 0.4,
    )
