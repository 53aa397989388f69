"""What layout put into a text and no reader reads: line ends inside sentences, page numbers, running heads.

Here: which characters to leave out when a converted PDF or another page-broken text is read. The stored text
stays as it is. Careful on purpose: a web text with a paragraph a line, a table, a list or a heading is left
alone, and so is every text whose lines are not plainly broken at one width.
"""

import polars as pl

from pipeline.reading.layout.broken import INSIDE, SHORTEST, SLACK, broken_documents
from pipeline.reading.layout.compute import beside, passing
from pipeline.reading.layout.cutting import cut_lines
from pipeline.reading.layout.separated import STROKES, with_cells_apart
from pipeline.vocabulary import pattern

SCHEMA = {"document_id": pl.String, "start": pl.Int64, "end": pl.Int64, "why": pl.String}
NO_SPANS = pl.DataFrame(schema={name: SCHEMA[name] for name in ("document_id", "start", "end")})
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
COUNTED = r"^(?:[个名人户家所张件对次条场处辆间万亿元]|%)"  # behind a figure on a line of its own
HEAD_LONGEST = 40  # characters
# the number of the page beside the words
HEAD_ENDS = r"^[-—–·\s0-9\uff10-\uff19/第页共]+|[-—–·\s0-9\uff10-\uff19/第页共]+$"

ENDED = r"[。!?;:\uff01\uff1f\uff1b\uff1a…|\uff5c│┃║┆┇┊┋](?:[”’』」》)\uff09\]】]*)$"
STARTS_BLOCK = (
    r"^(?:[一二三四五六七八九十百]{1,4}(?:[、.\uff0e]|是[^否])|[(\uff08][一二三四五六七八九十0-9\uff10-\uff19]{1,3}[)\uff09]|"
    r"[0-9\uff10-\uff19]{1,3}[、.\uff0e)\uff09][^0-9\uff10-\uff19]|第[一二三四五六七八九十百0-9\uff10-\uff19]{1,4}[章节条编款部]|"
    r"[①-⑳⑴-⒇●■◆□▲★○◎☆·•\p{So}【]|附件|附[:\uff1a表]|注[:\uff1a0-9\uff10-\uff19]|表\s*[0-9\uff10-\uff19]|图\s*[0-9\uff10-\uff19]|20[0-9\uff10-\uff19][0-9\uff10-\uff19]年[0-9\uff10-\uff19]{1,2}月[0-9\uff10-\uff19]{1,2}日$)"
)
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
FIGURE_ALONE = r"^[0-9\uff10-\uff19.]+$"
FIGURE_FIRST = r"^[0-9\uff10-\uff19.]+(?:$|[万亿%元人户名个家所张件对]|[\p{Han}]{1,3}[,、。;\uff0c\uff1b])"
NAMES_TABLE = r"(?:表|情况|名单|名册|一览|明细)(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?$"
LATIN_BREAK = r"[A-Za-z]$"
INDENT = 0.9  # ems that a paragraph is at least indented by
INDENTED_LINES, INDENTED_SHARE = 4, 0.6  # of running text, in a text whose paragraphs are indented
RAGGED = 0.6  # of the full width that a broken line of running text reaches


