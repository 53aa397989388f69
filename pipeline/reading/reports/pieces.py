"""Collections: reports that are numbered in their file (篇一, 篇二 …; 工作总结1, 工作总结2 …)."""

import polars as pl

from pipeline.reading.layout.compute import beside
from pipeline.reading.layout.dates import numeral
from pipeline.vocabulary import pattern

BEGINS = r"^[#\s]*[【\[(《]?\s*(?:篇|范|例|样|模|第)"  # as the heads of all pieces do
NONE = pl.DataFrame(schema={"document_id": pl.String, "line": pl.Int64, "piece": pl.String})
ENOUGH = 150  # characters of running text without which nothing is a report of its own


def with_bodies(events: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """`events` (document_id, line …, sorted) with `body`, the running text up to the next one."""
    total = lines.group_by("document_id").agg(total=pl.col("prose").sum())
    return (
        events.join(lines.select("document_id", "line", "read"), on=["document_id", "line"], how="left")
        .join(total, on="document_id", how="left")
        .sort("document_id", "line")
        .with_columns(
            body=beside(pl.col("read"), -1, "document_id").fill_null(pl.col("total")) - pl.col("read")
        )
        .drop("total")
    )


def numbered_pieces(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """篇一, 篇二 …; 第一篇, 第二篇 … only with titles, for so are the parts of long plans numbered."""
    short = lines.filter(pl.col("text").str.len_chars() <= 80)
    if not short["text"].str.contains(BEGINS).any():
        return NONE
    titled = titles.select("document_id", "line").with_columns(titled=True)
    short = (
        short.join(titled, on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(before_title=beside(pl.col("titled"), -1, "document_id").fill_null(False))
        .filter(pl.col("text").str.contains(BEGINS))
        .with_columns(
            sure=pl.col("text").str.contains(pattern("piece_head")),
            part=pl.col("text").str.contains(pattern("piece_of_series")),
        )
        .filter(
            pl.col("sure") | (pl.col("part") & (pl.col("titled").fill_null(False) | pl.col("before_title")))
        )
    )
    if short.is_empty():
        return NONE
    rest = pl.coalesce(
        pl.col("text").str.extract(pattern(name), 2) for name in ("piece_head", "piece_of_series")
    )
    found = short.select(
        "document_id",
        "line",
        number=numeral(
            pl.coalesce(
                pl.col("text").str.extract(pattern(name), 1) for name in ("piece_head", "piece_of_series")
            )
        ),
        piece=pl.col("raw").str.tail(rest.str.len_chars()),
        sure="sure",
    ).with_columns(piece=pl.when(pl.col("piece") != "").then("piece"))
    return _with_text_before(_in_order(found, lines), lines)


def numbered_titles(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """Titles that are alike but for the number at their end."""
    found = titles.filter("firm").filter(pl.len().over("document_id") > 1)
    if found.is_empty():
        return NONE
    found = found.with_columns(
        stem=pl.col("text").str.extract(pattern("numbered_title"), 1),
        number=numeral(pl.col("text").str.extract(pattern("numbered_title"), 2)),
    )
    found = found.drop_nulls(["stem", "number"])
    alike = pl.len().over("document_id", "stem") > 1
    return _in_order(
        found.filter(alike).select("document_id", "line", "number", piece="title", sure=pl.lit(False)), lines
    ).select("document_id", "line", "piece")


def _in_order(found: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Markers with a body each, numbered in order; a list of contents has no bodies. A count begins with one;
    where all are `sure` it may be an excerpt's and go on from the middle, one by one."""
    late = (pl.col("sure") & (pl.col("step") == 1)).all()
    begins = (pl.col("number").first() == 1) | late
    cut_off = pl.col("sure") & (pl.col("number") > 1) & (pl.col("read") >= ENOUGH)
    return (
        with_bodies(found.sort("document_id", "line"), lines)
        .filter(pl.col("body") >= ENOUGH)
        .with_columns(step=pl.col("number").diff().over("document_id").fill_null(1))
        .filter(((pl.col("step") > 0).all() & begins).over("document_id"))
        .filter((pl.len().over("document_id") > 1) | cut_off)
    )


def _with_text_before(pieces: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Where an excerpt begins with the end of a piece whose marker is cut off, that is a piece too."""
    first = pieces.unique("document_id", keep="first", maintain_order=True).filter(pl.col("number") > 1)
    before = lines.join(first.select("document_id", at="line"), on="document_id")
    before = before.filter((pl.col("line") == pl.col("at")) & (pl.col("read") >= ENOUGH))
    cut = before.select("document_id", line=pl.lit(1, pl.Int64), piece=pl.lit(None, pl.String))
    return pl.concat([cut, pieces.select(cut.columns)]).sort("document_id", "line")
