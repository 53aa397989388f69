"""The fields that publishers put around a report: index headers (索引号, 发布机构, 文号 …) and lines
such as `发布时间:2023-08-28 来源:…`, whether in table cells, one a line, or several in a line.

Which report a field belongs to is decided in `reports`. Labels stand in
`vocabulary/layout/header_labels.csv`.
"""

from collections.abc import Iterable
from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.compute import beside
from pipeline.reading.layout.dates import date_in
from pipeline.vocabulary import pattern

FIELDS = ("index_no", "title", "issuer", "source", "author", "document_no", "published", "issued", "none")
SCHEMA = {
    "document_id": pl.String,
    "line": pl.Int64,
    "start": pl.Int64,
    "field": pl.String,
    "strong": pl.Boolean,
    "value": pl.String,
    "date": pl.Date,
}
WIDE = r"[\t-\r ]*"  # blanks between the characters of a label; folded text has no others
FIELD, VALUE = "\x1d", "\x1c"  # set between the fields of a line; no text holds them
MAX_VALUE = 120
MAX_LINE = 250  # characters of a line in which labels may stand without anything in front of them
OFFICES = ("issuer", "source", "author")  # fields whose value is a name


@cache
def _labels() -> dict[str, tuple[str, bool]]:
    """Label without blanks → its field, and whether it is never used in running text."""
    return {
        row["word"]: (row["field"], row["strong"] == "yes")
        for row in vocabulary.rows("layout/header_labels.csv")
    }


def _held(lines: pl.DataFrame) -> tuple[str, ...]:
    """The labels that lines hold, blanks between their characters left out: a pattern of all labels is made
    ready in more time than a small batch is read in."""
    bare = pl.col("text").str.replace_all(r"[\t-\r ]+", "")
    held = lines.select(bare.str.extract_many([*_labels()], overlapping=True).explode().unique())
    return tuple(sorted(held.to_series().drop_nulls()))


def _any(labels: Iterable[str], between: str = "") -> str:
    """One of some labels; nothing where there are none."""
    return vocabulary.either(labels, between=between) if (labels := [*labels]) else r"[^\s\S]"


def _strong(labels: tuple[str, ...], between: str = "") -> str:
    return _any((word for word in labels if _labels()[word][1]), between)


def _spread(labels: tuple[str, ...]) -> str:
    return _any((word for word in labels if not _labels()[word][1]), r"[ \t]+")


def _label_pattern(labels: tuple[str, ...]) -> str:
    every, strong = _any(labels, WIDE), _strong(labels, WIDE)
    return rf"(^|[|\s(\[【•·])(?:({every})\s*[】\])]?\s*:|({strong})\s*(?:[|】\]\t]|$))"


def _blank_pattern(labels: tuple[str, ...]) -> str:
    """Index fields whose labels only a blank parts from the values: 组配分类 总结 发布机构 X市民政局; a plain
    word is a label where it is spread out: 标    题 X市民政局2022年工作总结."""
    return rf"(^|[|\s])({_strong(labels)}|{_spread(labels)})()[ \t]+"


def _glued_pattern(labels: tuple[str, ...]) -> str:
    """Fields without anything between them: 来源:X发布时间:Y浏览次数:Z."""
    return rf"()({_any(labels)})\s*:()"


def _bracket_pattern(labels: tuple[str, ...]) -> str:
    """Labels in brackets of their own: 【来源】社会事务科 【时间】2022-12-08."""
    return rf"()【({_any(labels, WIDE)})】()\s*:?"


@cache
def _title_cell() -> str:
    """A cell for the title beside one that reads as a title: | 名称 | X县民政局2021年工作计划 |."""
    weak = vocabulary.either(w for w, (field, sure) in _labels().items() if field == "title" and not sure)
    return rf"(^|[|\t])\s*({weak})()\s*[|\t]"


