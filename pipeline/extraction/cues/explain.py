"""Why a number was read as it was: the cues that speak of it, those that would, and what cut them off."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.reach import HERE
from pipeline.extraction.cues.rows import cue_rows

SHIFT = 32  # bits of a place that the offset takes; the document's running number stands above them
TOLD = (
    "q", "field", "side", "decides", "reaches", "value", "word", "at", "end_at", "reach", "from_at", "to_at",
    "cut_by", "cut_field", "cue",
)  # fmt: skip


def explain_cues(cues: Cues, numbers: pl.DataFrame, fields: tuple[str, ...] = ()) -> pl.DataFrame:
    """Every cue of a number's clause, sentence, … that speaks of it, or would but for what cut it short.

    `cues`: those of a stream; `numbers`: q, at, end_at and unit_class of the chosen numbers (few: each is
    held against all cues of its document); `fields`: only these (all where it is empty). Returns `TOLD`,
    ordered by q, field, side and precedence: side (where the cue stands, as seen from the number), decides
    (no other cue goes before it), reaches (false where it was cut short: then cut_by is the place and
    cut_field the field of the cue that did it), reach (its unit) and from_at to to_at (the stretch that it
    speaks of). cue is the row of cues.csv, from 0. Places are those of the stream.
    """
    named = fields or tuple(f for f in cue_rows()["field"].unique(maintain_order=True) if f)
    hits = pl.concat([cues.of(name).with_columns(field=pl.lit(name)) for name in named])
    chosen = numbers.select("q", "unit_class", n_at="at", n_end="end_at", doc=pl.col("at") // (1 << SHIFT))
    pairs = hits.with_columns(doc=pl.col("at") // (1 << SHIFT)).join(chosen, on="doc")
    kind = pl.col("unit_class").fill_null("")
    allowed = (pl.col("allow") == "") | pl.col("allow").str.split("|").list.contains(kind)
    denied = (pl.col("deny") != "") & pl.col("deny").str.split("|").list.contains(kind)
    told = []
    for side in ("before", "after"):
        if side == "before":
            gap, whole = pl.col("n_at") - pl.col("at"), pl.col("whole_to") > pl.col("n_at")
            reaches = pl.col("to_at") > pl.col("n_at")
        else:
            gap, whole = pl.col("at") - pl.col("n_end"), pl.col("whole_from") <= pl.col("n_at")
            reaches = pl.col("from_at") <= pl.col("n_at")
        here = pairs.filter(pl.col("side").is_in(HERE[side]) & (gap >= 0) & whole & allowed & ~denied)
        here = here.with_columns(side=pl.lit(side), gap=gap, reaches=reaches)
        order = ("q", "field", pl.col("reaches").not_(), "rank", "gap")
        here = here.sort(*order)
        first = pl.struct("q", "field").is_first_distinct()
        told.append(here.with_columns(decides=first & pl.col("reaches")).select(TOLD))
    return pl.concat(told).sort("q", "field", "side", maintain_order=True)
