"""Words of two characters that were set apart in lines whose cells one blank divides.

    乡 镇 户 数 人 数          three heads, as many as the words below them
    永丰镇 612 1344
    合 计 612 1344

The blank inside such a word becomes a sign that is none, until the cells are told.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.compute import beside, compute_where
from pipeline.vocabulary import rows as vocabulary

JOINER = "\u2060"
APART = r"[|\t]|\S\s{2,}\S"  # cells that something else divides
FEWEST_WORDS = 3
WIDE = r"\S\s{3,}\S"  # where blanks of other widths divide cells
BROKEN_TIME = r"([0-9]) (年|月|周?岁)"


@cache
def _apart() -> tuple[str, str]:
    """A word of two characters of the frame of tables with a blank inside, first where anything may stand
    around it, which is told sooner; its groups are these."""
    known = {row["word"] for row in vocabulary("tables/layout_words.csv")}
    pairs = [word for word in known if len(word) == 2]
    first, second = ("".join(sorted({word[n] for word in pairs})) for n in (0, 1))
    word = f"([{first}]) ([{second}])"
    return word, rf"\b{word}\b"


def with_closed_words(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (document_id, text …) with such words closed where that makes as many words as the line below
    or above has, of which one holds figures."""
    lines = _with_closed_times(lines)
    text = pl.col("text")
    likely, apart = _apart()
    asked = compute_where(
        lines, text.str.contains(likely), text.str.contains(apart) & ~text.str.contains(APART)
    ).fill_null(False)
    if not asked.any():
        return lines
    held = lines.with_row_index("at").with_columns(asked=asked).filter(text.str.strip_chars() != "")
    closed = pl.when("asked").then(text.str.replace_all(apart, f"${{1}}{JOINER}${{2}}")).otherwise(text)
    held = held.with_columns(closed=closed)
    n = pl.col("closed").str.count_matches(r"\S+")
    figures = text.str.contains(r"(?:^|\s)[0-9]+(?:\s|$)")
    held = held.with_columns(n=n, figures=figures)
    fits = pl.lit(False)
    for way in (1, -1):
        other = beside(pl.col("n"), way, "document_id")
        figured = pl.col("figures") | beside(pl.col("figures"), way, "document_id")
        fits = fits | ((other == pl.col("n")) & figured).fill_null(False)
    fits = fits & pl.col("asked") & (pl.col("n") >= FEWEST_WORDS)
    found = held.filter(fits).select("at", "closed")
    lines = lines.with_row_index("at").join(found, on="at", how="left", maintain_order="left")
    return lines.with_columns(text=pl.coalesce("closed", "text")).drop("at", "closed")


def _with_closed_times(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines with years and ages closed where wider blanks divide the cells: 2010 年      2020 年."""
    text = pl.col("text")
    asked = text.str.contains(WIDE) & text.str.contains(BROKEN_TIME)
    if not lines.select(asked.any()).item():
        return lines
    closed = text.str.replace_all(BROKEN_TIME, f"${{1}}{JOINER}${{2}}")
    return lines.with_columns(text=pl.when(asked).then(closed).otherwise(text))
