"""Work items: the rows of a task list; else the numbered items (1. 2. 3.) of a plan; else, where a plan
has headed sections only, each of those that holds no other.

Which lines are rows of a task table is decided in `task_tables`, how headings nest in
`reading.sections`.
"""

import polars as pl

from pipeline import vocabulary
from pipeline.contracts.registry import empty_frame, polars_schema
from pipeline.extraction.tasks.tables import find_rows
from pipeline.reading.layout.lines import split_lines
from pipeline.reading.layout.written import COUNT, LIST_NUMERAL
from pipeline.reading.reports.years import possible_year
from pipeline.reading.sections.tree import within_reports
from pipeline.vocabulary import pattern

BATCH = 4000
PLANNING = ("plan", "task_list", "summary_and_plan")
NUMBERED = r"^(?:#+\s*)?(?:\d{1,2}\s*[、.．]|[⒈-⒛])"
HEADED = (
    rf"^(?:#+\s*)?(?:第|{LIST_NUMERAL}\s*[、.．]|[(（]\s*[{COUNT}]|[㈠-㈩]|#|"
    r"[^\d(（①-⒛])"
)
MARKER = (
    rf"^(?:#+\s*)?(?:第[^\s、：:]{{1,4}}[部分章节篇编]+\s*[:：、]?|{LIST_NUMERAL}\s*[、.．]|\d{{1,2}}\s*[、.．)）]|"
    rf"[(（]\s*[{COUNT}\d]{{1,3}}\s*[)）]\s*[、.．]?|[①-⒛㈠-㈩])?\s*"
)
# A plan is one of numbered items where they hold most of it.
MOST = 0.5


