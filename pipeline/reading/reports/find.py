"""The reports in documents: where each begins and ends, what it calls itself, its genre and its year.

Regions are resolved in `regions`, copies and newer versions in `duplicates`.
"""

import polars as pl

from pipeline.reading.layout.dates import WHOLE_LINE, arabic_years
from pipeline.reading.layout.headers import find_fields
from pipeline.reading.layout.heading_roles import SPAN, YEAR, heading_year, with_roles
from pipeline.reading.layout.headings import RANKS, find_alone, find_headings
from pipeline.reading.layout.lines import split_lines
from pipeline.reading.reports import splitting
from pipeline.reading.reports.genres import find_genres
from pipeline.reading.reports.metadata import REPORT, read_metadata
from pipeline.reading.reports.titles import find_titles

HEAD_LINES = 8
TOP = RANKS["cn"]
LEAD = r"^[^,。《》\d根按]{0,10}((?:19|20)\d{2})\s*年(?:以来|度|来|[,全我在是]|上半年|民政|[省市县区局])"
REPORTS = {
    "report_id": pl.String,
    "document_id": pl.String,
    "ordinal": pl.Int64,
    "span_start": pl.Int64,
    "span_end": pl.Int64,
    "title": pl.String,
    "issuer": pl.String,
    "document_no": pl.String,
    "index_no": pl.String,
    "published_on": pl.Date,
    "genre": pl.String,
    "year": pl.Int32,
}


def find_reports(documents: pl.DataFrame, lines: pl.DataFrame | None = None) -> pl.DataFrame:
    """The reports of each document (document_id, text), in order, as core.reports has them but for
    region and duplicates.

    The reports of a document tile its text: the first starts at 0, the last ends with the text. `lines` are
    `split_lines(documents)`, for those who have them.
    """
    if documents.is_empty():
        return pl.DataFrame(schema=REPORTS)
    lines = split_lines(documents) if lines is None else lines
    fields = find_fields(lines)
    titles = find_titles(lines, fields)
    starts = splitting.find_starts(lines, fields, titles)
    lines = place_lines(lines, fields, starts)
    given = starts.drop_nulls("piece").join(
        lines.select("document_id", "line", "start"), on=["document_id", "line"]
    )
    given = given.select(*titles.columns[:3], text="piece", title="piece", firm=pl.lit(True))
    titles = pl.concat([titles.with_columns(given=pl.lit(False)), given.with_columns(given=pl.lit(True))])
    said = read_metadata(lines, fields, titles)
    read = said.join(_contents(lines), on=REPORT, how="left").pipe(_with_body_years, lines)
    return (
        _spans(documents, lines, starts)
        .join(find_genres(read), on=REPORT, how="left", maintain_order="left")
        .with_columns(
            genre=pl.col("genre").fill_null("other"),
            report_id=pl.col("document_id") + "-" + pl.col("ordinal").cast(pl.String).str.zfill(2),
        )
        .select(pl.col(name).cast(kind) for name, kind in REPORTS.items())
    )


