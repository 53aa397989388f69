"""The divisions inside a report's own area that its text names: counties of a city, towns of a county.

Each name is a cue of the field `place`; how far it reaches stands in cue_fields.csv. Here: which names count,
and where they stand.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.find import matches
from pipeline.extraction.sequence import DOCUMENT
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.layout.folding import fold_script
from pipeline.reading.regions import gazetteer
from pipeline.vocabulary import pattern

SHORTEST = 3  # characters of a name
AREAS = 1024  # regions whose divisions are kept in memory
LISTED = 6  # names in a row
SEVERAL, NAME_SIGN = "several ", "、"  # before and between the names of a row


@cache
def _kinds() -> list[str]:
    """What the names of divisions and towns end in."""
    return gazetteer.words("division_kind")


@cache
def _divisions() -> pl.DataFrame:
    """Towns, counties, prefectures and provinces: name, code (of a town, that of its county), town (bool)."""
    towns = gazetteer.townships().select(
        name=fold_script(pl.col("name")), code="county_code", town=pl.lit(True)
    )
    # 威宁县 is the everyday name of an autonomous county
    wider = gazetteer.names().filter(
        pl.col("form").is_in(["full", "alias"])
        & pl.col("level").is_in(["county", "prefecture"])
        & pl.col("word").str.contains(f"(?:{'|'.join(_kinds())})$")
    )
    wider = wider.select(name="word", code="region_code", town=pl.lit(False))
    provinces = gazetteer.names().filter(form="full", level="province")
    wider = pl.concat([wider, provinces.select(name="word", code="region_code", town=pl.lit(False))])
    built = pl.col("name").str.contains(pattern("built_not_named") + pattern("town_end"))
    towns = towns.filter(~built)
    every = pl.concat([towns, wider.drop_nulls("code")]).unique(maintain_order=True)
    return every.filter(pl.col("name").str.len_chars() >= SHORTEST)


def divisions_inside(regions: pl.Series) -> pl.DataFrame:
    """The divisions inside each region: region_code (of the area), name, place_code (null for towns).

    `regions`: six-digit codes. Towns are told for counties and cities, not for provinces; of the country, its
    provinces and cities.
    """
    found = [_inside(code) for code in regions.unique().drop_nulls()]
    if not found:
        return pl.DataFrame(schema={"region_code": pl.String, "name": pl.String, "place_code": pl.String})
    return pl.concat(found)


@lru_cache(maxsize=AREAS)
def _inside(code: str) -> pl.DataFrame:
    """`divisions_inside` one region."""
    area = re.sub("(?:00)+$", "", code)
    inside = _divisions().filter(
        pl.col("code").str.starts_with(area)
        & (pl.col("town") | (pl.col("code") != code))
        & (~pl.col("town") | (pl.lit(len(area)) >= 4))
    )
    if code == gazetteer.COUNTRY:  # its provinces and cities
        inside = _divisions().filter(pl.col("code").str.ends_with("00"), ~pl.col("town"))
    return (
        inside.select("name", region_code=pl.lit(code), place_code=pl.when(~pl.col("town")).then("code"))
        .unique("name", keep="first", maintain_order=True)
        .select("region_code", "name", "place_code")
    )


def with_place_codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Add place_code: that of the county or prefecture inside the report's area which is a value's `place`.

    `rows`: region_code, scope and place. Towns have no code of their own; what is no part has none.
    """
    codes = divisions_inside(rows["region_code"]).drop_nulls("place_code")
    rows = rows.join(
        codes, left_on=["region_code", "place"], right_on=["region_code", "name"], how="left",
        maintain_order="left",
    )  # fmt: skip
    return rows.with_columns(pl.when(pl.col("scope") == "part").then("place_code").alias("place_code"))


