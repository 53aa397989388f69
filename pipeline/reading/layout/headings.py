"""Lines that are headings, and what a heading says of the section below it: its role and its year.

How headings nest is decided in `sections`. The words stand in `vocabulary/layout/report_words.csv`.
"""

from collections.abc import Iterator

import polars as pl

from pipeline.reading.layout.compute import beside, passing
from pipeline.reading.layout.dates import numeral
from pipeline.reading.layout.heading_roles import any_role_word
from pipeline.reading.layout.written import LIST_NUMERAL as N
from pipeline.vocabulary import pattern

# Style, its usual rank (lower stands above), and how a line of it begins; the group is the number.
STYLES = (
    ("part", 6, ""),  # its words stand in the vocabulary
    ("chapter", 7, rf"^第\s*({N}|[0-9]{{1,2}})\s*章\s*[:、.\s]?\s*"),
    ("article", 8, rf"^第\s*({N}|[0-9]{{1,2}})\s*节\s*[:、.\s]?\s*"),
    ("spoken", 9, rf"^第({N}),\s*"),
    ("cn", 10, rf"^({N})\s*[、.]\s*"),
    ("cn_paren", 11, rf"^\(\s*({N})\s*\)\s*[、.]?\s*"),
    ("arabic", 12, r"^([0-9]{1,2})\s*[、.]\s*"),
    ("arabic_paren", 13, r"^\(\s*([0-9]{1,2})\s*\)\s*[、.]?\s*"),
    ("arabic_half", 14, r"^([0-9]{1,2})\s*\)\s*[、.]?\s*"),
    ("circled", 15, r"^([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])\s*"),
    ("circled", 15, r"^([⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂])\s*"),
    ("cn_paren", 11, r"^([㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩])\s*"),
    ("arabic", 12, r"^([⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛])\s*"),
)
RANKS = {style: rank for style, rank, _ in STYLES} | {"alone": 9} | {f"mark{n}": n - 1 for n in range(1, 7)}
MARKED = r"^[|\s]*(#{1,6})\s+"
BEGINNING = rf"^[|#\s]*(?:第|{N}\s*[、.]|\(|[0-9]{{1,2}}\s*[、.)]|[①-⒛㈠-㈩])|^[|\s]*#{{1,6}}\s"
# 一、二级残疾人 and 1.5万人 at the start of a broken line are no numbered headings.
NOT_NUMBERED = (
    rf"^{N}、(?:{N})?\s*[级类等星楼号期批孩胎线环至]|^{N}、{N}[、和至]|"
    r"^[0-9]{1,2}\s*[、.]\s*(?:[0-9](?:[^0-9]|$)|[0-9]{2}(?:[^0-9]|$)|[0-9]{3}(?:[^0-9]|$)|[0-9]{4}[^年])|^[0-9]{1,2}\s*[、.]\s*$|"
    r"(?:\.{4,}|…{2,}|·{4,})\s*[0-9]*$|"  # a line of a list of contents
    rf"^第{N},(?:.*[。;:!?]|.{{31}})"  # 第一,坚持… begins a sentence
)
IN_TABLES = ("part", "chapter", "article", "cn", "cn_paren")
LONGEST = 45


def _styles() -> list[tuple[str, str]]:
    """The styles with how a line of each begins."""
    return [(style, begins or pattern("heading_part")) for style, _, begins in STYLES]


def _cut() -> Iterator[pl.Expr]:
    """Where the words of a heading end, by the ways in which its text follows in its line."""
    for cut in (
        # (一)【布点建设】2021年以来,…  (一)布点建设  2021年以来,…
        rf"^(【[^】]{{2,{LONGEST}}}】)",
        r"^([\p{Han}、“”]{4,20})(?: {1,4}|——)[^ ]{2}.*[,。;]",
        rf"^(.{{1,{LONGEST}}}?)(?:{pattern('heading_goes_on')}|[。;!?:]|$)",
        rf"^(.{{1,{LONGEST}}}?),",
        rf"^(.{{1,{LONGEST - 15}}})",
    ):
        yield pl.col("words").str.extract(cut, 1)


