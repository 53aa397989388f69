"""Rates in words: 每人每月780元, 月人均补差312元, and the figures that a sentence goes on with."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.numbers.implied_units import persons
from pipeline.extraction.numbers.units import alternatives
from pipeline.reading.layout.compute import put_back
from pipeline.reading.layout.written import ANY_YEAR
from pipeline.vocabulary import pattern

EACH_BY_TIME = r"每(?:个|所|家|处|座|名|位)\p{Han}{1,8}每(?:年|月)"  # 每个幸福院每年, 每名护理员每月
SENTENCE = r"[。;\n|\t]|\s{2}"  # ends of sentences and of cells
LARGEST_STEP = 20.0
SMALLEST_DIFFERENCE = 200.0  # 每人每月750元,比上年提高30元: it may be a small part of the rate
LARGEST_RATE = 1_000_000.0  # 元; what is written in 万 and is more was paid to no single one
SUMS_IN_ROW = 4  # before the last one, which alone says by what it is paid
LONGEST = 12  # numbers that a rate reaches over
PERIODS = ("月", "年", "天")
PERSONAL = ("人", "户", "张")  # 户均投入3200元 is no total


@cache
def rate_words() -> dict[str, tuple[str, bool]]:
    """rate_words.csv: the denominator of each word, and whether it reaches past a comma."""
    return {r["word"]: (r["rate"], r["reach"] == "far") for r in vocabulary.rows("numbers/rate_words.csv")}


@cache
def _total() -> str:
    return vocabulary.either(vocabulary.words("numbers/total_words.csv"))


@cache
def _changed(*uses: str) -> str:
    """Words of change of these uses (change_words.csv)."""
    rows = vocabulary.rows("numbers/change_words.csv")
    return vocabulary.either(row["word"] for row in rows if row["use"] in uses)


@cache
def _pattern() -> str:
    far = alternatives([w for w, (_, reaches) in rate_words().items() if reaches])
    near = alternatives([w for w, (_, reaches) in rate_words().items() if not reaches])
    # Between the rate and its figure no other rate stands, and nothing that makes a total of it.
    # but for a year, ages, or 均 that holds for all: 月标准为80—89岁60元, 补助由2011年的135元, 月人均均为715
    ages = r"[0-9]{2,3}(?:周?岁)?(?:[-—–~至到]{1,2}[0-9]{2,3})?周?岁"
    aside = rf"{pattern('all_alike')}|{ANY_YEAR}年|{ages}"
    close = rf"(?:[^0-9。;,\n|每均共]|{aside}){{0,10}}"
    away = rf"(?:[^0-9。;\n|每均共]|{aside}){{0,24}}"
    noun = rf"每(?:名|位|个)\p{{Han}}{{0,3}}(?:{persons()})"
    # 1至6月发放低保金 is paid by no month
    # and so is 当月发放低保金
    by_time = rf"(?:^|[^0-9])((?:{far}|{EACH_BY_TIME}){away})$"
    return rf"{by_time}|{pattern('opens_rate')}((?:{near}|{noun}){close})$"


def read_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the denominator that words before a sum of money give it; `rate_length` counts the words at it.

    Takes rows in text order with `kind`, `unit_class`, `value`, `scaled`, `rate`, `left`, `gap`, `start`,
    `document_id`. A rate is carried on to the sums that follow it in the sentence (从800元提高到860元,
    分别为30元、50元), as long as they are of its magnitude and no total stands between.
    """
    money = (pl.col("kind").is_in(["measurement", "range_end"])) & (pl.col("unit_class") == "money")
    rows = rows.with_columns(money=money, rate_length=pl.lit(0, pl.UInt32))
    partial = pl.col("money") & pl.col("rate").is_in(["", "人", *PERIODS])
    part = rows.select("rate", "scaled", "left", "money").with_row_index("row").filter(partial)
    found = pl.coalesce(pl.col("left").str.extract(_pattern(), group) for group in (1, 2))
    part = part.with_columns(rate_words=found)
    rows = put_back(rows, _in_words(part.filter(pl.col("rate_words").is_not_null())), ("rate", "rate_length"))
    return _carry(rows).drop("money")


