"""Whose value it is: urban or rural, which group, and whether of the whole region, a part of it or elsewhere."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.stream import Stream
from pipeline.vocabulary import rows as vocabulary


def _subjects(rule: str) -> list[str]:
    return [r["subject"] for r in vocabulary("residence_rules.csv") if r["rule"] == rule]


def residence(stream: Stream, rows: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """Add `residence`: the last word for town or country that speaks of the same subject.

    A cue holds to the end of its sentence for its own subject (`城市低保…户,发放…万元`); before a noun that follows
    the number only a cue beside that noun counts. 城乡 before a pair of rates: the first urban, the second rural.
    """
    cues = _residence_cues(stream, tokens)
    cues = cues.join_asof(
        rows.select(cue_next_q=pl.col("at").sort()),
        left_on="cue_end",
        right_on="cue_next_q",
        strategy="forward",
        coalesce=False,
    )
    rows = rows.join_asof(cues, left_on="at", right_on="cue_at", strategy="backward", check_sortedness=False)
    beside = (
        rows.select("q", word_at="at_t", before="at")
        .drop_nulls()
        .sort("word_at")
        .join_asof(
            cues.select("cue_at", "cue_end", beside="cue"),
            left_on="word_at",
            right_on="cue_at",
            strategy="backward",
        )
    )
    beside = beside.filter((pl.col("word_at") - pl.col("cue_end")) <= 4).select("q", "beside")
    rows = rows.join(beside, on="q", how="left", maintain_order="left")
    same_sentence = (pl.col("cue_sentence") == pl.col("sentence")).fill_null(False)
    same_clause = (pl.col("cue_clause") == pl.col("clause")).fill_null(False)
    agrees = pl.col("cue_subject").is_null() | (pl.col("cue_subject") == pl.col("subject"))
    after = pl.col("rule") == "noun after"
    close = (pl.col("at") - pl.col("cue_end")) <= 3
    numbered = (pl.col("cue_next_q") - pl.col("cue_end") <= 2).fill_null(False)
    before = (
        pl.when(after)
        .then(same_clause & ((close & pl.col("cue_subject").is_null()) | (pl.col("measure") == "ratio")))
        .otherwise(
            (same_clause & agrees)
            | (
                same_sentence
                & agrees
                & pl.col("subject").is_in(_subjects("carries"))
                & (pl.col("cue_subject").is_not_null() | numbered)
                & ~pl.col("cue_both")
            )
            | (same_clause & close)
        )
    )
    said = pl.coalesce(
        pl.when(after).then("beside"),
        pl.when(before.fill_null(False)).then("cue"),
        pl.when(pl.col("rule").is_in(["noun before", "noun after", "earlier clause"])).then("beside"),
    )  # fmt: skip
    listed = (
        pl.col("cue_both")
        & same_sentence
        & ~same_clause
        & pl.col("respectively").is_not_null()
        & pl.col("class").is_in(["rate", "share", "money"])
    )
    first, second = pl.col("cue_before"), pl.col("cue")
    pair = (
        (pl.col("cue_word").str.starts_with("城乡") | pl.col("cue_word").str.contains("和"))
        & same_sentence
        & pl.col("class").is_in(["rate", "share", "money"])
        & ~after
    )
    pair = pair & (pl.col("rule") != "respectively")
    said = (
        pl.when(listed & (pl.col("pair") == 1))
        .then(first)
        .when(listed & (pl.col("pair") == 2))
        .then(second)
        .when(pair & (pl.col("pair") == 1))
        .then(pl.lit("urban"))
        .when(pair & (pl.col("pair") == 2))
        .then(pl.lit("rural"))
        .otherwise(said)
    )
    fixed = pl.col("subject").is_in(_subjects("name"))
    rows = rows.with_columns(said=said).with_columns(
        said=pl.when(pl.col("rule") == "respectively").then(pl.col("said").shift(2)).otherwise("said")
    )
    said = pl.col("said")
    return rows.with_columns(
        residence=pl.when(fixed | said.is_null()).then(pl.lit("total")).otherwise(said)
    ).drop([c for c in rows.columns if c.startswith("cue_")] + ["cue", "beside", "said"], strict=False)


def _residence_cues(stream: Stream, tokens: pl.DataFrame) -> pl.DataFrame:
    """The cues in order, each with the subject that it stands before (`城镇社区和农村` is total)."""
    cues = stream.cue("residence").select(
        cue_at="at",
        cue_end="end_at",
        cue="value",
        cue_clause="clause",
        cue_sentence="sentence",
        cue_word="word",
    )
    held = tokens.select("at", "end_at", "subject").unique("at", keep="first", maintain_order=True)
    cues = cues.join_asof(
        held.select(pl.col("at").set_sorted(), t_end="end_at", near_subject="subject"),
        left_on="cue_at",
        right_on="at",
        strategy="forward",
    )
    cues = cues.with_columns(cue_subject=pl.when(pl.col("at") - pl.col("cue_end") <= 3).then("near_subject"))
    other = (pl.col("cue").shift(1) != pl.col("cue")) & (
        pl.col("cue_clause").shift(1) == pl.col("cue_clause")
    )
    joined = (
        other
        & ((pl.col("cue_at") - pl.col("cue_end").shift(1)) <= 2)
        & pl.col("cue_at").gt(pl.col("cue_end").shift(1))
    )
    # 城市…人,农村…人,累计发放…: behind both, what is said of neither is of both
    cues = cues.with_columns(cue_both=(other & (pl.col("cue").shift(1) != "total") & (pl.col("cue") != "total")).fill_null(False)
                             | ((pl.col("cue").shift(1) != pl.col("cue")) & (pl.col("cue_sentence").shift(1) == pl.col("cue_sentence")) & (pl.col("cue").shift(1) != "total")).fill_null(False))  # fmt: skip
    cues = cues.with_columns(
        cue_before=pl.when(pl.col("cue_sentence").shift(1) == pl.col("cue_sentence")).then(
            pl.col("cue").shift(1)
        )
    )
    return cues.with_columns(
        cue=pl.when(joined.fill_null(False)).then(pl.lit("total")).otherwise("cue")
    ).select(
        pl.col("cue_at").set_sorted(),
        "cue_end",
        "cue",
        "cue_clause",
        "cue_sentence",
        "cue_word",
        "cue_subject",
        "cue_both",
        "cue_before",
    )


TOWN = r"(?:^|[,、:;(和及]|其中:?)([\p{Han}]{2,3}(?:镇|乡|街道))(?:[^村镇街,、:;][^,、:;]*)?$"
GENERIC_TOWN = "个|各|全|乡镇|城镇|集镇|村镇|本|该|每|点|中心|所有|部分|我|区|县|市|新|农|设|置|建|推|创|村|建制|特色|小城|示范|等|多|几|两|家|在|为|对|与|及|和|向|了|的"


def scope(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `scope` and `place`.

    `own` is how the report speaks of its own area (县, 区, 市, 旗, 省, 州 or null).
    """
    rows = stream.last_cue(rows, "outside")
    wider = {
        "nation": pl.col("own") != "国",
        "province": ~pl.col("own").is_in(["省", "国"]),
        "city": pl.col("own").is_in(["县", "区", "旗"]),
    }
    outside = pl.any_horizontal(
        *((pl.col("outside") == level) & test for level, test in wider.items())
    ).fill_null(False)
    outside = (
        outside
        & ~pl.col("measure").is_in(["ranking"])
        & pl.col("outside_word").str.contains("^全|^我国").fill_null(False)
        & (pl.col("at") - pl.col("outside_end_at") <= 16)
    )
    named = r"(?:^|[,、;:为在对是和及将如])([\p{Han}]{2,3}(?:镇|乡|街道|村|社区)[\p{Han}]{0,4}?(?:敬老院|福利院|养老院|养老服务中心|养老中心|公墓|幸福院|日间照料中心))"
    project = r"建筑面积|占地面积|总投资|项目位于|该项目"
    place = pl.col("quote").str.extract(named)
    place = pl.when(~place.str.contains("个|各|乡镇|城镇|农村|等|新建|镇级|村级|社区服务|所|全")).then(place)
    town = pl.col("quote_before").str.extract(TOWN)
    town = pl.when(~town.str.contains(GENERIC_TOWN)).then(town)
    place = pl.coalesce(place, town)
    part = place.is_not_null() | (
        pl.col("quote").str.contains(project)
        & pl.col("measure").is_in(["floor_area", "investment", "beds", "capacity"])
    )
    return rows.with_columns(
        scope=pl.when(outside)
        .then(pl.lit("outside"))
        .when(part)
        .then(pl.lit("part"))
        .otherwise(pl.lit("region")),
        place=place,
    )


SUBGROUPS = (
    r"([0-9]{2,3}\s*[-—~至到]\s*[0-9]{2,3}周?岁)|([0-9]{2,3}周?岁(?:及?以上|至|以下)?)|(集中供养|分散供养|集中养育|社会散居|全护理|半护理|全自理|"
    r"全失能|半失能|失能|[一二三四]级|男性|女性|集中|分散|重度|中度|轻度|重病|重残|持证|高龄|空巢|独居)"
)  # fmt: skip


def subgroup(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `subgroup`: the last breakdown named before the number in its clause, in short."""
    before = pl.col("quote_before")
    found = before.str.extract_all(SUBGROUPS).list.last()
    return rows.with_columns(subgroup=found)
