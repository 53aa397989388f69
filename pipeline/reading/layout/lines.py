"""The lines of documents, folded and with their offsets: what the rules of layout look at.

A line here is what a reader would take for one: web pages often come with a whole report in one line, so a
numbered heading behind a full stop starts a line of its own.
"""

import polars as pl

from pipeline.reading.layout.compute import nth
from pipeline.reading.layout.cutting import cut_lines
from pipeline.reading.layout.folding import with_folded
from pipeline.reading.layout.lost_ends import broken_first, broken_inside
from pipeline.reading.layout.page_furniture import skipped_spans
from pipeline.reading.layout.unsaid import NO_WIDTH, as_said

BLANK = " \t\r\f\v\u200b\u200c\u200d\u2028\ufeff\u00a0\u3000"
BREAK = "\x1e"
WIDEST = 70  # characters a line, on average, in a text whose lines may be broken
PROSE = r"[。;!?][”\"』」)]?$"
# Paths of pages, translations of heads and what blanks set apart (X民函〔2022〕34号    A类) are no running
# text, however long: 首页 / 政务公开 / 提案
NO_PROSE = (
    r"\s{4}\S{1,12}$"
    r"|^[^。;]*(?:\s?[/>»›]+\s?[^0-9/>»›。;]+){3,}$|^[^\p{Han}]*[A-Za-z]{3}[^\p{Han}]*$"
)


def split_lines(documents: pl.DataFrame, skipped: pl.DataFrame | None = None) -> pl.DataFrame:
    """Lines that hold anything: document_id, line (1…), start, end, text (folded), raw (as written),
    prose.

    `start` and `end` are code points of the document's text, blanks around the line left out. `prose`
    is the number of characters that read as running text, 0 for headings, fields and navigation.
    `skipped` are `skipped_spans(documents)`, for those who have them.
    """
    documents = with_folded(documents)
    documents = documents.with_columns(as_said(documents["text"], documents["folded"]))
    lines = cut_lines(documents, "folded", raw="text").drop("doc", "line")
    lines = lines.filter(pl.col("text").str.strip_chars(BLANK) != "")
    return (
        _break_inside(lines)
        .with_columns(lead=_length("text") - pl.col("text").str.strip_chars_start(BLANK).str.len_chars())
        .with_columns(text=pl.col("text").str.strip_chars(BLANK))
        .with_columns(size=_length("text"), start=pl.col("start") + pl.col("lead"))
        .filter(pl.col("size") > 0)
        .with_columns(
            pl.col("raw").str.slice(pl.col("lead"), pl.col("size")), end=pl.col("start") + pl.col("size")
        )
        .pipe(_join_broken, documents, skipped)
        .with_columns(pl.col("text", "raw").str.replace_all(NO_WIDTH, "", literal=True))
        .select(
            "document_id",
            (nth("document_id") + 1).alias("line"),
            "start",
            "end",
            "text",
            "raw",
            _prose().alias("prose"),
        )
    )


def _length(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars().cast(pl.Int64)


def _break_inside(lines: pl.DataFrame) -> pl.DataFrame:
    """Long lines broken before the numbered headings inside them, and behind the title that a text begins
    with; table rows stay whole."""
    lines = lines.with_row_index("row")
    lines = lines.with_columns(broken=broken_inside(pl.col("text"), nth("document_id"), BREAK))
    breaks = pl.col("broken").is_not_null()
    parts = (
        lines.filter(breaks)
        .with_columns(pl.col("broken").str.split(BREAK).alias("text"))
        .explode("text", empty_as_null=True)
        .pipe(_break_first)
        .pipe(_break_first)
        .with_columns(skip=_length("text").cum_sum().over("row") - _length("text"))
        .with_columns(
            start=pl.col("start") + pl.col("skip"),
            raw=pl.col("raw").str.slice(pl.col("skip"), pl.col("text").str.len_chars()),
        )
        .drop("skip")
    )
    return pl.concat([lines.filter(~breaks), parts]).sort("row", "start").drop("row", "broken")


def _break_first(parts: pl.DataFrame) -> pl.DataFrame:
    broken = broken_first(pl.col("text"), BREAK).str.split(BREAK)
    return parts.with_columns(broken).explode("text", empty_as_null=True)


def _join_broken(lines: pl.DataFrame, documents: pl.DataFrame, skipped: pl.DataFrame | None) -> pl.DataFrame:
    """Lines joined where a page or a narrow column broke their sentence; page numbers and running heads
    left out.

    A joined line starts where its first part does and ends with its last; `text` and `raw` hold its
    parts without the line ends between them.
    """
    width = pl.col("text").str.len_chars() / (pl.col("text").str.count_matches("\n", literal=True) + 1)
    narrow = documents.filter((width <= WIDEST) | pl.col("text").str.contains("\f", literal=True))
    narrow = narrow.select("document_id", "text", "folded")
    if skipped is None:
        spans = skipped_spans(narrow)
    else:
        spans = skipped.join(narrow, on="document_id", how="semi", maintain_order="left")
    if spans.is_empty():
        return lines
    goes_on = spans.filter(pl.col("why") == "line_end").select(
        "document_id", start="end", goes_on=pl.lit(True)
    )
    left_out = spans.filter(pl.col("why") != "line_end").select("document_id", "start")
    lines = (
        lines.join(left_out, on=["document_id", "start"], how="anti")
        .join(goes_on.unique(), on=["document_id", "start"], how="left", maintain_order="left")
        .with_columns(block=pl.col("goes_on").is_null().cum_sum())
    )
    return lines.group_by("document_id", "block", maintain_order=True).agg(
        pl.col("start").first(), pl.col("end").last(), pl.col("text", "raw").str.join("")
    )


def _prose() -> pl.Expr:
    size = pl.col("text").str.len_chars()
    sentence = (size >= 40) | ((size >= 12) & pl.col("text").str.contains(PROSE))
    return pl.when(sentence & ~pl.col("text").str.contains(NO_PROSE)).then(size).otherwise(0).cast(pl.Int64)
