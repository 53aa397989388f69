"""What layout put into a text and no reader reads: line ends inside sentences, page numbers, running heads.

Here: which characters to leave out when a converted PDF or another page-broken text is read. The stored text
stays as it is. Which sentence goes on over the end of its line is told in `line_ends`.
"""

import polars as pl

from pipeline.reading.layout.broken import INSIDE, RAGGED_SHORTEST, SHORTEST
from pipeline.reading.layout.compute import beside, passing
from pipeline.reading.layout.cutting import cut_lines
from pipeline.reading.layout.folding import with_folded
from pipeline.reading.layout.line_ends import COUNTED, ENDED, TABULAR, broken_sentences, width
from pipeline.reading.layout.separated import with_cells_apart
from pipeline.reading.layout.unsaid import as_said, unsaid_spans
from pipeline.vocabulary import pattern

SCHEMA = {"document_id": pl.String, "start": pl.Int64, "end": pl.Int64, "why": pl.String}
BLANK = " \t\r\f\v\u200b\ufeff\u00a0\u3000"

NUMBER_SURE = (
    r"^(?:第\s*[0-9\uff10-\uff19]{1,4}\s*页(?:[\s,/\uff0c]*共\s*[0-9\uff10-\uff19]{1,4}\s*页)?|"
    r"共\s*[0-9\uff10-\uff19]{1,4}\s*页[\s,\uff0c]*第\s*[0-9\uff10-\uff19]{1,4}\s*页)$"
)
NUMBER_DASHED = r"^[-—–―~·•\uff0d]{1,3}\s*([0-9\uff10-\uff19]{1,4})\s*[-—–―~·•\uff0d]{1,3}$"
NUMBER_BARE = r"^([0-9]{1,4})(?:\s*/\s*[0-9]{1,4})?$"
NUMBERING = r"^[-—–―~·•\uff0d\s0-9\uff10-\uff19第共页,/\uff0c]+$"  # what all of these are made of
NUMBERS_APART = 15  # lines between the bare numbers of two pages, where nothing else marks the pages
PAGE_LEAST = 200  # characters between such numbers where each of them cuts a sentence
HEAD_LONGEST = 40  # characters
# the number of the page beside the words
HEAD_ENDS = r"^[-—–·\s0-9\uff10-\uff19/第页共]+|[-—–·\s0-9\uff10-\uff19/第页共]+$"


def skipped_spans(documents: pl.DataFrame) -> pl.DataFrame:
    """Spans to leave out in reading: document_id, start, end (code points of `text`) and why.

    Takes document_id, text, and `folded` from those who have it. `why` is `line_end` (from the end of a line
    to the start of the one that its sentence goes on in: leaving it out joins the two), `page_number` or
    `running_head` (the line's own characters), or `unsaid` (inside a line). A `line_end` that runs over a
    page break covers the numbers and heads between. Sorted.
    """
    documents = with_folded(documents)
    lines = _lines(documents)
    numbers = _page_numbers(lines)
    heads = _running_heads(lines.join(numbers, on=["document_id", "line"], how="anti"))
    furniture = pl.concat(
        [numbers.with_columns(why=pl.lit("page_number")), heads.with_columns(why=pl.lit("running_head"))]
    )
    body = _past_furniture(lines, furniture)
    spans = [
        lines.join(furniture, on=["document_id", "line"]).select(list(SCHEMA)),
        broken_sentences(body).with_columns(why=pl.lit("line_end")),
        unsaid_spans(documents).with_columns(why=pl.lit("unsaid")),
    ]
    return pl.concat(spans).sort("document_id", "start", "end")


def _past_furniture(lines: pl.DataFrame, furniture: pl.DataFrame) -> pl.DataFrame:
    """The lines that are no furniture, with `turn`: how many of it stand before each in its document."""
    if furniture.is_empty():
        return lines.with_columns(turn=pl.lit(0, pl.Int32))
    marked = lines.join(
        furniture.drop("why").with_columns(turn=1),
        on=["document_id", "line"],
        how="left",
        maintain_order="left",
    )
    marked = marked.with_columns(
        turn=pl.col("turn").fill_null(0).cum_sum().over("document_id"), gone=pl.col("turn")
    )
    return marked.filter(pl.col("gone").is_null()).drop("gone")


def _lines(documents: pl.DataFrame) -> pl.DataFrame:
    """Lines that hold anything: document_id, line, page, start, end, text without the blanks around it."""
    length = pl.col("text").str.len_chars().cast(pl.Int64)
    lead = length - pl.col("text").str.strip_chars_start(BLANK).str.len_chars()
    page, doc = pl.col("page"), pl.col("doc")
    indented = pl.when(pl.col("text").str.contains(r"^\f*[ \t\u3000\u00a0]")).then("text")
    texts = as_said(with_cells_apart(documents["text"]), documents["folded"])
    return (
        cut_lines(documents.with_columns(texts.alias("text")), "text")
        .lazy()
        .with_columns(
            page=pl.col("text").str.count_matches("\f", literal=True).cum_sum().over("doc"),
            start=pl.col("start") + lead,
            lead=width(indented.str.extract(r"^\f*([ \t\u3000\u00a0]*)")).fill_null(0.0),
            text=pl.col("text").str.strip_chars(BLANK),
        )
        .filter(pl.col("text") != "")
        .with_columns(
            end=pl.col("start") + length,
            first=pl.when(doc == doc.shift(1)).then(page != page.shift(1)),
            last=pl.when(doc == doc.shift(-1)).then(page != page.shift(-1)),
        )
        .with_columns(pages=pl.col("first").fill_null(True).sum().over("doc"))
        .drop("doc")
        .collect()
    )


