"""The tables of regions and of the words by which they are recognised, each read once.

What the words mean belongs in `pipeline/vocabulary/regions/`; how they are looked for, in the modules
that use these tables.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.folding import fold_script
from pipeline.vocabulary import FOLDER, pattern, table

COUNTRY = "100000"
PEOPLE = r"\p{Han}{1,5}族$"
SHORTEST_TOWN = 3  # characters of a town's name
SHORT = 50_000  # characters; in so little text few of all the names can stand


def own_digits(code: pl.Expr) -> pl.Expr:
    """What the codes of all regions inside one begin with: 5110 of 511000 (two digits a level), and nothing
    of the country's."""
    return code.str.replace(rf"^{COUNTRY}$|(?:00)+$", "")


@cache
def regions() -> pl.DataFrame:
    """ref.regions as stored, one row a region of six digits."""
    return table("regions/regions.csv").with_columns(pl.col("statistical") == "true")


@cache
def names() -> pl.DataFrame:
    """Words for regions: word (folded), region_code (null where the region is no more), form, level, kind.

    `form` is full, alias, short, former or gone; `kind` the character that a report of the region says after
    我 and 全 (县, 区, 市, 旗, 州, 盟, 省), as it is today.
    """
    everyday = table("regions/everyday_names.csv").with_columns(form=pl.lit("alias"))
    frame = pl.concat([table("regions/region_names.csv"), everyday], how="diagonal")
    return frame.with_columns(word=fold_script(pl.col("word"))).join(
        regions().select("region_code", "level", kind=pl.col("name").str.tail(1)),
        on="region_code",
        how="left",
    )


@cache
def kinds() -> pl.DataFrame:
    """The kinds that a region has or had (region_code, kind): a county that became a city has both."""
    named = names().filter(pl.col("form").is_in(["full", "former"]))
    return named.select("region_code", kind=pl.col("word").str.tail(1)).drop_nulls().unique()


@cache
def townships() -> pl.DataFrame:
    """Townships and streets: township_code, name, county_code, stem (name without kind and peoples), kind."""
    frame = pl.read_parquet(FOLDER / "regions/townships.parquet")
    stem = fold_script(pl.col("name")).str.replace(pattern("township_kind"), "")
    frame = frame.with_columns(
        stem=stem, kind=pl.col("name").str.extract(pattern("township_kind").replace("(?:", "("))
    )
    plain = frame.with_columns(pl.col("stem").str.replace(PEOPLE, "")).filter(
        frame["stem"].str.contains(PEOPLE)
    )
    return pl.concat([frame, plain])


@cache
def towns() -> pl.DataFrame:
    """The names of townships and streets, folded, the longest first, with their counties: town, county."""
    found = townships().select(town=fold_script(pl.col("name")), county="county_code").unique()
    size = pl.col("town").str.len_chars()
    return found.filter(size >= SHORTEST_TOWN).sort(-size.cast(pl.Int64), "town", "county")


@cache
def township_names() -> pl.Series:
    """The full names of all townships and streets."""
    return townships()["name"].unique()


@cache
def places() -> pl.DataFrame:
    """Townships and villages as evidence: stem, village (bool), region_code, kind, shared (by counties)."""
    town = townships().filter(
        pl.col("stem").str.len_chars() >= 2, ~pl.col("stem").is_in(words("common_town"))
    )
    town = town.group_by("stem", region_code="county_code").agg(kind=pl.col("kind").drop_nulls().unique())
    town = town.with_columns(shared=pl.len().over("stem").cast(pl.Int32), village=pl.lit(False))
    village = pl.read_parquet(FOLDER / "regions/villages.parquet").filter(
        ~pl.col("name").is_in(words("common"))
    )
    village = village.select(
        stem="name",
        region_code=pl.col("county").cast(pl.String),
        kind=pl.lit([], pl.List(pl.String)),
        shared="shared",
        village=pl.lit(True),
    )
    return pl.concat([town, village])


def within_reach(names: pl.Series, texts: pl.Series) -> pl.Series:
    """The names, in their order, of which any may stand in the texts: to look for all of them takes longer to
    make ready than a short text to read."""
    whole = "\n".join(texts.drop_nulls())
    if len(whole) > SHORT:
        return names
    pairs = pl.Series(list(set(map(str.__add__, whole, whole[1:]))), dtype=pl.String)
    return names.filter((names.str.len_chars() < 2) | names.str.head(2).is_in(pairs.implode()))


@cache
def words(kind: str) -> list[str]:
    """Words of one kind of `region_words.csv`."""
    return vocabulary.words("regions/region_words.csv", kind=kind)


@cache
def cue(kind: str, side: str) -> str:
    """A regular expression of the cues of one kind that stand before or after a name."""
    return vocabulary.either(vocabulary.words("regions/region_cues.csv", kind=kind, side=side))


@cache
def blank() -> str:
    """A regular expression of what stands where a name was blanked out (`__`, `某`, `**`)."""
    return vocabulary.either(words("blank")) + "+"
