"""What the parts of a number named before are called: 公开信息268条,其中社会救助类131条、养老服务类54条.

Most breakdowns go by words that are known (`subgroup`); here are those that only their place tells: right
behind 其中, without words of their own subject, and whatever goes on in the same manner.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.subjects.in_order import FROM_AFAR, own_words
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "line", "sentence", "clause", "subject", "subject_word", "rule", "measure", "unit",
    "change", "scope", "value", "quote_before", "prev_gap",
)  # fmt: skip
KEY = ["line", "subject", "measure", "unit", "change"]
OPENS = 4  # characters of 其中, a colon and 的 beside the name of a part
APART = 2  # sentences between a number and its parts, at most
NO_PARTS = ["ratio", "average", "standard", "ranking", "duration"]


def named_part(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """`named_part`: the name of the part of a number of the same subject, measure and unit that stands before
    it in its line, or null, a row a row. `rows`: `TAKES`, in the order of the text."""
    told = own_words()
    rows = cues.beside(rows.select(TAKES), "portion_at")
    behind = told.str.extract(pattern("part_behind"), 1)
    opened = pl.col("at") - pl.col("portion_at") - behind.str.len_chars()
    open_ = ~pl.col("measure").is_in(NO_PARTS) & (pl.col("change") == "level") & (pl.col("scope") == "region")
    asked = rows.select(
        *KEY, "sentence", "clause", "subject_word", "rule", "value", open_=open_,
        first=pl.when(opened.is_between(1, OPENS)).then(behind),
        next=told.str.extract(pattern("part_beside"), 1),
    )  # fmt: skip
    # 社会团体1205个,比上年增加15个。其中:教育类96个
    whole = [pl.col(c).shift(1).over(KEY) for c in ("value", "sentence")]
    of_more = (whole[0] >= pl.col("value")) & (pl.col("sentence") - whole[1] < APART)
    starts = pl.col("open_") & pl.col("first").is_not_null() & of_more & (pl.col("subject") != "other")
    goes_on = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in KEY) & pl.col("open_")
    goes_on &= (pl.col("clause") - pl.col("clause").shift(1) <= 1) & pl.col("next").is_not_null()
    goes_on &= pl.col("sentence") == pl.col("sentence").shift(1)
    asked = asked.with_columns(starts=starts.fill_null(False), goes_on=goes_on.fill_null(False))
    asked = asked.with_columns(chain=(pl.col("starts") | ~pl.col("goes_on")).cum_sum())
    in_chain = pl.col("starts").first().over("chain")
    name = pl.coalesce(pl.when("starts").then("first"), pl.when(in_chain).then("next"))
    # 外省户籍 of 外省户籍新人
    own = name.str.ends_with(pl.col("subject_word")) & (name != pl.col("subject_word"))
    kind = pl.when(own.fill_null(False)).then(name.str.strip_suffix(pl.col("subject_word")))
    classed = name.str.contains(pattern("class_of_things")) | pl.col("rule").is_in(FROM_AFAR)
    part = pl.coalesce(kind, pl.when(classed).then(name))
    part = pl.when(~part.str.contains(pattern("no_name_of_a_part"))).then(part)
    return asked.select(named_part=part).to_series()
