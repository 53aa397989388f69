"""Whose value it is: of the whole region, a part of it or elsewhere."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.fields.firms import of_one_firm
from pipeline.extraction.fields.houses import of_one_house
from pipeline.extraction.fields.named import (
    closed_off,
    counted_by_name,
    homes_in_list,
    in_list,
    put_into_named,
    rest_of_whole,
    told_of_one,
    works_of_a_home,
)
from pipeline.extraction.fields.places import NAME_SIGN, SEVERAL, divisions_inside
from pipeline.extraction.fields.wider_area import of_area_apart, of_wider_area
from pipeline.extraction.numbers.numerals import DIGITS
from pipeline.reading.layout.compute import compute_where, ever, latest
from pipeline.reading.regions import gazetteer
from pipeline.reading.regions.direct import within
from pipeline.vocabulary import pattern

TAKES = (
    "at", "end_at", "line", "statement", "sentence", "clause", "quote", "quote_before", "quote_after",
    "prev_gap", "subject", "subject_word", "measure", "unit_class", "change", "value", "region_code", "own",
)  # fmt: skip
COUNTED = {word: n for char, n in DIGITS.items() if n > 1 for word in (char, str(n))}  # places in a row
HOME_AHEAD = 8  # characters between money and the home that it is put into
BEFORE = (
    "outside",
    "outside_at",
    "outside_end_at",
    "outside_word",
    "place",
    "place_of_line",
    "place_at",
    "respectively",
    "one_home",
    "one_home_at",
    "portion",
)  # cues


@cache
def _counties() -> pl.DataFrame:
    """The full names of counties and prefectures (word), each with the codes that it stands for."""
    full = gazetteer.names().filter(
        (pl.col("form") == "full") & pl.col("level").is_in(["county", "prefecture"])
    )
    return full.group_by("word").agg(codes=pl.col("region_code"))


def scope(cues: Cues, rows: pl.DataFrame) -> pl.DataFrame:
    """Give `scope` (region, part, outside) and `place` (the named part, or null), a row a row.

    `rows`: `TAKES`, in order; own: how the report speaks of its own area (县, 区, 市, 旗, 省, 州, 国 or
    null).
    """
    rows = rows.select(TAKES)
    rows = cues.beside(rows, *BEFORE)
    rows = rows.with_columns(beside=cues.decide(rows, "outside_at", within="clause")["outside_at"])
    shut = closed_off(rows, cues.clauses) | rest_of_whole(rows)
    rows = rows.with_columns(place=pl.when(~pl.lit(shut)).then("place"))
    # each word is found once, whatever is asked of it then
    rows = rows.with_columns(home_ahead=_home_ahead(cues, rows))
    rows = rows.with_columns(
        place=pl.coalesce(
            _name("quote", "named_place", "no_named_place"),
            "place",
            "place_of_line",
            _named_town(rows),
            _named_county(rows),
            _county_of_part(rows),
            _named_in_turn(rows),
            _named_in_row(rows),
            _named_alone(rows),
            counted_by_name(rows),
            homes_in_list(rows),
            pl.when(pl.col("quote_before").str.contains(pattern("rest_of_places"))).then(pl.lit(SEVERAL)),
            _level_of_area(),
        ),
        own_home=pl.col("quote").str.contains(pattern("own_home")),
    )
    rows = rows.with_columns(place=pl.coalesce("place", in_list()))
    before = pl.col("quote_before")
    some = before.str.contains(pattern("of_some_places")) | before.str.contains(pattern("the_largest_one"))
    some |= before.str.contains(pattern("least_of_all")) & (pl.col("unit_class") == "share")
    # 走访12个乡镇、35个村: what a survey chose
    some |= before.str.contains(pattern("chosen_places")) & pl.col("quote_after").str.contains(
        pattern("counted_places")
    )
    part = pl.col("place").is_not_null() | of_one_house(rows) | some | of_one_firm(cues.clauses, rows)
    part |= pl.lit(told_of_one(rows, cues.clauses)) | pl.lit(works_of_a_home(rows, cues.clauses))
    part |= pl.lit(put_into_named(rows))
    outside = _is_outside() | pl.lit(of_wider_area(rows)) | pl.lit(of_area_apart(rows))
    kind = pl.when(outside).then(pl.lit("outside")).when(part).then(pl.lit("part"))
    told = rows.select("sentence", "unit_class", "measure", "respectively", "place")
    return rows.select(scope=kind.otherwise(pl.lit("region"))).hstack([_one_place(told)])


def _home_ahead(cues: Cues, rows: pl.DataFrame) -> pl.Series:
    """Whether the clause behind a number begins with the one home that its area runs: 筹资2600万元,新建县综合
    福利中心."""
    homes = cues.of("one_home").select("sentence", home_at=pl.col("at").set_sorted())
    next_at = rows["at"].shift(-1)
    rows = rows.select("sentence", "end_at").join_asof(
        homes, left_on="end_at", right_on="home_at", by="sentence", strategy="forward",
        check_sortedness=False,
    )  # fmt: skip
    near = (pl.col("home_at") - pl.col("end_at")).is_between(0, HOME_AHEAD)
    return rows.select(
        (near & (pl.col("home_at") < pl.lit(next_at)).fill_null(True)).fill_null(False)
    ).to_series()


def _level_of_area() -> pl.Expr:
    """The level of offices right before the number, or before the one that it is glued to:
    市本级23502户41878人."""
    level = pl.col("quote_before").str.extract(pattern("level_of_area"))
    glued = (pl.col("at") == pl.col("end_at").shift(1)) & (pl.col("clause") == pl.col("clause").shift(1))
    return pl.coalesce(level, pl.when(glued).then(level.shift(1)))


def _one_place(rows: pl.DataFrame) -> pl.Series:
    """The name of the one place of each number: of several each its own where as many numbers answer them
    (甲县、乙县、丙县分别为312人、286人、97人)."""
    names = pl.col("place").str.strip_prefix(SEVERAL).str.split(NAME_SIGN)
    several = pl.col("place").str.starts_with(SEVERAL)
    same = ("sentence", "place", "unit_class", "measure")
    as_many = (pl.len().over(same) == names.list.len()) & pl.col("respectively").is_not_null()
    nth = names.list.get(pl.int_range(pl.len()).over(same), null_on_oob=True)
    return rows.select(place=pl.when(~several).then("place").when(as_many).then(nth)).to_series()


def _is_outside() -> pl.Expr:
    """全国共有养老机构4.1万家 in the report of a county; but 全市 in that of a city is its own area."""
    # a report that never says 全县 or 我区 is of the level of its region
    own = pl.coalesce("own", pl.when(pl.col("region_code").is_not_null()).then(pl.lit("县")))
    wider = {
        "nation": own != "国",
        "province": ~own.is_in(["省", "国"]),
        "city": own.is_in(["县", "区", "旗"]),
    }
    levels = ((pl.col("outside") == level) & test for level, test in wider.items())
    whole = pl.col("outside_word").str.contains(pattern("all_of_wider_area")).fill_null(False)
    near = (pl.col("at") - pl.col("outside_end_at")) <= 16
    honour = pl.col("quote_before").str.contains(pattern("honour"))
    # 全省第3 ranks the region itself, 高于全省平均水平8元 compares it
    told = pl.any_horizontal(*levels).fill_null(False) & (
        (pl.col("measure") != "ranking") & (pl.col("change") != "delta") & whole & ~honour
    )
    # 全国城市低保对象682万人,农村低保对象3350万人: on to where the own area is named
    named = told & near & pl.col("beside").is_not_null()
    return told & (named.cum_sum().over("sentence", "outside_at") > 0)


def _named_town(rows: pl.DataFrame) -> pl.Series:
    """The town that the clause begins with: one of the country's, or what looks like the name of one."""
    found = rows.select(pl.col("quote_before").str.extract(pattern("named_town"))).to_series()
    if found.null_count() == len(found):
        return found
    found = found.set(found.str.contains(pattern("built_not_named")).fill_null(False), None)
    known = found.is_in(gazetteer.township_names().implode()) | ~found.str.contains(pattern("no_named_town"))
    return found.set(~known.fill_null(True), None).alias("town")