def _page_numbers(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that only number a page: document_id, line."""
    short = passing(lines, pl.col("text").str.len_chars() <= 20, pl.col("text").str.contains(NUMBERING))
    if short.is_empty():
        return short.select("document_id", "line")
    # a page's first and last line have no neighbour on the page of their own: null at the document's ends
    edge = (pl.col("first") | pl.col("last")).fill_null(True) & (pl.col("pages") > 1)
    sure = short.filter(pl.col("text").str.contains(NUMBER_SURE))
    dashed = short.filter(pl.col("text").str.contains(NUMBER_DASHED))
    halves = _in_sentences(lines)
    # the only one of a text is sure where it stands in the middle of a sentence
    cutting = dashed.join(halves, on=["document_id", "line"], how="semi", maintain_order="left")
    dashed = dashed.filter(edge | (pl.len().over("document_id") > 1))
    bare = (
        short.with_columns(number=pl.col("text").str.extract(NUMBER_BARE).cast(pl.Int64))
        .drop_nulls("number")
        .with_columns(edge=edge)
    )
    on_edges = bare.filter("edge").filter(pl.len().over("document_id", pl.col("number") - pl.col("page")) > 1)
    follows = (pl.col("number").diff() == 1) & (pl.col("line").diff() >= NUMBERS_APART)
    unmarked = (
        bare.filter(pl.col("pages") == 1)
        .with_columns(follows=follows.over("document_id").fill_null(False))
        .with_columns(leads=beside(pl.col("follows"), -1, "document_id").fill_null(False))
        .filter((pl.col("follows").sum().over("document_id") > 1) & (pl.col("follows") | pl.col("leads")))
    )
    found = [
        frame.select("document_id", "line")
        for frame in (sure, dashed, cutting, on_edges, unmarked, _cutting(halves), _set_apart(halves))
    ]
    return pl.concat(found).unique()


def _cutting(halves: pl.DataFrame) -> pl.DataFrame:
    """Bare numbers that follow one another a page apart, each in the middle of a sentence (`_in_sentences`),
    as in documents of Word that were made from pages: document_id, line."""
    text = pl.col("text")
    return (
        halves.filter((pl.col("pages") == 1) & text.str.contains("^[0-9]{1,3}$"))
        .with_columns(number=text.cast(pl.Int64))
        .with_columns(
            follows=((pl.col("number").diff() == 1) & (pl.col("start").diff() >= PAGE_LEAST))
            .over("document_id")
            .fill_null(False)
        )
        .filter(pl.col("follows") | beside(pl.col("follows"), -1, "document_id").fill_null(False))
    )


def _set_apart(halves: pl.DataFrame) -> pl.DataFrame:
    """Bare numbers between blank lines in the middle of a sentence (`_in_sentences`) that wants no number
    there, of which a text may have one alone: document_id, line."""
    return halves.filter(
        pl.col("apart").fill_null(False) & pl.col("text").str.contains("^[0-9]{1,3}$"),
        width(pl.col("before")) >= RAGGED_SHORTEST,
        pl.col("before").str.contains(r"\p{Han}$")
        & ~pl.col("before").str.contains(pattern("wants_a_number")),
        pl.col("after").str.contains(rf"^\p{{Han}}.*(?:{INSIDE}|{ENDED})"),
    ).select("document_id", "line")


def _in_sentences(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines that are made of a number and stand between two halves of a sentence, with both (before,
    after) and whether blank lines set them apart."""
    text, before, after = pl.col("text"), pl.col("before"), pl.col("after")
    above, below = (beside(pl.col("line"), n, "document_id") for n in (1, -1))
    apart = (pl.col("line") - above > 1) & (below - pl.col("line") > 1)
    sides = {"before": beside(text, 1, "document_id"), "after": beside(text, -1, "document_id")}
    return (
        lines.with_columns(**sides, apart=apart)
        .filter((text.str.len_chars() <= 20) & text.str.contains(NUMBERING))
        .filter(
            before.str.contains(INSIDE)
            & ~before.str.contains(f"{ENDED}|{TABULAR}")
            & (width(before) >= SHORTEST)
            & ~after.str.contains(f"{pattern('starts_block')}|{TABULAR}|{COUNTED}")
        )
    )


def _running_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that stand at the same edge of most pages, after the first: document_id, line."""
    wordless = pl.col("text").str.replace_all(HEAD_ENDS, "").str.replace_all(r"\s", "")
    edges = passing(
        lines,
        (pl.col("pages") > 1) & (pl.col("text").str.len_chars() <= HEAD_LONGEST),
        ~pl.col("text").str.contains(f"{pattern('starts_block')}|{ENDED}"),
    )
    if edges.is_empty():
        return edges.select("document_id", "line")
    edges = edges.with_columns(wordless=wordless).filter(pl.col("wordless").str.len_chars() > 1)
    found = []
    for side in ("first", "last"):
        repeated = pl.len().over("document_id", "wordless")
        found.append(
            edges.filter(pl.col(side).fill_null(True))
            .filter((repeated > 1) & (repeated >= 0.6 * pl.col("pages")))
            .filter(pl.int_range(pl.len()).over("document_id", "wordless") > 0)
            .select("document_id", "line")
        )
    return pl.concat(found).unique()
