"""How far each cue reaches, and what cut it short.

A cue reaches the numbers on its side in the clause, sentence, … that its row names, up to the next cue of its
field (or of a field among its stops) that reaches as far or farther. A cue that reaches less far cuts
nothing: it only goes before where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.extraction.cues.rows import REACHES, cue_rows

# The column of a stream's clauses that numbers the unit of a reach; running numbers, each unit in one piece.
UNITS = {
    "clause": "clause", "sentence": "sentence", "statement": "statement", "item": "item", "paragraph": "line",
}  # fmt: skip
HERE = {"before": ["before", "both", "around"], "after": ["after", "both"]}  # sides, by where a cue stands
STEP = 16  # ranks between two reaches: deeper headings reach less far
NEVER = 1 << 62  # behind every place
BOUNDED = (*UNITS, "section", "report")
RANK = {name: rank * STEP for rank, name in enumerate(REACHES)}
HEADS = RANK["heading"] - STEP + 1  # ranks from here on are those of leading lines, headings and titles


def unit_bounds(clauses: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Where the unit of each clause begins and ends: from_at, to_at, a row a clause.

    Sections and reports begin where the clause does: a cue speaks of what follows it there.
    """
    if unit in ("section", "report"):
        return clauses.select(from_at="at", to_at=f"{unit}_to")
    ids, at, end_at = (clauses[name].to_numpy() for name in (UNITS[unit], "at", "end_at"))
    first, last = np.ones(len(ids), bool), np.ones(len(ids), bool)
    first[1:] = last[:-1] = ids[1:] != ids[:-1]
    which = first.cumsum() - 1
    return pl.DataFrame({"from_at": at[first][which], "to_at": end_at[last][which]})


@cache
def _told() -> pl.DataFrame:
    """What the rows of cues say of their reach; `speaks` numbers what they may and may not speak of."""
    rows = cue_rows().select(
        "cue", "side", "reach", "reach_back", "as_head", "stops", "gap",
        allow=pl.col("allow").list.join("|"), deny=pl.col("deny").list.join("|"),
        rank=pl.col("reach").replace_strict(RANK, default=None, return_dtype=pl.Int32),
    )  # fmt: skip
    return rows.with_columns(
        speaks=pl.struct("allow", "deny").rank("dense").cast(pl.Int64),
        **{where: pl.col("side").is_in(sides) for where, sides in HERE.items()},
    )


@cache
def _column(name: str) -> np.ndarray:
    return _told()[name].to_numpy()


def speaks(cues: np.ndarray) -> np.ndarray:
    """A number for what each cue (a row of cues.csv) may and may not speak of."""
    return _column("speaks")[cues]


def classes(cue: int) -> tuple[str, str]:
    """The unit classes that a cue may and may not speak of, `|` between them."""
    return _column("allow")[cue], _column("deny")[cue]


def speak(cues: np.ndarray, where: str) -> np.ndarray:
    """Which cues speak of numbers `before` or `after` which they stand."""
    return _column(where)[cues]


def with_reach(
    hits: pl.DataFrame,
    bounds: Callable[[str], pl.DataFrame],
    stands: pl.DataFrame | None,
    stops: Callable[[str], pl.Series],
) -> pl.DataFrame:
    """Add to hits how far they reach.

    `hits`: `frame.cue_hits` and place (the row of their clause), in order of field and text; `bounds`:
    `unit_bounds` of the stream by unit; `stands`: where each hit stands (`stands.PLACED`), null where the
    texts are no reports; `stops`: the places of the hits of a field, which may end the reach of these.
    Returns `frame.cues`.
    """
    rows = hits.join(_told(), on="cue", how="left", maintain_order="left")
    before, behind = pl.col("side").is_in(["before", "both"]), pl.col("side").is_in(["after", "both"])
    rows = rows.with_columns(
        to_at=pl.when(before).then(_bound(rows, bounds, "reach", "to_at")).otherwise("end_at"),
        from_at=pl.when(behind).then(_bound(rows, bounds, "reach_back", "from_at")).otherwise("at"),
    )
    rows = _as_heads(rows, stands)
    if rows["gap"].null_count() < rows.height:
        to_at, from_at = pl.col("end_at") + pl.col("gap") + 1, pl.col("at") - pl.col("gap")
        rows = rows.with_columns(
            to_at=pl.min_horizontal("to_at", to_at), from_at=pl.max_horizontal("from_at", from_at)
        )
    rows = rows.with_columns(whole_to="to_at", whole_from="from_at")
    return _stopped(_succeeded(rows), stops).select(polars_schema("frame.cues").names())


