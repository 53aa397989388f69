"""Chooses the one region that the evidence of a report clearly favours, or none."""

from __future__ import annotations

import polars as pl

from pipeline.reading.regions.gazetteer import kinds, regions

# How far the first must be ahead of the second, and how much must speak for it itself.
LEAD = 3.5
ENOUGH = 5.0
LEAD_OF_NAMESAKES = 1.8
MANY_PARTS = 3
# The weight of an authority in the head or at the foot of a report.
SIGNED = 11.0
OTHER_KIND = -5.0
ONLY_A_PARTNER = -12.0
OWN_SOURCES = ["organ", "mention", "site", "township", "village"]
NAMED = ["organ", "mention", "site"]
MUNICIPALITIES = ["110000", "120000", "310000", "500000"]
WITHOUT_COUNTIES = ["441900", "442000", "460400", "620200"]


def choose(evidence: pl.DataFrame, own: pl.DataFrame, namesakes: pl.DataFrame) -> pl.DataFrame:
    """The region of each report whose evidence suffices: report_id, region_code, method, evidence.

    `own` is what `own_kinds` returned. `namesakes` has report_id and region_code of the regions to choose
    from where a name in the issuer or title left several.
    """
    known = evidence.join(regions().select("region_code", "level"), on="region_code")
    counties = county_totals(known, own, namesakes)
    wider = wider_totals(known).join(namesakes, on="report_id", how="anti")
    return settle(best(counties), best(wider), own)


def around_weights(known: pl.DataFrame) -> pl.DataFrame:
    """How much speaks for a prefecture or province around the report's county: report_id, above, around."""
    wide = known.filter(pl.col("level").is_in(["prefecture", "province"]), pl.col("source") != "away")
    named = wide.group_by("report_id", "region_code", "level").agg(pl.col("weight").sum())
    county = known.filter(
        pl.col("level") == "county", pl.col("source").is_in(["organ", "mention", "near", "other"])
    )
    inside = county.with_columns(region_code=pl.col("region_code").str.head(4) + "00")
    inside = inside.group_by("report_id", "region_code").agg(counties=pl.col("word").n_unique())
    joined = named.join(inside, on=["report_id", "region_code"], how="full", coalesce=True)
    city = (1.5 + 0.6 * pl.col("weight")).clip(0, 6).fill_null(0)
    province = (1 + 0.3 * pl.col("weight")).clip(0, 3)
    return joined.select(
        "report_id",
        above="region_code",
        around=pl.when(pl.col("level") == "province")
        .then(province)
        .otherwise(city + pl.col("counties").fill_null(0).clip(0, 3)),
    )


def county_totals(known: pl.DataFrame, own: pl.DataFrame, namesakes: pl.DataFrame) -> pl.DataFrame:
    """What speaks for each county (or city without counties) of a report.

    Columns: report_id, region_code, direct (by itself), total (with the regions around it), support (words),
    organ, named, namesake, misfit (not of the kind that the report calls its own), words, lead.
    """
    leaf = (pl.col("level") == "county") | pl.col("region_code").is_in(WITHOUT_COUNTIES)
    key = ["report_id", "region_code"]
    direct = (
        known.filter(leaf, pl.col("source").is_in(OWN_SOURCES))
        .group_by(key)
        .agg(
            direct=pl.col("weight").sum(),
            support=pl.col("word").n_unique(),
            organ=(pl.col("source") == "organ").any(),
            signed=((pl.col("source") == "organ") & (pl.col("weight") >= SIGNED)).any(),
            named=pl.col("source").is_in(NAMED).any(),
            words=pl.col("word")
            .sort_by("weight", "word", descending=True)
            .unique(maintain_order=True)
            .head(4),
        )
    )
    chosen = namesakes.with_columns(namesake=pl.lit(True)).join(direct, on=key, how="left")
    free = direct.join(namesakes, on="report_id", how="anti")
    sums = pl.concat([chosen, free], how="diagonal").with_columns(pl.col("direct").fill_null(0))
    around = around_weights(known)
    for name, digits in (("city", 4), ("province", 2)):
        sums = sums.with_columns(above=pl.col("region_code").str.head(digits).str.pad_end(6, "0"))
        sums = sums.join(around.rename({"around": name}), on=["report_id", "above"], how="left").drop("above")
    away = known.filter(pl.col("source") == "away").select(*key, away=pl.lit(True)).unique()
    sums = sums.join(away, on=key, how="left").join(own, on="report_id", how="left")
    fits = kinds().rename({"kind": "own"}).with_columns(fits=pl.lit(True))
    sums = sums.join(fits, on=["region_code", "own"], how="left")
    misfit = pl.col("fits").is_null() & pl.col("own").is_not_null()
    shunned = pl.col("away").is_not_null() & ~pl.col("named").fill_null(False)
    return sums.with_columns(
        misfit=misfit,
        support=pl.col("support").fill_null(0) + pl.col("city").is_not_null(),
        total=pl.col("direct")
        + pl.col("city").fill_null(0)
        + pl.col("province").fill_null(0)
        + pl.when(misfit).then(OTHER_KIND).otherwise(0)
        + pl.when(shunned).then(ONLY_A_PARTNER).otherwise(0),
    )


