"""The year that each number speaks of: said beside it, counted from the report's own, or the section's."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.near import nearest_cue, periods
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

CLAUSE = (
    "from_at",
    "from_word",
    "to_at",
    "prior_year_at",
    "respectively",
)  # cues asked in the clause of a number
FUTURE = 12  # years behind that of the report, up to which a year can be meant


def _said_year(told: pl.DataFrame) -> pl.Series:
    """The year written in a cue, or that which its row stands for (“十三五”末: 2020); 22年底 is of 2022."""
    year = pl.coalesce("year", pl.col("value").cast(pl.Int32, strict=False))
    return told.select(pl.when(year < 100).then(year + 2000).otherwise(year)).to_series()


def years(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """The year that each number speaks of (`year`), whether words beside it say it (`year_told`), and
    where (`year_at`).

    `rows`: those of `time.times`, with default_year as heads leave it.
    """
    near, shifts = nearest_cue(cues, rows, "year"), nearest_cue(cues, rows, "shift")
    rows = cues.beside(rows, *CLAUSE, within="clause").with_columns(
        said=_said_year(near),
        said_at=near["at"],
        said_sentence=near["sentence"],
        planned_to=near["year"].is_null() & near["word"].str.contains("五"),
        base=_said_year(nearest_cue(cues, rows, "base_year")),
        review=_reviewed(cues, rows),
        shift=shifts["value"].cast(pl.Int32),
        shift_at=shifts["at"],
    )
    now = cues.decide(rows.with_columns(unit_class=pl.lit("stock")), "period", "period_at", within="clause")
    rows = rows.with_columns(now=now["period"], present_at=now["period_at"])
    rows = rows.with_columns(
        said=pl.coalesce(_in_turn(rows.with_columns(word=near["word"])), "said"),
        now=pl.when(pl.col("now") == "now").then("now"),
    )
    # a report without a year speaks of the last one that it named
    named = cues.of("year").select(
        doc=pl.col("at") // DOCUMENT, year_at=pl.col("at").set_sorted(), last_named="year"
    )
    rows = rows.join_asof(
        named, left_on="at", right_on="year_at", strategy="backward", check_sortedness=False
    )
    last_named = pl.when(pl.col("doc") == pl.col("at") // DOCUMENT).then("last_named")
    said, from_report = pl.col("said"), pl.col("report_year").cast(pl.Int32)
    # “十四五”以来累计新建6所, said in 2022, is of the years until then
    so_far = pl.col("planned_to") & (said > from_report) & (pl.col("status") == "actual")
    rows = rows.with_columns(said=pl.when(so_far.fill_null(False)).then(from_report).otherwise(said))
    possible = (said <= from_report + FUTURE).fill_null(True)
    possible &= ~((pl.col("status") == "prior") & (said > from_report)).fill_null(False)
    # 占比达到60%(2022年为56%): the year is of what follows it
    possible &= ~(
        (pl.col("said_at") >= pl.col("end_at")) & pl.col("quote_after").str.contains(pattern("of_the_next"))
    )
    # 到2025年达到1500人,现有860人: what is there now is of no year to come
    possible &= ~((said > from_report) & pl.col("now").is_not_null()).fill_null(False)
    # 2020年为31%,现已达到63%: nor of one that was named before
    possible &= ~((pl.col("present_at") > pl.col("said_at")) & pl.col("now").is_not_null()).fill_null(False)
    # 2021年480万元,今年1至8月350万元;1至8月1802人: 今年 ends what an earlier year reaches
    nows = cues.of("shift").filter(pl.col("value") == "0").select(now_at=pl.col("at").set_sorted())
    rows = rows.join_asof(nows, left_on="at", right_on="now_at", strategy="backward", check_sortedness=False)
    possible &= ~((pl.col("now_at") > pl.col("said_at")) & (said < from_report)).fill_null(False)
    # nor does a year to come that another sentence names date what has been done
    elsewhere = (pl.col("said_sentence") != pl.col("sentence")) & (pl.col("measure") != "standard")
    possible &= ~((said > from_report) & elsewhere & (pl.col("status") == "actual")).fill_null(False)
    to_at, from_at = pl.col("to_at"), pl.col("from_at")
    # 由去年的610元提高到650元: the first is of last year, the second of this; but 去年由610元提高到650元
    from_last_year = pl.col("from_word").str.contains(pattern("from_last_year"))
    # 由三年前的41.5%提升到63.6%
    years_ago = (pl.col("shift") < -1) & (pl.col("shift_at") >= from_at)
    from_last_year = (from_last_year | (pl.col("prior_year_at") > from_at) | years_ago).fill_null(False)
    # what several rules ask for is found once
    rows = rows.with_columns(_possible=possible, _from_last_year=from_last_year)
    possible, from_last_year = pl.col("_possible"), pl.col("_from_last_year")
    moved_on = (
        pl.when(from_at.is_not_null())
        .then(from_last_year & (to_at > from_at))
        .otherwise(to_at > pl.col("prior_year_at"))
    ).fill_null(False)
    # 比去年增长 is no value of last year, 今年增长 one of this
    own_shift = (pl.col("change") != "delta") | (pl.col("shift") == 0)
    # 持证社工1500人,是五年前的3.6倍: so many times what there was then
    own_shift &= ~((pl.col("shift") < -1) & (pl.col("unit") == "倍")).fill_null(False)
    rows = rows.with_columns(_moved_on=moved_on)
    moved_on = pl.col("_moved_on")
    shift: pl.Expr = pl.when(~moved_on & own_shift).then("shift")
    # 今年 is the report's own year, but for what the report plans
    planned = (pl.col("status") == "target") & (pl.col("shift") == 0)
    planned &= ~(pl.col("default_year") < from_report).fill_null(False)
    rows = rows.with_columns(_planned=planned, _shift=pl.when(~planned.fill_null(False)).then(shift))
    planned, shift = pl.col("_planned"), pl.col("_shift")
    # 2022年改造1240户;今年计划改造900户
    nearer = (shift.is_not_null() | (planned & ~moved_on)) & (pl.col("shift_at") > pl.col("said_at"))
    # 2021年3610万元、今年1795万元: what follows a number that has its year is of the next
    nearer &= ~((pl.col("shift_at") > pl.col("at")) & (pl.col("said_at") < pl.col("at")))
    rows = rows.with_columns(_is_said=said.is_not_null() & possible & ~nearer.fill_null(False))
    is_said = pl.col("_is_said")
    year = (
        pl.when(is_said).then(said)
        .when(shift.is_not_null()).then(from_report + shift)
        .otherwise(pl.coalesce("default_year", last_named))
    )  # fmt: skip
    # 2023年1月起,标准由640元提高到680元: the year is that of the new standard
    of_the_new = pl.col("said_at") < from_at
    dated = (said.is_not_null() & possible & ~of_the_new.fill_null(False)) | (
        from_last_year & shift.is_not_null()
    )
    prior = pl.col("status") == "prior"
    moved = (shift == -1).fill_null(False) & ~is_said & from_at.is_null()
    # “十三五”期间,由6830张增加到11640张: from before the years that are looked back on
    before = pl.coalesce(pl.col("review") - 1, year - 1)
    year = pl.when(prior & ~dated & ~moved).then(before).otherwise(year)
    # 城市由2015年的380元提高到560元;农村由220元提高到360元: the base of one raise is that of the next
    rows = rows.with_columns(_shared=latest(pl.when(prior).then("base"), "statement"))
    shared = pl.when(~dated & ~moved & from_at.is_not_null()).then("_shared")
    return rows.select(
        year=pl.when(prior).then(pl.coalesce("base", shared, year)).otherwise(year),
        year_told=(is_said | shift.is_not_null()).fill_null(False),
        year_at=pl.when(is_said).then("said_at"),
    )


def _reviewed(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """The first of the years that the text around a number looks back on (“十三五”期间), or null."""
    flow = rows.with_columns(unit_class=pl.lit("flow"))
    near = (
        nearest_cue(cues, flow, "period", hits=periods(cues))
        .select(
            pl.when(pl.col("value") == "years")
            .then("first")
            # 近五年,标准从444元增长到605元
            .when(pl.col("value") == "past")
            .then(pl.lit(rows["report_year"].cast(pl.Int32)) - pl.col("last") + 1)
        )
        .to_series()
    )
    return rows.select(
        pl.coalesce(near, pl.when(pl.col("head_period") == "years").then("head_first"))
    ).to_series()


def _in_turn(rows: pl.DataFrame) -> pl.Series:
    """The year of each of as many numbers as years were named: 2021年、2022年分别为12人、15人."""
    years = pl.col("word").str.extract_all(r"(?:19|20)[0-9]{2}")
    same = ["said_at", "unit_class", "measure"]
    nth, count = pl.int_range(pl.len()).over(same), pl.len().over(same)
    listed = (years.list.len() > 1) & (count == years.list.len()) & pl.col("respectively").is_not_null()
    listed &= pl.col("said_at") < pl.col("at")
    return rows.select(pl.when(listed).then(years.list.get(nth, null_on_oob=True).cast(pl.Int32))).to_series()
