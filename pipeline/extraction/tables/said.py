"""What each head, caption or title of a table says by itself: cues, time, place, and what is left of it."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.subjects.words import subject_words
from pipeline.extraction.tables.stated import STROKES
from pipeline.extraction.words import find_words, subjects_with
from pipeline.reading.layout.written import ANY_YEAR
from pipeline.reading.regions import gazetteer
from pipeline.reading.tables import words
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary import words as vocabulary_words

NONE, DEPENDENT, WEAK, PLAIN = range(4)  # 户数 none, 床位 depends on another word, 社区 weak, 低保 plain
FIELDS = ("status", "change", "period", "residence", "ratio", "money", "per")
TIME = ("year", "first", "last", "as_of", "whole_year", "shift")
YEAR = r"((?:19[5-9]|20[0-4])[0-9])(?:年|[-/.][01]?[0-9]|[^0-9]|$)"
SPAN = r"([0-9]{1,2})月?[-—–~至到]+([0-9]{1,2})月"
MONTH = r"(?:^|[^0-9])(0?[1-9]|1[0-2])月"
DASHED = f"{ANY_YEAR}[-/.](0?[1-9]|1[0-2])(?:[^0-9]|$)"
YEAR_END = f"{ANY_YEAR}年[底末]"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FOREIGN = r"[A-Za-z][A-Za-z .,'’()&/%-]+"  # A类 is of a rank


@cache
def _words(field: str) -> list[tuple[str, str]]:
    """The words of a field of head_cues.csv with their values, in the order in which they decide."""
    return [(r["word"], r["value"]) for r in vocabulary("tables/head_cues.csv") if r["field"] == field]


def heads_said(texts: pl.Series) -> pl.DataFrame:
    """What distinct texts say, a row each: `frame.heads_said`.

    The values of `FIELDS` and `TIME`, whole (the reporting area itself), own_level (本级), label (what is
    left without unit, number, time and blanks), group (label without what is no group either), subject (how
    plainly it names one: `NONE` to `PLAIN`), names (the last that it names plainly) and what this is.
    """
    rows = pl.DataFrame({"text": texts.unique(maintain_order=True).drop_nulls()})
    bare = pl.col("text").str.replace_all(r"\s", "")
    bare = bare.str.replace(pattern("department_of_head"), "")
    # 新增城市低保 is no 增城市: what begins further left holds
    kept = vocabulary_words("regions/region_words.csv", kind="decoy")
    decoys = [*kept, *_decoys()]
    left = [*kept, *[""] * len(_decoys())]
    rows = rows.with_columns(bare=bare.str.replace_many(decoys, left, leftmost=True))
    said = pl.col("bare")
    rows = rows.hstack(_cues(rows["bare"])).with_columns(**_times(said), label=_label(pl.col("text")))
    rows = rows.with_columns(
        whole=pl.col("place").eq_missing(pl.lit("whole")),
        own_level=pl.col("place").eq_missing(pl.lit("part")),
        group=group_of(pl.col("label")),
    ).drop("place")
    since = pl.when(said.str.contains(pattern("grown_since"))).then(pl.lit("delta"))
    rows = rows.with_columns(change=pl.coalesce("change", since))
    difference = pl.col("change") == "delta"
    prior = pl.col("status") == "prior"
    # 上年结转 came over from last year and is of this one
    carried = (pl.col("money") == "balance").fill_null(False)
    near = pl.col("period").is_in(["last_month", "last_quarter"])  # of the same year
    back = prior & ~carried & ~near.fill_null(False) & ~difference.fill_null(False) & pl.col("year").is_null()
    shift = pl.when(back).then(-1)
    # 比上月增减 is of this month
    before = pl.col("period").is_in(["last_month", "last_quarter", "last_period"])
    rows = rows.with_columns(
        status=pl.when(prior & (difference.fill_null(False) | carried)).then(None).otherwise("status"),
        shift=shift.cast(pl.Int32),
        period=pl.when(~(difference & before).fill_null(False)).then("period"),
    )
    both = said.str.contains(pattern("town_of_head")) & said.str.contains(pattern("country_of_head"))
    rows = rows.with_columns(residence=pl.when(both).then(pl.lit("total")).otherwise("residence"))
    return (
        rows.join(_subjects(rows), on="text", how="left", maintain_order="left")
        .with_columns(
            pl.col("subject").fill_null(NONE),
            pl.col("of_own_kind", "programme", "of_all").fill_null(False),
        )
        # 捐赠收入 names what came in
        .with_columns(
            money=pl.when((pl.col("money") != "income") | (pl.col("subject") < PLAIN)).then("money")
        )
        .drop("bare")
    )


@cache
def _decoys() -> list[str]:
    # 运城市 is a name and says nothing of town and country, 天全县 nothing of a whole county
    homes = words.either([word for word, _ in _words("residence")])
    whole = words.either([word for word, value in _words("place") if value == "whole"])
    names = gazetteer.names()["word"].unique()
    return [word for word, _ in _words("decoy")] + names.filter(
        names.str.contains(f".(?:{homes})$|.(?:{whole})")
    ).to_list()


@cache
def _deciding() -> pl.DataFrame:
    """The words of all fields of a head, in the order in which they decide: order, word, field, value."""
    rows = [(word, field, value) for field in (*FIELDS, "place") for word, value in _words(field)]
    return pl.DataFrame(rows, schema=["word", "field", "value"], orient="row").with_row_index("order")


def _cues(texts: pl.Series) -> pl.DataFrame:
    """For each text and field the value of the first of the field's words that the text holds: `FIELDS` and
    place, a row a text."""
    words = _deciding()["word"].unique(maintain_order=True)
    held = texts.str.extract_many(words.to_list(), overlapping=True)
    found = pl.DataFrame({"word": held}).with_row_index("row").explode("word").drop_nulls("word")
    found = found.join(_deciding(), on="word").sort("order").unique(["row", "field"], keep="first")
    parts = {name: part for (name,), part in found.partition_by("field", as_dict=True).items()}
    said = {}
    for field in (*FIELDS, "place"):
        told = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
        said[field] = told.scatter(parts[field]["row"], parts[field]["value"]) if field in parts else told
    return pl.DataFrame(said)


def _times(said: pl.Expr) -> dict[str, pl.Expr]:
    text = said.str.replace(pattern("head_filled_in"), "").str.replace_all(pattern("base_year_of_head"), "")
    span = text.str.extract_groups(SPAN).struct
    quarter = text.str.extract(pattern("quarter_of_head")).replace_strict(
        QUARTERS, default=None, return_dtype=pl.Int8
    )
    span_quarters = text.str.contains(pattern("three_quarters"))
    half, second_half = (
        text.str.contains(pattern("half_year")),
        text.str.contains(pattern("second_half_of_head")),
    )
    year_end = text.str.contains(YEAR_END)
    month = pl.coalesce(text.str.extract(MONTH), text.str.extract(DASHED)).cast(pl.Int8, strict=False)
    last = pl.coalesce(
        span.field("2").cast(pl.Int8, strict=False),
        month,
        pl.when(span_quarters).then(9).when(half).then(6).when(second_half).then(12).cast(pl.Int8),
        quarter * 3,
        pl.when(year_end).then(12).cast(pl.Int8),
    )
    first = pl.coalesce(
        span.field("1").cast(pl.Int8, strict=False),
        month,
        pl.when(span_quarters | half).then(1).when(second_half).then(7).cast(pl.Int8),
        quarter * 3 - 2,
        pl.when(year_end).then(1).cast(pl.Int8),
    )
    return {
        "year": text.str.extract(YEAR).cast(pl.Int32, strict=False),
        "first": first,
        "last": last,
        "as_of": text.str.contains(pattern("head_as_of")) | year_end,
        "whole_year": text.str.contains(pattern("whole_year_of_head")) & last.is_null(),
    }


def _label(text: pl.Expr) -> pl.Expr:
    """A head without its unit, its number (一、), times, foreign words and blanks; empty where nothing is
    left.
    """
    unit = text.str.contains(words.unit_cell())
    tied = text.str.replace(rf"[{STROKES}]\s?{words.unit()}\s*$", "")  # 户数/户
    bare = (
        pl.when(unit)
        .then(text)
        .otherwise(tied)
        .str.replace_all(
            rf"\({pattern('unit_said')}{words.unit()}(?:[、/]{words.unit()})*\)|{pattern('unit_to_end')}", ""
        )
        .str.strip_chars()
        .str.replace(pattern("cell_marker"), "")
        .str.replace(pattern("cell_marker"), "")  # 其中:(1)儿童福利
        .str.replace(pattern("lettered_row"), "${1}")
    )
    bare = bare.str.replace_all(pattern("signs_of_head"), "").str.replace_all(FOREIGN, "")
    bare = bare.str.replace_all(r"[\s|]+", "").str.replace_all(pattern("head_times"), "")
    bare = bare.str.replace(pattern("receivers_counted"), "${1}")
    bare = bare.str.replace(pattern("receivers_unnamed"), "${1}" + pattern("people_named"))
    return bare.str.strip_chars("()-—:,、").fill_null("")


@cache
def _nothing() -> str:
    """Words that say of what kind a head's figures are, not what is counted."""
    named = [
        word
        for field in ("status", "period", "nothing", "residence", "ratio", "change")
        for word, _ in _words(field)
    ]
    return words.either(named)