def wider_totals(known: pl.DataFrame) -> pl.DataFrame:
    """What speaks for each prefecture and province as its own.

    Columns: report_id, region_code, level, named (weight of its name), organ, words, inside (how many regions
    in it the text names), names_inside, parts (how many it has directly below), total.
    """
    key = ["report_id", "region_code"]
    wide = known.filter(pl.col("level").is_in(["prefecture", "province"]), pl.col("source").is_in(NAMED))
    named = wide.group_by(*key, "level").agg(
        named=pl.col("weight").sum(),
        organ=(pl.col("source") == "organ").any(),
        words=pl.col("word").min(),
    )
    below = known.filter(
        pl.col("level").is_in(["county", "prefecture"]), pl.col("source").is_in(["organ", "mention", "other"])
    )
    inside = [
        below.filter(pl.col("region_code").str.slice(digits) != "0" * (6 - digits))
        .group_by("report_id", pl.col("region_code").str.head(digits).str.pad_end(6, "0").alias("above"))
        .agg(
            inside=pl.col("region_code").n_unique(),
            names_inside=pl.col("word").unique().sort().head(4).str.join("、"),
        )
        for digits in (4, 2)
    ]
    parts = pl.concat(inside).rename({"above": "region_code"})
    below = regions().filter(~pl.col("statistical")).group_by("parent_code").agg(parts=pl.len())
    level = (
        regions()
        .select("region_code", "level")
        .join(below, left_on="region_code", right_on="parent_code", how="left")
    )
    parts = parts.join(level, on="region_code")
    sums = named.join(parts, on=[*key, "level"], how="full", coalesce=True)
    sums = sums.with_columns(pl.col("inside", "named").fill_null(0), pl.col("organ").fill_null(False))
    return sums.with_columns(total=pl.col("named") + 1.5 * pl.col("inside").clip(0, 6))


def best(totals: pl.DataFrame) -> pl.DataFrame:
    """The first of each report (and level, if there are several) with its lead over the second."""
    group = ["report_id", "level"] if "level" in totals.columns else ["report_id"]
    ranked = totals.sort("total", "region_code", descending=[True, False])
    second = pl.col("total").get(1, null_on_oob=True)
    lead = pl.col("total").first() - second
    rest = [pl.col(c).first() for c in totals.columns if c not in group]
    return ranked.group_by(group, maintain_order=True).agg(lead.fill_null(99.0).alias("lead"), *rest)


