"""Sentences that a converted PDF or another page-broken text broke at the ends of its lines.

Careful on purpose: a web text with a paragraph a line, a table, a list or a heading is left alone, and so is
every text whose lines are not plainly broken at one width.
"""

from functools import cache

import polars as pl

from pipeline.reading.layout.broken import INSIDE, SHORTEST, SLACK, broken_documents
from pipeline.reading.layout.compute import passing
from pipeline.reading.layout.cutting import NO_SPANS
from pipeline.reading.layout.separated import STROKES
from pipeline.vocabulary import either, pattern, words

COUNTED = r"^(?:[个名人户家所张件对次条场处辆间万亿元]|%)"  # behind a figure on a line of its own
ENDED = r"[。!?;:\uff01\uff1f\uff1b\uff1a…|\uff5c│┃║┆┇┊┋](?:[”’』」》)\uff09\]】]*)$"
BAR = rf"[|\uff5c{STROKES}]"
CELL = r"[-+\u2212\uff0d]?[0-9\uff10-\uff19.,%\uff0c]+(?:[万亿]?[元人户对件个张家所次处具]+)?"
# cells, marks of missing ones between them (3652  —  3318), or a name far from its figure at the end
TABULAR = (
    rf"{BAR}.*{BAR}|\t.*\t|(?:^|\s){CELL}(?:\s+[-—–…/]+)*\s+{CELL}(?:\s|$)|"
    rf"\S[ \u3000]{{2,}}\S+[ \u3000]{{2,}}(?:\S.*[ \u3000])?{CELL}$|"
    # 机构名称:东镇敬老院 床位数:80 在院老人:52
    r"\S[:\uff1a]\s?\S+[\s,\uff0c;\uff1b、][^\s:\uff1a]+[:\uff1a]\s?[-—]?[0-9.,]*(?:%|[\p{Han}/·]{1,6})?(?:[\s,\uff0c;\uff1b、].*|$)"
)
UNBROKEN = r"^([0-9\uff10-\uff19.,%A-Za-z+\-]{1,14})"
# a sentence that begins behind the heading of its line: 一、社会救助。全县农村低保对象
BEGUN = rf"[。;\uff1b].*{INSIDE}|[。;\uff1b][^。;\uff1b]{{6,}}$"
FIGURE_ALONE = r"^[0-9\uff10-\uff19.]+$"
FIGURE_FIRST = r"^[0-9\uff10-\uff19.]+(?:$|[万亿%元人户名个家所张件对]|[\p{Han}]{1,3}[,、。;\uff0c\uff1b])"
LATIN_BREAK = r"[A-Za-z]$"
INDENT = 0.9  # ems that a paragraph is at least indented by
INDENTED_LINES, INDENTED_SHARE = 4, 0.6  # of running text, in a text whose paragraphs are indented
RAGGED = 0.6  # of the full width that a broken line of running text reaches


def broken_sentences(body: pl.DataFrame) -> pl.DataFrame:
    """Spans from the end of a line to the start of the one in which its sentence goes on: document_id,
    start, end.

    `body`: the lines that are no furniture, as `page_furniture` cuts them, with `turn`.
    """
    broken = _evenly_broken(body)
    for find in (_cut_by_furniture, _broken_by_hand, _broken_once):
        found = find(body)
        if not found.is_empty():
            broken = pl.concat([broken, found.join(broken, on=["document_id", "start"], how="anti")])
    return broken


@cache
def _names_table() -> str:
    """The end of a line that names the table below it: 养老机构一览, 发放情况(单位)."""
    ends = words("tables/layout_words.csv", role="names_table")
    return either(ends) + r"(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?$"


def width(text: pl.Expr) -> pl.Expr:
    """Width in ems: a Chinese character is one, a digit or a Latin letter half of one."""
    return text.str.len_chars() - text.str.count_matches(r"[\x09\x20-\x7e\xa0]") * 0.5