def place_lines(lines: pl.DataFrame, fields: pl.DataFrame, starts: pl.DataFrame) -> pl.DataFrame:
    """`lines` with `ordinal` (of the report), `read` (running text of the report in front of the line) and
    `page` (a line of the page around a collection, which says nothing of its first piece)."""
    starts = starts.select("document_id", "line", "ordinal", "collection")
    header = fields.filter("strong").select("document_id", "line").unique().with_columns(header=True)
    return (
        lines.join(starts, on=["document_id", "line"], how="left", maintain_order="left")
        .join(header, on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(
            page=pl.col("collection").backward_fill().over("document_id").fill_null(False)
            & pl.col("ordinal").forward_fill().over("document_id").is_null(),
            ordinal=pl.col("ordinal").forward_fill().over("document_id").fill_null(1),
            prose=pl.when(pl.col("header").is_null()).then("prose").otherwise(0),
        )
        .with_columns(read=pl.col("prose").cum_sum().over(REPORT) - pl.col("prose"))
        .drop("collection", "header")
    )


def _spans(documents: pl.DataFrame, lines: pl.DataFrame, starts: pl.DataFrame) -> pl.DataFrame:
    later = starts.filter(pl.col("ordinal") > 1).join(
        lines.select("document_id", "line", "start"), on=["document_id", "line"]
    )
    first = documents.select("document_id", ordinal=pl.lit(1, pl.Int64), span_start=pl.lit(0, pl.Int64))
    ends = documents.select(
        "document_id", size=pl.col("text").str.len_chars().cast(pl.Int64), place=pl.int_range(pl.len())
    )
    return (
        pl.concat([first, later.select("document_id", pl.col("ordinal").cast(pl.Int64), span_start="start")])
        .join(ends, on="document_id")
        .sort("place", "ordinal")
        .with_columns(span_end=pl.col("span_start").shift(-1).over("document_id").fill_null(pl.col("size")))
        .drop("size", "place")
    )


def _contents(lines: pl.DataFrame) -> pl.DataFrame:
    """What the parts of each report are about, for genre and year."""
    headings = pl.concat([find_headings(lines), find_alone(lines)])
    headings = headings.unique(["document_id", "line"], keep="first").filter(
        pl.col("style").replace_strict(RANKS, return_dtype=pl.Int64) <= TOP
    )
    said = with_roles(headings.select("document_id", "line", "words"))
    said = said.with_columns(role=pl.coalesce("strong", "weak"), year=heading_year(pl.col("words")))
    year, role, strong = pl.col("year"), pl.col("role"), pl.col("strong")
    # 2024年重点工作 is a plan beside a look back, and a look back where it stands alone.
    looks_back = (strong == "results").any()
    plan_year = year.filter((strong == "plan") | ((role == "plan") & looks_back)).drop_nulls().first()
    contents = (
        lines.join(said.drop("words"), on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(part=pl.col("role").forward_fill().over(REPORT))
        .group_by(REPORT)
        .agg(
            results_year=year.filter(strong == "results").drop_nulls().first(),
            plan_year=plan_year,
            has_results=(role == "results").any(),
            plan_share=pl.col("prose").filter(pl.col("part") == "plan").sum() / pl.col("prose").sum().clip(1),
        )
    )
    contents = contents.join(_leads(lines), on=REPORT, how="left")
    return contents.join(_head_years(lines), on=REPORT, how="left")


def _head_years(lines: pl.DataFrame) -> pl.DataFrame:
    """A year that the short lines at the head of a report name (`2020年3月`, `(2023年度)`): head_year."""
    text = arabic_years(pl.col("text")).str.replace_all(SPAN, "")
    return (
        lines.with_columns(row=pl.int_range(pl.len()).over(REPORT))
        .filter(
            (pl.col("row") < HEAD_LINES)
            & (pl.col("read") == 0)
            & (pl.col("text").str.len_chars() <= 30)
            & ~pl.col("text").str.contains(f"{WHOLE_LINE}|[:〔]|号|日")
        )
        .select(*REPORT, year=text.str.extract(YEAR, 1).cast(pl.Int32))
        .drop_nulls()
        .group_by(REPORT)
        .agg(head_year=pl.col("year").first(), several=pl.col("year").n_unique())
        .filter(pl.col("several") == 1)
        .drop("several")
    )


def _leads(lines: pl.DataFrame) -> pl.DataFrame:
    """The year that one of the first sentences starts with, and whether it tells what is to be done."""
    lead = pl.col("text").str.extract(LEAD, 1).cast(pl.Int32)
    return (
        lines.filter((pl.col("read") < 400) & (pl.col("prose") > 0))
        .with_columns(lead=lead)
        .drop_nulls("lead")
        .group_by(REPORT, maintain_order=True)
        .agg(
            lead_year=pl.col("lead").first(),
            lead_plans=pl.col("text").first().str.contains("要|将|计划|任务|目标"),
        )
    )


def _with_body_years(reports: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Adds `body_year` to reports whose title and headings name no year: one that the text names at
    least three times, and twice as often as any other.
    """
    silent = reports.filter(
        pl.col("results_year").is_null() & ~pl.col("words").fill_null("").str.contains(YEAR)
    ).select(REPORT)
    years = (
        lines.join(silent, on=REPORT, how="semi")
        .select(*REPORT, year=pl.col("text").str.extract_all(YEAR))
        .explode("year", empty_as_null=True)
        .drop_nulls()
        .with_columns(year=pl.col("year").str.slice(0, 4).cast(pl.Int32))
        .group_by(*REPORT, "year")
        .len()
        .sort("len", descending=True)
        .group_by(REPORT, maintain_order=True)
        .agg(
            body_year=pl.col("year").first(),
            most=pl.col("len").get(0),
            next=pl.col("len").get(1, null_on_oob=True).fill_null(0),
        )
        .filter((pl.col("most") >= 3) & (pl.col("most") >= 2 * pl.col("next")))
    )
    return reports.join(years.select(*REPORT, "body_year"), on=REPORT, how="left")
