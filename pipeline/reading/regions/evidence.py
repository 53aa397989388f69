"""Weighs what a report's text says about its region: names, townships, villages, codes.

Evidence rows are report_id, region_code, source, word, weight. Weights are logarithms of how much rarer a
mention is in reports of other regions: the name of a township that one county of 2,850 has weighs about six.
"""

from __future__ import annotations

import math

import polars as pl

from pipeline.reading.layout.written import DIVISIONS
from pipeline.reading.regions.gazetteer import COUNTRY, blank, cue, places, words
from pipeline.reading.regions.names import at_border, clause, elsewhere, is_organ
from pipeline.vocabulary import pattern

COUNTIES = 2850
# Townships that more counties share tell nothing, and make long joins.
WIDEST_TOWNSHIP = 150
# A name with nothing but an authority before the colon at the end of a line is whom a letter is written to.
ADDRESSEE = r"^\p{Han}{1,10}[:：]$"
LONGEST_PLACE = 7
SCHEMA: dict[str, pl.DataType] = {
    "report_id": pl.String(),
    "region_code": pl.String(),
    "source": pl.String(),
    "word": pl.String(),
    "weight": pl.Float64(),
}


def own_kinds(texts: pl.DataFrame) -> pl.DataFrame:
    """Which kind of region texts[report_id, text] call their own.

    Columns: report_id, own (县, 区, …; null where the text does not say, or now one and now the other),
    blanked (whether a name was blanked out), counties_below (how often it speaks of counties under it).
    """
    own = f"(?:[我本全](?:[{DIVISIONS}]|{pattern('lower_kind')})|{blank()}[{DIVISIONS}])"
    said = texts.select("report_id", word=pl.col("text").str.extract_all(own)).explode("word").drop_nulls()
    # 全 is said of the regions above too (全省首创); 我 and a blank only of the own.
    weight = pl.when(pl.col("word").str.starts_with("全")).then(1).otherwise(3)
    kinds_said = said.group_by(
        "report_id", own=pl.col("word").str.extract(f"([{DIVISIONS}]|{pattern('lower_kind')})$")
    ).agg(n=weight.sum())
    ranked = kinds_said.sort("n", "own", descending=True).group_by("report_id", maintain_order=True)
    top = ranked.agg(
        own=pl.col("own").first(),
        n=pl.col("n").first(),
        second=pl.col("n").get(1, null_on_oob=True).fill_null(0),
    )
    clear = top.filter(pl.col("n") >= 2, pl.col("n") >= 1.5 * pl.col("second"))
    return texts.select(
        "report_id",
        blanked=(pl.col("text").str.count_matches(f"{blank()}[{DIVISIONS}]") >= 2)
        | pl.col("text").str.contains(f"{blank()}[{DIVISIONS}]{pattern('organ_of_blank')}"),
        counties_below=pl.col("text").str.count_matches(pattern("counties_below")),
    ).join(clear.select("report_id", "own"), on="report_id", how="left", maintain_order="left")


def classify(found: pl.DataFrame, blanked: pl.DataFrame) -> pl.DataFrame:
    """Add to the names that `find_names` found what each is to the report: source.

    organ (an authority bears the name), mention, site (the page's owner), near (a neighbour, or the province
    of which leaders spoke), away (a partner, or a place that was visited), other (a county that is named
    where the own name was blanked out). `blanked` has report_id and blanked of each report.
    """
    home = clause("before").str.contains(cue("home", "before") + "$") | clause("after").str.contains(
        "^" + cue("home", "after")
    )
    bare = (pl.col("form") == "short") & ~pl.col("word").str.ends_with(pattern("civil_affairs"))
    found = found.filter(~bare | home).join(blanked, on="report_id", how="left")
    ends = pl.col("head") | pl.col("tail")
    addressee = pl.col("after").str.contains(ADDRESSEE) | clause("before").str.contains(
        cue("addressee", "before")
    )
    passed_on = clause("before").str.contains(cue("pass_on", "before") + r"\p{Han}{0,4}$")
    found = found.with_columns(
        source=pl.when(bare | addressee | passed_on)
        .then(pl.lit("near"))
        .when(elsewhere())
        .then(pl.lit("away"))
        .when(at_border())
        .then(pl.lit("near"))
        .when(ends & pl.col("sentence").str.contains(cue("site", "either")))
        .then(pl.when(is_organ()).then(pl.lit("site")).otherwise(pl.lit("away")))
        .when(pl.col("blanked") & (pl.col("level") == "county") & ~(ends & is_organ()))
        .then(pl.lit("other"))
        .when(is_organ())
        .then(pl.lit("organ"))
        .otherwise(pl.lit("mention"))
    )
    # 我县民政局一行5人到曲阳县学习。曲阳县建有…: where we went, whatever is told of it then
    visit = (pl.col("source") == "away") & pl.col("before").str.contains(pattern("we_went"))
    visited = found.filter(visit).select("report_id", "word", visited=pl.lit(True)).unique()
    found = found.join(visited, on=["report_id", "word"], how="left", maintain_order="left")
    away = pl.col("visited").fill_null(False) & (pl.col("source") == "mention")
    return found.with_columns(source=pl.when(away).then(pl.lit("away")).otherwise("source")).drop("visited")


