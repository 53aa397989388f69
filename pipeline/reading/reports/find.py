"""The reports in documents: where each begins and ends, what it calls itself, its genre and its year.

Regions are resolved in `regions`, copies and newer versions in `duplicates`.
"""

import polars as pl

from pipeline.reading.layout.compute import beside, so_far
from pipeline.reading.layout.headers import find_fields
from pipeline.reading.layout.heading_roles import heading_year, with_roles
from pipeline.reading.layout.headings import RANKS, find_alone, find_headings
from pipeline.reading.layout.lines import split_lines
from pipeline.reading.reports import splitting
from pipeline.reading.reports.genres import find_genres
from pipeline.reading.reports.given import override_genres, override_heads
from pipeline.reading.reports.metadata import REPORT, read_metadata
from pipeline.reading.reports.openings import year_evidence
from pipeline.reading.reports.titles import find_titles, title_words
from pipeline.reading.reports.years import decide_years
from pipeline.vocabulary import pattern

TOP = RANKS["cn"]
# 平 凉 市 民 政 局, and 敖汉旗民政局2016 年 工 作 总 结
SPACED = r"^[\p{Han}0-9](?:\s+[\p{Han}0-9]){3,}$|^[^。:|\t]*[\p{Han}0-9](?:\s\p{Han}){4,}[^。:|\t]*$"
LONGEST_SPACED = 80
SUBTITLE = r"^(?:——|--)[^。;,:|0-9][^。;,:|]*[^。;,:|0-9月日年上]$"
NO_FIELD = r"^[^。;:,>|/]*[^。;:,>|/日0-9]$"
HEAD_LINES = 12
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
    "year_method": pl.String,
    "year_evidence": pl.String,
    "year_against": pl.String,
    "page": pl.String,
}


def find_reports(
    documents: pl.DataFrame, lines: pl.DataFrame | None = None, given: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The reports of each document (document_id, text), in order, as core.reports has them but for
    region and duplicates; `page` (lines of the page that may tell the region) is for `resolve_regions`.

    The reports of a document tile its text: the first starts at 0, the last ends with the text. `lines` are
    `split_lines(documents)`, for those who have them; `given` what the user knows of them (`given_of`), for
    which documents need file_name.
    """
    if documents.is_empty():
        return pl.DataFrame(schema=REPORTS)
    lines = split_lines(documents) if lines is None else lines
    lines = join_titles(close_spaced(lines))
    fields = find_fields(lines)
    titles = find_titles(lines, fields)
    starts = splitting.find_starts(lines, fields, titles)
    lines = place_lines(lines, fields, starts)
    named = starts.drop_nulls("piece").join(
        lines.select("document_id", "line", "start"), on=["document_id", "line"]
    )
    named = named.select(*titles.columns[:3], text="piece", title="piece", firm=pl.lit(True))
    titles = pl.concat([titles.with_columns(given=pl.lit(False)), named.with_columns(given=pl.lit(True))])
    said = read_metadata(lines, fields, titles)
    if given is not None:
        said = override_heads(said, documents, given)
    lines = with_parts(lines).join(
        said.select(*REPORT, "published_on"), on=REPORT, how="left", maintain_order="left"
    )
    read = said.join(_contents(lines), on=REPORT, how="left").join(
        year_evidence(lines), on=REPORT, how="left"
    )
    read = find_genres(read)
    if given is not None:
        read = override_genres(read, documents, given)
    return (
        _spans(documents, lines, starts)
        .join(decide_years(read), on=REPORT, how="left", maintain_order="left")
        .with_columns(
            genre=pl.col("genre").fill_null("other"),
            report_id=pl.col("document_id") + "-" + pl.col("ordinal").cast(pl.String).str.zfill(2),
        )
        .select(pl.col(name).cast(kind) for name, kind in REPORTS.items())
    )


def close_spaced(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with the blanks taken out of those that are set in spaced characters: 平 凉 市 民 政 局."""
    spaced = (pl.col("text").str.len_chars() <= LONGEST_SPACED) & pl.col("text").str.contains(SPACED)
    return lines.with_columns(
        pl.when(spaced).then(pl.col(name).str.replace_all(r"[\s\u{3000}]+", "")).otherwise(name).alias(name)
        for name in ("text", "raw")
    )


def join_titles(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with titles in one that are broken over two (关于提高…人员 / 救助供养标准的通知) or that have
    another one below (…办成“大事” / ——某县民政五年工作回眸)."""
    text, size = pl.col("text"), pl.col("text").str.len_chars()
    same = (pl.col("document_id") == pl.col("document_id").shift(1)).fill_null(False)
    sub_title = text.str.contains(SUBTITLE) | text.str.contains(pattern("review_below"))
    sub_title = size.is_between(6, 40) & sub_title & (pl.col("line") <= HEAD_LINES)
    above = size.is_between(5, 40).shift(1) & text.shift(1).str.contains(NO_FIELD)
    closed = title_words("closes") + r"(?:\([^)]*\))?》?$"
    opens = size.is_between(8, 40) & text.str.contains(pattern("title_opens")) & ~text.str.contains(closed)
    closes = (
        size.is_between(2, 30) & text.str.contains(closed) & ~text.str.contains(pattern("no_rest_of_title"))
    )
    second = (same & (closes & opens.shift(1) | sub_title & above)).fill_null(False)
    # The costly patterns are put to few: most lines are too long or in no head.
    marked = lines.with_columns(_second=second)
    if not marked["_second"].any():
        return lines
    first = pl.col("_second").shift(-1).fill_null(False)
    joined = (
        pl.when(first).then(pl.col(n) + pl.col(n).shift(-1)).otherwise(n).alias(n) for n in ("text", "raw")
    )
    return marked.with_columns(*joined).filter(~pl.col("_second")).drop("_second")


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
        .with_columns(read=so_far(pl.col("prose"), *REPORT) - pl.col("prose"))
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
        .with_columns(span_end=beside(pl.col("span_start"), -1, "document_id").fill_null(pl.col("size")))
        .drop("size", "place")
    )


def with_parts(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with the heading that each may be (role, strong, year, heading_words) and `part`, the role of
    the part that it stands in."""
    headings = pl.concat([find_headings(lines), find_alone(lines)])
    headings = headings.unique(["document_id", "line"], keep="first").filter(
        pl.col("style").replace_strict(RANKS, return_dtype=pl.Int64) <= TOP
    )
    said = with_roles(headings.select("document_id", "line", "words")).rename({"words": "heading_words"})
    said = said.with_columns(
        role=pl.coalesce("strong", "weak"), year=heading_year(pl.col("heading_words"))
    ).drop("weak")
    lines = lines.join(said, on=["document_id", "line"], how="left", maintain_order="left")
    return lines.with_columns(part=pl.col("role").forward_fill().over(REPORT))


def _contents(lines: pl.DataFrame) -> pl.DataFrame:
    """What the parts of each report are about, for genre and year."""
    year, role, strong, words = (pl.col(name) for name in ("year", "role", "strong", "heading_words"))
    # 2024年重点工作 is a plan beside a look back, and a look back where it stands alone.
    looks_back = (strong == "results").any()
    planned = (strong == "plan") | ((role == "plan") & looks_back)
    return lines.group_by(REPORT).agg(
        results_year=year.filter(strong == "results").drop_nulls().first(),
        plan_year=year.filter(planned).drop_nulls().first(),
        heading_words=words.filter(year.is_not_null() & ((strong == "results") | planned)).first(),
        has_results=(role == "results").any(),
        plan_share=pl.col("prose").filter(pl.col("part") == "plan").sum() / pl.col("prose").sum().clip(1),
    )
