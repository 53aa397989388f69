"""Texts whose lines are broken, and how wide they are set: as pages are, or by hand at no one width.

Careful on purpose: a text with a paragraph, an item or a heading a line is none of these.
"""

import polars as pl

# where most lines end behind a quantity, each is an item of its own
QUANTITY_ENDS = r"[0-9][余多]?[百千万亿]*(?:%|[\p{Han}&&[^的和与及是为在]]{1,2})$"
INSIDE = r"[,、。;\uff0c\uff1b]"  # running text has commas; a list of names or titles has none
SHORTEST, LONGEST = 12.0, 70.0  # ems of a full line
SLACK = 2.6  # ems that a full line may fall short, for brackets and the air beside digits
LEAST_BREAKS = 3
RAGGED_SHORTEST = 18.0  # ems of a line of running text in a text broken at no one width
RAGGED_LINES, RAGGED_OPEN = 6, 0.4  # how many such lines, and the share of them that stop without an end


def broken_documents(prose: pl.DataFrame) -> pl.DataFrame:
    """Texts whose lines are broken: document_id, full (the width of a line in ems), indents."""
    even = _evenly(prose)
    return pl.concat([even, _raggedly(prose).join(even, on="document_id", how="anti")])


def _raggedly(prose: pl.DataFrame) -> pl.DataFrame:
    """Texts broken at no one width, as copied from a reader's window or typed by hand.

    Where a paragraph is a line, hardly one of the lines of running text stops without an end; where many do,
    and none is longer than a page is wide, lines are broken.
    """
    running = prose.filter(pl.col("text").str.contains(INSIDE) & (pl.col("width") >= RAGGED_SHORTEST))
    return (
        running.group_by("document_id")
        .agg(
            full=pl.col("width").median(),
            lines=pl.len(),
            open=pl.col("open").mean(),
            over=(pl.col("width") > LONGEST).sum(),
            indents=pl.lit(False),
            items=(pl.col("open") & pl.col("text").str.contains(QUANTITY_ENDS)).sum(),
        )
        .filter(pl.col("items") <= 0.5 * pl.col("open") * pl.col("lines"))
        .filter((pl.col("lines") >= RAGGED_LINES) & (pl.col("open") >= RAGGED_OPEN) & (pl.col("over") == 0))
        .select("document_id", "full", "indents")
    )


def _evenly(prose: pl.DataFrame) -> pl.DataFrame:
    """Texts whose lines are broken at one width: document_id, full, indents.

    In such a text hardly a line is longer than the width, most of the lines that stop inside a sentence reach
    it, they are a good part of all the lines that reach it, and what they hold is running text.
    """
    full = pl.col("full")
    reaches = (pl.col("width") >= full - SLACK) & (pl.col("width") <= full + SLACK)
    widths = (
        prose.filter(pl.col("open") & pl.col("width").is_between(SHORTEST, LONGEST))
        .group_by("document_id")
        .agg(full=pl.col("width").quantile(0.8, "nearest"))
    )
    return (
        prose.join(widths, on="document_id", how="inner")
        .group_by("document_id")
        .agg(
            full.first(),
            breaks=(pl.col("open") & reaches).sum(),
            items=(pl.col("open") & reaches & pl.col("text").str.contains(QUANTITY_ENDS)).sum(),
            stops=(pl.col("open") & (pl.col("width") >= SHORTEST)).sum(),
            filled=reaches.sum(),
            over=(pl.col("width") > full + SLACK).sum(),
            spoken=(reaches & pl.col("text").str.contains(INSIDE)).sum(),
            ended=(~pl.col("open")).mean(),
            indents=(pl.col("lead") > 1).mean().is_between(0.05, 0.6),
        )
        .filter(pl.col("breaks") >= LEAST_BREAKS)
        .filter(pl.col("breaks") >= 0.6 * pl.col("stops"))
        .filter(pl.col("items") <= 0.5 * pl.col("breaks"))
        .filter(pl.col("breaks") >= 0.4 * pl.col("filled"))
        .filter((pl.col("spoken") >= 0.5 * pl.col("filled")) & (pl.col("ended") >= 0.05))
        .filter(pl.col("over") <= 0.08 * (pl.col("filled") + pl.col("over")))
        .select("document_id", "full", "indents")
    )
