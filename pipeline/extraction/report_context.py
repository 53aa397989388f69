"""What the report and its sections say of the numbers that stand in them."""

from __future__ import annotations

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.fields.report_years import report_years
from pipeline.extraction.words import find_words, subject_words, subjects_of
from pipeline.reading.layout.folding import fold_script, with_folded

HEADING = ("heading_word", "heading_subject", "heading_head", "heading_strength")
SAID = (
    "report_id", "genre", "region_code", "section_id", "role", "section_year", *HEADING, "task_id",
    "report_year", "now_year", "told_year", "plan_year", "year_before", "told_month", "planned",
    "default_year", "own",
)  # fmt: skip
COUNTIES = ("县", "区", "市", "旗")  # what a county calls itself
PLANS = ("plan", "task_list")  # genres
ON_A_YEAR = ("summary", "summary_and_plan", "bulletin", "other")  # genres whose plans are for the year after


def context(
    rows: pl.DataFrame,
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None,
) -> pl.DataFrame:
    """What the report, section and task say of numbers that stand in them: `SAID`, columns of
    `frame.quantities`, a row a row.

    `rows`: document_id and pos (an offset into `documents.text`); those of a document follow its text.
    `documents`: document_id, text. `reports`, `sections` and `tasks` as in `core`.
    """
    known = reports.select("document_id", "report_id", "genre", "region_code", pos="span_start").sort("pos")
    rows = rows.join_asof(known, on="pos", by="document_id", check_sortedness=False)
    rows = _in_tasks(_under_title(_in_sections(rows, sections), reports), tasks)
    rows = rows.join(report_years(reports), on="report_id", how="left", maintain_order="left")
    rows = rows.with_columns(plan_and_year())
    rows = rows.join(_own_area(documents, reports), on="report_id", how="left", maintain_order="left")
    return rows.select(SAID)


def plan_and_year() -> list[pl.Expr]:
    """planned and default_year of numbers, by their section and report: of rows with role, genre,
    section_year, told_year, plan_year and year_before."""
    role, genre = pl.col("role"), pl.col("genre")
    # A section without a role takes the genre's.
    planned = (role == "plan") | (role.is_null() & genre.is_in(PLANS))
    ahead = (role == "plan") & genre.is_in(ON_A_YEAR)
    # what a plan tells of the time before it
    behind = role.is_in(["results", "problems"]) & genre.is_in(PLANS)
    year = (
        pl.when(ahead).then("plan_year").when(behind).then("year_before").otherwise("told_year")
    )  # fmt: skip
    return [
        planned.fill_null(False).alias("planned"),
        pl.coalesce("section_year", year).alias("default_year"),
    ]


def _in_sections(rows: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Add section_id, role, section_year and `HEADING` of the innermost section around each row."""
    sections = sections.join(_heading_subjects(sections), on="section_id", how="left", maintain_order="left")
    said = ("section_id", "role", "section_year", *HEADING)
    inner = sections.with_columns(section_year="year").select(
        "document_id", *said, section_end="span_end", pos="span_start"
    )
    rows = rows.join_asof(inner.sort("pos"), on="pos", by="document_id", check_sortedness=False)
    inside = pl.col("pos") < pl.col("section_end")
    return rows.with_columns(pl.when(inside).then(pl.col(c)).alias(c) for c in said).drop("section_end")


def _under_title(rows: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Fill `HEADING` from the title where no heading names a subject, then from the office: a report on
    marriage registration or of a rescue station is on it throughout, one on a bureau's work on nothing."""
    named = reports.select("report_id", "title", "issuer").unpivot(
        ["title", "issuer"], index="report_id", value_name="heading"
    )
    titles = _heading_subjects(named.drop_nulls().rename({"report_id": "section_id"}))
    titles = titles.filter(~pl.col("heading_subject").is_in(subjects_of("administration")))
    titles = titles.unique("section_id", keep="first", maintain_order=True)
    titles = titles.rename({"section_id": "report_id"})
    titles = titles.rename({name: f"title_{name}" for name in HEADING})
    rows = rows.join(titles, on="report_id", how="left", maintain_order="left")
    unnamed = pl.col("heading_subject").is_null()
    filled = rows.with_columns(pl.when(unnamed).then(f"title_{c}").otherwise(c).alias(c) for c in HEADING)
    return filled.drop(f"title_{name}" for name in HEADING)


def _in_tasks(rows: pl.DataFrame, tasks: pl.DataFrame | None) -> pl.DataFrame:
    """Add task_id of the task around each row, null where there is none."""
    if tasks is None or tasks.is_empty():
        return rows.with_columns(task_id=pl.lit(None, pl.String))
    items = tasks.select("document_id", "task_id", task_end="span_end", pos="span_start").sort("pos")
    rows = rows.join_asof(items, on="pos", by="document_id", check_sortedness=False)
    inside = pl.col("pos") < pl.col("task_end")
    return rows.with_columns(task_id=pl.when(inside).then("task_id")).drop("task_end")


def _heading_subjects(sections: pl.DataFrame) -> pl.DataFrame:
    """The first telling subject word of each heading: section_id and `HEADING`."""
    # many reports have the same headings
    texts = sections.select(document_id=pl.col("heading").unique())
    texts = texts.with_columns(reading=fold_script(pl.col("document_id")))
    words = find_words(texts).join(subject_words(), on="word", how="inner", maintain_order="left")
    clear = words.filter((pl.col("strength") >= 2) & ~pl.col("subject").str.starts_with("*"))
    first = clear.sort("document_id", "start").unique("document_id", keep="first")
    first = first.select(
        heading="document_id",
        heading_word="word",
        heading_subject="subject",
        heading_head="head",
        heading_strength="strength",
    )
    return sections.select("section_id", "heading").join(first, on="heading", how="inner").drop("heading")


def _own_area(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """How each report calls its own area: report_id, own.

    The region code says it for nations, provinces and cities; below them, what stands most often behind 全
    or 我.
    """
    code = pl.col("region_code")
    level = (
        pl.when(code == "100000").then(pl.lit("国")).when(code.str.ends_with("0000")).then(pl.lit("省"))
        .when(code.str.ends_with("00")).then(pl.lit("市"))
    )  # fmt: skip
    areas = list(dict.fromkeys(row["area"] for row in vocabulary.rows("fields/own_areas.csv")))
    texts = reports.select("report_id", "document_id", "region_code", "span_start", "span_end").join(
        with_folded(documents).select("document_id", "folded"),
        on="document_id",
        how="inner",
        maintain_order="left",
    )
    texts = texts.with_columns(
        body=pl.col("folded").str.slice("span_start", pl.col("span_end") - pl.col("span_start"))
    )
    # 全国 and 全省 in the report of a county are not its own
    wide = code.is_null().cast(pl.UInt32)
    counts = pl.concat_list(
        pl.col("body").str.count_matches(f"[全我]{area}") * (1 if area in COUNTIES else wide)
        for area in areas
    )
    names = dict(enumerate(areas))
    most = counts.list.arg_max().replace_strict(names, default=None, return_dtype=pl.String)
    said = pl.when(counts.list.max() > 0).then(most)
    return texts.select("report_id", own=pl.coalesce(level, said))
