"""Which kind of what its subject covers a number counts: 儿童督导员, 倒塌房屋, 改造 (of homes), 公益金.

A subject of the contract often covers several things that add up to nothing; a number that names one of them
(fields/kinds.csv) is of that one alone.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.subjects.in_order import own_words
from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

REACH = 24  # characters behind things within which what was done with them is told
BESIDE = 2  # characters between the two numbers of a pair


@cache
def _kinds() -> pl.DataFrame:
    """The words that tell kinds: subject, word, name (empty of one that tells none: 乡镇), works (they are
    works on homes and the like, which may be new ones as well)."""
    found = []
    for row in vocabulary("fields/kinds.csv"):
        for subject in [row["subject"]] if row["subject"] else subjects_with(row["trait"]):
            found.append(
                {"subject": subject, "word": row["word"], "name": row["name"], "works": bool(row["trait"])}
            )
    return pl.DataFrame(found).unique(["subject", "word"], keep="last", maintain_order=True)


@cache
def _words() -> list[str]:
    """Their words, the longest first."""
    return sorted(_kinds()["word"].unique(), key=lambda word: (-len(word), word))


def kind_counted(rows: pl.DataFrame) -> pl.Series:
    """`kind`: the first word for a kind of its subject right behind a number whose noun stands there (300床
    棉被), else the last between it and the number before it in its clause; null where there is none.

    `rows`: clause, subject, rule, measure, change, unit, quote (which begins at quote_at), end_at,
    quote_before, quote_after and prev_gap, in the order of the text.
    """
    known = _kinds()
    # 对8所乡镇敬老院进行改造提升: what was done stands behind them
    done = pl.col("quote").str.slice((pl.col("end_at") - pl.col("quote_at")).clip(0), REACH)
    acted_on = pl.col("quote_before").str.contains(pattern("acted_on"))
    behind = pl.when(acted_on).then(done).otherwise("quote_after")
    to_the_next = behind.str.extract(pattern("up_to_the_next"), 0)
    named = pl.when(pl.col("rule") == "noun after").then(to_the_next)
    asked = rows.select("subject", "change", "measure", before=own_words(), behind=named).with_row_index(
        "row"
    )
    asked = asked.filter(
        pl.col("subject").is_in(known["subject"].unique().implode()) & (pl.col("measure") != "ratio")
    )
    found = (
        pl.col(text).str.extract_many(_words(), leftmost=True).fill_null([]) for text in ("before", "behind")
    )
    told = asked.select("row", "subject", "change", *found)
    told = told.with_columns(word=pl.concat_list("before", pl.col("behind").list.reverse()))
    told = (
        told.explode("word")
        .join(known, on=["subject", "word"], how="inner", maintain_order="left")
        .unique("row", keep="last", maintain_order=True)
    )
    # 新建、改建服务站14家 are new
    told = told.filter((pl.col("name") != "") & ~(pl.col("works") & (pl.col("change") == "added")))
    empty = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    return _with_pairs(rows.with_columns(kind=empty.scatter(told["row"], told["name"])))


def _with_pairs(rows: pl.DataFrame) -> pl.Series:
    """`kind`, that of a number for the one right behind it in another unit, too: 一类3012户5210人."""
    same = [pl.col(c) == pl.col(c).shift(1) for c in ("clause", "subject", "change")]
    pair = pl.all_horizontal(*same, pl.col("prev_gap") <= BESIDE, pl.col("unit") != pl.col("unit").shift(1))
    pair &= (pl.col("measure") != "ratio") & pl.col("kind").is_null()
    kind = pl.when(pair.fill_null(False)).then(pl.col("kind").shift(1)).otherwise("kind")
    return rows.select(kind=kind).to_series()
