"""The one place that a text has as its subject: it opens with it (旺苍县采取措施…), or comes back to it, and
names no other of its kind. For texts in which no office and no list of places weighs enough.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.written import DIVISIONS
from pipeline.reading.regions.choice import MUNICIPALITIES
from pipeline.reading.regions.gazetteer import COUNTRY, cue, kinds, regions
from pipeline.reading.regions.names import is_organ
from pipeline.vocabulary import pattern

FIRST = 3  # sentences (from 0) that open a text, title and dateline among them
MANY_PROVINCES = 1  # named as subjects, beyond which a text is of none of them
METHOD = "body"


def choose_by_subject(names: pl.DataFrame, texts: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Takes the names that `classify` weighed, the reports' texts (report_id, text) and `own_kinds`; gives
    report_id, region_code, method, evidence of the reports that have one place as their subject.
    """
    level = regions().select("region_code", "level")
    said = names.filter(pl.col("source").is_in(["organ", "mention"]), pl.col("codes").list.len() == 1)
    said = (
        said.drop("level")
        .with_columns(region_code=pl.col("codes").list.first())
        .join(level, on="region_code")
    )
    other = f"{cue('addressee', 'before')}|{pattern('beside_another')}"
    said = said.filter(~pl.col("before").str.contains(other))
    opens = pl.col("before").str.contains(pattern("subject_begins")) & ~pl.col("after").str.contains(
        pattern("no_subject_of_text")
    )
    said = said.with_columns(subject=opens, first=opens & (pl.col("n") <= FIRST), organ=is_organ())
    tally = said.group_by("report_id", "region_code", "level").agg(
        subjects=pl.col("subject").sum(),
        first=pl.col("first").any(),
        organ=pl.col("organ").any(),
        word=pl.col("chain").first(),
    )
    named_so = kinds().select("region_code", own="kind", fits=pl.lit(True))
    tally = tally.join(own, on="report_id").join(named_so, on=["region_code", "own"], how="left")
    tally = tally.filter(~pl.col("blanked"))
    fits = pl.col("fits").fill_null(False)
    of_kind = pl.col("region_code").str.slice(0, 2).n_unique().over("report_id") == 1
    enough = pl.col("first") | (pl.col("subjects") >= 2)
    only = pl.len().over("report_id", "level") == 1
    wider = ((pl.col("level") != "county") & pl.col("organ")).any().over("report_id")
    county = (pl.col("level") == "county") & (fits | (pl.col("own").is_null() & ~wider))
    # A county-level city says 全市 as well, and a district 全区.
    lower = (pl.col("level") == "county") & (fits | pl.col("own").is_null())
    rivals = lower.any().over("report_id")
    alone = pl.col("own").is_null() & pl.col("first") & (pl.len().over("report_id") == 1)
    city = (pl.col("level") == "prefecture") & (fits | alone) & ~rivals
    city &= (pl.col("subjects") >= 2) | ~pl.col("organ")
    province = (pl.col("level") == "province") & fits & ~rivals
    province &= ~pl.col("region_code").is_in(MUNICIPALITIES)
    chosen = tally.filter(enough & only & of_kind & (county | city | province))
    chosen = chosen.filter(pl.len().over("report_id") == 1).select(
        "report_id", "region_code", method=pl.lit(METHOD), evidence="word"
    )
    return pl.concat([chosen, _nation(tally, texts, own)])


def _nation(tally: pl.DataFrame, texts: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Texts that speak of the whole country from their first sentence on and call no region their own."""
    lower = tally.filter(pl.col("region_code") != COUNTRY, pl.col("subjects") > 0)
    # a table of the provinces names each of them
    provinces = pl.col("region_code").str.slice(0, 2).n_unique().over("report_id")
    lower = lower.filter(provinces <= MANY_PROVINCES)
    nameless = own.filter(pl.col("own").is_null(), ~pl.col("blanked")).join(lower, on="report_id", how="anti")
    opening = pl.col("text").str.head(300)
    often = pl.col("text").str.count_matches(pattern("nation"), literal=True) >= 2
    # a table whose figures stand below 全国合计 needs no sentence that says so
    told = (often & opening.str.contains(pattern("of_the_nation"))) | opening.str.contains(
        pattern("nation_cell")
    )
    whole = texts.join(nameless, on="report_id", how="semi").filter(
        told & ~pl.col("text").str.contains(f"[我本全][{DIVISIONS}]")
    )
    return whole.select(
        "report_id", region_code=pl.lit(COUNTRY), method=pl.lit(METHOD), evidence=pl.lit(pattern("nation"))
    )
