"""Texts cut into lines, sentences, clauses and list items, with their offsets: the one place that cuts.

Lines are cut from documents (for layout) and from readings (for tables), clauses from readings. Pieces lie in
the order of the texts and tile them: no character is lost, and `text[start:end]` is the piece. What a line or
a clause means is for others to say.
"""

from __future__ import annotations

import re

import polars as pl

from pipeline.reading.layout.compute import compute_where, nth
from pipeline.vocabulary import pattern

NO_SPANS = pl.DataFrame(schema={"document_id": pl.String, "start": pl.Int64, "end": pl.Int64})
MARK = "\x1f"  # set between pieces; readings hold no control characters
CLAUSE_END = r"[,:。;!?|\t\f\n]+|】"
SENTENCE = r"[^\n。;!?|]+"
SENTENCE_END = r"[\n\f。;!?]|[|\t]$"
PARAGRAPH_END = r"[\n\f]|[|\t]$"
LINE_END = r"[\n\f]"
LONGEST = 500
CROWD = 10_000  # numbers or cells of one line beyond which it is no text, and no row of a table
SHORT = re.compile(f"(?s).{{1,{LONGEST}}}(?:(?<=[,、])|$)|.{{1,{LONGEST}}}")


def with_gaps(text: pl.Expr, gap: str) -> pl.Expr:
    """The pieces that gaps (a pattern) cut texts into, a list, with the gaps among them: their lengths tell
    where each of them stands."""
    return text.str.replace_all(gap, f"{MARK}${{0}}{MARK}").str.split(MARK)


def cut_lines(texts: pl.DataFrame, column: str = "reading", **alike: str) -> pl.DataFrame:
    """The lines of each text, blank ones too: what stands between line feeds.

    Takes `document_id` and the texts' `column`; gives `document_id`, `doc` (the text's place in the frame),
    `line` (from 0 in its text), `start`, `end` (code points into the text, without the line feed) and `text`.
    `alike` names further columns of texts of the same length that are cut at the same places: a folded text
    beside the written one (`raw="text"`).
    """
    size = pl.col("text").str.len_chars().cast(pl.Int64) + 1
    return (
        texts.lazy()
        .select("document_id", text=column, doc=pl.int_range(pl.len(), dtype=pl.Int64), **alike)
        .with_columns(base=size.cum_sum() - size)  # the texts lie end to end
        .with_columns(pl.col("text", *alike).str.split("\n"))
        .explode("text", *alike, empty_as_null=False)
        .with_columns(end=size.cum_sum() - pl.col("base") - 1)
        .select(
            "document_id",
            "doc",
            line=nth("doc"),
            start=pl.col("end") - size + 1,
            end="end",
            text="text",
            **{name: name for name in alike},
        )
        .collect()
    )


def without_crowds(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines, those that hold more numbers or cells than any that was written without their text."""
    text = pl.col("text")
    long = text.str.len_bytes() > CROWD
    most = pl.max_horizontal(text.str.count_matches(something) for something in ("[0-9]+", r"[|\t]"))
    crowds = compute_where(lines, long, most > CROWD)
    if not crowds.any():
        return lines
    return lines.with_columns(text=pl.when(crowds).then(pl.lit("")).otherwise(text))


def bare_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines that hold anything, without the blanks around it: `text`, `start` at its first character."""
    lead = pl.col("text").str.len_chars() - pl.col("text").str.strip_chars_start().str.len_chars()
    start = pl.col("start") + lead.cast(pl.Int64)
    return lines.with_columns(start=start, text=pl.col("text").str.strip_chars()).filter(pl.col("text") != "")


def cut_clauses(readings: pl.DataFrame) -> pl.DataFrame:
    """The clauses of each reading, in order and without gaps.

    Takes `document_id` and `reading`; gives `document_id`, `doc` (its place among them), `line`, `paragraph`
    (a line, or a table cell in it), `item` (a paragraph, or a list item in it: 一是…, (二)…), `sentence` and
    `clause` (each counted from 0 through all readings), `start`, `end` (offsets into the reading) and `text`,
    which holds its own closing punctuation. Clauses end at `, : 。 ; ! ? 】`, at cell borders and line ends;
    sentences at 。 ; ! ?, and there too.
    """
    size = pl.col("reading").str.len_chars().cast(pl.Int64)
    cut = readings.select(
        doc=pl.int_range(pl.len(), dtype=pl.Int64),
        base=size.cum_sum() - size,  # the readings lie end to end
        text=pl.col("reading").str.replace_all(CLAUSE_END, f"${{0}}{MARK}").str.split(MARK),
    )
    rows = cut.explode("text", empty_as_null=False).filter(pl.col("text") != "")
    text = pl.col("text")
    rows = rows.with_columns(
        size=text.str.len_chars().cast(pl.Int64),
        first=(pl.col("doc") != pl.col("doc").shift(1)).fill_null(False),
        begins_item=text.str.contains(pattern("item_begins")),
        line=text.str.contains(LINE_END),
        paragraph=text.str.contains(PARAGRAPH_END),
        sentence=text.str.contains(SENTENCE_END),
    )
    begins = {
        name: pl.col("first") | pl.col(name).shift(1, fill_value=False)
        for name in ("line", "paragraph", "sentence")
    }
    begins["item"] = begins["paragraph"] | pl.col("begins_item")
    end = pl.col("size").cum_sum() - pl.col("base")
    return rows.select(
        readings["document_id"].gather(rows["doc"]),
        "doc",
        *(begin.cum_sum().cast(pl.Int64).alias(c) for c, begin in begins.items()),
        clause=pl.int_range(pl.len(), dtype=pl.Int64),
        start=end - pl.col("size"),
        end=end,
        text=text,
    )


def cut_sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """The sentences of folded texts (report_id, text) without the marks around them, in order: report_id,
    sentence. For those who ask what is said, not where it stands: what goes on for more than `LONGEST`
    characters is cut, at a comma if it has one, since each name is looked at beside all of its sentence."""
    sentences = pl.col("text").str.extract_all(SENTENCE)
    cut = texts.select("report_id", sentence=sentences).explode("sentence", empty_as_null=False)
    long = pl.col("sentence").str.len_chars() > LONGEST
    if cut.filter(long).is_empty():
        return cut
    cut = cut.with_row_index("row")
    pieces = pl.col("sentence").map_elements(SHORT.findall, return_dtype=pl.List(pl.String))
    anew = cut.filter(long).with_columns(pieces).explode("sentence")
    return pl.concat([cut.filter(~long), anew]).sort("row", maintain_order=True).drop("row")
