"""Units that the next word alone does not tell: bare scales, persons counted by 个, currencies, ranks."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.extraction.numbers.units import (
    alternatives,
    bounds_behind,
    currencies,
    denominator,
    parse_phrase,
)
from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import pattern

ENDS = (",", "。", ";", "\n", "")
NOUNS = {"households_before": "户", "beds_before": "张", "couples_before": "对", "things_before": "个"}
SHARES = {"百分之": 1.0, "千分之": 0.1, "万分之": 0.01}
# 发放金额(万元):35.2, a unit on the line above its figure, one between a name and its figure: 敬老院 个 61
LABELS = r"(?:\([^()\d\n]{1,8}\)|(?:\n[ ]*|\p{Han}[ ]+)[^\s\d]{1,4})\s*:?\s*$"
ABOVE = r"\([\p{Han}]{0,2}单位:([^()\d\n]{1,6})\)[ ]*\n\p{Han}{2,16}[ ]+$"  # …(单位:万元)⏎行政事业性收费 18.2
LABELLED = r"^[ ]*(?:[\n,;。|)]|$)|^[ ]{2,}\p{Han}"
MEASURED = ("count", "money", "percent", "size", "span")
LABEL = {
    "_label": pl.String,
    "unit": pl.String,
    "factor": pl.Float64,
    "unit_class": pl.String,
    "rate": pl.String,
    "scaled": pl.Boolean,
}


@cache
def persons() -> str:
    """The words of person_words.csv as alternatives of a pattern."""
    return alternatives(vocabulary.words("numbers/person_words.csv"))


@cache
def _money_before() -> str:
    told = vocabulary.either(vocabulary.words("numbers/money_words.csv"))
    # 争资,在去年基数的基础上增加1000万; 资金力争在上年基础上增加800万
    grown = rf"(?:{told}|元)\p{{Han}}{{0,8}}{pattern('moved_alone')}|{pattern('money_changed')}"
    grown += f"|{pattern('money_reached')}"
    return rf"{told}\p{{Han}}{{0,4}}\s?$|{grown}"


def _unit_of_noun() -> pl.Expr:
    """The unit of a bare number by the noun before it: 农村低保户582,结婚登记310、离婚登记88,床位1820。

    A year and a number to call have none, nor has one at the end of a line that names a thing (敬老院1).
    """
    left, right, written = pl.col("left"), pl.col("right"), pl.col("written")
    said = [
        pl.when(left.str.contains(pattern(name) + pattern("people_before"))).then(pl.lit(unit))
        for name, unit in NOUNS.items()
    ]
    ends = right.str.contains("^[,。;]")
    beside = right.str.contains(pattern("counted_beside")) & (written.str.len_chars() >= 2)
    counts = (ends | beside) & ~written.str.contains("^(?:19|20)[0-9]{2}$|[0-9]{6}")
    return pl.when(counts).then(pl.coalesce(said))


def settle_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Correct unit, class and factor where more than the next word tells them.

    Takes `left`, `right`, `chinese`, `own_unit` and the columns of `units.read_phrases`, and corrects these:
    支出3347万 is money, 惠及1000多万残疾人 are people and so are 283个儿童主任; 三分之一 is a percentage, and
    新台币 before the sum is its currency.
    """
    rows = _rates_without_unit(rows)
    unit_class, left = pl.col("unit_class"), pl.col("left")
    behind = pl.col("right").str.slice(pl.col("length"))
    bare, pieces, ordinal = (
        unit_class == "scale",
        pl.col("phrase").str.ends_with("个"),
        pl.col("phrase").is_in(["名", "位"]),
    )
    open_ = unit_class.is_in(["", "scale", "money"]) & ~pl.col("chinese")
    alone = (unit_class == "") & ~pl.col("chinese")
    whom = rf"(?:{persons()}|{pattern('people_in_years')})"
    grown = left.str.contains(whom + pattern("people_changed"))
    ends = alone & pl.col("right").str.head(1).is_in(ENDS)
    counted = left.str.contains(whom + pattern("people_before"))
    # 募得善款三万五,
    spoken = (
        unit_class.is_in(["", "none"]) & pl.col("chinese") & pl.col("written").str.contains(".[百千万亿]")
    )
    people = (
        pl.when(bare)
        .then(behind.str.contains(rf"^\p{{Han}}{{0,8}}?(?:{persons()})") | counted | grown)
        # 12个社区的低保对象 are communities, and so are 12个村配齐儿童主任
        .otherwise(behind.str.contains(rf"^{pattern('of_people')}(?:{persons()}){pattern('goes_on')}"))
    )
    told = {
        # 百岁老人31,
        "people": compute_where(rows, bare | pieces, people)
        | compute_where(rows, ends, counted | grown).fill_null(False)
        # 散居孤儿96、集中供养孤儿24
        | compute_where(
            rows,
            alone & (pl.col("right").str.head(1) == "、"),
            counted & pl.col("right").str.contains(rf"^、\p{{Han}}{{0,10}}(?:{persons()})[0-9]"),
        ).fill_null(False),
        "noun": compute_where(
            rows, alone & pl.col("right").str.head(1).is_in([*ENDS, "、"]), _unit_of_noun()
        ),
        "money": compute_where(
            rows,
            bare | spoken,
            # 增加800万用于改造
            left.str.contains(_money_before()) | behind.str.contains(pattern("spent_behind")),
        )
        | compute_where(rows, spoken, left.str.contains(pattern("spoken_money"))).fill_null(False)
        | compute_where(
            rows,
            pl.col("phrase") == "块",
            left.str.contains(pattern("spoken_money")) & behind.str.contains(pattern("spoken_money_behind")),
        ).fill_null(False)
        # 人均补助水平达到415,
        | compute_where(rows, ends, left.str.contains(pattern("amount_unsaid"))).fill_null(False),
        "rank": compute_where(rows, unit_class == "", left.str.contains(pattern("rank_before")))
        | compute_where(rows, ordinal, left.str.contains(pattern("rank_moved"))).fill_null(False),
        "minutes": compute_where(
            rows, pl.col("phrase") == "分", left.str.contains(pattern("minutes_before"))
        ).fill_null(False),
        # 收缴棺木320口 are no people
        "dug": compute_where(
            rows,
            pl.col("phrase").str.contains("口$"),
            left.str.contains(pattern("counted_by_mouths")) | behind.str.contains(pattern("of_mouths")),
        ).fill_null(False),
        # 人民币5美元: the unit that stands behind the sum goes before a word in front of it
        "currency": compute_where(
            rows,
            open_ & pl.col("unit").is_in(["", "元"]),
            left.str.extract(rf"(?:{alternatives(list(currencies()))})\s?$", 0).str.strip_chars(),
        ).replace_strict(currencies(), default=None, return_dtype=pl.String),
        "own_bound": compute_where(
            rows,
            pl.col("own_unit") != "",
            pl.col("right").str.extract(f"^(?:{alternatives(list(bounds_behind()))})", 0),
        ),
        # 覆盖率:88.7,
        "ratio": compute_where(rows, ends, left.str.contains(pattern("share_unsaid"))).fill_null(False),
        "share": compute_where(rows, open_ & left.str.ends_with("分之"), left.str.tail(3)).replace_strict(
            SHARES, default=None, return_dtype=pl.Float64
        ),
    }
    rows = _read_labels(rows.with_columns(**told))
    currency, own, own_bound = pl.col("currency").is_not_null(), pl.col("own_unit"), pl.col("own_bound")
    noun = pl.col("noun").is_not_null()
    percent, money = (
        (own == "%") | pl.col("share").is_not_null() | pl.col("ratio"),
        (own == "元") | pl.col("money"),
    )
    return rows.with_columns(
        unit=pl.when(percent).then(pl.lit("%")).when("rank").then(pl.lit("位")).when("dug").then(pl.lit("个"))
        .when("minutes").then(pl.lit("分钟"))
        .when("people").then(pl.lit("人")).when(noun).then("noun")
        .when(currency).then("currency").when(money).then(pl.lit("元")).otherwise("unit"),
        unit_class=pl.when(percent).then(pl.lit("percent")).when("rank").then(pl.lit("rank"))
        .when("minutes").then(pl.lit("span"))
        .when(pl.col("people") | noun).then(pl.lit("count")).when(money | currency).then(pl.lit("money"))
        .otherwise("unit_class"),
        factor=pl.when(own != "").then(1.0).otherwise(pl.coalesce("share", "factor")),
        # 百分之五十以上
        length=pl.when(own != "").then(own_bound.str.len_chars().fill_null(0)).otherwise("length"),
        bound=pl.when(own != "").then(own_bound.replace_strict(bounds_behind(), default=""))
        .otherwise("bound"),
    ).drop(list(told))  # fmt: skip


