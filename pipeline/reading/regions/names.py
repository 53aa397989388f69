"""Finds the names of regions in texts, with what stands around them.

What a name says about the report's own region is decided in `region_direct` and `region_scores`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.cutting import cut_sentences
from pipeline.reading.regions.gazetteer import cue, names, within_reach, words
from pipeline.vocabulary import pattern

# How far a word like 对口支援 reaches, in characters.
REACH = 16
STARTS = r"(?:^|[^\p{Han}])$"


@cache
def lookup() -> pl.DataFrame:
    """Words looked for in texts, each with the regions it may mean.

    Columns: word, region_code, form, level, kind, weak. Short names of counties count only before 民政
    (`南浔民政`). `weak` are names that are ordinary words too, or so short that they arise where words meet.
    """
    named = names()
    short = pl.col("form") == "short"
    before_organ = named.filter(short, ~pl.col("word").is_in(words("common")))
    # 岳阳民政 is the city's: the county of that name in it says 岳阳县民政.
    cities = before_organ.filter(pl.col("level") == "prefecture").select("word", city="region_code")
    inside = before_organ.join(cities, on="word").filter(
        pl.col("region_code") != pl.col("city"),
        pl.col("region_code").str.head(4) == pl.col("city").str.head(4),
    )
    before_organ = before_organ.join(inside, on=["word", "region_code"], how="anti", maintain_order="left")
    before_organ = before_organ.with_columns(pl.col("word") + pattern("civil_affairs"))
    found = pl.concat([named.filter(~short | (pl.col("level") != "county")), before_organ])
    nation = pl.DataFrame({"word": words("national")}).with_columns(
        region_code=pl.lit("100000"), form=pl.lit("full"), level=pl.lit("country"), kind=pl.lit("国")
    )
    uncoded = pl.DataFrame({"word": words("not_coded")}).with_columns(form=pl.lit("gone"))
    found = pl.concat([found, nation, uncoded], how="diagonal")
    weak = (pl.col("word").str.len_chars() <= 2) | pl.col("word").is_in(words("bare"))
    # 新兴城市, 专项城市: the names 兴城市 and 项城市 arise at every turn.
    weak |= (pl.col("level") == "county").fill_null(False) & pl.col("word").str.contains(
        pattern("city_by_chance")
    )
    return found.with_columns(weak=weak & ~short)


@cache
def patterns() -> pl.Series:
    """All words for the search, longest first, among them such as contain a name but mean none."""
    every = {*lookup()["word"], *words("decoy")}
    return pl.Series(sorted(every, key=lambda word: (-len(word), word)), dtype=pl.String)


@cache
def nested() -> pl.DataFrame:
    """Pairs of words that name a region and some inside it (湖州, 南浔区): outer, word, codes_inside."""
    found = lookup().select("word", "region_code", "level").drop_nulls()
    pairs = []
    for level, digits in (("province", 2), ("prefecture", 4)):
        outer = found.filter(pl.col("level") == level).select(outer="word", outer_code="region_code")
        outer = outer.with_columns(prefix=pl.col("outer_code").str.head(digits))
        inner = found.with_columns(prefix=pl.col("region_code").str.head(digits))
        pairs.append(outer.join(inner, on="prefix").filter(pl.col("outer_code") != pl.col("region_code")))
    every = pl.concat(pairs).select("outer", "word", "region_code").unique()
    return every.group_by("outer", "word").agg(codes_inside="region_code")


@cache
def meanings() -> pl.DataFrame:
    """The words of `lookup`, each once: word, codes (list of its regions), form, level, weak."""
    return (
        lookup()
        .group_by("word", maintain_order=True)
        .agg(
            codes=pl.col("region_code").drop_nulls().unique(maintain_order=True),
            form=pl.col("form").first(),
            level=pl.col("level").first(),
            weak=pl.col("weak").first(),
        )
    )


def split_sentences(texts: pl.DataFrame) -> pl.DataFrame:
    """Split texts[report_id, text] into sentences.

    Columns: report_id, n (from 0), sentence, head and tail (bool: near the start, near the end).
    """
    parts = cut_sentences(texts)
    size = pl.col("sentence").str.len_chars()
    read = size.cum_sum().over("report_id")
    return parts.with_columns(
        n=pl.int_range(pl.len()).over("report_id"),
        head=read - size < 800,
        tail=size.sum().over("report_id") - read < 300,
    )


def find_names(sentences: pl.DataFrame, titles: bool = False) -> pl.DataFrame:
    """Find the names of regions in sentences[report_id, n, sentence, …], or in `titles` and the like.

    One row for each name: the columns of `sentences`, chain (the name with those of the regions around it,
    湖州市南浔区), word, codes (list of the regions that it may mean; empty where it is no more), parents
    (codes of the regions in front of it), form, level, weak, before, after.
    """
    sentences = sentences.rechunk()  # the search is built anew for each chunk
    known = within_reach(patterns(), sentences["sentence"])
    found = sentences.with_columns(word=pl.col("sentence").str.extract_many(known.implode(), leftmost=True))
    found = found.filter(pl.col("word").list.len() > 0).with_row_index("row").explode("word")
    found = found.filter(~pl.col("word").is_in(words("decoy"))).with_columns(
        outer=pl.col("word").shift(1).over("row")
    )
    touching = pl.col("sentence").str.contains(pl.col("outer") + pl.col("word"), literal=True)
    said = found["word"].unique().implode()
    # of the long tables what was found, which is little, is joined alone
    inner = nested().filter(pl.col("word").is_in(said))
    found = found.join(inner, on=["outer", "word"], how="left", maintain_order="left").with_columns(
        link=touching.fill_null(False) & pl.col("codes_inside").is_not_null()
    )
    meant = meanings().filter(pl.col("word").is_in(said))
    found = found.join(meant, on="word", how="left", maintain_order="left")
    found = found.with_columns(
        codes=pl.when("link").then("codes_inside").otherwise("codes"),
        part=(~pl.col("link")).cum_sum(),
    )
    others = [c for c in sentences.columns if c != "word"]
    chains = found.group_by("row", "part", maintain_order=True).agg(
        *(pl.col(c).first() for c in others),
        chain=pl.col("word").str.join(),
        parents=pl.col("codes").head(pl.len() - 1).explode(),
        linked=pl.len() > 1,
        **{c: pl.col(c).last() for c in ("word", "codes", "form", "level", "weak")},
    )
    pieces = pl.col("sentence").str.split(by=pl.col("chain"))
    time = pl.int_range(pl.len()).over("row", "chain")
    return (
        chains.with_columns(
            before=pieces.list.get(time, null_on_oob=True).fill_null("").str.tail(REACH),
            after=pieces.list.get(time + 1, null_on_oob=True).fill_null("").str.head(REACH),
        )
        .filter(is_name(titles))
        .drop("row", "part")
    )


def is_name(titles: bool) -> pl.Expr:
    """Whether the word stands for the region: not a part of a longer word, not a chance meeting of two."""
    longer = pl.col("after").str.contains(pattern("longer_word"))
    holds = pl.col("after").str.contains("^" + cue("core", "after") + "|" + pattern("township_behind"))
    # 从礼县民政局获悉
    from_it = pl.col("word").str.contains(pattern("county_in_two")) & pl.col("before").str.contains(
        pattern("before_a_source")
    )
    named = holds & (pl.col("before").str.contains(STARTS) | from_it)
    # A title is short of the words between which a county of two characters could arise.
    set_off = pl.col("before").str.contains(STARTS + "|[年度发]$") & pl.col("after").str.contains(
        pattern("set_off")
    )
    set_off &= pl.lit(titles) & ~pl.col("word").is_in(words("bare"))
    # 桐城市累计投入, 岷县现有: where a clause begins, nothing before it could have lent its last character
    chance = pl.col("word").str.contains(f"{pattern('city_by_chance')}|{pattern('county_in_two')}")
    begins = chance & pl.col("before").str.contains(STARTS)
    return ~longer & (~pl.col("weak") | pl.col("linked") | named | set_off | begins)


def clause(side: str) -> pl.Expr:
    """What stands before or after the name in its own clause."""
    if side == "before":
        return pl.col("before").str.extract(r"([^，,]*)$")
    return pl.col("after").str.extract(r"^([^，,]*)")


def elsewhere() -> pl.Expr:
    """Whether the name is of a partner, or of a place that was visited."""
    before, after = (
        pl.any_horizontal(clause(side).str.contains(cue(kind, side)) for kind in ("partner", "visit"))
        for side in ("before", "after")
    )
    # 霍山县民政局考察学习 is what the authority does itself.
    joined = pl.col("before").str.contains(cue("joined", "before") + "$")
    return before | (after & (joined | ~is_organ()))


def at_border() -> pl.Expr:
    """Whether the sentence speaks of the border with a neighbour."""
    return pl.col("sentence").str.contains(cue("border", "either"))


def is_organ() -> pl.Expr:
    """Whether the name is that of an authority (南浔区民政局)."""
    return pl.col("after").str.contains("^" + cue("organ", "after")) | pl.col("word").str.ends_with(
        pattern("civil_affairs")
    )
