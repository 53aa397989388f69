"""The sentence that the heads of a figure make, to be read like one that somebody wrote."""

from __future__ import annotations

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.sequence import Stream, open_stream
from pipeline.extraction.tables.context import figures_of, said_of, told_texts
from pipeline.extraction.tables.said import DEPENDENT, NONE, PLAIN, WEAK, heads_said
from pipeline.reading.tables.find import Tables
from pipeline.vocabulary import pattern

OPENS = r"^[^0-9.]*"


def sentences(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `frame.sentences`: 最低生活保障城市标准, from the innermost name of a subject on; what stands above
    the table goes before where no head names one plainly.

    `rows`: those of `context.said_of`.
    """
    # 其中 names a group of what the rows above it name
    several = pl.col("row_labels").list.len() > 1
    paid = (pl.col("caption_has") == PLAIN) & pl.col("caption_label").str.contains(pattern("paid_to_groups"))
    paid = pl.col("row_recipient").fill_null(False) & (several | paid.fill_null(False))
    group = pl.col("of_which").fill_null(False) & ~pl.col("row_of_own_kind").fill_null(False)
    inner = (group & several) | paid
    group = pl.when(inner).then(pl.col("row_labels").list.last())
    rows = rows.with_columns(
        of_which_group=group,
        **{
            f"row_{name}": pl.when(inner)
            .then(pl.col(f"row_{name}").list.head(pl.col(f"row_{name}").list.len() - 1))
            .otherwise(f"row_{name}")
            for name in ("labels", "subjects")
        },
    )
    rows = _columns_of_groups(rows.with_columns(_has("row")))
    rows = rows.with_columns(_has("column")).with_columns(has=pl.max_horizontal("row_has", "column_has"))
    rows = rows.with_columns(_back("row"), _back("column"))
    # each is told once: nested, what is told of lists is made ready anew wherever it is asked for
    rows = rows.with_columns(row_own=_from_last("row"), column_own=_from_last("column"))
    row, column = pl.col("row_own"), pl.col("column_own")
    # 床位数,养老机构: what the column names depends on the row
    turned = (pl.col("row_has") >= WEAK) & (pl.col("column_has") == DEPENDENT)
    # 三类, 户数: words that name nothing make no name together
    apart = pl.when((pl.col("row_has") == NONE) & (pl.col("column_has") == NONE)).then(pl.lit(","))
    joined = pl.concat_str(row, apart.otherwise(pl.lit("")), column)
    own = pl.when(turned).then(pl.concat_str(column, pl.lit(","), row)).otherwise(joined)
    # 各乡镇进度 names nothing where the title of the report does
    told = (pl.col("heading_word").is_not_null() | (pl.col("title_has") == PLAIN)).fill_null(False)
    from_caption = pl.col("caption_has").fill_null(0) > pl.when(told).then(WEAK).otherwise(NONE)
    # 一、高龄津贴 is nearer than the title of the report
    context = pl.coalesce(
        pl.when(from_caption).then("caption_label"),
        "heading_word",
        pl.when(pl.col("title_has") > 0).then("title_label"),
    )
    context = (
        pl.when(_division() & ~told & (pl.col("caption_has").fill_null(NONE) < PLAIN))
        .then(pl.lit(pattern("divisions_named")))
        .otherwise(context)
    )
    # 入住人数 of 东镇敬老院, but those of a list of 养老机构 are of these, whatever each is called
    homes = context.str.contains(pattern("kinds_of_homes")).fill_null(False)
    # 重点工程推进表 names no thing
    nearer = (pl.col("has") == DEPENDENT) | ~from_caption | context.str.contains(pattern("names_projects"))
    context = pl.when(~homes & nearer).then(pl.coalesce("row_home", context)).otherwise(context)
    sentence = (
        pl.when(pl.col("has") < PLAIN)
        .then(pl.concat_str(context.fill_null(""), pl.lit(":"), own))
        .otherwise(own)
    )
    rows = rows.with_columns(sentence=sentence.str.strip_chars(":,"))
    return rows.drop("row_own", "column_own", "row_back", "column_back", "has")


def _division() -> pl.Expr:
    """Whether the innermost name of a row is a kind of division, of which some are counted: 镇 | 个 | 10."""
    named = pl.col("row_labels").list.last().str.contains(pattern("kind_of_division_counted"))
    return (named & (pl.col("unit") == "个")).fill_null(False)


def _has(axis: str) -> pl.Expr:
    """How plainly the heads of an axis name a subject."""
    return pl.col(f"{axis}_subjects").fill_null([]).list.max().fill_null(NONE).alias(f"{axis}_has")


def _back(axis: str) -> pl.Expr:
    """How many labels stand inside the innermost that names a subject most plainly."""
    subjects = pl.col(f"{axis}_subjects").fill_null([])
    return subjects.list.reverse().list.arg_max().fill_null(0).alias(f"{axis}_back")


def _columns_of_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out what a column under 其中 or 对象类别 names where its row or the head above it names the
    subject: it is a group of that."""
    outer = pl.col("column_subjects").list.head(pl.col("column_subjects").list.len() - 1).list.max()
    named = (outer == PLAIN).fill_null(False) | (pl.col("row_has") == PLAIN)
    # 其中 | 未成年人 in a table that its caption says to be of one benefit
    above = (pl.col("caption_has") == PLAIN).fill_null(False)
    named = named | (above & (pl.col("row_has") == NONE))
    own = pl.col("column_of_own_kind").fill_null(False)
    group = pl.col("column_of_which").fill_null(False) & named & ~own
    group = group & (pl.col("column_labels").list.len() > 0)
    last = pl.col("column_labels").list.last()
    return rows.with_columns(
        of_which_group=pl.coalesce("of_which_group", pl.when(group).then(last)),
        **{
            f"column_{name}": pl.when(group)
            .then(pl.col(f"column_{name}").list.head(pl.col(f"column_{name}").list.len() - 1))
            .otherwise(f"column_{name}")
            for name in ("labels", "subjects")
        },
    )


def _from_last(axis: str) -> pl.Expr:
    """The labels of a path from the innermost that names a subject plainly on, all of them where none
    does.
    """
    labels, most = pl.col(f"{axis}_labels").fill_null([]), pl.col(f"{axis}_has")
    count = pl.when(most == PLAIN).then(pl.col(f"{axis}_back") + 1).otherwise(labels.list.len())
    # 三类, 户数: nor do words that name nothing within one path
    bare = most == NONE
    last = labels.list.tail(count)
    return pl.when(bare).then(last.list.join(",")).otherwise(last.list.join(""))


def cell_stream(tables: Tables, placed: pl.DataFrame, reports: pl.DataFrame) -> tuple[Stream, pl.DataFrame]:
    """The quantities that fill a cell, each in a short text of its own made from its heads.

    Their document_id is that of the quantity and its q_start; takes what `read.ask_cells` takes.
    """
    figures = figures_of(tables, placed)
    if figures.is_empty():
        return open_stream(
            pl.DataFrame(schema={"document_id": pl.String, "reading": pl.String})
        ), placed.clear()
    said = heads_said(told_texts(tables, reports))
    rows = sentences(said_of(tables, figures, reports, said))
    key = pl.col("document_id") + "-" + pl.col("q_start").cast(pl.String)
    texts, asked = in_sentences(rows.with_columns(key=key))
    return open_stream(texts), asked


def in_sentences(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sentences, each with its figure at the end, as texts (document_id, reading), and the quantities in
    them (`frame.quantities`); each is a document that `key` names."""
    text = pl.concat_str("sentence", pl.col("cell_text").str.replace(OPENS, ""))
    asked = rows.with_columns(
        document_id="key",
        q_start=pl.col("sentence").str.len_chars().cast(pl.Int64),
        q_end=text.str.len_chars().cast(pl.Int64),
    )
    texts = rows.select(document_id="key", reading=pl.concat_str(text, pl.lit("\n")))
    return texts, asked.select(columns("frame.quantities"))