def _rates_without_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """津贴由60/月提高到80/月: an amount for a time is one of money where 元 was left out."""
    alone = (pl.col("unit_class") == "") & ~pl.col("chinese")
    written = compute_where(rows, alone, pl.col("right").str.extract(pattern("bare_rate_behind"), 0))
    paid = compute_where(
        rows, pl.lit(written.is_not_null()), pl.col("left").str.contains(pattern("paid_before"))
    )
    told = rows.select(written=written).with_columns(rows.select(paid=paid.fill_null(False)))
    if not told["paid"].any():
        return rows
    words = pl.Series("w", told["written"].unique().drop_nulls().to_list(), dtype=pl.String)
    known = {word: denominator(word) for word in words}
    rate = told["written"].replace_strict(known, default=None, return_dtype=pl.String)
    is_paid = pl.lit(told["paid"])
    return rows.with_columns(
        unit=pl.when(is_paid).then(pl.lit("元")).otherwise("unit"),
        unit_class=pl.when(is_paid).then(pl.lit("money")).otherwise("unit_class"),
        rate=pl.when(is_paid).then(pl.lit(rate)).otherwise("rate"),
        length=pl.when(is_paid).then(pl.lit(told["written"].str.len_chars())).otherwise("length"),
    )


def _read_labels(rows: pl.DataFrame) -> pl.DataFrame:
    """A bare figure takes the unit that its label names in brackets or on a line of its own."""
    alone = (pl.col("unit_class") == "") & ~pl.col("chinese") & ~pl.col("written").str.contains("^0[0-9]")
    labelled = compute_where(rows, alone, pl.col("right").str.contains(LABELLED)).fill_null(False)
    word = pl.col("left").str.extract(LABELS, 0).str.strip_chars("() \t\n:")
    word = pl.coalesce(pl.col("left").str.extract(ABOVE, 1), word.str.extract(r"([^ ]+)$", 1))
    words = compute_where(rows, pl.lit(labelled), word).alias("_label")
    if words.null_count() == rows.height:
        return rows
    known = [
        (word, parsed.unit, parsed.factor, parsed.arabic, parsed.rate, parsed.scaled)
        for word in words.unique().drop_nulls().to_list()
        if (parsed := parse_phrase(word)).length == len(word) and parsed.arabic in MEASURED
    ]
    named = pl.DataFrame(known, schema=LABEL, orient="row")
    rows = rows.with_columns(words).join(
        named, on="_label", how="left", suffix="_named", maintain_order="left"
    )
    names = list(LABEL)[1:]
    said = pl.col("unit_class_named").is_not_null()
    return rows.with_columns(
        pl.when(said).then(f"{name}_named").otherwise(name).alias(name) for name in names
    ).drop("_label", *(f"{name}_named" for name in names))
