"""How much was done of what was planned: 计划建设7个,建成5个; 15个已完成8个; 任务:建成6个,目前已完成6个."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

DONE = ["reached", "actual"]  # what words say of what was done
COUNTED = ["people", "things", "events", "beds"]
DONE_GAP = 4  # characters between 已完成 and how many
LONGEST_TURN = 14  # characters between so many tasks and how many of them are done


def listed_as_done(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """计划建设7个,建成7个;新增床位150张: what was done of it, and what a text on that goes on with; but a
    list of tasks (下达任务:…) goes on."""
    told = rows.select(
        "sentence",
        "statement",
        "own",
        "at",
        "subject",
        "unit_class",
        # 计划建设的8个,5个建成
        done=pl.col("quote_before").str.contains(pattern("done_of_it"))
        | pl.col("quote_after").str.contains(pattern("done_behind")),
    ).hstack(cues.decide(rows, "status_at", "status_word"))
    done = pl.col("done") & (pl.col("own") != "future").fill_null(True)
    same = ("statement", "subject", "unit_class")
    done &= pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in same).fill_null(False)
    told = told.with_columns(done=done)
    done_at = latest(pl.when("done").then("at"), "statement")
    done_in = latest(pl.when("done").then("sentence"), "statement")
    over = (pl.col("status_at") < done_at) & (pl.col("sentence") != done_in)
    over &= ~pl.col("status_word").str.ends_with(":")
    return told.select(pl.col("done") | over.fill_null(False)).to_series()


def to_be_done(cues: Cues, rows: pl.DataFrame) -> pl.Expr:
    """The 15 of 15个幸福院建设已完成8个: the next number says how many of them are done."""
    done = cues.decide(rows, "done_at", "done_end_at", side="after")
    between = (done["done_at"] < rows["at"].shift(-1)) & (
        rows["at"].shift(-1) - done["done_end_at"] <= DONE_GAP
    )
    # but 4项已完成、2项正常推进: each says what has become of it
    between &= ~rows["quote_before"].shift(-1).str.contains("[、,;]$").fill_null(False)
    of_them = pl.lit(between)
    # 一、新建老年食堂6个 ⏎ 已建成4个
    below = pl.col("quote_before").shift(-1).str.contains(pattern("done_opens"))
    # 五、新建儿童之家5个 ⏎ 5个全部建成
    behind = pl.col("quote_after").shift(-1).str.contains(pattern("done_behind"))
    below |= (pl.col("quote_before").shift(-1) == "") & behind
    below &= pl.col("sentence").shift(-1) - pl.col("sentence") == 1
    below &= pl.col("at").shift(-1) // DOCUMENT == pl.col("at") // DOCUMENT
    # 已完成8家照料中心,267户改造 ⏎ 已完成改造346户: what was done by then and by now
    led_by = pl.col("quote_before").str.contains(pattern("done_opens")).fill_null(False)
    below &= ~led_by.cum_max().over("sentence")
    # 31项重点任务完成30项
    size = (pl.col("at").shift(-1) - pl.col("end_at")).clip(0, LONGEST_TURN)
    of_them |= pl.col("quote_before").shift(-1).str.tail(size).str.contains(pattern("task_between"))
    near = (pl.col("sentence") == pl.col("sentence").shift(-1)) | below
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(-1) for c in ("subject", "unit_class"))
    # 一、为180个独居老人家庭安装终端 ⏎ 已安装143个: a line that names nothing else is of the heading above it
    counted = pl.col("unit_class").is_in(COUNTED)
    alike |= below & counted & counted.shift(-1) & (pl.col("line") != pl.col("line").shift(-1))
    alike &= near
    fewer = pl.col("value").shift(-1) <= pl.col("value") * 1.5
    return ((of_them | below) & alike & fewer & (pl.col("change") != "delta")).fill_null(False)


def told_after(rows: pl.DataFrame, lead: str) -> pl.Series:
    """任务:建成食堂6个,目前已完成6个。…: whether a number stands in a statement behind the result of what a
    word leads to, or tells how much of that is done. `lead`: the column of where that word stands.
    """
    done = pl.when(pl.col("own").is_in(DONE))
    at, statement = (latest(done.then(c), "line") for c in ("at", "statement"))
    told = (at > pl.col(lead)) & (statement < pl.col("statement"))
    told |= (at > pl.col(lead)) & pl.col("quote_before").str.contains(pattern("share_done"))
    return rows.select(told.fill_null(False)).to_series()
