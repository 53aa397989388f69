"""How far each cue reaches, and what cut it short.

A cue reaches the numbers on its side in the clause, sentence, … that its row names, up to the next cue of its
field (or of a field among its stops) that reaches as far or farther. A cue that reaches less far cuts
nothing: it only goes before where it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.extraction.cues.rows import REACHES, cue_rows

# The column of a stream's clauses that numbers the unit of a reach; running numbers, each unit in one piece.
UNITS = {
    "clause": "clause", "sentence": "sentence", "statement": "statement", "item": "item", "paragraph": "line",
}  # fmt: skip
STEP = 16  # ranks between two reaches: deeper headings reach less far
BOUNDED = (*UNITS, "section", "report")
RANK = {name: rank * STEP for rank, name in enumerate(REACHES)}
HEADS = RANK["heading"] - STEP + 1  # ranks from here on are those of leading lines, headings and titles


def unit_bounds(clauses: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Where the unit of each clause begins and ends: from_at, to_at, a row a clause.

    Sections and reports begin where the clause does: a cue speaks of what follows it there.
    """
    if unit in ("section", "report"):
        return clauses.select(from_at="at", to_at=f"{unit}_to")
    ids = clauses[UNITS[unit]]
    new = ids != ids.shift(1)
    new = new.fill_null(True)
    which = new.cum_sum() - 1
    starts = clauses["at"].filter(new)
    ends = clauses["end_at"].filter(new.shift(-1, fill_value=True))
    return pl.DataFrame({"from_at": starts.gather(which), "to_at": ends.gather(which)})


@cache
def _told() -> pl.DataFrame:
    """What the rows of cues say of their reach."""
    return cue_rows().select(
        "cue", "side", "reach", "reach_back", "as_head", "stops", "gap",
        allow=pl.col("allow").list.join("|"), deny=pl.col("deny").list.join("|"),
        rank=pl.col("reach").replace_strict(RANK, default=None, return_dtype=pl.Int32),
    )  # fmt: skip


def with_reach(
    hits: pl.DataFrame,
    bounds: Callable[[str], pl.DataFrame],
    stands: pl.DataFrame | None,
    stops: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    """Add to the hits of one field how far they reach.

    `hits`: `find.HIT` and place (the row of their clause), in order; `bounds`: `unit_bounds` of the stream by
    unit; `stands`: where each hit stands (`stands.PLACED`), null where the texts are no reports; `stops`: the
    hits of each field that ends the reach of one of these. Returns `frame.cues`.
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
    if len(named) == 1 and rows[reach].n_unique() == 1:
        return pl.lit(ends[named[0]])
    told = [pl.when(pl.col(reach) == name).then(end) for name, end in ends.items()]
    return pl.coalesce(*told, "end_at" if bound == "to_at" else "at")


def _succeeded(rows: pl.DataFrame) -> pl.DataFrame:
    """Cut the reach at the next cue that reaches as far or farther and speaks of the same classes."""
    groups = rows.filter(pl.col("side") != "around").select("rank", "allow", "deny").unique()
    if groups.height == 1 and not (rows["side"] == "around").any():
        cuts = rows["at"].shift(-1)
    else:
        cuts = pl.Series("cut", [None] * rows.height, dtype=pl.Int64)
        for rank, allow, deny in groups.iter_rows():
            like = (
                (pl.col("side") != "around") & (pl.col("rank") >= rank)
                & (pl.col("allow") == allow) & (pl.col("deny") == deny)
            )  # fmt: skip
            next_at = pl.when(like).then("at").backward_fill().shift(-1)
            cuts = rows.select(
                pl.when(like & (pl.col("rank") == rank)).then(next_at).otherwise(cuts)
            ).to_series()
    inside = cuts < rows["to_at"]
    return rows.with_columns(
        cut_by=pl.when(inside).then(cuts), to_at=pl.when(inside).then(cuts).otherwise("to_at"),
        cut_field=pl.when(inside).then("field"),
    )  # fmt: skip


def _stopped(rows: pl.DataFrame, stops: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Cut the reach behind the cues at the first cue of a field that stops them."""
    for field, others in stops.items():
        found = rows.join_asof(
            others.select(stop=pl.col("at").set_sorted()),
            left_on="end_at", right_on="stop", strategy="forward", coalesce=False, check_sortedness=False,
        )["stop"]  # fmt: skip
        cut = pl.col("stops").list.contains(field) & (found < rows["to_at"])
        cut = cut.fill_null(False)
        rows = rows.with_columns(
            to_at=pl.when(cut).then(found).otherwise("to_at"),
            cut_by=pl.when(cut).then(found).otherwise("cut_by"),
            cut_field=pl.when(cut).then(pl.lit(field)).otherwise("cut_field"),
        )
    return rows
