"""Numbers of one building or home of the reporting area: its works, its beds, its people."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import compute_where, ever, latest
from pipeline.vocabulary import pattern

TAKES = (
    "at", "sentence", "subject", "measure", "unit_class", "value", "quote", "quote_before", "quote_after",
    "place", "own_home", "one_home", "one_home_at", "home_ahead", "portion",
)  # fmt: skip
OF_A_PROJECT = ("floor_area", "investment", "beds", "capacity")  # measures that describe one building


def of_one_house(rows: pl.DataFrame) -> pl.Series:
    """Whether a number describes one building or home: what it costs, holds and how far its works have come,
    and who lives and works in it.

    `rows`: `TAKES`, in the order of the text, as `scope` tells them.
    """
    quote, measure = pl.col("quote"), pl.col("measure")
    rows = rows.select(TAKES).with_columns(
        works=quote.str.contains(pattern("progress_of_works")),
        one=compute_where(rows, measure.is_in(OF_A_PROJECT), quote.str.contains(pattern("one_project"))),
    )
    # nothing else is asked of a sentence that names no one house, as most do
    names = [pl.col(name).is_not_null() for name in ("one_home", "one_home_at", "place")]
    said = (pl.col(name).fill_null(False) for name in ("own_home", "home_ahead", "works", "one"))
    asked = rows.filter(pl.any_horizontal(*names, *said))["sentence"].unique()
    asked = rows["sentence"].is_in(asked.implode())
    told = _told_of_one(rows.filter(asked))
    return pl.repeat(False, rows.height, eager=True).scatter(asked.arg_true(), told)


def _told_of_one(rows: pl.DataFrame) -> pl.Series:
    """The same of sentences that may name one; `works` and `one`: what the text around a number says."""
    before, quote, measure = pl.col("quote_before"), pl.col("quote"), pl.col("measure")
    rows = rows.with_columns(several=_of_several(rows))
    of_all = before.str.contains(pattern("of_all_projects")) | pl.col("several")
    one = pl.col("one").fill_null(False)
    one |= pl.col("own_home") & measure.is_in((*OF_A_PROJECT, "persons"))
    cared_for = (measure == "persons") & before.str.contains(pattern("looked_after_there"))
    rows = rows.with_columns(one=(one & ~of_all & ~cared_for).fill_null(False))
    # 总投资1200万元的县中心敬老院主体封顶,设计床位300张
    named = pl.col("one_home").is_not_null() & ~pl.col("several")
    named |= ever(pl.col("place").is_not_null(), "sentence")
    # 市殡仪馆占地98亩,设火化炉6台
    within = (measure == "count") & before.str.contains(pattern("inside_a_house"))
    described = (ever(pl.col("one"), "sentence") | named) & (measure.is_in(OF_A_PROJECT) | within)
    described &= before.str.contains(pattern("of_one_project"))
    # 县福利院土建工程完成90%,余下的10%随装饰施工
    works = pl.col("works") & ~of_all
    works = works.cum_max().over("sentence", "subject") & (measure == "ratio")
    # 县社会福利院现有床位300张,入住老人186人
    home = pl.col("own_home").cum_max().over("sentence", "subject")
    whole = quote.str.contains(pattern("whole_area"))
    inmates = home & measure.is_in(("beds", "persons")) & ~cared_for & ~ever(whole, "sentence")
    # 新建县福利中心(床位200张,投资3200万元),农村敬老院3所
    inside = before.str.contains(pattern("in_brackets_of_home")) & pl.col("one_home").is_not_null()
    goes_on = (pl.col("sentence") == pl.col("sentence").shift(1)) & ~before.str.contains(")", literal=True)
    goes_on &= ~pl.col("quote_after").shift(1).str.contains(")", literal=True)
    beside = inside.shift(1) & goes_on
    in_brackets = (inside | beside | (beside.shift(1) & goes_on)) & measure.is_in(OF_A_PROJECT)
    # 筹资2600万元,新建县综合福利中心
    put_in = pl.col("home_ahead") & (measure == "investment")
    # 投资1200万元的县社会福利中心, whatever else its sentence counts
    its_own = pl.col("quote_after").str.starts_with("的") & ~before.str.contains(pattern("of_all_projects"))
    paid_for = put_in & (~of_all | its_own)
    found = (paid_for, pl.col("one"), described, in_brackets, works, inmates, _told_of_home(rows))
    rows = rows.with_columns(one=pl.any_horizontal(each.fill_null(False) for each in found))
    # 设床位260张,其中护理型208张
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "unit_class"))
    portion = pl.col("portion").is_not_null() & (pl.col("unit_class") == "beds") & alike
    return rows.select(pl.col("one") | (portion & pl.col("one").shift(1)).fill_null(False)).to_series()


def _told_of_home(rows: pl.DataFrame) -> pl.Series:
    """Whether a number is told of a home that its sentence is on, whoever counts in it.

    县中心敬老院入住率81%,护理员由5名增加到16名; 北山、南河2所敬老院分别入住34人、27人. What is set for all
    (孤儿每人每月1150元) and what else is counted (助餐点5个) is not.
    """
    subject, measure = pl.col("subject"), pl.col("measure")
    inside = subject.is_in(subjects_with("house")) & ~measure.is_in(("count", "standard", "average"))
    inside |= (subject == "caregiver") & (measure != "count")  # what its staff is paid
    # 护理型床位占比 is a rate that all are measured by
    inside &= ~((subject == "nursing_bed") & (measure == "ratio"))
    inside |= subject.is_in(subjects_with("housed")) & measure.is_in(("beds", "persons"))
    homes = pl.col("place").is_not_null() & pl.col("quote").str.contains(pattern("home_in_a_place"))
    whole = pl.col("quote_before").str.contains(pattern("of_all_here"))
    # 助餐点3个 are elsewhere, and so may be what follows
    others = (measure == "count") & (pl.col("value") > 1) & ~homes
    since = latest(pl.when(homes).then("at"), "sentence")
    ended = latest(pl.when(whole | others).then("at"), "sentence").fill_null(-1)
    named = (since > ended).fill_null(False)
    named |= ((pl.col("one_home_at") > ended) & ~pl.col("several")).fill_null(False)
    passing_by = pl.col("quote_before").str.contains(pattern("looked_after_there"))
    return rows.select((inside & named & ~passing_by).fill_null(False)).to_series()


def _of_several(rows: pl.DataFrame) -> pl.Series:
    """Whether the sentence counts more than one of the same things: 建设公墓23处,总投资1260万元.

    What it counts before it comes to the one home says nothing of that: 新建五保村5个,县福利中心投资1200万元
    """
    inside = pl.col("quote_before").str.contains(pattern("inside_a_house"))  # 火化炉6台 stand in one
    counted = (pl.col("measure") == "count") & (pl.col("value") > 1) & ~inside
    last = latest(pl.when(counted.fill_null(False)).then("at"), "sentence")
    before = rows.select(pl.col("one_home_at") > last).to_series().fill_null(False)
    many = rows.filter(counted)
    many = many.select("sentence", "subject").unique().with_columns(several=pl.lit(True))
    told = rows.select("sentence", "subject").join(
        many, on=["sentence", "subject"], how="left", maintain_order="left"
    )
    return told["several"].fill_null(False) & ~before
