"""What the report and its sections say of the numbers that stand in them."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.words import find_words, subject_words
from pipeline.extraction.years import report_years
from pipeline.reading.folding import fold_script

OWN = ("县", "区", "市", "旗", "省", "州", "国")
HEADING = ("heading_word", "heading_subject", "heading_head", "heading_strength")
TRADITIONAL = {"县": "縣", "区": "區", "国": "國"}


def context(
    rows: pl.DataFrame,
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame | None,
) -> pl.DataFrame:
    """Add report_id, region_code, section_id, task_id, planned, default_year, report_year and own to rows at `pos`.

    `pos` is an offset into `documents.text`. A number's section is the innermost; sections without a role take the
    genre's.
    """
    known = reports.select(
        "document_id", "report_id", "genre", "region_code", pos="span_start"
    ).sort("pos")
    rows = rows.sort("pos").join_asof(known, on="pos", by="document_id", check_sortedness=False)
    sections = sections.join(_heading_subjects(sections), on="section_id", how="left", maintain_order="left")
    inner = sections.select(
        "document_id", "section_id", "role", "span_end", *HEADING, section_year="year", pos="span_start"
    ).sort("pos")
    rows = rows.join_asof(inner, on="pos", by="document_id", check_sortedness=False, suffix="_section")
    inside = pl.col("pos") < pl.col("span_end_section")
    rows = rows.with_columns(
        pl.when(inside).then(pl.col(c)).alias(c) for c in ("section_id", "role", "section_year", *HEADING)
    ).drop("span_end_section")
    if tasks is None or tasks.is_empty():
        rows = rows.with_columns(task_id=pl.lit(None, pl.String))
    else:
        items = tasks.select("document_id", "task_id", "span_end", pos="span_start").sort("pos")
        rows = rows.join_asof(items, on="pos", by="document_id", check_sortedness=False, suffix="_task")
        rows = rows.with_columns(
            pl.when(pl.col("pos") < pl.col("span_end_task")).then("task_id").alias("task_id")
        ).drop("span_end_task")
    rows = rows.join(report_years(documents, reports), on="report_id", how="left", maintain_order="left")
    planned = (pl.col("role") == "plan") | (
        pl.col("role").is_null() & pl.col("genre").is_in(["plan", "task_list"])
    )
    ahead = (pl.col("role") == "plan") & pl.col("genre").is_in(
        ["summary", "summary_and_plan", "bulletin", "other"]
    )
    rows = rows.with_columns(
        planned=planned.fill_null(False),
        default_year=pl.coalesce("section_year", pl.when(ahead).then("plan_year").otherwise("report_year")),
    )
    return rows.join(_own(documents, reports), on="report_id", how="left")


def _heading_subjects(sections: pl.DataFrame) -> pl.DataFrame:
    """The first telling subject word of each heading: section_id and `HEADING`."""
    texts = sections.select(document_id="section_id", reading=fold_script(pl.col("heading")))
    words = find_words(texts).join(subject_words(), on="word", how="inner", maintain_order="left")
    clear = words.filter((pl.col("strength") >= 2) & ~pl.col("subject").str.starts_with("*"))
    first = clear.sort("document_id", "start").unique("document_id", keep="first")
    return first.select(
        section_id="document_id", heading_word="word", heading_subject="subject", heading_head="head", heading_strength="strength"
    )


def _own(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """How each report speaks of its own area: report_id, own."""
    code = pl.col("region_code")
    level = (
        pl.when(code == "100000")
        .then(pl.lit("国"))
        .when(code.str.ends_with("0000"))
        .then(pl.lit("省"))
        .when(code.str.ends_with("00"))
        .then(pl.lit("市"))
    )
    text = reports.select("report_id", "document_id", "region_code", "span_start", "span_end").join(
        documents.select("document_id", "text"), on="document_id"
    )
    text = text.with_columns(
        pl.col("text").str.slice("span_start", pl.col("span_end") - pl.col("span_start"))
    )
    counts = [
        text["text"]
        .str.count_matches(f"[全我]{a}" if a not in TRADITIONAL else f"[全我](?:{a}|{TRADITIONAL[a]})")
        .alias(a)
        for a in OWN
    ]
    most = pl.concat_list([pl.col(a) for a in OWN])
    said = text.with_columns(*counts).select(
        "report_id", level=level,
        said=pl.when(most.list.max() > 0).then(most.list.arg_max().replace_strict(dict(enumerate(OWN)), return_dtype=pl.String)),
    )  # fmt: skip
    return said.select("report_id", own=pl.coalesce("level", "said"))
