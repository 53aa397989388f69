"""Whether a value is reached, planned or earlier."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import Stream
from pipeline.vocabulary import pattern


def status(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `status` (actual, target, prior); move `default_year` on where the text turns to the year after.

    `rows`: the quantities with at, end_at, line, sentence, clause, class, change, comparator, quote_before,
    planned (the section or the genre is a plan), default_year, and the cue columns delta_*, to_* and
    standard_*. Adds the cue columns from_* and prior_year_*, which `times` needs.
    """
    rows = _after_plan_words(stream, rows)
    for kind in ("from", "status", "prior_year"):
        rows = stream.last_cue(rows, kind)
    rows = stream.next_cue(rows, "to", "sentence")
    planned = pl.col("planned")
    met = pl.col("quote_before").str.contains(pattern("task_met"))
    said_ahead = ((pl.col("status") == "future").fill_null(False) & ~met) | _is_set_task()
    reached = (pl.col("status") == "reached").fill_null(False)
    value = (
        pl.when(_is_prior()).then(pl.lit("prior"))
        .when(planned & ~(reached | _is_in_force())).then(pl.lit("target"))
        .when(said_ahead & ~planned).then(pl.lit("target"))
        .otherwise(pl.lit("actual"))
    )  # fmt: skip
    rows = rows.with_columns(kind=value)
    rows = stream.drop_cues(rows, "status", "plan_lead", "next_year", "next_to", "standard", "delta")
    return rows.rename({"kind": "status"})


def _after_plan_words(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Set `planned` behind 下一步 in the line or 明年 in the sentence; 明年 also moves `default_year` on."""
    rows = stream.last_cue(stream.last_cue(rows, "plan_lead", "line"), "next_year", "sentence")
    next_year = pl.col("next_year").is_not_null()
    ahead = (pl.col("plan_lead").is_not_null() | next_year) & ~pl.col("planned")
    return rows.with_columns(
        planned=pl.col("planned") | ahead,
        default_year=pl.col("default_year") + (ahead & next_year).cast(pl.Int32),
    )


def _is_prior() -> pl.Expr:
    """由610元提高到655元: 610 is what was before; so is 去年同期为120人."""
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    turn = pl.col("next_to_at") - pl.col("end_at")
    opened = pl.col("from").is_not_null() & (to_at.is_null() | (to_at < from_at))
    turned = (opened & (turn <= 40)) | ((turn <= 1) & (pl.col("next_to_word").str.len_chars() >= 3))
    then = pl.col("prior_year_word").str.contains(pattern("same_period")) & pl.col("delta_at").is_null()
    return (turned.fill_null(False) | then.fill_null(False)) & (pl.col("change") != "delta")


def _is_in_force() -> pl.Expr:
    """城市低保标准为每人每月655元 in a plan says what is paid already."""
    aims = pl.col("status").is_in(["target", "future"]).fill_null(False)
    return (
        (pl.col("class") == "rate")
        & pl.col("to").is_null()
        & pl.col("standard").is_not_null()
        & ~aims
        & (pl.col("comparator") == "=")
        & ~pl.col("quote_before").str.contains(pattern("raised_to"))
    )


def _is_set_task() -> pl.Expr:
    """下达任务数120户 was set; 超额完成目标任务120户 was done."""
    before = pl.col("quote_before")
    named = before.str.contains(pattern("set_task")) & ~before.str.contains(pattern("task_met"))
    named = named & ~before.str.contains(pattern("task_passed"))
    # 完成任务1100万元的115%, 超额完成省定580户的任务
    after = pl.col("quote_after")
    measured = before.str.contains(pattern("task_word")) & after.str.contains(pattern("of_which"))
    measured = measured | after.str.contains(pattern("task_behind"))
    return named | measured | before.str.contains(pattern("set_task_said"))
