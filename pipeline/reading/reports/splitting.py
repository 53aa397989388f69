"""Where one report ends and the next begins in a file that holds several.

Signs, the surest first: numbered pieces of a collection (篇一, 篇二 …); titles that differ in a number
alone (工作总结1, 工作总结2 …); the office and another date, as under
the first title; a new index header; a new title with its own date, number or source; a
new title after a signature, or after which the numbering of chapters begins again. The chapters of one
report, a notice with the document that it issues, and a plan with its table stay together: each new
report must bring running text of its own.
"""

import polars as pl

from pipeline.reading.layout.compute import beside, passing, so_far
from pipeline.reading.layout.dates import arabic_years
from pipeline.reading.reports.pieces import ENOUGH, numbered_pieces, numbered_titles, with_bodies
from pipeline.reading.reports.titles import content, issuer_in, kinds
from pipeline.reading.reports.yearly import yearly_heads
from pipeline.vocabulary import pattern

MOST = 99  # a report's ordinal has two digits


def find_starts(lines: pl.DataFrame, fields: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """Lines at which a second or later report starts, and the first line of a collection's first piece.

    Takes the frames of `split_lines`, `find_fields` and `find_titles`. Gives document_id, line, ordinal
    (1…), piece (the title in a piece's marker or from the first of a series, null where it has none) and
    collection (whether it is one's piece). A document with one report that is no collection has no row.
    """
    lines = _with_running_text(lines, fields)
    pieces = numbered_pieces(lines, titles)
    series = numbered_titles(lines, titles).join(pieces, on="document_id", how="anti")
    numbered = pl.concat([pieces, series]).with_columns(collection=pl.lit(True))
    heads = _new_heads(lines, fields, titles).join(numbered, on="document_id", how="anti")
    dated = _dated_heads(lines).join(
        pl.concat([numbered, heads], how="diagonal"), on="document_id", how="anti"
    )
    known = pl.concat([frame.select("document_id") for frame in (numbered, heads, dated)])
    yearly = yearly_heads(lines, titles).join(known, on="document_id", how="anti")
    heads = pl.concat([heads.select("document_id", "line"), dated, yearly], how="diagonal")
    heads = heads.with_columns(collection=pl.lit(False))
    starts = pl.concat([numbered, heads.select(numbered.columns)]).sort("document_id", "line")
    # The first report of a file that is no collection starts with the file and needs no row.
    first = pl.when("collection").then(1).otherwise(2)
    return (
        starts.with_columns(ordinal=pl.int_range(pl.len()).over("document_id") + first)
        .filter(pl.col("ordinal") <= MOST)
        .select("document_id", "line", "ordinal", "piece", "collection")
    )


def _with_running_text(lines: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """`lines` with `read`: the running text in front of each line, header fields not counted."""
    header = fields.filter("strong").select("document_id", "line").unique().with_columns(header=True)
    prose = pl.when(pl.col("header").is_null()).then("prose").otherwise(0)
    return (
        lines.join(header, on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(prose=prose)
        .with_columns(read=so_far(pl.col("prose"), "document_id") - pl.col("prose"))
        .drop("header")
    )


def _dated_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """Later reports of a file that begin with office and date alone, as the first does below its title:
    document_id, line. A signature stands before a title, or before nothing."""
    text = pl.col("text")
    pairs = passing(
        lines.with_columns(date=beside(text, -1, "document_id"), below=beside(text, -2, "document_id")),
        text.str.len_chars() <= 30,
        pl.col("date").str.contains(pattern("date_or_month")).fill_null(False),
        text.str.contains(pattern("office_line")),
    )
    if pairs.is_empty():
        return pairs.select("document_id", "line")
    pairs = (
        pairs.with_columns(dated=pl.col("date").str.extract(r"((?:19|20)[0-9]{2})", 1))
        .drop_nulls("dated")
        .with_columns(
            first=text.first().over("document_id"), head=(pl.col("read").first() == 0).over("document_id")
        )
    )
    later = pairs.filter(
        pl.col("head")
        & (text == pl.col("first"))
        & (pl.col("dated") != beside(pl.col("dated"), 1, "document_id"))
        & pl.col("below").str.contains(pattern("begins_text"))
    )
    return later.select("document_id", "line")


def _new_heads(lines: pl.DataFrame, fields: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """First lines of heads (index header, title, what stands around it) that begin another report."""
    headers = fields.filter((pl.col("field") == "index_no") & pl.col("value").is_not_null())
    headers = headers.unique(["document_id", "line"], keep="first", maintain_order=True)
    events = pl.concat(
        [
            titles.filter("firm").select(
                "document_id", "line", "text", "start", index_no=pl.lit(None, pl.String)
            ),
            headers.select(
                "document_id", "line", pl.lit(None, pl.String).alias("text"), "start", index_no="value"
            ),
        ]
    ).sort("document_id", "line")
    # Only documents with two heads apart can hold two reports.
    events = events.filter(pl.len().over("document_id") > 1)
    if events.is_empty():
        return events.select("document_id", "line")
    events = with_bodies(events, lines)
    apart = beside(pl.col("body"), 1, "document_id").fill_null(0) >= ENOUGH
    heads = (
        events.with_columns(head=apart.cum_sum().over("document_id"))
        .group_by("document_id", "head", maintain_order=True)
        .agg(
            line=pl.col("line").first(),
            start=pl.col("start").first(),
            last_line=pl.col("line").last(),
            title=_main_title(),
            titles=pl.col("text").drop_nulls().str.join("\n"),
            index_no=pl.col("index_no").drop_nulls().first(),
            body=pl.col("body").sum(),
        )
        .filter(pl.len().over("document_id") > 1)
    )
    if heads.is_empty():
        return heads.select("document_id", "line")
    heads = _with_signs(heads, lines, fields)
    chosen = heads.filter((pl.col("head") > 0) & (pl.col("body") >= ENOUGH) & _begins_anew())
    return _with_lead_in(chosen.select("document_id", "line"), lines)


def _main_title() -> pl.Expr:
    named = pl.col("text").filter(issuer_in(pl.col("text")).is_not_null())
    return pl.coalesce(named.first(), pl.col("text").drop_nulls().first())


def _with_signs(heads: pl.DataFrame, lines: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """What speaks for a new report: a date, number or source beside the title; chapters from one again."""
    marks = pl.concat(
        [
            fields.filter(
                pl.col("field").is_in(["published", "issued", "source", "issuer", "document_no"])
            ).select("document_id", "line"),
            lines.filter(
                pl.col("text").str.contains(f"{pattern('whole_date')}|^{pattern('document_number')}$")
            ).select("document_id", "line"),
        ]
    ).unique()
    before = beside(pl.col("text"), 1, "document_id")
    signs = (
        lines.with_columns(signed=before.str.contains(f"{pattern('whole_date')}|{pattern('signed_line')}"))
        .join(heads.select("document_id").unique(), on="document_id", how="semi", maintain_order="left")
        .join(
            heads.select("document_id", "line", "head", "last_line"),
            on=["document_id", "line"],
            how="left",
            maintain_order="left",
        )
        .join(marks.with_columns(mark=True), on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(pl.col("head", "last_line").forward_fill().over("document_id"))
        .drop_nulls("head")
        .group_by("document_id", "head")
        .agg(
            marked=(pl.col("mark").is_not_null() & (pl.col("line") <= pl.col("last_line") + 4)).any(),
            numbered=pl.col("text").str.contains(pattern("top_heading")).any(),
            signed=pl.col("signed").first(),
        )
    )
    title = pl.col("title").fill_null("")
    named = arabic_years(content(title))
    heads = heads.join(signs, on=["document_id", "head"], how="left").sort("document_id", "head")
    heads = heads.with_columns(
        kinds(title).alias("kinds"),
        office=issuer_in(title),
        year=named.str.extract(r"((?:19|20)[0-9]{2})\s*年", 1),
        stem=named.str.replace_all(r"(?:19|20)[0-9]{2}\s*年度?", ""),
    )
    first = pl.all().exclude("document_id").first().over("document_id")
    return heads.with_columns(first.name.prefix("first_"), before=beside(pl.col("titles"), 1, "document_id"))


def _begins_anew() -> pl.Expr:
    title = pl.col("title").fill_null("")
    issued = pl.any_horizontal(
        pl.col(column).fill_null("").str.contains("《" + content(title), literal=True)
        for column in ("first_titles", "before")
    )
    issued = issued | (
        pl.col("first_titles").fill_null("").str.contains(pattern("issues_or_passes_on"))
        & pl.col("office").is_null()
    )
    joint = pl.col("first_kinds").struct.field("summary") & pl.col("first_kinds").struct.field("plan")
    # The chapter "2024年工作计划" of a joint report names no office.
    chapter = joint & pl.col("office").is_null()
    table = (
        pl.col("kinds").struct.field("task_list")
        & ~pl.col("first_kinds").struct.field("task_list")
        & pl.col("office").is_null()
    )
    again = pl.col("numbered") & pl.col("first_numbered")
    other_index = pl.col("index_no").is_not_null() & (
        pl.col("index_no") != pl.col("first_index_no")
    ).fill_null(False)
    offices = pl.col("office").is_not_null() & pl.col("first_office").is_not_null()
    same_kind = (pl.col("kinds") == pl.col("first_kinds")) & (pl.col("stem") == pl.col("first_stem"))
    # 柳市2021年…公报, 柳市2022年…公报: the yearly chapters of a plan name no place.
    next_year = (pl.col("year") != pl.col("first_year")) & pl.col("stem").str.contains(
        pattern("place_or_office")
    )
    return other_index | (
        pl.col("title").is_not_null()
        & ~issued
        & ~chapter
        & ~table
        & (pl.col("marked") | (same_kind & next_year) | ((again | pl.col("signed")) & (offices | same_kind)))
    )


def _with_lead_in(starts: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """A separator, `附件2` or the first line of a broken title belongs to the head that it stands
    before.
    """
    before = lines.select(
        "document_id",
        line=pl.col("line") + 1,
        before="text",
        this=beside(pl.col("text"), -1, "document_id"),
    )
    back = pl.col("before").str.contains(pattern("leads_in")) | pl.col("this").str.contains(
        pattern("title_continues")
    )
    return starts.join(before, on=["document_id", "line"], how="left").select(
        "document_id", pl.col("line") - back.fill_null(False).cast(pl.Int64)
    )