def find_headings(lines: pl.DataFrame) -> pl.DataFrame:
    """Headings on lines of their own or at the start of a paragraph (`1.加强养老服务。调整…`).

    Takes `split_lines`' frame. Gives document_id, line, start, end (of the heading), line_end, style,
    number, heading (as written, with its number), words (folded, without it).
    """
    text = pl.col("text")
    # A row of a table is a heading only where a single cell is filled.
    rows = (
        lines.filter(text.str.contains(BEGINNING))
        .filter(~text.str.contains("|", literal=True) | text.str.contains(r"^[|\s]*[^|]+[|\s]*$"))
        .with_columns(
            line_end="end",
            bars=text.str.extract(r"^([|\s]+)", 1).str.len_chars().fill_null(0),
            skip=text.str.extract(r"^[|\s]*(#{1,6}\s+)", 1).str.len_chars().fill_null(0),
        )
        .with_columns(
            mark=text.str.extract(MARKED, 1),
            body=text.str.slice(pl.col("bars") + pl.col("skip"), 2 * LONGEST).str.replace(r"[\s|]+$", ""),
        )
    )
    rows = rows.with_columns(
        marker=pl.col("body").str.extract("|".join(begins for _, begins in _styles()), 0)
    )
    found = (
        rows.join(_read_markers(rows["marker"]), on="marker", how="left", maintain_order="left")
        .with_columns(
            style=pl.coalesce("style", pl.lit("mark") + pl.col("mark").str.len_chars().cast(pl.String)),
            marker=pl.col("marker").str.len_chars().fill_null(0),
        )
        .filter(pl.col("style").is_not_null() & ~pl.col("body").str.contains(NOT_NUMBERED))
        # 2.… in a cell by itself is part of a broken row.
        .filter(~text.str.contains("|", literal=True) | pl.col("style").is_in(IN_TABLES))
        .with_columns(words=pl.col("body").str.slice(pl.col("marker")))
        .filter(pl.col("words") != "")
        .with_columns(words=pl.coalesce(_cut()).str.strip_chars_end(" "))
    )
    at = pl.col("bars") + pl.col("skip")
    size = pl.col("marker") + pl.col("words").str.len_chars()
    return found.select(
        "document_id",
        "line",
        start=pl.col("start") + at,
        end=pl.col("start") + at + size,
        line_end="line_end",
        style="style",
        number="number",
        heading=pl.col("raw").str.slice(at, size),
        words="words",
    )


def _read_markers(markers: pl.Series) -> pl.DataFrame:
    """The style and number of each marker (`一、`, `(3)`): they are few, so each is read once."""
    marker = pl.col("marker")
    style = pl.coalesce(pl.when(marker.str.contains(begins)).then(pl.lit(name)) for name, begins in _styles())
    number = pl.coalesce(marker.str.extract(begins, 1) for _, begins in _styles())
    known = markers.unique().drop_nulls().to_frame("marker")
    return known.with_columns(style=style, number=numeral(number))


def find_alone(lines: pl.DataFrame) -> pl.DataFrame:
    """Headings without a number: short lines inside a report that end with a word for a part of it
    (`2024年工作计划`, `存在问题`).

    Takes lines with `read`, the running text of their report in front of them. Gives `find_headings`'
    columns.
    """
    text = pl.col("text").str.strip_chars("#*【】[]◆◇●○■★▲△◎☆▶►※□ ")
    # 2011年工作思路: leads to plans as a line without the colon does
    # and so does 附:2011年工作思路
    ahead = text.str.replace(pattern("appended"), "").str.strip_chars_end(":").str.strip_chars_end("】] ")
    text = pl.when(ahead.str.contains(pattern("plans_of_a_year"))).then(ahead).otherwise(text)
    before = pl.col("_before")
    # A line that goes on from the one before is the end of a sentence.
    fresh = before.str.contains(r"[。;!?:)”|]$") | (before.str.len_chars() < 15)
    alone = passing(
        lines.with_columns(_before=beside(pl.col("text"), 1, "document_id")),
        (pl.col("read") > 0) & (pl.col("text").str.len_chars() <= 32),
        text.str.contains(any_role_word()),
        fresh & ~text.str.contains(pattern("no_heading_alone")),
    )
    return alone.select(
        "document_id",
        "line",
        "start",
        "end",
        line_end="end",
        style=pl.lit("alone"),
        number=pl.lit(None, pl.Int64),
        heading="raw",
        words=text,
    )