def _named_county(rows: pl.DataFrame) -> pl.Series:
    """The county or city that the clause begins with, where it lies inside the report's own area."""
    code = pl.col("region_code")
    wide = code.str.ends_with("00") & (code != gazetteer.COUNTRY)
    word = compute_where(rows, wide, pl.col("quote_before").str.extract(pattern("named_county")))
    if word.null_count() == len(word):
        return word.alias("county")
    named = rows.select("region_code", word=word).join(
        _counties(), on="word", how="left", maintain_order="left"
    )
    found = named.with_row_index("i").explode("codes").filter(within("codes", "region_code"))
    return word.set(~pl.int_range(len(word), eager=True).is_in(found["i"].implode()), None).alias("county")


def _county_of_part(rows: pl.DataFrame) -> pl.Series:
    """The county that 其中 names in a report whose own area is not known: 其中北山县棉被200床、大米8吨."""
    told = pl.col("region_code").is_null() & pl.col("quote").str.contains("[县区市旗]")
    word = compute_where(rows, told, pl.col("quote_before").str.extract(pattern("named_county")))
    if word.null_count() == len(word):
        return word.alias("county_of_part")
    word = word.set((~word.is_in(_counties()["word"].implode())).fill_null(True), None)
    rows = rows.with_columns(named=word, opens=pl.col("quote_before").str.contains(pattern("opens_parts")))
    since = ever(pl.col("opens"), "sentence") & pl.col("named").is_not_null()
    rows = rows.with_columns(named=pl.when(since).then("named"))
    return rows.select(county_of_part=latest(pl.col("named"), "clause"))["county_of_part"]


