"""Which heads name a place inside (or outside) the area of their report: divisions with their codes, towns,
villages, institutions.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.regions import gazetteer
from pipeline.reading.tables.words import either, ends_in, frame_words
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

MOSTLY = 0.6  # of the heads beside each other
DEPTH = {"country": 0, "province": 1, "prefecture": 2, "county": 3}


@cache
def _endings() -> dict[str, str]:
    return {r["word"]: r["kind"] for r in vocabulary("tables/place_words.csv")}


def named_homes(head: pl.DataFrame) -> pl.Series:
    """Whether each head names one of several institutions that stand beside each other (part, level, label,
    whole): 东源镇敬老院 | 康乐养老院 are places, 敬老院 | 福利院 are kinds."""
    ends = either([word for word, kind in _endings().items() if kind == "institution"])
    frame = either([word for role in ("stub", "unit_head", "row_number") for word in frame_words(role)])
    label = pl.col("label")
    told = head.select(label.unique()).drop_nulls()
    told = told.with_columns(
        called=label.str.extract(rf"^(\p{{Han}}*?)(?:{ends})$"),
        framed=label.str.contains(rf"^$|(?:{frame}|{pattern('unit_of_name')})$|{ends_in('aside')}"),
    )
    if told["called"].is_null().all():
        return pl.repeat(False, head.height, dtype=pl.Boolean, eager=True)
    head = head.select("part", "level", "label", "whole").join(
        told, on="label", how="left", maintain_order="left"
    )
    called, other = pl.col("called"), pl.col("whole") | pl.col("framed").fill_null(True)
    proper = (called.str.len_chars() > 1) & ~called.str.contains(pattern("kind_of_home")) & ~other
    proper = proper.fill_null(False)
    level = ("part", "level")
    share = (proper.sum() / (~other).sum()).over(level)
    several = (label.filter(proper).n_unique() > 1).over(level)
    return head.select(homes=called.is_not_null() & ~other & several & (share >= MOSTLY)).to_series()


@cache
def _names() -> pl.DataFrame:
    """Names of provinces, prefectures and counties: word, region_code, short, depth."""
    names = gazetteer.names().filter(pl.col("form").is_in(["full", "short", "alias", "former"]))
    names = names.filter(pl.col("region_code").is_not_null())
    depth = pl.col("level").replace_strict(DEPTH, default=4, return_dtype=pl.Int8)
    return names.select("word", "region_code", short=pl.col("form") != "full", depth=depth)


def _townships(names: pl.Series) -> pl.Series:
    """Those of some names that are names of towns: few are looked for among many, not many among few."""
    known = gazetteer.township_names()
    return known.filter(known.is_in(names.implode()))


def named_places(heads: pl.DataFrame) -> pl.DataFrame:
    """The place that each head names: text, region_code, listed, place, place_code, place_kind, own.

    `heads`: text (as it stands in the cell), region_code (of the report, or null) and listed (it stands under
    a head of names), distinct. `place` is null where the head names none; place_kind is division, town,
    village or institution; `own` says that it is the reporting area itself.
    """
    bare = pl.col("text").str.replace_all(r"\s", "").str.replace(pattern("cell_marker"), "")
    # 贵阳市 Guiyang: yearbooks name it twice
    bare = bare.str.replace(r"^(\p{Han}{2,})[A-Za-z.()’'-]+$", "${1}")
    bare = bare.str.replace(r"[*#]$", "").str.replace(pattern("sum_behind_place"), "")
    bare = bare.str.replace(pattern("office_of_place"), "${1}")
    rows = heads.with_row_index("i").with_columns(name=bare)
    known = rows.join(_names(), left_on="name", right_on="word", how="inner", suffix="_named")
    own = gazetteer.own_digits(pl.col("region_code").fill_null(""))
    inside = pl.col("region_code_named").str.starts_with(own)
    same = pl.col("region_code_named") == pl.col("region_code")
    own_depth = own.str.len_chars() // 2
    # a short name only of the next level: 长沙 in a province is the city
    near = ~pl.col("short") | (pl.col("depth") <= own_depth + 1) | ((own_depth == 1) & (pl.col("depth") == 3))
    nowhere = pl.col("region_code").is_null() & (~pl.col("short") | (pl.col("depth") == 1))
    known = known.with_columns(
        inside=pl.when(pl.col("region_code").is_null()).then(nowhere).otherwise(inside & near), same=same
    )
    known = known.filter(pl.col("inside").fill_null(False) | pl.col("same").fill_null(False))
    # of several of one name, in a text of no region, none has the code
    several = (
        known.filter(pl.col("region_code").is_null() & ~pl.col("short")).select("i", several=True).unique()
    )
    known = known.filter(
        pl.col("region_code").is_not_null() | (pl.col("depth") == pl.col("depth").min().over("i"))
    )
    alone = pl.col("region_code_named").n_unique().over("i") == 1
    known = known.filter(pl.col("region_code").is_not_null() | alone)
    best = known.sort("i", "short", "depth").unique("i", keep="first", maintain_order=True)
    rows = rows.join(
        best.select("i", place_code="region_code_named", own="same"),
        on="i",
        how="left",
        maintain_order="left",
    )
    rows = rows.join(several, on="i", how="left", maintain_order="left")
    ending = pl.col("name").str.extract(
        rf"\p{{Han}}({either(sorted(_endings(), key=lambda w: (-len(w), w)))})$"
    )
    rows = rows.with_columns(kind=ending.replace_strict(_endings(), default=None, return_dtype=pl.String))
    kind = pl.col("kind")
    listed = pl.col("listed").fill_null(False)
    proper = listed | pl.col("name").str.contains(pattern("proper_institution"))
    # 建设镇街养老服务中心 is a task
    task = (kind == "institution") & pl.col("name").str.contains(pattern("work_on_homes"))
    kind = pl.when(~task).then(kind)
    town = (kind == "town") & (
        pl.col("name").is_in(_townships(rows["name"]).implode())
        | (
            (listed | ~pl.col("name").str.contains(pattern("no_named_town")))
            & (pl.col("name").str.len_chars() >= 3)
        )
    )
    town |= pl.col("name").str.contains(pattern("regiment"))  # 143团
    generic = pl.col("name").str.contains(pattern("generic_place"))
    town = town & ~pl.col("name").str.contains(pattern("kind_of_division"))
    village = (kind == "village") & (pl.col("name").str.len_chars() >= 3) & ~generic
    others = pl.col("name").str.contains(pattern("other_divisions"))
    told = (
        pl.when(pl.col("place_code").is_not_null() | others | pl.col("several").fill_null(False))
        .then(pl.lit("division"))
        .when(town)
        .then(pl.lit("town"))
        .when(village)
        .then(pl.lit("village"))
        .when((kind == "institution") & proper & ~generic & (pl.col("name").str.len_chars() >= 5))
        .then(pl.lit("institution"))
        .when((kind == "institution") & listed)
        .then(pl.lit("institution"))
        .when(listed & (kind == "division") & (pl.col("name").str.len_chars() >= 3))
        .then(pl.lit("division"))
    )
    rows = rows.with_columns(place_kind=told, own=pl.col("own").fill_null(False))
    return rows.select(
        "text",
        "region_code",
        "listed",
        "place_code",
        "place_kind",
        "own",
        place=pl.when(pl.col("place_kind").is_not_null()).then("name"),
    )