def group_of(label: pl.Expr) -> pl.Expr:
    """What a head names beside measure, time and residence: 集中供养人数 → 集中供养."""
    rest = label.str.replace_all(_nothing(), "").str.replace(pattern("cell_measure"), "")
    unit = label.str.contains(words.unit_cell())
    return pl.when(rest.str.len_chars().is_between(1, 14) & ~unit).then(rest)


@cache
def _last_subjects() -> pl.DataFrame:
    """The words that name subjects, each once."""
    return subject_words().unique("word", keep="last")


def _subjects(rows: pl.DataFrame) -> pl.DataFrame:
    """text, subject, names, of_own_kind, programme, of_all."""
    # 集中供养 is a group of what the caption names
    manner = pl.col("group").is_in(words.frame_words("manner")).fill_null(False)
    found = find_words(rows.select(document_id="text", reading="label"))
    manners = rows.select(document_id="text", manner=manner)
    # in the order of the text, for the last word decides
    found = found.join(manners, on="document_id", how="left", maintain_order="left")
    found = found.join(_last_subjects(), on="word", how="inner", maintain_order="left")
    # 床位, 机构 take their subject from another word; 镇, 村 are mostly where, not what
    depends = pl.col("subject").str.starts_with("*") | pl.col("word").str.contains(pattern("place_word"))
    plain = (pl.col("strength") >= 2) & ~depends & ~pl.col("manner")
    # 社会团体 among 社会组织 and 护理型床位 among 床位 are subjects of their own
    # and what ends in 类 is a kind of another
    kind = pl.col("document_id").str.contains(pattern("kind_of_another"))
    of_own = plain & ~kind & pl.col("head").is_in(["org", "beds", "couples", "thing"])
    return found.group_by(text="document_id").agg(
        of_own_kind=of_own.any(),
        programme=(
            plain
            & (
                (pl.col("head") != "person")
                | pl.col("subject").is_in(subjects_with("recipients"))
                | pl.col("document_id").str.contains(pattern("paid_programme"))
            )
        ).any(),
        of_all=pl.col("subject").is_in(subjects_with("whole")).any(),
        names=pl.col("subject").filter(plain).last(),
        subject=pl.when(plain.any()).then(PLAIN).when((~depends).any()).then(WEAK).otherwise(DEPENDENT),
    )
