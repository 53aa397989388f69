"""Reports of streets and towns: the county in which the one lies that reports on itself.

鼓楼区宝塔桥街道办事处: of four districts of the name only one has such a street. Without the name of a
county the town must be the only one of its name in the country. What it reports is not the county's: the
method `town` says so, and marts take its figures for those of a part.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.regions.gazetteer import towns, within_reach
from pipeline.vocabulary import pattern


def choose_towns(reports: pl.DataFrame, strings: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The county of each report that a town or street made: report_id, region_code, region_method (town),
    region_evidence (the town as its issuer or title names it).

    `reports`: report_id. `strings`: `direct.source_strings`; `sources`:
    `direct.read_sources`, with the counties that issuers and titles name.
    """
    told = strings.filter(pl.col("source") != "file_name").join(reports, on="report_id", how="semi")
    told = told.filter(pl.col("sentence").str.contains(pattern("township_named")))
    none = pl.DataFrame(
        schema=dict.fromkeys(("report_id", "region_code", "region_method", "region_evidence"), pl.String)
    )
    if told.is_empty():
        return none
    names = within_reach(towns()["town"].unique(maintain_order=True), told["sentence"])
    if names.is_empty():
        return none
    # the issuer's own name, no town that a county's title tells of
    named = told.with_columns(
        town=pl.col("sentence").str.extract_many(names.implode(), leftmost=True)
    ).explode("town", empty_as_null=True)
    named = named.drop_nulls("town").with_columns(
        before=pl.col("sentence").str.split(by=pl.col("town")).list.first(),
        behind=pl.col("sentence").str.split(by=pl.col("town")).list.get(1, null_on_oob=True),
    )
    own = (pl.col("before") == "") | pl.col("before").str.contains(pattern("before_own_town"))
    named = named.filter(own & pl.col("behind").str.contains(pattern("behind_own_town")))
    counties = sources.join(reports, on="report_id", how="semi").explode("codes", empty_as_null=True)
    counties = counties.drop_nulls("codes").select("report_id", county="codes").unique()
    found = named.select("report_id", "town").unique().join(towns(), on="town")
    inside = found.join(counties, on=["report_id", "county"], how="semi")
    # where a county is named, the town lies in it
    free = found.join(counties, on="report_id", how="anti")
    found = pl.concat([inside, free])
    single = (pl.col("county").n_unique().over("report_id") == 1) & (
        pl.col("town").n_unique().over("report_id") == 1
    )
    return found.filter(single).select(
        "report_id", region_code="county", region_method=pl.lit("town"), region_evidence="town"
    )