def _evenly_broken(body: pl.DataFrame) -> pl.DataFrame:
    """Spans between a line and the one in which its sentence goes on: document_id, start, end."""
    prose = body.with_columns(
        width=width(pl.col("text")) + pl.col("lead").clip(0, 4),
        tabular=pl.col("text").str.contains(TABULAR),
        open=~pl.col("text").str.contains(ENDED),
        # a number or a foreign word at the head of a line may not have fitted on the one before
        unbroken=width(pl.col("text").str.extract(UNBROKEN).fill_null("")),
    )
    broken = broken_documents(prose.filter(~pl.col("tabular")))
    if broken.is_empty():
        return NO_SPANS
    following = (
        pl.col("text", "start", "line", "page", "turn", "tabular", "lead", "unbroken", "open", "width")
        .shift(-1)
        .over("document_id")
    )
    running = pl.col("text").str.contains(INSIDE)
    # 312 between 城关镇 and 484 is a cell of a table
    spoken = running | (pl.col("width") >= RAGGED * pl.col("full"))
    behind = (pl.col("next_text").str.contains(f"{INSIDE}|{ENDED}|{COUNTED}")).fill_null(False)
    alone = pl.col("text").str.contains(FIGURE_ALONE) & spoken.shift(1).over("document_id") & behind
    # the name of a table above its first cell
    titled = (
        pl.col("text").str.contains(_names_table()) & pl.col("next_open") & (pl.col("next_width") < SHORTEST)
    )
    turned = pl.any_horizontal(pl.col(f"next_{c}") != pl.col(c) for c in ("page", "turn"))
    goes_on = ~pl.col("next_open") | (pl.col("next_width") >= SHORTEST)  # not a signature
    return (
        prose.join(broken, on="document_id", how="inner")
        .with_columns(following.name.prefix("next_"))
        # where paragraphs are indented, a full line before one that is not goes on whatever it ends with
        .filter((pl.col("open") | (pl.col("indents") & goes_on)) & ~pl.col("tabular"))
        .filter(
            (pl.col("width") + pl.col("next_unbroken") >= pl.col("full") - SLACK)
            | (pl.col("open") & running & (pl.col("width") >= RAGGED * pl.col("full")))
            # a figure set on a line of its own
            | alone
            | (running & pl.col("next_text").str.contains(FIGURE_FIRST))
        )
        .filter(pl.col("next_start").is_not_null() & ~pl.col("next_tabular"))
        .filter(~pl.col("next_text").str.contains(pattern("starts_block")) & ~titled)
        .filter(~((pl.col("next_lead") > 1) & pl.col("indents")))
        .filter((pl.col("next_line") == pl.col("line") + 1) | turned)
        .filter(~(pl.col("text").str.contains(LATIN_BREAK) & pl.col("next_text").str.contains("^[A-Za-z]")))
        .select("document_id", start="end", end="next_start")
    )


def _broken_by_hand(body: pl.DataFrame) -> pl.DataFrame:
    """Spans inside the few sentences that were broken in a text whose paragraphs are all indented, where the
    next line is not: document_id, start, end."""
    running = body.filter(_running() & ~pl.col("text").str.contains(TABULAR))
    indented = pl.col("lead") > INDENT
    told = running.group_by("document_id").agg(many=indented.sum(), most=indented.mean())
    told = told.filter((pl.col("many") >= INDENTED_LINES) & (pl.col("most") >= INDENTED_SHARE))
    if told.is_empty():
        return NO_SPANS
    stopped = _stopped(body.join(told, on="document_id", how="semi"), pl.col("next_lead") <= INDENT)
    return stopped.select("document_id", start="end", end="next_start")


def _broken_once(body: pl.DataFrame) -> pl.DataFrame:
    """Spans inside sentences broken in a text of whole paragraphs, where the words on both sides say so:
    document_id, start, end. 标准由260元提高 ⏎ 到300元; 结果建成 ⏎ 35个."""
    ends = pl.col("text").str.contains(pattern("line_goes_on"))
    joint = ends | pl.col("next_text").str.contains(pattern("line_begun_before"))
    return _stopped(body, joint).select("document_id", start="end", end="next_start")


def _running() -> pl.Expr:
    return pl.col("text").str.contains(INSIDE) & (width(pl.col("text")) >= SHORTEST)


def _stopped(body: pl.DataFrame, joint: pl.Expr) -> pl.DataFrame:
    """Lines of running text that stop without an end above one that may go on with them, where `joint` holds
    of both; what is known of the next as next_text, next_start, next_line and next_lead."""
    following = pl.col("text", "start", "line", "lead").shift(-1).over("document_id")
    text, then = pl.col("text"), pl.col("next_text")
    return passing(
        body.with_columns(following.name.prefix("next_")),
        (pl.col("next_line") == pl.col("line") + 1) & _running() & joint,
        ~text.str.contains(ENDED),
        ~text.str.contains(TABULAR) & then.str.contains(f"{INSIDE}|{ENDED}"),
        ~then.str.contains(f"{pattern('starts_block')}|{TABULAR}"),
    )


def _cut_by_furniture(body: pl.DataFrame) -> pl.DataFrame:
    """Spans between paragraphs of one sentence with nothing but a page number or running head between them:
    document_id, start, end. So are documents of Word that were made from pages."""
    following = pl.col("text", "start", "turn").shift(-1).over("document_id")
    text, then = pl.col("text"), pl.col("next_text")
    cut = passing(
        body.with_columns(following.name.prefix("next_")),
        pl.col("next_turn") > pl.col("turn"),
        ~text.str.contains(f"{ENDED}|{TABULAR}") & ~then.str.contains(f"{pattern('starts_block')}|{TABULAR}"),
        text.str.contains(INSIDE) & (width(text) >= SHORTEST) & (width(then) > 1),
        ~text.str.contains(pattern("starts_block")) | text.str.contains(BEGUN),
    )
    return cut.select("document_id", start="end", end="next_start")