def _in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Settle `rate` and `rate_length` of sums with words of a rate before them (`rate_words`)."""
    rows = rows.join(_parsed(rows["rate_words"]), on="rate_words", how="left", maintain_order="left")
    rate, said = pl.col("rate"), pl.col("told")
    # 每年投入120万元 is a total of money
    told = ~((pl.col("scaled") & said.is_in(PERIODS)) | pl.col("totals"))
    # 月人均补助由每人160元提高到240元: for how long is said before
    time = pl.when(said == "人").then(pl.col("left").str.extract(pattern("time_of_a_rate"), 1))
    said = pl.when(time.is_not_null()).then(pl.concat_str(said, pl.lit("/"), time)).otherwise(said)
    return rows.with_columns(
        rate=pl.when(~told)
        .then(rate)
        .when(rate == "")
        .then(said)
        # 年保障标准7128元/人, 人均补助320元/月
        .when((rate == "人") & said.is_in(PERIODS))
        .then(pl.concat_str(rate, pl.lit("/"), said))
        .when(rate.is_in(PERIODS) & (said == "人"))
        .then(pl.concat_str(said, pl.lit("/"), rate))
        .otherwise(rate),
        rate_length=pl.when(told & pl.col("adjacent"))
        .then(pl.col("rate_words").str.len_chars())
        .otherwise(0),
    )


def _parsed(found: pl.Series) -> pl.DataFrame:
    """Rate, whether a total is named behind it, and whether the figure follows at once, by matched text."""
    words = re.compile(alternatives(list(rate_words())))
    of_people = re.compile(f"{pattern('each_person')}|{persons()}")
    by_time = re.compile(EACH_BY_TIME.replace(r"\p{Han}", r"[^\W0-9]"))
    texts = [t for t in found.unique().to_list() if t is not None]
    told = []
    for text in texts:
        match = words.match(text)
        word = match.group() if match else ""
        rate = rate_words()[word][0] if word else "人"
        if each := by_time.match(text):
            word = each.group()
            rate = f"{'人' if of_people.search(word) else '个'}/{word[-1]}"
        behind = text[len(word) :]
        timed = not rate.startswith(PERSONAL)
        told.append((text, rate, timed and bool(re.search(_total(), behind)), not behind.strip()))
    schema = {"rate_words": pl.String, "told": pl.String, "totals": pl.Boolean, "adjacent": pl.Boolean}
    return pl.DataFrame(told, schema=schema, orient="row")


def _carry(rows: pl.DataFrame) -> pl.DataFrame:
    """Forward along the sentence, then back over one step (由780元提高到每人每月860元)."""
    rated = pl.col("money") & (pl.col("rate") != "")
    index = pl.int_range(pl.len(), dtype=pl.Int64)
    since = index - pl.when(rated).then(index).forward_fill()
    within = (since <= LONGEST).fill_null(False) | rated.shift(-1, fill_value=False)
    names = ("document_id", "kind", "money", "rate", "scaled", "gap", "left")
    before = pl.col("gap").shift(1, fill_value="\n")
    value = pl.col("value") * pl.col("factor")
    near = (
        rows.select(*names, before=before, value=value)
        .with_row_index("row")
        .filter(rows.select(within).to_series())
    )
    bare = pl.col("money") & (pl.col("rate") == "")
    # 户均1.62万元、1.5万元; 户均1.2万元(2011年为0.9万元)
    alike_written = pl.col("scaled") & pl.col("left").str.contains(pattern("scaled_rate_goes_on"))
    plain = bare & (~pl.col("scaled") | alike_written & (pl.col("value") < LARGEST_RATE))
    aside = pl.col("kind").is_in(["condition", "date", "range_end", "list_marker", "name"]) & ~pl.col("money")
    runs_on = (
        (pl.col("row") == pl.col("row").shift(1) + 1)
        & (pl.col("document_id") == pl.col("document_id").shift(1))
        & (plain | aside)
        & ~pl.col("before").str.contains(SENTENCE)
        & ~pl.col("before").str.contains(_total())
    )
    # 2180元(月均181.67元)调整为2500元: what brackets restate is none of what follows them
    restated = rated & pl.col("left").str.contains(pattern("rate_restated"))
    source = pl.when(rated & ~restated).then(index).forward_fill()
    near = near.with_columns(
        plain=plain, source=source, stop=pl.when(~runs_on.fill_null(False)).then(index).forward_fill()
    )
    given = near.select(pl.col("rate", "value").gather(pl.col("source").fill_null(0)).name.suffix("_given"))
    alike = pl.col("value").is_between(
        pl.col("value_given") / LARGEST_STEP, pl.col("value_given") * LARGEST_STEP
    )
    part = (pl.col("value_given") / SMALLEST_DIFFERENCE <= pl.col("value")) & (
        pl.col("value") < pl.col("value_given")
    )
    difference = (
        rf"(?:{_changed('change', 'comparison')}{pattern('of_difference')}|{pattern('compared_with')})\s?$"
    )
    differs = part & pl.col("before").str.contains(difference)
    # 分别比省定标准高8元和11元
    beside = part & differs.shift(1).fill_null(False) & pl.col("before").str.contains("^元?[和、及与]$")
    alike = alike | differs | beside
    carried = pl.col("plain") & (pl.col("source") >= pl.col("stop")) & alike
    near = near.hstack(given)
    near = near.with_columns(rate=pl.when(carried).then("rate_given").otherwise("rate"))
    near = _two_in_turn(near, rated)
    joined = pl.col("gap").str.contains(
        rf"^元?(?:[和、与及]|[^0-9。;\n]{{0,6}}{_changed('change', 'to')}[到至为])(?:每|月|年|人)"
    )
    back = (
        pl.col("plain")
        & (pl.col("rate") == "")
        & joined
        & (pl.col("row").shift(-1) == pl.col("row") + 1)
        & (pl.col("document_id").shift(-1) == pl.col("document_id"))
        & pl.col("money").shift(-1)
    ).fill_null(False)
    near = near.with_columns(rate=pl.when(back).then(pl.col("rate").shift(-1)).otherwise("rate"))
    for _ in range(SUMS_IN_ROW):
        near = near.with_columns(rate=_of_the_last())
    return put_back(rows, near, ("rate",))


def _of_the_last() -> pl.Expr:
    """标准分别为50元、100元、500元/人/月: sums in a row are paid as the last of them, which alone says so."""
    rate, value, same = (
        pl.col("rate"),
        pl.col("value"),
        pl.col("document_id") == pl.col("document_id").shift(-1),
    )
    of_next = rate.shift(-1).str.contains("/") & pl.col("money").shift(-1) & same
    of_next &= (pl.col("row").shift(-1) == pl.col("row") + 1) & pl.col("gap").str.contains(
        pattern("sums_in_row")
    )
    alike = (value / value.shift(-1)).is_between(1 / LARGEST_STEP, LARGEST_STEP)
    told = pl.col("plain") & (rate == "") & of_next & alike
    return pl.when(told.fill_null(False)).then(rate.shift(-1)).otherwise(rate)


def _two_in_turn(near: pl.DataFrame, rated: pl.Expr) -> pl.DataFrame:
    """城市560元/月,农村4320元/年,分别提高20元和240元: the first sum is paid as the first of two rates.

    `near` as in `_carry`.
    """
    same = pl.col("document_id") == pl.col("document_id").shift(1)
    behind = pl.col("row") == pl.col("row").shift(1) + 1
    two = rated & rated.shift(1) & same & behind & ~pl.col("before").str.contains(SENTENCE)
    first = near.select(
        rate_first=pl.when(two).then(pl.col("rate").shift(1)), value_first=pl.col("value").shift(1)
    )
    source = near["source"].fill_null(0)
    near = near.with_columns(first[name].gather(source) for name in first.columns)
    joins = pl.col("plain").shift(-1) & pl.col("before").shift(-1).str.contains("^元?[、和及与]$")
    inside = pl.col("plain") & joins & (pl.col("source") >= pl.col("stop"))
    before, value, first_value = pl.col("before"), pl.col("value"), pl.col("value_first")
    told = before.str.contains(pattern("in_turn_changed")) & (value < first_value)
    # or is what the first was raised to: 由每人每月560元、每人每年3800元提高到610元、4400元
    raised = (value / first_value).is_between(1, 3) & (value.shift(-1) / pl.col("value_given")).is_between(
        1, 3
    )
    told = inside & (told | before.str.contains(pattern("in_turn_raised")) & raised)
    told &= pl.col("rate_first").is_not_null()
    rate = pl.when(told.fill_null(False)).then("rate_first").otherwise("rate")
    return near.with_columns(rate=rate).drop("rate_first", "value_first")