def _as_heads(rows: pl.DataFrame, stands: pl.DataFrame | None) -> pl.DataFrame:
    """Let cues in a title, heading or leading line speak of all below it, where their rows say so."""
    if stands is None or not (rows["as_head"].list.len() > 0).any():
        return rows
    place = stands["stands"]
    told = rows.select(pl.col("as_head").list.contains(place)).to_series().fill_null(False)
    if not told.any():
        return rows
    title = place == "title"
    rank = pl.when(title).then(RANK["title"]).when(place == "lead").then(HEADS)
    return rows.with_columns(
        to_at=pl.when(told).then(pl.when(title).then(stands["report_to"]).otherwise(stands["section_to"]))
        .otherwise("to_at"), rank=pl.when(told).then(rank.otherwise(RANK["heading"] -
        stands["level"])).otherwise("rank").cast(pl.Int32),
        reach=pl.when(told).then(place).otherwise("reach"),
    )  # fmt: skip


def _bound(rows: pl.DataFrame, bounds: Callable[[str], pl.DataFrame], reach: str, bound: str) -> pl.Expr:
    """Where the unit of each hit's reach begins (from_at) or ends (to_at)."""
    named = [name for name in rows[reach].unique().to_list() if name in BOUNDED]
    ends = {name: bounds(name)[bound].gather(rows["place"]) for name in named}
    told = [pl.when(pl.col(reach) == name).then(end) for name, end in ends.items()]
    return pl.coalesce(*told, "end_at" if bound == "to_at" else "at")


def _succeeded(rows: pl.DataFrame) -> pl.DataFrame:
    """Cut the reach at the next cue of its field that reaches as far or farther and speaks of the same
    classes."""
    many = _told().height
    group = rows.select(pl.col("field").rle_id().cast(pl.Int64) * many + pl.col("speaks")).to_series()
    order = np.argsort(group.to_numpy(), kind="stable")
    order = order[(rows["side"] != "around").to_numpy()[order]]
    groups, at, rank = (column.to_numpy()[order] for column in (group, rows["at"], rows["rank"]))
    cuts = np.full(rows.height, NEVER)
    for least in np.unique(rank):
        far = np.flatnonzero(rank >= least)
        here, after = far[:-1], far[1:]
        cut = (rank[here] == least) & (groups[here] == groups[after])
        cuts[order[here[cut]]] = at[after[cut]]
    inside = pl.lit(pl.Series(cuts)) < pl.col("to_at")
    cut = pl.lit(pl.Series(cuts))
    return rows.with_columns(
        cut_by=pl.when(inside).then(cut), to_at=pl.when(inside).then(cut).otherwise("to_at"),
        cut_field=pl.when(inside).then("field"),
    )  # fmt: skip


def _stopped(rows: pl.DataFrame, stops: Callable[[str], pl.Series]) -> pl.DataFrame:
    """Cut the reach behind the cues at the first cue of a field that stops them."""
    end_at = rows["end_at"].to_numpy()
    for field in rows["stops"].explode().unique().drop_nulls().sort():
        others = np.append(stops(field).to_numpy(), NEVER)
        found = pl.lit(pl.Series(others[np.searchsorted(others, end_at, "left")]))
        cut = pl.col("stops").list.contains(field) & (found < pl.col("to_at"))
        rows = rows.with_columns(
            to_at=pl.when(cut).then(found).otherwise("to_at"),
            cut_by=pl.when(cut).then(found).otherwise("cut_by"),
            cut_field=pl.when(cut).then(pl.lit(field)).otherwise("cut_field"),
        )
    return rows
