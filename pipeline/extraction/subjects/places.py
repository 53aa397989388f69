"""Numbers of what stands in a place: what each of several gets, niches, people in beds, names given.

Every function here takes the quantities in the order of the text, so that `shift(1)` is the one before.
"""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.features import PLACES
from pipeline.extraction.subjects.in_order import taking_the_last, taking_the_one_before
from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern

FAR = ["carried over", "topic", "heading", "title", "none"]  # rules of words outside their sentence
LEAST = 2  # characters of a name that no word of a kind explains
NEAR = 8  # lines from beds to the homes that have them
BEDS = ["elder_bed", "nursing_bed"]  # subjects that are beds and nothing else


def given_to_places(rows: pl.DataFrame) -> pl.DataFrame:
    """拨付临时救助备用金180万元,其中16个乡镇各10万元: money that each of several places gets is of what the
    money before it in their sentence is of.
    """
    money, places = pl.col("unit_class") == "money", pl.col("subject").is_in(PLACES)
    whole = money & ~pl.col("subject").is_in([*PLACES, "other"])
    told = money & places & pl.col("quote_before").str.contains(pattern("each_gets"))
    return taking_the_last(rows, whole, "sentence", told)


def niches(rows: pl.DataFrame) -> pl.DataFrame:
    """公墓3处,骨灰堂26处,可安放3.1万格,已使用9200格: niches are those of the columbarium before them."""
    niche = pl.col("unit_written").str.contains(pattern("niche_unit"))
    told = niche & (pl.col("subject") == "cemetery") & (pl.col("of_subject") == "columbarium")
    told &= pl.col("rule") != "noun before"
    return taking_the_last(rows, ~niche.fill_null(False), "statement", told)


def in_their_beds(rows: pl.DataFrame) -> pl.DataFrame:
    """总床位400张,护理型280张,入住163人: people are of the house whose beds were counted, beds have none."""
    people = (pl.col("unit_class") == "people") & pl.col("subject").is_in(BEDS)
    house = pl.col("subject").is_in(subjects_with("beds")) & ~pl.col("subject").is_in(BEDS)
    rows = taking_the_last(rows, house, "sentence", people)
    # 养老床位400张,入住163人: where no house is named in their sentence
    unnamed = people & ~pl.col("rule").is_in(FAR)
    return rows.with_columns(
        subject=pl.when(unnamed.fill_null(False)).then(pl.lit("elder_institution")).otherwise("subject")
    )


def named_in_list(rows: pl.DataFrame) -> pl.DataFrame:
    """命名自然村260个、小区48个、桥梁19座: whatever stands in a list of what was named was named, too."""
    told = (
        (pl.col("subject").shift(1) == "place_name") & (pl.col("unit_class") == "things")
        & (pl.col("unit_class").shift(1) == "things") & (pl.col("clause") == pl.col("clause").shift(1))
        & pl.col("quote_before").str.contains(pattern("next_named"))
    ).fill_null(False)  # fmt: skip
    return taking_the_one_before(rows, told)


def named_home() -> pl.Expr:
    """The home or cemetery whose own name stands right before a number, or null (敬老院 is no name)."""
    found = pl.col("quote_before").str.extract(pattern("named_home")).str.replace(pattern("leads_a_list"), "")
    own = found.str.replace_all(pattern("words_of_homes"), "").str.len_chars() >= LEAST
    return pl.when(own).then(found)


def in_named_homes(rows: pl.DataFrame) -> pl.DataFrame:
    """新增认知障碍床位90张,分别为桂雨公寓40张、松龄院50张: beds of homes in a row are of the kind counted
    before."""
    beds = pl.col("unit_class") == "beds"
    home = (beds & named_home().is_not_null()).fill_null(False)
    row = home & (home.shift(1) | home.shift(-1)).fill_null(False)
    kind = beds & ~row & pl.col("subject").str.ends_with("_bed")
    rows = rows.with_columns(
        text=pl.col("at") // DOCUMENT, last=pl.when(beds & ~row).then("line").forward_fill()
    )
    near = (pl.col("line") - pl.col("last")).is_between(0, NEAR)
    return taking_the_last(rows, kind.fill_null(False), "text", row & near).drop("text", "last")