def name_evidence(names: pl.DataFrame) -> pl.DataFrame:
    """What the names of `classify` say; those of partners and others have no weight."""
    shared = pl.col("codes").list.len().alias("shared")
    owned = names.with_columns(shared, ends=pl.col("head") | pl.col("tail"))
    owned = owned.explode("codes").rename({"codes": "region_code"}).drop_nulls("region_code")
    tally = owned.group_by("report_id", "region_code", "source").agg(
        word=pl.col("chain").min(), n=pl.len(), ends=pl.col("ends").any(), shared=pl.col("shared").min()
    )
    more = pl.min_horizontal(pl.col("n") - 1, 4)
    weight = (
        pl.when(pl.col("source") == "organ")
        .then(7 + 1.5 * more + 4 * pl.col("ends"))
        .when(pl.col("source") == "site")
        .then(6)
        .when(pl.col("source") == "mention")
        .then(3 + 0.75 * more)
        .when(pl.col("source") == "near")
        .then(1)
        .otherwise(0)
    )
    named = tally.with_columns(weight=weight - 2 * pl.col("shared").log())
    in_front = names.filter(pl.col("source") != "away").explode("parents").drop_nulls("parents")
    in_front = in_front.select(
        "report_id", region_code="parents", source=pl.lit("near"), word="chain", weight=pl.lit(1.0)
    ).unique(["report_id", "region_code"], maintain_order=True)
    typed = [pl.col(name).cast(kind) for name, kind in SCHEMA.items()]
    return pl.concat([named.select(typed), in_front.select(typed)])


def own_sentences(sentences: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Leave out the sentences that speak of partners, neighbours and other counties."""
    partners = "|".join(cue("partner", side) for side in ("before", "after"))
    others = names.filter(pl.col("level") == "county", pl.col("source").is_in(["away", "near", "other"]))
    own = sentences.filter(~pl.col("sentence").str.contains(partners))
    return own.join(others.select("report_id", "n"), on=["report_id", "n"], how="anti", maintain_order="left")


def place_evidence(sentences: pl.DataFrame) -> pl.DataFrame:
    """What the townships and villages of sentences[report_id, sentence] say. Sources: township, village."""
    plain = pl.col("sentence").str.replace_many(words("not_places"), ["、"])
    tokens = sentences.select("report_id", token=plain.str.extract_all(pattern("place_named")))
    # in the order of the text, so that the same reports always show the same words
    tokens = tokens.explode("token").drop_nulls().unique(maintain_order=True)
    tokens = tokens.with_columns(
        kind=pl.col("token").str.extract(pattern("place_kind")),
        body=pl.col("token").str.replace(pattern("place_kind"), ""),
    )
    tokens = tokens.with_columns(village=pl.col("kind").is_in(words("village_kind"))).with_row_index("place")
    tails = pl.concat_list(pl.col("body").str.tail(k) for k in range(2, LONGEST_PLACE + 1))
    stems = (
        tokens.with_columns(stem=tails)
        .explode("stem")
        .filter(pl.col("stem").str.len_chars() >= 2)
        .unique(maintain_order=True)
    )
    size = pl.col("stem").str.len_chars()
    # The table is far longer than any batch: what does not stand in the texts is left out at once.
    known = places().filter(pl.col("stem").is_in(stems["stem"].unique().implode()))
    stems = stems.join(known, on=["stem", "village"], how="semi", maintain_order="left")
    stems = stems.filter(size == size.max().over("place")).unique(
        ["report_id", "stem", "village"], keep="first", maintain_order=True
    )
    where = stems.join(known.rename({"kind": "kinds"}), on=["stem", "village"], maintain_order="left")
    where = where.filter(pl.col("shared") <= WIDEST_TOWNSHIP)
    rarity = (math.log(COUNTIES) - pl.col("shared").log()).cast(pl.Float64)
    # A township that is written 乡 here and 镇 in the table was promoted, or is another one.
    alike = pl.col("kinds").list.contains(pl.col("kind"))
    share = pl.when("village").then(0.5).when(alike).then(0.8).otherwise(0.55)
    where = where.select(
        "report_id",
        "region_code",
        source=pl.when("village").then(pl.lit("village")).otherwise(pl.lit("township")),
        word=pl.col("stem") + pl.col("kind"),
        weight=rarity * share,
    )
    most = pl.when(pl.col("source") == "township").then(6).otherwise(4)
    where = where.sort("weight", "word", descending=[True, False])
    rank = pl.int_range(pl.len()).over("report_id", "region_code", "source")
    return where.filter(rank < most).select(list(SCHEMA))


def site_evidence(texts: pl.DataFrame) -> pl.DataFrame:
    """What the number of a government site says about its owner. Source: site."""
    code = texts.select(
        "report_id", region_code=pl.col("text").str.extract(pattern("site_code"))
    ).drop_nulls()
    code = code.filter(pl.col("region_code") != COUNTRY)
    return code.select(
        "report_id",
        "region_code",
        source=pl.lit("site"),
        word=pl.lit("网站标识码 ") + pl.col("region_code"),
        weight=pl.lit(6.0),
    )
