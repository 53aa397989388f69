"""The cue of time that stands nearest to a number, and the months that it names."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.period_dates import OF_YEAR
from pipeline.extraction.sequence import DOCUMENT

DATED = ("month", "span", "as_of")  # kinds of periods within a year
MONTHS = ("value", "year", "first", "last")
TOLD = ("value", "word", "year", "first", "last", "at", "rank", "sentence")


def parts(told: pl.DataFrame) -> pl.DataFrame:
    """Take the months that a value names itself (`span 1-6`, `as_of 12`) apart from its kind; the first of a
    period over years holds its year as well (201507)."""
    said = pl.col("value").str.extract_groups(r"^([a-z_]+)(?: ([0-9]+)(?:-([0-9]+))?)?$").struct
    one, two = said.field("2").cast(pl.Int32), said.field("3").cast(pl.Int32)
    kind = said.field("1")
    first = pl.coalesce("first", pl.when(two.is_not_null()).then(one))
    return told.with_columns(
        value=kind,
        first=pl.when(kind == "over").then(pl.col("year") * OF_YEAR + first).otherwise(first),
        last=pl.coalesce("last", two, one),
    )


def nearest_cue(
    cues: Cues, rows: pl.DataFrame, name: str, within: str | None = None, hits: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The cue of a field before each number, else the one behind it, heads aside: `TOLD`.

    `hits`: the cues of the field in order, where they are more than `cues.of` tells (`periods`).
    """
    hits = cues.of(name) if hits is None else hits
    before = cues.choose(rows, name, within=within, heads=False)
    after = cues.choose(rows, name, "after", within, heads=False)
    chosen = before.zip_with(before.is_not_null(), after)
    return hits.select(pl.col(TOLD).gather(chosen))


def with_told(rows: pl.DataFrame, **told: pl.DataFrame) -> pl.DataFrame:
    """The rows with frames of as many rows beside them: near_=… gives near_value, near_word, …"""
    return rows.hstack([c.alias(f"{prefix}{c.name}") for prefix, frame in told.items() for c in frame])


def periods(cues: Cues) -> pl.DataFrame:
    """The cues of periods in order, with 当月, 本季度, 上月, 上季度 and 同期 read by the months named before
    them."""
    hits = _same_spans(parts(cues.of("period")))
    dated = pl.when(pl.col("value").is_in(DATED)).then("last")
    month = dated.forward_fill().over(pl.col("at") // DOCUMENT)
    quarter = (month - 1) // 3 * 3 + 1
    known = month.is_not_null()
    this_month, this_quarter = (known & (pl.col("value") == f"same_{unit}") for unit in ("month", "quarter"))
    last_month = (pl.col("value") == "prev_month") & (month > 1)
    last_quarter = (pl.col("value") == "prev_quarter") & (quarter > 1)
    return hits.with_columns(
        first=pl.when(this_quarter).then(quarter).when(last_quarter).then(quarter - 3).otherwise("first"),
        last=pl.when(this_month).then(month).when(this_quarter).then(quarter + 2)
        .when(last_month).then(month - 1).when(last_quarter).then(quarter - 1).otherwise("last"),
        value=pl.when(this_month | last_month).then(pl.lit("month"))
        .when(this_quarter | last_quarter).then(pl.lit("span")).otherwise("value"),
    )  # fmt: skip


def _same_spans(hits: pl.DataFrame) -> pl.DataFrame:
    """The cues of periods with 同期 as the months last named before it: 1-9月支出…;同期上门服务…"""
    same = hits["value"] == "same_span"
    if not same.fill_null(False).any():
        return hits
    dated = pl.when(pl.col("value").is_in(DATED))
    told = dated.then(pl.struct(MONTHS)).forward_fill().over(pl.col("at") // DOCUMENT).struct
    return hits.with_columns(pl.when(same).then(told.field(c)).otherwise(c).alias(c) for c in MONTHS)


def in_frames(cues: Cues, rows: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    """The months that open the item of each number and hold on in it (1-11月,救助312人次。支出…): `TOLD`.

    `hits`: the cues of periods in order (`periods`), of which one stands in each frame.
    """
    frames = cues.of("frame").select(frame_at="at", frame_to="end_at")
    frames = frames.select(pl.all().gather(cues.choose(rows, "frame", heads=False)))
    named = hits["at"].search_sorted(frames["frame_at"], side="left").cast(pl.Int64)
    inside = frames.with_columns(named=named).join(
        hits.select("at", named=pl.int_range(pl.len(), dtype=pl.Int64)),
        on="named",
        how="left",
        maintain_order="left",
    )
    chosen = inside.select(pl.when(pl.col("at") < pl.col("frame_to")).then("named")).to_series()
    return hits.select(pl.col(TOLD).gather(chosen))
