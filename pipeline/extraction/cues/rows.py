"""The cues of the vocabulary: what each word or pattern says, and how far.

`fields/cues.csv` has a row a word or pattern, `fields/cue_fields.csv` what holds for all cues of a field
unless a cue's own row says otherwise. Here: both, joined and checked. Finding cues in texts is `find`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from pipeline.vocabulary import rows as vocabulary

REACHES = (
    "cell", "clause", "sentence", "statement", "item", "paragraph", "heading", "caption", "section", "title",
    "report",
)  # fmt: skip
SIDES = ("before", "after", "both", "around")
HEADS = ("title", "heading", "lead")
EVERYWHERE = "*"  # a decoy in every field
PAIRINGS = ("each", "nearest", "respectively")
CELLS = ("value", "word", "pattern", "trigger", "held", "gap", "priority", "decoy")
DEFAULTS = ("side", "reach", "as_head", "stops", "allow", "deny", "pairing")
SCHEMA: dict[str, Any] = {
    "cue": pl.Int32, "field": pl.String, "value": pl.String, "word": pl.String, "pattern": pl.String,
    "trigger": pl.List(pl.String), "held": pl.Boolean, "side": pl.String, "reach": pl.String,
    "reach_back": pl.String, "as_head": pl.List(pl.String), "stops": pl.List(pl.String),
    "allow": pl.List(pl.String), "deny": pl.List(pl.String), "gap": pl.Int64, "pairing": pl.String,
    "priority": pl.Int32, "decoy": pl.List(pl.String),
}  # fmt: skip


def list_cells(cell: str) -> list[str]:
    """The parts of a cell that holds several: `people|things`."""
    return [part for part in cell.split("|") if part]


@cache
def cue_rows() -> pl.DataFrame:
    """Every cue, in the order of the file; `cue` numbers them from 0.

    field (what it speaks of; empty for a mere decoy), value (what it says), word or pattern (a regular
    expression, tried on clauses that hold a word of `trigger`), held (counts also inside a longer word of a
    subject), side (before, after, both: where it stands as seen from the number; around: the number stands
    inside it), reach (how far the numbers behind it may stand), reach_back (those before it), as_head (how
    far it reaches where it stands in a head), stops (fields whose cues end its reach), allow and deny (unit
    classes that it may or may not speak of), gap (at most so many characters lie between it and the number),
    pairing, priority, and decoy (the fields in which it competes with other cues and says nothing; `*` for
    all). Raises ValueError where a row makes no sense or two rows speak of one word in a field.
    """
    defaults = {r["field"]: r for r in vocabulary("fields/cue_fields.csv")}
    rows = []
    for number, row in enumerate(vocabulary("fields/cues.csv")):
        where = f"fields/cues.csv, line {number + 2}"
        common = defaults.get(row["field"])
        if common is None and not (row["decoy"] and not row["field"]):
            raise ValueError(f"{where}: cue_fields.csv has no field {row['field']!r}")
        said = {name: row[name] or (common or {}).get(name, "") for name in DEFAULTS}
        rows.append((number, *_checked(where, row, said)))
    # the words of some fields stand elsewhere: the names of places
    for name in defaults.keys() - {row[1] for row in rows}:
        row = dict.fromkeys(CELLS, "") | {"field": name}
        said = {key: defaults[name].get(key, "") for key in DEFAULTS}
        rows.append((len(rows), *_cells(f"fields/cue_fields.csv, {name}", row, said)))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    named = frame.filter(pl.col("word").is_not_null())
    named = named.select("word", field=pl.concat_list("field", "decoy")).explode("field")
    twice = named.filter((pl.col("field") != "") & pl.struct("field", "word").is_duplicated())
    if twice.height:
        raise ValueError(f"fields/cues.csv: twice in one field: {sorted(set(twice['word']))}")
    return frame


def _checked(where: str, row: dict[str, str], said: dict[str, str]) -> tuple:
    """The cells of a row behind `cue`, in the order of `SCHEMA`."""
    if bool(row["word"]) == bool(row["pattern"]):
        raise ValueError(f"{where}: a cue is a word or a pattern")
    if row["pattern"] and not row["trigger"]:
        raise ValueError(
            f"{where}: the pattern {row['pattern']} needs a trigger, a word that it always holds"
        )
    return _cells(where, row, said)


def _cells(where: str, row: dict[str, str], said: dict[str, str]) -> tuple:
    reach, _, back = said["reach"].partition("/")
    pairing = said["pairing"] or "each"
    chosen = (
        ("side", said["side"], SIDES),
        ("reach", reach, REACHES),
        ("reach", back or reach, REACHES),
        ("pairing", pairing, PAIRINGS),
    )
    for name, value, allowed in chosen if row["field"] else ():
        if value not in allowed:
            raise ValueError(f"{where}: {name} is {value!r}, not one of {', '.join(allowed)}")
    heads, stops, allow, deny = (list_cells(said[name]) for name in ("as_head", "stops", "allow", "deny"))
    gap = int(row["gap"]) if row["gap"] else None
    return (
        row["field"], row["value"], row["word"] or None, row["pattern"] or None, list_cells(row["trigger"]),
        bool(row["held"]), said["side"], reach, back or reach, heads, stops, allow, deny, gap, pairing,
        int(row["priority"] or 0), list_cells(row["decoy"]),
    )  # fmt: skip
