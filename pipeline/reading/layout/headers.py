"""The fields that publishers put around a report: index headers (索引号, 发布机构, 文号 …) and lines
such as `发布时间:2023-08-28 来源:…`, whether in table cells, one a line, or several in a line.

Which report a field belongs to is decided in `reports`. Labels stand in
`vocabulary/layout/header_labels.csv`.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.dates import date_in

FIELDS = ("index_no", "title", "issuer", "source", "document_no", "published", "issued", "none")
NOTHING = ("无", "--", "-", "—", "——", "暂无", "/", "空", "null", "None", "*")
NUMBER = (
    r"[\u4e00-\u9fa5]{1,15}\s?[〔\[(【﹝〈]\s*(?:19|20)\d{2}\s*年?\s*[〕\])】﹞〉]\s*(?:第\s*)?\d{1,4}\s*号"
)
FIELD, VALUE = "\x1d", "\x1c"  # set between the fields of a line; no text holds them
MAX_VALUE = 120
BLANKS = r" {2,}|\t"


@cache
def _labels() -> dict[str, tuple[str, bool]]:
    """Label without blanks → its field, and whether it is never used in running text."""
    return {
        row["word"]: (row["field"], row["strong"] == "yes")
        for row in vocabulary.rows("layout/header_labels.csv")
    }


@cache
def _label_pattern() -> str:
    strong = vocabulary.either((word for word, (_, sure) in _labels().items() if sure), between=r"\s*")
    every = vocabulary.either(_labels(), between=r"\s*")
    return rf"(^|[|\s(\[【])(?:({every})\s*[】\])]?\s*:|({strong})\s*[|】\t])"


def find_fields(lines: pl.DataFrame) -> pl.DataFrame:
    """Header fields of all documents, in their order.

    Takes `split_lines`' frame. Gives document_id, line, start (of the line), field (one of FIELDS,
    `none` for a field that only ends its neighbour), strong (a label of index headers), value (folded,
    null where blank or said to be none) and date.
    """
    marked = (
        lines.with_columns(after=pl.col("text").shift(-1).over("document_id"))
        .filter(
            pl.col("text").str.contains(_label_pattern()) & ~pl.col("text").str.contains(f"[{FIELD}{VALUE}]")
        )
        .with_columns(
            part=pl.col("text")
            .str.replace_all(_label_pattern(), FIELD + "${2}${3}" + VALUE)
            .str.split(FIELD),
        )
    )
    # What stands before the first label of a line belongs to no field.
    parts = marked.explode("part", empty_as_null=True).filter(
        pl.col("part").str.contains(VALUE, literal=True)
    )
    return (
        parts.with_columns(
            label=pl.col("part").str.extract(f"^(.*?){VALUE}", 1).str.replace_all(r"\s", ""),
            value=_first_cell(pl.col("part").str.extract(f"(?s){VALUE}(.*)$", 1)),
            alone=pl.len().over("document_id", "line") == 1,
        )
        .with_columns(
            # A label on its own line has its value on the next one.
            value=pl.when(
                (pl.col("value") == "") & pl.col("alone") & ~_has_field("after") & ~_is_long("after")
            )
            .then(pl.col("after"))
            .otherwise("value")
        )
        .with_columns(
            field=pl.col("label").replace_strict({k: v[0] for k, v in _labels().items()}),
            strong=pl.col("label").replace_strict({k: v[1] for k, v in _labels().items()}),
            value=pl.when(
                ~pl.col("value").is_in([*NOTHING, ""])
                & ~pl.col("value").str.replace_all(r"\s", "").is_in([*_labels()])
            ).then("value"),
        )
        .select("document_id", "line", "start", "field", "strong", "value", date=date_in(pl.col("value")))
    )


def _first_cell(value: pl.Expr) -> pl.Expr:
    """A value ends with its table cell, or where several blanks set the next thing apart."""
    return value.str.strip_chars(" \t").str.extract(r"^(?:\|\s*)?([^|]*)", 1).str.strip_chars(" \t[【(")


def _has_field(column: str) -> pl.Expr:
    return pl.col(column).is_null() | pl.col(column).str.contains(_label_pattern())


def _is_long(column: str) -> pl.Expr:
    return pl.col(column).str.len_chars() > MAX_VALUE


def document_number(text: pl.Expr) -> pl.Expr:
    """The first number of an issued document (`X民发〔2025〕12号`) in `text`, null where there is none."""
    return text.str.extract(f"({NUMBER})", 1).str.replace_all(r"\s", "")