def settle(counties: pl.DataFrame, wider: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Decide between the best county, prefecture and province by the kind that the report calls its own."""
    county = counties.filter(is_enough()).select(
        "report_id",
        region_code="region_code",
        # Of another kind than the report calls its own: only where nothing of that kind is named.
        strength=pl.when("misfit").then(0.0).otherwise("direct"),
        method=pl.when("named").then(pl.lit("body")).otherwise(pl.lit("places")),
        evidence=pl.col("words").list.join("、"),
    )
    wide = wider.join(own, on="report_id").join(
        kinds().select("region_code", own="kind", fits=pl.lit(True)), on=["region_code", "own"], how="left"
    )
    wide = wide.filter(pl.col("lead") >= LEAD, is_named_wide() | is_shown_by_parts()).select(
        "report_id",
        region_code="region_code",
        strength=pl.when("fits").then("total").otherwise(0),
        inside="inside",
        method=pl.when(is_shown_by_parts()).then(pl.lit("places")).otherwise(pl.lit("body")),
        evidence=pl.when(is_shown_by_parts()).then("names_inside").otherwise("words"),
    )
    both = pl.concat([county, without_outer(wide)], how="vertical_relaxed")
    both = both.sort("strength", "region_code", descending=[True, False])
    return both.unique("report_id", keep="first", maintain_order=True).drop("strength")


def without_outer(wide: pl.DataFrame) -> pl.DataFrame:
    """Leave out the province if what is named in it is mostly in one prefecture that says 全区 as well."""
    inner = wide.filter(~pl.col("region_code").str.ends_with("0000")).select(
        "report_id", region_code=pl.col("region_code").str.head(2) + "0000", part="inside"
    )
    marked = wide.join(inner, on=["report_id", "region_code"], how="left")
    mostly = (pl.col("part") >= 0.6 * pl.col("inside")).fill_null(False)
    return marked.filter(~mostly).drop("part", "inside")


def is_named_wide() -> pl.Expr:
    """Whether a prefecture or province is named as the report's own."""
    # A county-level city says 全市 as well; only a greater one speaks of counties.
    many = (pl.col("inside") >= 2) | ((pl.col("counties_below") >= 2) & (pl.col("own") == "市"))
    signed = pl.col("named") >= SIGNED
    many |= signed & (pl.col("inside") >= 1) & (pl.col("counties_below") >= 1)
    district = (signed & (pl.col("inside") >= 2)) | (pl.col("inside") >= 4)
    many = pl.when(pl.col("own") == "区").then(district).otherwise(many)
    needs_many = pl.col("own").is_in(["市", "区"]).fill_null(False)
    needs_many &= ~pl.col("region_code").is_in(MUNICIPALITIES)
    fits = pl.col("fits").fill_null(False) & (many | ~needs_many)
    unsaid = pl.col("own").is_null() & pl.col("organ")
    return (pl.col("named") >= 3) & ~pl.col("blanked") & (fits | unsaid)


def is_shown_by_parts() -> pl.Expr:
    """Whether a city or province isn't named (or its name was blanked out), but most regions in it are."""
    most = (pl.col("inside") >= MANY_PARTS) & (2 * pl.col("inside") >= pl.col("parts"))
    # 我区 over five prefectures is an autonomous region
    region = (pl.col("own") == "区") & (pl.col("level") == "province")
    region &= ~pl.col("region_code").is_in(MUNICIPALITIES)
    said = (pl.col("own") == "省") | region | ((pl.col("own") == "市") & (pl.col("counties_below") > 0))
    return ((pl.col("named") == 0) & most & said & pl.col("fits")).fill_null(False)


def is_enough() -> pl.Expr:
    """Whether a county leads clearly; among namesakes of which one must be meant, less will do."""
    clear = (pl.col("direct") >= ENOUGH) & (pl.col("lead") >= LEAD) & (pl.col("total") > 0)
    clear &= pl.when("misfit").then("signed").otherwise(pl.col("organ") | (pl.col("support") >= 2))
    told = (pl.col("total") > 0) & (pl.col("lead") >= LEAD_OF_NAMESAKES)
    return pl.when(pl.col("namesake").fill_null(False)).then(told).otherwise(clear)
