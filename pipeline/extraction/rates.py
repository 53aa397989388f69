"""Rates in words: 每人每月780元, 月人均补差312元, and the figures that a sentence goes on with."""

from __future__ import annotations

import csv
import re
from functools import cache

import polars as pl

from pipeline.extraction.partial import compute_where
from pipeline.extraction.settle import persons
from pipeline.extraction.units import VOCABULARY, alternatives

# Between the rate and its figure no other rate stands, and nothing that makes a total of it.
NEAR = r"[^0-9。;,\n|每均共]{0,10}"
FAR = r"[^0-9。;\n|每均共]{0,24}"
TOTAL = r"共|累计|合计|总|支出|投入|拨付|筹集|一次性|直接|资金"
SENTENCE = r"[。;\n|]"
FROM_TO = (
    r"(?:提高|提升|调整|增加|上调|提标|上升|增长|增|提|调|上涨|涨|降低|下降|下调|降|调增|达|变)(?:到|至|为)"
)
LARGEST_STEP = 20.0
LONGEST = 12  # numbers that a rate reaches over
PERIODS = ("月", "年", "天")
PERSONAL = ("人", "户", "张")  # 户均投入3200元 is no total


@cache
def rate_words() -> dict[str, tuple[str, bool]]:
    """rate_words.csv: the denominator of each word, and whether it reaches past a comma."""
    with (VOCABULARY / "rate_words.csv").open(encoding="utf-8", newline="") as handle:
        return {r["word"]: (r["rate"], r["reach"] == "far") for r in csv.DictReader(handle)}


@cache
def _pattern() -> str:
    far = alternatives([w for w, (_, reaches) in rate_words().items() if reaches])
    near = alternatives([w for w, (_, reaches) in rate_words().items() if not reaches])
    noun = rf"每(?:名|位|个)\p{{Han}}{{0,3}}(?:{persons()})"
    return rf"((?:{far}){FAR}|(?:{near}|{noun}){NEAR})$"


def read_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the denominator that words before a sum of money give it; `rate_length` counts the words at it.

    Takes rows in text order with `kind`, `cls`, `value`, `scaled`, `rate`, `left`, `gap`, `start`,
    `document_id`. A rate is carried on to the sums that follow it in the sentence (从800元提高到860元,
    分别为30元、50元), as long as they are of its magnitude and no total stands between.
    """
    money = (pl.col("kind").is_in(["measurement", "range_end"])) & (pl.col("cls") == "money")
    partial = pl.col("rate").is_in(["", "人", *PERIODS])
    words = compute_where(rows, money & partial, pl.col("left").str.extract(_pattern()))
    rows = rows.with_columns(words.alias("rate_words"), money=money)
    rows = rows.join(_parsed(rows["rate_words"]), on="rate_words", how="left", maintain_order="left")
    told = pl.col("told").is_not_null() & ~(
        # 每年投入120万元 is a total of money
        (pl.col("scaled") & pl.col("told").is_in(PERIODS)) | pl.col("totals")
    )
    rate = pl.col("rate")
    rows = rows.with_columns(
        rate=pl.when(~told)
        .then(rate)
        .when(rate == "")
        .then("told")
        # 年保障标准7128元/人, 人均补助320元/月
        .when((rate == "人") & pl.col("told").is_in(PERIODS))
        .then(pl.concat_str(rate, pl.lit("/"), "told"))
        .when(rate.is_in(PERIODS) & (pl.col("told") == "人"))
        .then(pl.concat_str("told", pl.lit("/"), rate))
        .otherwise(rate),
        rate_length=pl.when(told & pl.col("adjacent"))
        .then(pl.col("rate_words").str.len_chars())
        .otherwise(0),
    )
    return _carry(rows).drop("rate_words", "money", "told", "totals", "adjacent")


def _parsed(found: pl.Series) -> pl.DataFrame:
    """Rate, whether a total is named behind it, and whether the figure follows at once, by matched text."""
    words = re.compile(alternatives(list(rate_words())))
    texts = [t for t in found.unique().to_list() if t is not None]
    told = []
    for text in texts:
        match = words.match(text)
        word = match.group() if match else ""
        rate = rate_words()[word][0] if word else "人"
        behind = text[len(word) :]
        timed = not rate.startswith(PERSONAL)
        told.append((text, rate, timed and bool(re.search(TOTAL, behind)), not behind.strip()))
    schema = {"rate_words": pl.String, "told": pl.String, "totals": pl.Boolean, "adjacent": pl.Boolean}
    return pl.DataFrame(told, schema=schema, orient="row")


def _carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Forward along the sentence, then back over one step (由780元提高到每人每月860元)."""
    plain = pl.col("money") & (pl.col("rate") == "") & ~pl.col("scaled")
    aside = pl.col("kind").is_in(["condition", "date", "range_end", "list_marker", "name"]) & ~pl.col("money")
    rows = rows.with_columns(
        _index=pl.int_range(pl.len(), dtype=pl.Int64),
        _before=pl.col("gap").shift(1, fill_value="\n"),
        _same=pl.col("document_id") == pl.col("document_id").shift(1),
    )
    rated = pl.when(pl.col("money") & (pl.col("rate") != "")).then("_index").forward_fill()
    rows = rows.with_columns(_from=rated, _plain=plain)
    near = (pl.col("_index") - pl.col("_from")).is_between(1, LONGEST) & (pl.col("_plain") | aside)
    runs_on = (
        pl.col("_same") & ~pl.col("_before").str.contains(SENTENCE) & ~pl.col("_before").str.contains(TOTAL)
    )
    rows = rows.with_columns(_on=compute_where(rows, near, runs_on).fill_null(False))
    rows = rows.with_columns(_stop=pl.when(~pl.col("_on")).then("_index").forward_fill())
    source = rows.select("rate", "value").with_row_index("_from").with_columns(pl.col("_from").cast(pl.Int64))
    rows = rows.join(source, on="_from", how="left", suffix="_before", maintain_order="left")
    alike = pl.col("value").is_between(
        pl.col("value_before") / LARGEST_STEP, pl.col("value_before") * LARGEST_STEP
    )
    carried = pl.col("_plain") & (pl.col("_from") >= pl.col("_stop")) & alike
    rows = rows.with_columns(rate=pl.when(carried).then("rate_before").otherwise("rate"))
    joined = pl.col("gap").str.contains(rf"^元?(?:、|和|[^0-9。;\n]{{0,6}}{FROM_TO})(?:每|月|年|人)")
    back = (
        compute_where(rows, pl.col("_plain") & (pl.col("rate") == ""), joined).fill_null(False)
        & rows.select(pl.col("money").shift(-1) & pl.col("_same").shift(-1)).to_series()
    )
    rows = rows.with_columns(rate=pl.when(back).then(pl.col("rate").shift(-1)).otherwise("rate"))
    return rows.drop("rate_before", "value_before", *(name for name in rows.columns if name.startswith("_")))