def find_fields(lines: pl.DataFrame) -> pl.DataFrame:
    """Header fields of all documents, in their order.

    Takes `split_lines`' frame. Gives document_id, line, start (of the line), field (one of FIELDS,
    `none` for a field that only ends its neighbour), strong (a label of index headers), value (folded,
    null where blank or said to be none) and date.
    """
    text = pl.col("text")
    labels = _held(lines)
    # alone, it makes the pattern ready for `marked` too
    has_field = lines.select(has_field=text.str.contains(_label_pattern(labels)))
    lines = lines.with_columns(after=beside(text, -1, "document_id")).hstack(has_field)
    ended = beside(pl.col("has_field"), -1, "document_id").fill_null(True)
    lines = lines.with_columns(ended=ended).filter(~text.str.contains(f"[{FIELD}{VALUE}]"))
    brief = text.str.len_chars() <= MAX_LINE
    bare = brief & ~text.str.contains("[。;]")
    titled = bare & text.str.contains(_title_cell() + pattern("title_in_cell"))
    bracketed = bare & (text.str.count_matches(_bracket_pattern(labels)) > 1)
    labelled = lines.filter(
        pl.col("has_field") | titled | bracketed | (bare & text.str.contains(_blank_pattern(labels)))
    )
    if labelled.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    shown = f"{FIELD}${{2}}${{3}}{VALUE}"
    # Cells that touch share no bar.
    marked = text.str.replace_all("|", "| ", literal=True).str.replace_all(_label_pattern(labels), shown)
    glued = bare & (text.str.count_matches(_glued_pattern(labels)) > 1)
    blanks = bare & (
        (text.str.count_matches(_blank_pattern(labels)) > 1)
        | text.str.contains(rf"^{_strong(labels)} \S{{1,40}}$|^{_spread(labels)} +\S{{1,60}}$")
    )
    marked = pl.when(bracketed).then(text.str.replace_all(_bracket_pattern(labels), shown)).otherwise(marked)
    marked = pl.when(titled).then(marked.str.replace_all(_title_cell(), shown)).otherwise(marked)
    marked = pl.when(glued).then(marked.str.replace_all(_glued_pattern(labels), shown)).otherwise(marked)
    marked = pl.when(blanks).then(marked.str.replace_all(_blank_pattern(labels), shown)).otherwise(marked)
    parts = (
        labelled.hstack(labelled.select(part=marked.str.split(FIELD)))
        .explode("part", empty_as_null=True)
        # What stands before the first label of a line belongs to no field.
        .filter(pl.col("part").str.contains(VALUE, literal=True))
    )
    fields = {label: field for label, (field, _) in _labels().items()}
    strong = {label: sure for label, (_, sure) in _labels().items()}
    return (
        parts.with_columns(
            label=pl.col("part").str.extract(f"^(.*?){VALUE}", 1).str.replace_all(r"\s", ""),
            value=_first_cell(pl.col("part").str.extract(f"(?s){VALUE}(.*)$", 1)),
            alone=pl.len().over("document_id", "line") == 1,
            place=pl.int_range(pl.len()).over("document_id", "line"),
        )
        .with_columns(value=pl.when(_is_head_row()).then(_cell_below()).otherwise("value"))
        .with_columns(
            field=pl.col("label").replace_strict(fields), strong=pl.col("label").replace_strict(strong)
        )
        .with_columns(
            # A label on its own line has its value on the next one.
            value=pl.when((pl.col("value") == "") & pl.col("alone") & ~pl.col("ended") & ~_is_long("after"))
            .then(pl.col("after"))
            .when(pl.col("field").is_in(OFFICES))
            .then(_name(pl.col("value")))
            .otherwise("value")
        )
        .with_columns(
            value=pl.when(
                ~pl.col("value").str.contains(f"^$|{pattern('nothing_said')}")
                & ~pl.col("value").str.replace_all(r"\s", "").is_in([*_labels()])
            ).then("value"),
        )
        .select("document_id", "line", "start", "field", "strong", "value", date=date_in(pl.col("value")))
    )


def _is_head_row() -> pl.Expr:
    """Whether a line holds labels only, one a cell, and the next as many values."""
    at = ["document_id", "line"]
    bare = ((pl.col("value") == "") & (pl.len() > 1)).all().over(at)
    return bare & (_cells("after").list.len() == pl.len().over(at)) & ~pl.col("ended")


def _cell_below() -> pl.Expr:
    return _cells("after").list.get(pl.col("place"), null_on_oob=True).str.strip_chars(" ").fill_null("")


def _cells(column: str) -> pl.Expr:
    apart = pl.col(column).str.strip_chars("| \t").str.replace_all(r"\s*\|\s*|\t|\s{2,}", "|")
    return apart.str.split("|")


def _first_cell(value: pl.Expr) -> pl.Expr:
    """A value ends with its table cell."""
    return value.str.strip_chars(" \t").str.extract(r"^(?:\|\s*)?([^|]*)", 1).str.strip_chars(" \t[【(")


def _name(value: pl.Expr) -> pl.Expr:
    """The name that a value begins with: up to wide blanks, links and brackets; 平 泉 市 民 政 局 in one."""
    spaced = value.str.contains(r"^\p{Han}(?: \p{Han}){2,}$")
    closed = pl.when(spaced).then(value.str.replace_all(" ", "")).otherwise(value)
    return closed.str.replace(r"(?:\s{2,}|\t|[【\[<]|\s[0-9(]|\s[一二三四五]、).*$", "").str.strip_chars(" ")


def _is_long(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars() > MAX_VALUE


def document_number(text: pl.Expr) -> pl.Expr:
    """The first number of an issued document (`X民发〔2025〕12号`) in `text`, null where there is none."""
    return text.str.extract(f"({pattern('document_number')})", 1).str.replace_all(r"\s", "")
