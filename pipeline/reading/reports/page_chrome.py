"""What a page carries around its report: links, licences and signatures below it, navigation above.

The patterns stand in `vocabulary/reports/page_lines.csv`.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.vocabulary import pattern

REST = 80  # running text that may still follow below a foot


@cache
def line_pattern(*places: str) -> str:
    """Lines of pages that belong to no report: `navigation`, `foot`."""
    chosen = [row["pattern"] for row in vocabulary.rows("reports/page_lines.csv") if row["place"] in places]
    return "|".join(f"(?:{pattern})" for pattern in chosen)


@cache
def _signature() -> str:
    """A line that ends a report: a date, or an office's name."""
    return rf"{pattern('whole_date')}|^[\u4e00-\u9fa5_×xX*]{{0,25}}{vocabulary.pattern('office')}$"


def body_ends(lines: pl.DataFrame) -> pl.DataFrame:
    """Where the body of each report ends and its signature, links and licences begin: report_id, body_end.

    Takes lines with `report_id`, in order. Reports without such an end have no row.
    """
    text = pl.col("text")
    short = pl.col("text").str.len_chars() <= 80
    foot = (short & text.str.contains(_signature())) | text.str.contains(line_pattern("foot"))
    return (
        lines.select("report_id", "start", "text", "prose")
        .with_columns(foot=foot)
        .with_columns(
            below=pl.when("foot").then(0).otherwise("prose").cum_sum(reverse=True).over("report_id"),
            above=pl.when("foot").then(0).otherwise("prose").cum_sum().over("report_id"),
        )
        # an office and a date in front of a short text are its head
        .filter(pl.col("foot") & (pl.col("below") < REST) & (pl.col("below") <= pl.col("above")))
        .group_by("report_id", maintain_order=True)
        .agg(body_end=pl.col("start").first())
    )
