"""Chooses the one region that the evidence of a report clearly favours, or none."""

from __future__ import annotations

import polars as pl

from pipeline.reading.region_tables import kinds, regions

# How far the first must be ahead of the second, and how much must speak for it itself.
LEAD = 3.5
ENOUGH = 5.0
LEAD_OF_NAMESAKES = 2.5
OTHER_KIND = -5.0
ONLY_A_PARTNER = -12.0
OWN_SOURCES = ["organ", "mention", "site", "township", "village"]
NAMED = ["organ", "mention", "site"]
WITHOUT_COUNTIES = ["441900", "442000", "460400", "620200"]


def choose(evidence: pl.DataFrame, own: pl.DataFrame, namesakes: pl.DataFrame) -> pl.DataFrame:
    """The region of each report whose evidence suffices: report_id, region_code, method, evidence.

    `own` is what `own_kinds` returned. `namesakes` has report_id and region_code of the regions to choose
    from where a name in the issuer or title left several.
    """
    known = evidence.join(regions().select("region_code", "level"), on="region_code")
    counties = county_totals(known, own, namesakes)
    return settle(best(counties), best(wider_totals(known)), own)


def around_weights(known: pl.DataFrame) -> pl.DataFrame:
    """How much speaks for a prefecture or province around the report's county: report_id, above, around."""
    wide = known.filter(pl.col("level").is_in(["prefecture", "province"]), pl.col("source") != "away")
    named = wide.group_by("report_id", "region_code", "level").agg(pl.col("weight").sum())
    county = known.filter(pl.col("level") == "county", pl.col("source").is_in(["organ", "mention", "near"]))
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
    """What speaks for each prefecture and province as its own: named, total, organ, inside, words."""
    key = ["report_id", "region_code"]
    wide = known.filter(pl.col("level").is_in(["prefecture", "province"]), pl.col("source").is_in(NAMED))
    named = wide.group_by(*key, "level").agg(
        named=pl.col("weight").sum(), organ=(pl.col("source") == "organ").any(), words=pl.col("word").min()
    )
    below = known.filter(
        pl.col("level").is_in(["county", "prefecture"]), pl.col("source").is_in(["organ", "mention"])
    )
    inside = [
        below.filter(pl.col("region_code").str.slice(digits) != "0" * (6 - digits))
        .select(
            "report_id",
            region_code=pl.col("region_code").str.head(digits).str.pad_end(6, "0"),
            part="region_code",
        )
        .unique()
        for digits in (4, 2)
    ]
    parts = pl.concat(inside).group_by(key).agg(inside=pl.len())
    sums = named.join(parts, on=key, how="left").with_columns(pl.col("inside").fill_null(0))
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
    enough = (pl.col("direct") >= ENOUGH) & (pl.col("lead") >= LEAD)
    enough &= pl.col("organ").fill_null(False) | ((pl.col("support") >= 2) & ~pl.col("misfit"))
    told = (pl.col("total") > 0) & (pl.col("lead") >= LEAD_OF_NAMESAKES)
    county = counties.filter(pl.when(pl.col("namesake").fill_null(False)).then(told).otherwise(enough))
    county = county.select(
        "report_id",
        county="region_code",
        county_organ=pl.col("organ").fill_null(False),
        county_method=pl.when("named").then(pl.lit("body")).otherwise(pl.lit("places")),
        county_words=pl.col("words").list.join("、"),
    )
    clear = (pl.col("lead") >= LEAD) & (pl.col("named") >= 3)
    city = pl.col("level") == "prefecture"
    municipality = pl.col("region_code").is_in(["110000", "120000", "310000", "500000"])
    as_city = wider.filter(clear, city | municipality).sort("total", descending=True)
    as_city = as_city.unique("report_id", keep="first", maintain_order=True).select(
        "report_id", city="region_code", city_organ="organ", city_inside="inside", city_words="words"
    )
    as_province = wider.filter(clear, pl.col("level") == "province").select(
        "report_id",
        province="region_code",
        province_organ="organ",
        province_inside="inside",
        province_words="words",
    )
    frame = own.join(county, on="report_id", how="left").join(as_city, on="report_id", how="left")
    frame = frame.join(as_province, on="report_id", how="left")
    many = (pl.col("city_inside") >= 2) | (pl.col("counties_below") >= 2)
    is_city = pl.col("city").is_not_null() & many & ~pl.col("county_organ").fill_null(False)
    kind = pl.col("own")
    autonomous = pl.col("province").is_in(["150000", "450000", "540000", "640000", "650000"])
    level = (
        pl.when(kind.is_in(["县", "旗"]))
        .then(pl.lit("county"))
        .when((kind == "区") & pl.col("county").is_null() & autonomous & (pl.col("province_inside") >= 2))
        .then(pl.lit("province"))
        .when(kind == "区")
        .then(pl.lit("county"))
        .when(kind == "市")
        .then(pl.when(is_city).then(pl.lit("city")).otherwise(pl.lit("county")))
        .when(kind.is_in(["州", "盟"]))
        .then(pl.lit("city"))
        .when(kind == "省")
        .then(pl.lit("province"))
        .when(pl.col("county").is_not_null())
        .then(pl.lit("county"))
        .when(pl.col("city_organ").fill_null(False))
        .then(pl.lit("city"))
        .when(pl.col("province_organ").fill_null(False))
        .then(pl.lit("province"))
    )
    picked = frame.with_columns(pick=level).with_columns(
        region_code=pl.coalesce(pl.when(pl.col("pick") == c).then(c) for c in ("county", "city", "province")),
        evidence=pl.coalesce(
            pl.when(pl.col("pick") == c).then(f"{c}_words") for c in ("county", "city", "province")
        ),
        method=pl.when(pl.col("pick") == "county").then("county_method").otherwise(pl.lit("body")),
    )
    return picked.drop_nulls("region_code").select("report_id", "region_code", "method", "evidence")