def _named_in_turn(rows: pl.DataFrame) -> pl.Series:
    """`SEVERAL` and the full names of the divisions that stand in a row without their kind, before numbers of
    all or each: 北山、南河、东岭三县分别为312人、286人和97人.

    `SEVERAL` alone where as many as are counted stand there, but not all are known.
    """
    row = rows.select(pl.col("quote_before").str.extract(pattern("row_of_places"))).to_series()
    if row.null_count() == len(row):
        return row.alias("in_turn")
    names = _of_one_place(_in_row(rows, row).explode("stem"), rows)
    all_known = pl.when(pl.col("name").is_not_null().all()).then(
        pl.lit(SEVERAL) + pl.col("name").str.join(NAME_SIGN)
    )
    every = names.group_by("i", maintain_order=True).agg(in_turn=all_known, many=pl.len())
    counted = rows.select(pl.col("quote_before").str.extract(pattern("count_of_places"))).to_series()
    counted = counted.replace_strict(COUNTED, default=None, return_dtype=pl.UInt32)
    told = (every["many"] == counted) & ~row.str.contains(f"^[与同跟]|{pattern('no_counted_names')}")
    unknown = pl.lit(told.fill_null(False)) & pl.col("in_turn").is_null()
    return every.select(in_turn=pl.when(unknown).then(pl.lit(SEVERAL)).otherwise("in_turn"))["in_turn"]


def _named_in_row(rows: pl.DataFrame) -> pl.Series:
    """`SEVERAL` behind a row of towns or counties that stand without their kind: 固东、曲石2个敬老院."""
    row = rows.select(pl.col("quote_before").str.extract(pattern("names_in_row"))).to_series()
    if row.null_count() == len(row):
        return row
    names = _in_row(rows, row).filter(row.is_not_null()).explode("stem")
    found = names.join(_stems(rows), on=["region_code", "stem"], how="semi")["i"]
    inside = pl.int_range(len(row), eager=True).is_in(found.implode())
    return pl.select(pl.when(inside).then(pl.lit(SEVERAL))).to_series().alias("row")


def _named_alone(rows: pl.DataFrame) -> pl.Series:
    """The one town or county whose name stands without its kind right before its number: 北山每人每月300元,
    南河200元."""
    word = rows.select(pl.col("quote_before").str.extract(pattern("name_before"))).to_series()
    if word.null_count() == len(word):
        return word
    return _of_one_place(rows.select("region_code", stem=word), rows)["name"].alias("alone")


def _in_row(rows: pl.DataFrame, row: pl.Series) -> pl.DataFrame:
    """i, region_code and the names that stand in a row, as `stem`, a list."""
    # 太平、和平 are two: what joins names stands behind one
    stem = row.str.replace_all(r"(\p{Han})[和及与]", f"${{1}}{NAME_SIGN}").str.split(NAME_SIGN)
    return rows.select("region_code", stem=stem).with_row_index("i")


def _of_one_place(names: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """`names` (region_code, stem) with the full `name` of the one division that is called so there."""
    stems = _stems(rows).unique(["region_code", "stem"], keep="none")
    return names.join(stems, on=["region_code", "stem"], how="left", maintain_order="left")


def _stems(rows: pl.DataFrame) -> pl.DataFrame:
    """The divisions of the rows' regions with their names without their kind, as `stem`."""
    stem = pl.col("name").str.replace(pattern("kind_left_out"), "")
    return divisions_inside(rows["region_code"]).with_columns(stem=stem)


def _name(text: str, named: str, generic: str) -> pl.Expr:
    """What a pattern finds in a column, but null where it is no proper name (各乡镇敬老院)."""
    found = pl.col(text).str.extract(pattern(named))
    return pl.when(~found.str.contains(pattern(generic))).then(found)
