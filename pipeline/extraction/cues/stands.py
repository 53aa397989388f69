"""Where in its report each clause stands: in the title, in a heading, in a line that leads others, or below.

What a title, a heading or a leading line says holds for all that stands under it; here is told where that
ends. A statement leads others where it holds no figure of its own and ends its line in a colon
(截至11月底,情况如下:), and a line without figures where it announces something
(从7月1日起提高…标准); a clause that presents what follows (现将截至6月底…予以公示) leads it also where
figures follow in its line.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.compute import compute_where, nth
from pipeline.reading.layout.dates import arabic_years
from pipeline.reading.layout.folding import NAMES, with_folded_names
from pipeline.vocabulary import pattern

NEAR_TOP = 60  # clauses of a report among which its title is looked for
SHORTEST = 4  # characters of a clause that can be known again in a title
LEAST_TITLE = 8  # characters of a title that can be known again in front of the text
BEGINNING = 60  # characters of a clause in which it is looked for
PLACED = ("stands", "level", "section_to", "report_to")


def place_clauses(
    clauses: pl.DataFrame, written: pl.Series, reports: pl.DataFrame, sections: pl.DataFrame
) -> pl.DataFrame:
    """Add to clauses where they stand in their report: `PLACED`.

    `clauses`: those of a stream; `written`: where each begins in `documents.text`; `reports` and `sections`
    as in `core`. stands is title, heading or text; level is that of the innermost section around the clause
    (0 outside); section_to and report_to are the ends of that section and of the report, as places of the
    stream.
    """
    # a heading begins behind its indent
    indent = pl.col("text").str.len_chars() - pl.col("text").str.strip_chars_start().str.len_chars()
    rows = clauses.select("document_id", "at", "text", pos=written + indent.cast(pl.Int64))
    title, issuer = (arabic_years(pl.col(name).fill_null("")) for name in NAMES)
    size = pl.col("heading").str.len_chars().cast(pl.Int64)
    bounds = ("document_id", "span_start", "span_end")
    rows = _within(
        rows, with_folded_names(reports).select(*bounds, "report_id", title=title, issuer=issuer), "report"
    )
    rows = _within(rows, sections.select(*bounds, "level", size=size), "section")
    ends = clauses.group_by("document_id").agg(last_at=pl.col("end_at").max())
    rows = rows.join(ends, on="document_id", how="left", maintain_order="left")
    headed = (pl.col("pos") < pl.col("section_start") + pl.col("size")).fill_null(False)
    headed = headed & ~pl.col("text").str.contains(r"[|\t]")  # a row of a table is no heading of the next
    rows = rows.with_columns(
        report_to=pl.coalesce("report_to", "last_at"), headed=headed, **_titled(rows).to_dict()
    ).with_columns(
        stands=pl.when(pl.col("headed") & ~pl.col("begun")).then(pl.lit("heading"))
        .when("titled").then(pl.lit("title"))
        .otherwise(pl.lit("text")),
        level=pl.col("level").fill_null(0).cast(pl.Int64),
        section_to=pl.coalesce("section_to", "report_to"),
    )  # fmt: skip
    return clauses.with_columns(rows.select(PLACED))


def unplaced(clauses: pl.DataFrame) -> pl.DataFrame:
    """Clauses of texts that stand in no report, with `PLACED`."""
    none = pl.lit(None, pl.Int64)
    return clauses.with_columns(
        stands=pl.lit("text"), level=pl.lit(0, pl.Int64), section_to=none, report_to=none
    )


def _within(rows: pl.DataFrame, spans: pl.DataFrame, name: str) -> pl.DataFrame:
    """Join to each clause the innermost of spans that it begins in: its columns, NAME_start and NAME_to."""
    starts = rows.select("document_id", "pos", f_to="at")
    spans = spans.sort("span_end").join_asof(
        starts, left_on="span_end", right_on="pos", by="document_id", strategy="forward",
        check_sortedness=False,
    )  # fmt: skip
    spans = spans.drop("pos", strict=False).sort("span_start")
    kept = [c for c in spans.columns if c not in ("document_id", "span_start", "span_end", "f_to")]
    rows = rows.join_asof(
        spans, left_on="pos", right_on="span_start", by="document_id", strategy="backward",
        coalesce=False, check_sortedness=False,
    )  # fmt: skip
    inside = pl.col("pos") < pl.col("span_end")
    said = {**{c: c for c in kept}, f"{name}_to": "f_to", f"{name}_start": "span_start"}
    rows = rows.with_columns(pl.when(inside).then(pl.col(c)).alias(new) for new, c in said.items())
    return rows.drop("f_to", "span_start", "span_end", "document_id_right", strict=False)


def _titled(rows: pl.DataFrame) -> pl.DataFrame:
    """Whether a clause near the beginning of its report is a piece of the report's title, or the office that
    stands on a line above it (titled); and whether it holds all of it, with text behind (begun)."""
    bare = pl.col("text").str.strip_chars(" \n\f\t|#*,:。;()")
    rows = rows.select("report_id", "title", "issuer", text=bare)
    place = nth("report_id")
    # what is longer than the title is not looked for: a text without a break is too long to search with
    size = pl.col("text").str.len_chars()
    near = (place < NEAR_TOP) & (size >= SHORTEST)
    piece = pl.when(near & (size <= pl.col("title").str.len_chars())).then("text")
    titled = pl.col("title").str.contains(piece, literal=True).fill_null(False)
    # or begins with it, where the text goes on behind: 某县民政局2023年上半年工作总结 今年以来
    whole = pl.col("title").str.len_chars().is_between(LEAST_TITLE, size)
    run_in = pl.when(near & whole).then(pl.col("title"))
    begun = pl.col("text").str.head(BEGINNING).str.contains(run_in, literal=True).fill_null(False)
    titled |= begun
    above = near & (place < pl.when(titled).then(place).min().over("report_id"))
    named = (above & (pl.col("text") == pl.col("issuer"))).fill_null(False)
    return rows.select(titled=titled | named, begun=begun)


def mark_leads(clauses: pl.DataFrame, statements: pl.Series) -> pl.DataFrame:
    """Say of clauses that they lead others (stands: lead).

    `clauses`: with `PLACED`; `statements`: those that hold figures.
    """
    last = (pl.col("line") != pl.col("line").shift(-1)).fill_null(True)
    text = pl.col("text")
    told = clauses.select(
        "line", "statement",
        bare=~pl.col("statement").is_in(statements.unique().implode()), last=last, text=text,
        below=pl.col("stands") == "text",
    ).with_columns(line_bare=pl.col("bare").all().over("line"))  # fmt: skip
    leads = pl.col("last") & pl.col("bare") & text.str.contains(pattern("leads_others"))
    announces = pl.col("line_bare") & text.str.contains(pattern("announces"))
    may = pl.col("below") & ((pl.col("last") & pl.col("bare")) | pl.col("line_bare"))
    leading = compute_where(told, may, leads | announces).fill_null(False)
    # both only grow, so their sum names the part of a statement in a line
    part = told["line"] + told["statement"]
    # 1-9月份各项工作进展顺利。现将有关情况汇报如下: all of a line without figures leads
    opening = told["line"].filter(leading & told["line_bare"]).unique()
    parts = part.is_in(part.filter(leading).unique().implode())
    led = pl.lit(parts | told["line"].is_in(opening.implode()))
    presents = text.str.contains(pattern("presents"))
    lead = pl.lit(told.select((led | presents) & pl.col("below")).to_series())
    # (四)一人平均管27户,最多的北山镇管94户。 is numbered as a heading is, and heads nothing
    tells = pl.lit(told["bare"]).not_() & (pl.col("stands") == "heading")
    return clauses.with_columns(
        stands=pl.when(lead).then(pl.lit("lead")).when(tells).then(pl.lit("text")).otherwise("stands")
    )
