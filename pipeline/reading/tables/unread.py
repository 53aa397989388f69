"""Lines that look like a table and stand in no grid: what could not be read says so."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.loose.together import together
from pipeline.reading.tables.words import NUMBER, note

PROSE = r"[。;!?]|[,、]$"
FIELDS = rf"(?:^|[\s|])[-−+]?{NUMBER}[%‰]?\s*[|\s]\s*[-−+]?{NUMBER}[%‰]?(?:[|\s]|$)"
TOGETHER = rf"^[0-9]{{1,3}}[、.]?\p{{Han}}{{2,8}}{NUMBER}$"  # 1东源镇3264, whose figures run together
ALONE = rf"^[\s|]*[-−+]?{NUMBER}[%‰]?[\s|]*$"
FEWEST_LINES, FEWEST_ALONE = 3, 6
APART, APART_ALONE = 2, 5  # lines between two of one region; of figures one a line, their names between
REGION = {
    "document_id": pl.String,
    "shape": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "n_rows": pl.Int64,
}


def unread_regions(lines: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """Runs of lines with several figures each, or of many figures one a line, outside all tables: `REGION`.

    `lines`: as `cutting.cut_lines` gives them; `tables`: document_id, start, end of those that were found.
    """
    text = pl.col("text")
    several = (
        text.str.contains(rf"{FIELDS}|{TOGETHER}|{together()}")
        & ~text.str.contains(PROSE)
        & ~text.str.contains(note())
    )
    lines = lines.with_columns(several=several, alone=text.str.contains(ALONE))
    likely = lines.filter(pl.col("several") | pl.col("alone")).sort("start")
    if likely.is_empty():
        return pl.DataFrame(schema=REGION)
    known = tables.select("document_id", "end", table_start="start").sort("table_start")
    likely = likely.join_asof(
        known,
        left_on="start",
        right_on="table_start",
        by="document_id",
        suffix="_table",
        check_sortedness=False,
    )
    likely = likely.filter(~(pl.col("start") < pl.col("end_table")).fill_null(False)).sort(
        "document_id", "line"
    )
    both_alone = pl.col("alone") & pl.col("alone").shift(1)
    gap = pl.col("line") - pl.col("line").shift(1)
    far = gap > pl.when(both_alone).then(APART_ALONE).otherwise(APART)
    other = pl.col("document_id") != pl.col("document_id").shift(1)
    likely = likely.with_columns(run=(far | other).fill_null(True).cum_sum())
    runs = likely.group_by("document_id", "run", maintain_order=True).agg(
        pl.col("start").min(), pl.col("end").max(), n_rows=pl.len().cast(pl.Int64),
        several=pl.col("several").sum(), touching=(gap == 1).sum(),
    )  # fmt: skip
    sound = (pl.col("several") >= FEWEST_LINES) | (
        (pl.col("several") == 0) & (pl.col("n_rows") >= FEWEST_ALONE) & (pl.col("touching") > 1)
    )
    shape = pl.when(pl.col("several") > 0).then(pl.lit("spaces")).otherwise(pl.lit("cell_lines"))
    return (
        runs.filter(sound).select("document_id", "start", "end", "n_rows", shape=shape).select(list(REGION))
    )
