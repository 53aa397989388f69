"""Which group of those whom a number is about it counts: 分散供养, 80周岁以上, 一级."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.kinds import kind_counted
from pipeline.extraction.fields.named_parts import named_part
from pipeline.extraction.fields.rate_names import named_rate
from pipeline.extraction.subjects.in_order import its_place, since_the_last
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

TAKES = (
    "at", "end_at", "line", "sentence", "clause", "subject", "subject_word", "rule", "unit_class", "quote",
    "quote_at", "quote_before", "quote_after", "prev_gap", "nth", "run", "respectively", "measure", "unit",
    "change", "scope", "value",
)  # fmt: skip

LONGEST_ROW = 6  # rates side by side


def subgroup(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """`subgroup`: the last breakdown named before the number in its clause, or null, a row a row.

    `rows`: `TAKES`, in the order of the text. A share goes by its name (`rate_names`), and by its kind what
    no group is named of (`kinds`). A row behind 分别, or behind as many that are named side by side, takes
    the last ones in their order; a number of another subject than the one before it what is named behind that
    one; where nothing is named before, the word behind may: 18名散居孤儿. Last, `named_parts`.
    """
    turns = (pl.col("subject") != pl.col("subject").shift(1)) & (
        pl.col("clause") == pl.col("clause").shift(1)
    )
    # 高龄津贴(80-89岁50元、90岁以上100元)5230人: brackets with figures speak of none behind them
    before = pl.col("quote_before").str.replace_all(pattern("figures_in_brackets"), "")
    told = since_the_last(before, turns)
    # 低保、特困、散居孤儿标准分别为630元、819元、1450元: of the last of several things
    each = (pl.col("rule") == "respectively").fill_null(False) & pl.col("run").is_not_null()
    told = pl.when(each).then(before).otherwise(told)
    plain = told.str.replace_many(_no_groups(), [""])
    in_turn = pl.col("respectively").is_not_null() | plain.str.contains(pattern("groups_in_row"))
    named = rows.select(
        "run", "nth", in_turn=in_turn, each=each,
        own=plain.str.extract(pattern("last_of_list")), found=plain.str.extract_all(pattern("subgroup")),
    )  # fmt: skip
    found, run = pl.col("found"), pl.col("run")
    in_turn = run.is_not_null() & pl.col("in_turn") & (found.list.len() >= run)
    own = pl.when(pl.col("nth") == run).then(pl.col("own").str.extract(pattern("subgroup"), 0))
    fewer = pl.col("each") & (found.list.len() < run)
    last = found.list.get(its_place(in_turn), null_on_oob=True)
    last = pl.when(fewer.fill_null(False)).then(own).otherwise(last)
    before_it = named.select(subgroup=last.str.strip_chars_end("(、和及与对年月标")).to_series()
    word = pl.col("subject_word").str.replace_many(_no_groups(), [""]).str.extract(pattern("subgroup"), 0)
    behind_it = pl.when(pl.col("rule") == "noun after").then(word)
    # 五保对象764名,其中115人入住敬老院
    housed = (pl.col("subject") == "tekun") & (pl.col("unit_class") == "people")
    housed &= pl.col("quote_after").str.contains(pattern("lives_in_a_home"))
    at_home = pl.when(housed.fill_null(False)).then(pl.lit(pattern("looked_after_together")))
    told = pl.coalesce(
        named_rate(rows), before_it, behind_it, at_home, kind_counted(rows), named_part(cues, rows)
    )
    groups = _of_those_before(rows, rows.select(subgroup=told).to_series())
    shares = rows.with_columns(subgroup=groups)
    return shares.select(subgroup=pl.coalesce("subgroup", _as_large_a_part())).to_series()


def _as_large_a_part() -> pl.Expr:
    """60岁以上老年人6.03万人,占总人口的15.6%: the group of those before a share that they are of all."""
    share = (pl.col("measure") == "ratio") & pl.col("quote_before").str.contains(pattern("part_of_all"))
    share &= (pl.col("subject") == pl.col("subject").shift(1)) & (pl.col("measure").shift(1) != "ratio")
    share &= pl.col("clause") - pl.col("clause").shift(1) <= 1
    return pl.when(share.fill_null(False)).then(pl.col("subgroup").shift(1))


def _of_those_before(rows: pl.DataFrame, told: pl.Series) -> pl.Series:
    """`told`, with the groups of as many rates before a row of them that names none: 集中养育每人每月1500元、
    散居1100元,提高到1650元和1250元."""
    same = ["sentence", "subject", "unit_class"]
    place = pl.int_range(pl.len()) - pl.col("run")
    rates = rows.select(*same, "nth", run=pl.col("run"), told=told, place=place)
    open_ = pl.col("run").is_between(2, LONGEST_ROW) & (pl.col("unit_class") == "rate")
    rates = rates.with_row_index("row").filter((open_ & (pl.col("place") >= 0)).fill_null(False))
    if rates.is_empty():
        return told
    before = rows.select(pl.col(same).name.prefix("of_")).with_columns(of_told=told)[rates["place"]]
    rates = rates.hstack(before).with_columns(first=pl.col("row").cast(pl.Int64) - pl.col("nth"))
    alike = pl.all_horizontal(pl.col(c) == pl.col(f"of_{c}") for c in same)
    # 一级100元、二级80元提高到120元、90元: 二级 is none of both
    last = pl.col("of_told").last().over("first")
    answered = alike & (pl.col("told").is_null() | (pl.col("told") == last)) & pl.col("of_told").is_not_null()
    several = pl.col("of_told").n_unique() == pl.col("run")
    rates = rates.filter((answered.all() & several.all()).over("first"))
    return told.scatter(rates["row"], rates["of_told"])


def groups_by_name(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with subject and subgroup, each group under the one name that it goes by: 分散 of 特困人员 is
    分散供养, so that a region's halves are not counted under two names."""
    names = pl.DataFrame(vocabulary("fields/group_names.csv")).select("subject", "name", subgroup="word")
    found = rows.join(names, on=["subject", "subgroup"], how="left", maintain_order="left")
    return found.with_columns(subgroup=pl.coalesce("name", "subgroup")).drop("name")


@cache
def _no_groups() -> list[str]:
    """Words that hold the word of a group and name none: 高龄津贴, 重度残疾人."""
    return [r["word"] for r in vocabulary("fields/no_groups.csv")]
