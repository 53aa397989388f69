"""Reads a report's region from the strings that name it: issuer, title and file name."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.folding import fold_script
from pipeline.reading.regions.gazetteer import cue, names, own_digits, townships
from pipeline.reading.regions.names import clause, elsewhere, find_names
from pipeline.vocabulary import pattern

SOURCES = ("issuer", "title", "file_name")
# A lower authority follows the name: what it reports isn't the county's.


# Zones without a code of their own; what lies around them isn't what they report on.


def within(inner: str, outer: str) -> pl.Expr:
    """Whether one region code is inside another (a region is not inside itself)."""
    return pl.col(inner).str.starts_with(own_digits(pl.col(outer))) & (pl.col(inner) != pl.col(outer))


def read_sources(strings: pl.DataFrame) -> pl.DataFrame:
    """The regions that each source names: report_id, source, codes (list), evidence, below (bool).

    More than one code: the name is shared. No code: the source names unrelated regions, or one that is gone.
    `below`: the source is an authority below the county. Takes `source_strings`.
    """
    found = find_names(strings, titles=True)
    named = (pl.col("form") != "short") | pl.col("word").str.ends_with(pattern("civil_affairs"))
    # 上海普陀:养老综合体达到12家
    headed = pl.col("sentence").str.starts_with(pl.col("chain") + ":") & (pl.col("source") == "title")
    named |= headed
    passed_on = clause("before").str.contains(cue("pass_on", "before"))
    tips = found.filter(named, ~elsewhere(), ~passed_on)
    gone = pl.lit([None], pl.List(pl.String))
    tips = tips.with_columns(
        below=lower_authority(), codes=pl.when(pl.col("codes").list.len() > 0).then("codes").otherwise(gone)
    )
    key = ["report_id", "source"]
    flat = tips.select(*key, "chain", "codes", "parents", "below").with_row_index("tip").explode("codes")
    others = flat.select(*key, other="codes", other_tip="tip").drop_nulls()
    pairs = flat.join(others, on=key).filter(pl.col("tip") != pl.col("other_tip"))
    wider = pairs.filter(within("other", "codes")).select("tip", "codes", inside=pl.lit(True)).unique()
    holds = pairs.filter(within("codes", "other")).select("tip", "codes", around=pl.lit(True)).unique()
    flat = flat.join(wider, on=["tip", "codes"], how="left").join(holds, on=["tip", "codes"], how="left")
    # 长春市 elsewhere in the string tells which 朝阳区 is meant, and is not itself the region.
    flat = flat.filter(pl.col("inside").is_not_null() | ~pl.col("inside").is_not_null().any().over("tip"))
    flat = flat.filter(pl.col("around").is_null())
    summary = flat.group_by(key, maintain_order=True).agg(
        codes=pl.col("codes").unique(maintain_order=True),
        names=pl.col("chain").n_unique(),
        evidence=pl.col("chain").unique(maintain_order=True).str.join("、"),
        below=pl.col("below").any(),
    )
    zones = strings.filter(pl.col("sentence").str.contains(pattern("zone"))).join(summary, on=key, how="anti")
    zones = zones.select(*key, evidence="sentence", below=pl.lit(True))
    summary = pl.concat([summary, zones], how="diagonal").with_columns(pl.col("codes").fill_null([]))
    unrelated = (pl.col("codes").list.len() > 1) & (pl.col("names") > 1)
    # A title may speak of two places; then the text is asked. An issuer that is two is neither.
    summary = summary.filter(~unrelated | (pl.col("source") == "issuer"))
    summary = _with_led_titles(summary, strings)
    gone = pl.col("codes").list.contains(pl.lit(None, pl.String), nulls_equal=True)
    none = pl.lit([], pl.List(pl.String))
    return summary.with_columns(codes=pl.when(unrelated | gone).then(none).otherwise("codes")).drop("names")


def _with_led_titles(summary: pl.DataFrame, strings: pl.DataFrame) -> pl.DataFrame:
    """`summary` with the one place that the first words of a title name behind its province or city:
    上海普陀:养老综合体达到12家."""
    led = strings.filter(pl.col("source") == "title").select(
        "report_id", evidence=pl.col("sentence").str.extract(r"^(\p{Han}{4,9}):")
    )
    led = led.drop_nulls()
    if led.is_empty():
        return summary
    sizes = pl.DataFrame({"size": [2, 3]})
    parts = led.join(sizes, how="cross").with_columns(
        outer=pl.col("evidence").str.head("size"), inner=pl.col("evidence").str.slice("size")
    )
    known = names().drop_nulls("region_code").select("word", "region_code").unique()
    parts = parts.join(known.rename({"region_code": "around"}), left_on="outer", right_on="word")
    parts = parts.join(known, left_on="inner", right_on="word").filter(within("region_code", "around"))
    found = parts.group_by("report_id", "evidence").agg(codes=pl.col("region_code").unique())
    found = found.filter(pl.col("codes").list.len() == 1).with_columns(
        source=pl.lit("title"), names=pl.lit(1, pl.UInt32), below=pl.lit(False)
    )
    rest = summary.join(found, on=["report_id", "source"], how="anti")
    return pl.concat([rest, found.select(summary.columns)], how="vertical_relaxed")


def source_strings(reports: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """One row for each report and source that it has: report_id, source, sentence (folded)."""
    # The name of a file speaks of its only report; of several, who knows of which?
    alone = reports.filter(pl.len().over("document_id") == 1)
    files = alone.join(documents.select("document_id", "file_name"), on="document_id")
    name = pl.col("file_name").str.extract(r"([^/]*?)(?:\.\w+)?$")
    strings = [
        reports.select("report_id", source=pl.lit("issuer"), sentence="issuer"),
        reports.select("report_id", source=pl.lit("title"), sentence="title"),
        files.select("report_id", source=pl.lit("file_name"), sentence=name),
    ]
    frame = pl.concat(strings).drop_nulls()
    return frame.with_columns(fold_script(pl.col("sentence")).str.replace_all(r"\s", ""))


def lower_authority() -> pl.Expr:
    """Whether a township or another authority below the named region follows the name."""
    town = pl.col("after").str.extract(pattern("township_begins"))
    return pl.col("after").str.contains(pattern("lower_authority")) | town.is_in(
        townships()["name"].unique().implode()
    ).fill_null(False)
