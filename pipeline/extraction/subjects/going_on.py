"""Numbers of clauses that name no subject themselves and go on with the number before them: shares of further
places, who was trained or served, what it takes, what was taken back, what workers are paid.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.in_order import taking_the_last, taking_the_one_before, unnamed
from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern

NAMED = ["noun before", "noun after", "respectively"]  # rules of words that stand beside a number
ELSEWHERE = [
    "carried over",
    "topic",
    "heading",
    "title",
    "later clause",
    "none",
]  # of those outside its sentence


def goes_on(rows: pl.DataFrame) -> pl.DataFrame:
    """火化率73.6%。北山、南河两镇分别为41%和39%: shares of places are of what the share before them is of.

    So are how many come to each of those counted (护理员92人,与老人之比为1∶11), those trained in courses
    (培训班2期,培训74人), those whom a rate reaches and the money it takes (惠及4500人,需资金700万元), what
    those struck off gave back (停发63人,追回2万元), party members among cases (案件38起,其中党员11人).
    """
    kind, before, sentence = pl.col("unit_class"), pl.col("quote_before"), pl.col("sentence")
    kind_of_last, last = kind.shift(1), pl.col("subject").shift(1)
    text = pl.col("at") // DOCUMENT
    same = sentence == sentence.shift(1)
    next_one = (sentence - sentence.shift(1) == 1) & (text == text.shift(1))
    open_ = unnamed() | ~pl.col("rule").is_in(NAMED)
    rate = (kind == "share") & (kind_of_last == "share") & (same | next_one) & open_
    rate &= before.str.contains(pattern("place_rate"))
    to_each = pl.col("unit").is_null() & (kind_of_last == "people") & same
    to_each &= before.str.contains(pattern("ratio_to_others"))
    trained = (kind == "people") & (last == "training") & same & before.str.contains(pattern("trained_there"))
    paid = kind_of_last.is_in(["money", "rate"])
    served = (kind == "people") & paid & next_one & pl.col("rule").is_in(ELSEWHERE)
    served &= before.str.contains(pattern("beneficiaries"))
    needed = (kind == "money") & (kind_of_last == "people") & same & open_
    needed &= before.str.contains(pattern("money_needed"))
    back = (kind == "money") & (kind_of_last == "people") & before.str.contains(pattern("taken_back"))
    back &= before.shift(1).str.contains(pattern("struck_from_list")) & same
    back &= last.is_in([*subjects_with("recipients"), *subjects_with("paid")])
    members = (kind == "people") & (kind_of_last == "events") & same
    members &= before.str.contains(pattern("opens_parts")) & before.str.contains(pattern("party_members"))
    told = rate | to_each | trained | served | needed | back | members
    return taking_the_one_before(rows, (told & (last != "other")).fill_null(False))


def wages(rows: pl.DataFrame) -> pl.DataFrame:
    """持证护理员17人;月工资多在1800元: what workers are paid is of those counted before it."""
    workers = pl.col("subject").is_in(subjects_with("hired")) & (pl.col("unit_class") == "people")
    told = pl.col("unit_class").is_in(["money", "rate"]) & unnamed()
    told &= pl.col("quote_before").str.contains(pattern("wage"))
    return taking_the_last(rows, workers, "statement", told.fill_null(False))