def skipped_spans(documents: pl.DataFrame) -> pl.DataFrame:
    """Spans to leave out in reading: document_id, start, end (code points of `text`) and why.

    Takes document_id and text. `why` is `line_end` (from the end of a line to the start of the one that its
    sentence goes on in: leaving it out joins the two), `page_number` or `running_head` (the line's own
    characters). A `line_end` that runs over a page break covers the numbers and heads between. Sorted.
    """
    lines = _lines(documents)
    numbers = _page_numbers(lines)
    heads = _running_heads(lines.join(numbers, on=["document_id", "line"], how="anti"))
    furniture = pl.concat(
        [numbers.with_columns(why=pl.lit("page_number")), heads.with_columns(why=pl.lit("running_head"))]
    )
    body = _past_furniture(lines, furniture)
    broken = _broken_sentences(body)
    for find in (_cut_by_furniture, _broken_by_hand, _broken_once):
        found = find(body)
        if not found.is_empty():
            broken = pl.concat([broken, found.join(broken, on=["document_id", "start"], how="anti")])
    spans = [
        lines.join(furniture, on=["document_id", "line"]).select(list(SCHEMA)),
        broken.with_columns(why=pl.lit("line_end")),
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
    return (
        cut_lines(documents.with_columns(with_cells_apart(documents["text"]).alias("text")), "text")
        .lazy()
        .with_columns(
            page=pl.col("text").str.count_matches("\f", literal=True).cum_sum().over("doc"),
            start=pl.col("start") + lead,
            lead=_width(indented.str.extract(r"^\f*([ \t\u3000\u00a0]*)")).fill_null(0.0),
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


def _width(text: pl.Expr) -> pl.Expr:
    """Width in ems: a Chinese character is one, a digit or a Latin letter half of one."""
    return text.str.len_chars() - text.str.count_matches(r"[\x09\x20-\x7e\xa0]") * 0.5


def _page_numbers(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that only number a page: document_id, line."""
    short = passing(lines, pl.col("text").str.len_chars() <= 20, pl.col("text").str.contains(NUMBERING))
    if short.is_empty():
        return short.select("document_id", "line")
    # a page's first and last line have no neighbour on the page of their own: null at the document's ends
    edge = (pl.col("first") | pl.col("last")).fill_null(True) & (pl.col("pages") > 1)
    sure = short.filter(pl.col("text").str.contains(NUMBER_SURE))
    dashed = short.filter(pl.col("text").str.contains(NUMBER_DASHED)).filter(
        edge | (pl.len().over("document_id") > 1)
    )
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
        frame.select("document_id", "line") for frame in (sure, dashed, on_edges, unmarked, _cutting(lines))
    ]
    return pl.concat(found).unique()


def _cutting(lines: pl.DataFrame) -> pl.DataFrame:
    """Bare numbers that follow one another a page apart, each in the middle of a sentence, as in documents of
    Word that were made from pages: document_id, line."""
    text, before, after = pl.col("text"), pl.col("before"), pl.col("after")
    return (
        lines.filter(pl.col("pages") == 1)
        .with_columns(before=beside(text, 1, "document_id"), after=beside(text, -1, "document_id"))
        .filter(text.str.contains("^[0-9]{1,3}$"))
        .filter(
            before.str.contains(INSIDE)
            & ~before.str.contains(f"{ENDED}|{TABULAR}")
            & (_width(before) >= SHORTEST)
            & ~after.str.contains(f"{STARTS_BLOCK}|{TABULAR}|{COUNTED}")
        )
        .with_columns(number=text.cast(pl.Int64))
        .with_columns(
            follows=((pl.col("number").diff() == 1) & (pl.col("start").diff() >= PAGE_LEAST))
            .over("document_id")
            .fill_null(False)
        )
        .filter(pl.col("follows") | beside(pl.col("follows"), -1, "document_id").fill_null(False))
    )


def _running_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that stand at the same edge of most pages, after the first: document_id, line."""
    wordless = pl.col("text").str.replace_all(HEAD_ENDS, "").str.replace_all(r"\s", "")
    edges = passing(
        lines,
        (pl.col("pages") > 1) & (pl.col("text").str.len_chars() <= HEAD_LONGEST),
        ~pl.col("text").str.contains(f"{STARTS_BLOCK}|{ENDED}"),
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


def _broken_sentences(body: pl.DataFrame) -> pl.DataFrame:
    """Spans between a line and the one in which its sentence goes on: document_id, start, end."""
    prose = body.with_columns(
        width=_width(pl.col("text")) + pl.col("lead").clip(0, 4),
        tabular=pl.col("text").str.contains(TABULAR),
        open=~pl.col("text").str.contains(ENDED),
        # a number or a foreign word at the head of a line may not have fitted on the one before
        unbroken=_width(pl.col("text").str.extract(UNBROKEN).fill_null("")),
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
        pl.col("text").str.contains(NAMES_TABLE) & pl.col("next_open") & (pl.col("next_width") < SHORTEST)
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
        .filter(~pl.col("next_text").str.contains(STARTS_BLOCK) & ~titled)
        .filter(~((pl.col("next_lead") > 1) & pl.col("indents")))
        .filter((pl.col("next_line") == pl.col("line") + 1) | turned)
        .filter(~(pl.col("text").str.contains(LATIN_BREAK) & pl.col("next_text").str.contains("^[A-Za-z]")))
        .select("document_id", start="end", end="next_start")
    )


def _broken_by_hand(body: pl.DataFrame) -> pl.DataFrame:
    """Spans inside the few sentences that were broken in a text whose paragraphs are all indented, where the
    next line is not: document_id, start, end."""
    indented = (pl.col("lead") > INDENT).filter(_running() & ~pl.col("text").str.contains(TABULAR))
    told = body.group_by("document_id").agg(many=indented.sum(), most=indented.mean())
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
    return pl.col("text").str.contains(INSIDE) & (_width(pl.col("text")) >= SHORTEST)


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
        ~then.str.contains(f"{STARTS_BLOCK}|{TABULAR}"),
    )


def _cut_by_furniture(body: pl.DataFrame) -> pl.DataFrame:
    """Spans between paragraphs of one sentence with nothing but a page number or running head between them:
    document_id, start, end. So are documents of Word that were made from pages."""
    following = pl.col("text", "start", "turn").shift(-1).over("document_id")
    text, then = pl.col("text"), pl.col("next_text")
    cut = passing(
        body.with_columns(following.name.prefix("next_")),
        pl.col("next_turn") > pl.col("turn"),
        ~text.str.contains(f"{ENDED}|{TABULAR}") & ~then.str.contains(f"{STARTS_BLOCK}|{TABULAR}"),
        text.str.contains(INSIDE) & (_width(text) >= SHORTEST) & (_width(then) > 1),
        ~text.str.contains(STARTS_BLOCK) | text.str.contains("[。;\uff1b].*" + INSIDE),
    )
    return cut.select("document_id", start="end", end="next_start")