def find_tasks(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    lines: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The work items of each plan, task list and the plan part of a summary, in order.

    Takes documents (document_id, text), the frames of `find_reports` (region_code may stand in it) and
    `find_sections`, and `split_lines(documents)` from those who have them. `title` and `goal` are as written,
    blanks made single; `domain` is null here (see `domains`).
    """
    reports = reports.filter(pl.col("genre").is_in(PLANNING))
    if reports.is_empty():
        return empty_frame("core.tasks")
    documents = documents.select("document_id", "text").join(
        reports, on="document_id", how="semi", maintain_order="left"
    )
    lines = split_lines(documents) if lines is None else lines
    rows = find_rows(within_reports(lines, reports))
    rows = _in_sections(rows, sections)
    # A summary's plan part may be a table; its other tables are no plans.
    rows = rows.join(reports.select("report_id", "genre"), on="report_id").filter(
        (pl.col("genre") != "summary_and_plan") | (pl.col("role") == "plan")
    )
    headed = sections.join(reports, on="report_id", how="semi").join(rows, on="report_id", how="anti")
    items = _headed_items(headed, documents)
    tasks = pl.concat([rows.select(items.columns), items])
    return _finish(tasks, reports)


def _in_sections(rows: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """Rows of tables with the innermost section around them: section_id, role, section_year."""
    inner = sections.select(
        "report_id",
        "section_id",
        "role",
        "span_end",
        section_year="year",
        start="span_start",
        heading="heading",
    ).sort("start")
    found = (
        rows.rename({"span_end": "row_end"})
        .with_columns(start=pl.col("span_start"))
        .sort("start")
        .join_asof(inner, on="start", by="report_id", strategy="backward", check_sortedness=False)
    )
    inside = pl.col("span_end") >= pl.col("row_end")
    return found.with_columns(
        pl.when(inside).then(pl.col(name)).alias(name)
        for name in ("section_id", "role", "section_year", "heading")
    ).with_columns(section=pl.coalesce("section", "heading"), span_end="row_end")


def _headed_items(sections: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The sections of plans that are work items."""
    preamble = vocabulary.either(vocabulary.words("layout/report_words.csv", preamble="yes"))
    words = pl.col("heading").str.replace(MARKER, "").str.replace(r"\s*\|[\s|]*$", "")
    planned = sections.filter((pl.col("role") == "plan").fill_null(False)).with_columns(
        numbered=pl.col("heading").str.contains(NUMBERED),
        headed=pl.col("heading").str.contains(HEADED),
        title=words.str.strip_chars(" :：。*#"),
        size=pl.col("span_end") - pl.col("span_start"),
        preamble=words.str.contains(rf"{pattern('before_preamble')}{preamble}$"),
    )
    outer = planned.select(
        parent_id="section_id", parent_planned=pl.lit(True), parent_preamble="preamble", parent="heading"
    )
    planned = planned.join(outer, on="parent_id", how="left", maintain_order="left")
    whole = pl.col("size").filter(pl.col("parent_planned").is_null()).sum()
    in_items = pl.col("size").filter("numbered").sum()
    many = (pl.col("numbered").sum() > 1) & (in_items >= MOST * whole)
    planned = planned.with_columns(
        by_number=many.over("report_id"), by_heading=pl.col("headed").any().over("report_id")
    )
    parents = planned.filter("headed").select(section_id="parent_id", holds=pl.lit(True)).unique()
    leaf = pl.col("holds").is_null() & (pl.col("headed") | ~pl.col("by_heading"))
    chosen = planned.join(parents, on="section_id", how="left", maintain_order="left").filter(
        pl.when("by_number").then("numbered").otherwise(leaf)
        & ~pl.col("preamble")
        & ~pl.col("parent_preamble").fill_null(False)
        & (pl.col("title") != "")
    )
    outer_heading = sections.select(parent_id="section_id", section="heading")
    return (
        chosen.join(documents, on="document_id")
        .join(outer_heading, on="parent_id", how="left")
        .with_columns(body=pl.col("text").str.slice(pl.col("span_start"), pl.col("size")))
        .pipe(_below_heading)
        .with_columns(goal=_tidy(pl.col("body").str.replace_all(pattern("task_duty"), "")))
        .select(
            "report_id",
            "document_id",
            "span_start",
            "span_end",
            "section_id",
            "section",
            "title",
            pl.when(pl.col("goal") != "").then("goal").alias("goal"),
            lead=pl.col("body").str.extract(pattern("task_lead"), 1).str.strip_chars(),
            department=pl.coalesce(
                pl.col("body").str.extract(pattern("task_department"), 1),
                pl.col("body").str.extract(pattern("task_rooms"), 1),
                pl.col("heading").str.extract(pattern("task_rooms"), 1),
            ).str.strip_chars(),
            section_year="year",
        )
    )


def _below_heading(sections: pl.DataFrame) -> pl.DataFrame:
    """`sections` with `body` cut to what stands below the heading, which may be broken over lines."""
    whole = pl.col("body").str.starts_with(pl.col("heading"))
    plain = pl.col("body").str.slice(pl.col("heading").str.len_chars())
    broken = sections.filter(~whole).with_columns(
        body=pl.struct("heading", "body").map_elements(_after_heading, return_dtype=pl.String)
    )
    return pl.concat([sections.filter(whole).with_columns(body=plain), broken])


def _after_heading(row: dict[str, str]) -> str:
    at = 0
    for char in row["heading"]:
        at = row["body"].find(char, at) + 1
    return row["body"][at:]


def _tidy(text: pl.Expr) -> pl.Expr:
    return (
        text.str.strip_chars_start(" \t\n\r\f　。:：;；|*")
        .str.replace_all(r"[\s　|]+", " ")
        .str.strip_chars()
    )


def _finish(tasks: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Ordinals, identifiers, year and region."""
    region = (
        "region_code" if "region_code" in reports.columns else pl.lit(None, pl.String).alias("region_code")
    )
    # 2023年上半年工作总结及下半年工作计划 plans for the same year
    part = pl.col("report_title").fill_null("").str.contains(pattern("part_of_year"))
    after = (
        pl.when((pl.col("genre") == "summary_and_plan") & ~part)
        .then(pl.col("report_year") + 1)
        .otherwise("report_year")
    )
    about = reports.select(
        "report_id", region, "genre", report_year="year", report_title="title", place=pl.int_range(pl.len())
    )
    return (
        tasks.join(about, on="report_id")
        .sort("place", "span_start")
        .with_columns(ordinal=pl.int_range(1, pl.len() + 1).over("report_id"))
        .with_columns(
            task_id=pl.col("report_id") + "-t" + pl.col("ordinal").cast(pl.String).str.zfill(3),
            domain=pl.lit(None, pl.String),
            year=possible_year(pl.coalesce("section_year", after)),
        )
        .select(pl.col(name).cast(kind) for name, kind in polars_schema("core.tasks").items())
    )
