"""The year that the numbers of a report speak of where the text beside them says none."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.folding import fold_script, with_folded
from pipeline.vocabulary import rows as vocabulary

PART_OF_YEAR = r"半年|季度|[0-9]{1,2}\s*月"


def report_years(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The year of each report and of the plans in it: report_id, report_year, plan_year (Int32).

    A report without a year of its own gets the last year of the plan period in its title (十三五: 2020),
    else the year that its text names most often, else that of its publication; null where there is none.
    The plan in a report on a whole year is for the next one, in a report on a part of a year for the same,
    in a report on a plan period for the next period.
    """
    title = fold_script(pl.col("title").fill_null(""))
    known = reports.select(
        "report_id", "document_id", "span_start", "span_end", "published_on", year="year", title=title
    )
    open_ = known.filter(pl.col("year").is_null())
    if not open_.is_empty():
        known = known.join(_guessed(documents, open_), on="report_id", how="left", maintain_order="left")
        known = known.with_columns(year=pl.coalesce("year", "guess", pl.col("published_on").dt.year()))
    whole = ~pl.col("title").str.contains(PART_OF_YEAR)
    year = pl.col("year").cast(pl.Int32)
    ahead = pl.when(_period().is_not_null()).then(5).otherwise(whole.cast(pl.Int32))
    return known.select("report_id", report_year=year, plan_year=(year + ahead).cast(pl.Int32))


def _period() -> pl.Expr:
    """The last year of the plan period that a title names."""
    periods = {r["name"]: int(r["last_year"]) for r in vocabulary("fields/plan_periods.csv")}
    return pl.coalesce(*(pl.when(pl.col("title").str.contains(n)).then(y) for n, y in periods.items()))


def _guessed(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    texts = reports.join(with_folded(documents).select("document_id", "folded"), on="document_id", how="left")
    body = pl.col("folded").str.slice("span_start", pl.col("span_end") - pl.col("span_start"))
    named = body.str.extract_all(r"(?:19|20)[0-9]{2}年").list.eval(pl.element().mode().max()).list.first()
    return texts.select(
        "report_id", guess=pl.coalesce(_period(), named.str.head(4).cast(pl.Int32, strict=False))
    )