def with_places(cues: Cues, rows: pl.DataFrame) -> Cues:
    """The cues, and the names of divisions inside the area of the numbers near them, as cues of `place`.

    `rows`: at and region_code of the numbers, in order. A name that the report's title holds is its own.
    """
    inside = divisions_inside(rows["region_code"])
    names = sorted(set(inside["name"]), key=lambda name: (-len(name), name))
    clauses = cues.clauses.select("at", "line", "statement", "sentence", "clause", "text")
    likely = clauses.filter(pl.col("text").str.contains_any(_kinds()))
    if not names or likely.is_empty():
        return cues
    marked = pl.col("text").str.replace_many(names, [MARK + n + MARK for n in names], leftmost=True)
    hits = matches(likely, marked).with_columns(pl.col("at").set_sorted())
    area = rows.select(pl.col("at").set_sorted(), "region_code", doc=pl.col("at") // DOCUMENT)
    near = hits.select("at", doc=pl.col("at") // DOCUMENT).join_asof(
        area, on="at", by="doc", strategy="nearest", check_sortedness=False
    )
    hits = hits.with_columns(near["region_code"], near["doc"]).join(
        inside, left_on=["region_code", "word"], right_on=["region_code", "name"], how="semi",
        maintain_order="left",
    )  # fmt: skip
    cues = _outside_names(cues, hits)
    hits = hits.join(_in_titles(cues, hits), on=["doc", "word"], how="anti", maintain_order="left")
    # 推广北山镇经验 is no figure of the town; a name opens its clause, or follows a word of place
    opens = (pl.col("before") == "") | pl.col("before").str.contains(pattern("before_a_place"))
    listed = (pl.col("at") - pl.col("end_at").shift(1)).is_between(0, 1)
    hits = hits.with_columns(opens=opens, listed=listed.fill_null(False))
    for _ in range(LISTED):
        opens = pl.col("opens") | (pl.col("listed") & pl.col("opens").shift(1).fill_null(False))
        hits = hits.with_columns(opens=opens)
    several = pl.col("listed") | pl.col("listed").shift(-1, fill_value=False)
    # of several in a row the value has all names
    row = pl.col("word").str.join(NAME_SIGN).over((~pl.col("listed")).cum_sum())
    hits = hits.with_columns(value=pl.when(several).then(pl.lit(SEVERAL) + row).otherwise("word"))
    hits = hits.filter("opens")
    first = (pl.col("line") != pl.col("line").shift(1)).fill_null(True)
    at_once = pl.col("before").str.contains(pattern("before_a_line"))
    one = ~pl.col("value").str.starts_with(SEVERAL)
    led = hits.filter(first & at_once & one & _begin_lines(cues, hits))
    return cues.with_words("place", hits).with_words("place_of_line", led)


def _outside_names(cues: Cues, names: pl.DataFrame) -> Cues:
    """The cues without those inside a name: 古城镇 is no 城镇."""
    spans = names.select(name_at=pl.col("at").set_sorted(), name_end="end_at")
    hits = cues.hits.join_asof(spans, left_on="at", right_on="name_at", strategy="backward")
    inside = (pl.col("end_at") <= pl.col("name_end")).fill_null(False)
    return cues.with_hits(hits.filter(~inside).drop("name_at", "name_end"))


def _begin_lines(cues: Cues, hits: pl.DataFrame) -> pl.Series:
    """Whether the clause of each hit is the first of its line."""
    lines = cues.clauses["line"]
    first = (lines != lines.shift(1)).fill_null(True)
    return first.gather(hits["clause"] - cues.clauses["clause"][0])


def _in_titles(cues: Cues, hits: pl.DataFrame) -> pl.DataFrame:
    """The names that the titles of documents hold: doc, word."""
    if "stands" not in cues.clauses.columns or cues.clauses.is_empty():
        return hits.select("doc", "word").clear()
    stands = cues.clauses["stands"].gather(hits["clause"] - cues.clauses["clause"][0])
    return hits.filter(stands == "title").select("doc", "word").unique()
