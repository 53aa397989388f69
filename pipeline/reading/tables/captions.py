"""What stands above a table and speaks of it: what names it, what says units and dates, what leads to it."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words
from pipeline.vocabulary import pattern

ABOVE = 4  # lines that hold anything, above a table, that can speak of it
CLOSE = 2  # of those a sentence of which can say as of when it is
BELOW = 5  # lines below a table that can date it
FAR = 12  # of those that say as of when all below them is, tables between left out
LONGEST_CAPTION = 60
LABELS = r"^\p{Han}{2,8}:\S+\s{2,}\p{Han}{2,8}:\S"  # 制表:某股    监督电话:0563-…, which names nothing
SPOKEN = r"[。;!?]$"


def with_captions(tables: pl.DataFrame, cells: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Add caption, caption_start, notes, leads and starred (see `find.Tables`).

    `tables`: document_id, table, start, end; `cells` with roles, `lines` as `cutting.cut_lines` gives them.
    """
    spans = tables.select("document_id", other_start="start", other_end="end").sort("other_start")
    held = _held(lines.join(tables.select("document_id").unique(), on="document_id", how="semi"), spans)
    tops = tables.select("document_id", "table", "start").sort("start")
    tops = tops.join_asof(
        held.select("document_id", "start", "n", "out", top=~pl.col("inside")),
        on="start",
        by="document_id",
        check_sortedness=False,
    )
    # the first line of a table may begin with what is above it
    out = pl.col("out") + 1 - pl.col("top").cast(pl.Int64)
    tops = tops.with_columns(out=out).drop("start", "top")
    leads = _leads(_above(tops, held.filter(~pl.col("inside")), "out", FAR))
    tables = tables.join(_dated_below(tables, held), on="table", how="left", maintain_order="left")
    tables = tables.join(_summed(tables, held), on="table", how="left", maintain_order="left")
    near = _above(tops, held, "n", ABOVE)
    tables = tables.join(_units_below(tables, held), on="table", how="left", maintain_order="left")
    framed = pl.col("text").str.contains(words.furniture()) | pl.col("text").str.contains(
        rf"{pattern('unit_label')}|{pattern('table_date_line')}"
    )
    page = (
        pl.col("text").str.contains(rf"{pattern('table_page_line')}|{pattern('masthead')}|{LABELS}") & ~framed
    )
    # what belongs to another table, or a sentence, ends what speaks of this one
    prose = pl.col("text").str.contains(SPOKEN) | (
        (pl.col("text").str.len_chars() > LONGEST_CAPTION) & ~framed
    )
    prose = prose | pl.col("text").str.contains(words.note()) | pl.col("inside")
    near = near.filter(~page).with_columns(framed=framed, prose=prose)
    below = _right_below(near)
    tables = tables.join(_units_in_sentence(near), on="table", how="left", maintain_order="left")
    near = near.filter(pl.col("prose").cum_sum().over("table") == 0)
    # a line of several units is none that names the table
    named = (
        near.filter(~pl.col("framed"))
        .group_by("table", maintain_order=True)
        .agg(
            caption=pl.col("text").first(), caption_start=pl.col("at").first(), others=pl.col("text").slice(1)
        )
    )
    # 项目名称:福彩公益金支持社会福利事业项目 above its sums
    framed = pl.col("framed") | pl.col("text").str.contains(rf"{pattern('form_of_project')}\s?:")
    said = near.filter(framed).group_by("table", maintain_order=True).agg(notes=pl.col("text"))
    own = (
        cells.filter((pl.col("row_role") == "title") & (pl.col("kind") == "text"))
        # 项目名称 | 高龄津贴
        .filter(~pl.col("text").str.replace_all(r"\s|:$", "").is_in(words.frame_words("form_label")))
        .group_by("table", maintain_order=True)
        .agg(own=pl.col("text").first(), own_start=pl.col("start").first())
    )
    tables = tables.join(named, on="table", how="left", maintain_order="left")
    tables = tables.join(said, on="table", how="left", maintain_order="left")
    tables = tables.join(leads, on="table", how="left", maintain_order="left")
    tables = tables.join(own, on="table", how="left", maintain_order="left")
    tables = tables.with_columns(
        caption=pl.coalesce("own", "caption"),
        caption_start=pl.coalesce("own_start", "caption_start"),
        notes=pl.concat_list(
            pl.col("notes").fill_null([]),
            pl.when(pl.col("own").is_not_null()).then(pl.concat_list("caption")).fill_null([]),
            # 部门预算项目绩效目标表 above 项目名称…
            pl.when(pl.col("caption").str.contains(pattern("form_of_project")))
            .then(pl.concat_list(pl.col("others").list.first()))
            .fill_null([]),
            pl.col("below").fill_null([]),
            pl.col("spoken").fill_null([]),
        ).list.drop_nulls(),
        leads=pl.concat_list(pl.col("leads").fill_null([]), pl.col("dated").fill_null([])),
        starred=pl.col("starred").fill_null(False),
    ).drop("own", "own_start", "others", "below", "dated", "spoken")
    return _going_on(_of_one_form(tables, below), cells)


def _right_below(near: pl.DataFrame) -> pl.DataFrame:
    """table: those right below another one, or with a line between. `near`: table, inside, the nearest line
    above first."""
    first = near.group_by("table", maintain_order=True).agg(pl.col("inside").head(2).any())
    return first.filter("inside").select("table", adjoins=pl.lit(True))


def _of_one_form(tables: pl.DataFrame, adjoins: pl.DataFrame) -> pl.DataFrame:
    """The tables with what the one above says of units and dates, and its name where they have none, where
    they go on with its form: its aims below its sums, the next project (项目名称 …) below the last."""
    tables = tables.join(adjoins, on="table", how="left", maintain_order="left")
    of_form = pl.col("caption").is_null() | pl.col("caption").str.contains(pattern("form_of_project"))
    of_form |= pl.col("caption").str.contains(pattern("form_section"))
    goes_on = (pl.col("adjoins").fill_null(False) & of_form & (pl.col("notes").list.len() == 0)).fill_null(
        False
    )
    chain = (~goes_on).cum_sum().over("document_id", order_by="start")
    tables = tables.with_columns(goes_on=goes_on, chain=chain)
    key = ("document_id", "chain")
    return tables.with_columns(
        notes=pl.when("goes_on").then(pl.col("notes").first().over(key, order_by="start")).otherwise("notes"),
        caption=pl.col("caption").forward_fill().over(key, order_by="start"),
        caption_start=pl.col("caption_start").forward_fill().over(key, order_by="start"),
    ).drop("adjoins", "goes_on", "chain")


def _going_on(tables: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """The tables with what names that which a 续表 goes on with, and what it says of units and dates."""
    goes_on = pl.col("caption").str.contains(words.continued()).fill_null(False)
    if not tables.select(goes_on.any()).item():
        return tables
    said = pl.col("row_role").is_in(["title", "furniture"]) & (pl.col("kind") != "blank")
    inside = cells.filter(said).group_by("table", maintain_order=True).agg(inside="text")
    tables = tables.join(inside, on="table", how="left", maintain_order="left")
    whole = pl.concat_list("notes", pl.col("inside").fill_null([]))
    tables = tables.with_columns(
        whole=whole, chain=(~goes_on).cum_sum().over("document_id", order_by="start"), later=goes_on
    )
    key = ("document_id", "chain")
    later = pl.col("later") & ((~pl.col("later")).first().over(key, order_by="start"))
    return tables.with_columns(
        *(
            pl.when(later).then(pl.col(c).first().over(key, order_by="start")).otherwise(c).alias(c)
            for c in ("caption", "caption_start")
        ),
        notes=pl.when(later)
        .then(pl.concat_list("notes", pl.col("whole").first().over(key, order_by="start")))
        .otherwise("notes"),
    ).drop("inside", "whole", "chain", "later")


def _units_in_sentence(near: pl.DataFrame) -> pl.DataFrame:
    """table, spoken (a list): the unit that ends the sentence nearest above each table, where it says one.
    `near`: table, text, prose and inside, the nearest line above first."""
    first = near.filter((pl.col("prose").cum_sum().over("table") == 1) & pl.col("prose"))
    first = first.filter(~pl.col("inside")).unique("table", keep="first", maintain_order=True)
    unit = pl.coalesce(pl.col("text").str.extract(pattern("unit_in_sentence"), group) for group in (1, 2))
    return first.with_columns(unit=unit).drop_nulls("unit").select("table", spoken=pl.concat_list("unit"))


def _units_below(tables: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """table, below (a list): the line right below each table that says units, where it is one: (单位:人、元),
    注:金额单位为万元."""
    # right above another table it is that one's
    apart = ~pl.col("inside").shift(-1).over("document_id", order_by="n").fill_null(False)
    lines = held.with_columns(said=pl.col("text").str.contains(pattern("units_below")) & apart)
    lines = lines.filter(~pl.col("inside"))
    ends = tables.select("document_id", "table", "end").sort("end")
    below = ends.join_asof(
        lines.select("document_id", "at", "text", "said").sort("at"),
        left_on="end",
        right_on="at",
        strategy="forward",
        by="document_id",
        check_sortedness=False,
    )
    return below.filter("said").select("table", below=pl.concat_list("text"))


def _dated_below(tables: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """table, dated (a list): as of when the notes right below each table say that all its figures are:
    注:1.以上数据截至2023年9月底."""
    ends = tables.select("document_id", "table", "end").sort("end")
    last = held.select("document_id", "at", "n").sort("at")
    ends = ends.join_asof(last, left_on="end", right_on="at", by="document_id", check_sortedness=False)
    asked = ends.with_columns(behind=pl.lit(list(range(1, BELOW + 1)))).explode("behind", empty_as_null=False)
    lines = asked.with_columns(pl.col("n") + pl.col("behind")).join(
        held.select("document_id", "n", "text", "inside"), on=["document_id", "n"], how="inner"
    )
    # another table ends what is said of this one
    lines = lines.sort("table", "behind").filter(pl.col("inside").cum_sum().over("table") == 0)
    said = pl.lit("截至") + pl.col("text").str.extract(pattern("dated_below"))
    lines = lines.with_columns(said=said).drop_nulls("said")
    return lines.group_by("table", maintain_order=True).agg(dated="said")


def _held(lines: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The lines that hold anything: document_id, start, at (of their first character), text, n (their place),
    inside (of a table) and out (their place among those outside, sorted by start)."""
    # 21-3 婚姻登记情况 | before cells with a bar behind each
    text = pl.col("text").str.replace(r"[\s|]+$", "").str.replace(r"^[\s|]+", "")
    lead = pl.col("text").str.len_chars() - pl.col("text").str.replace(r"^[\s|]+", "").str.len_chars()
    text = text.str.replace_all(r"^\*\*|\*\*$", "")
    held = lines.select("document_id", "start", text=text, at=pl.col("start") + lead.cast(pl.Int64))
    held = held.filter(~pl.col("text").str.contains(rf"^$|{words.RULE}")).sort("at")
    held = held.join_asof(
        spans, left_on="at", right_on="other_start", by="document_id", check_sortedness=False
    )
    inside = (pl.col("at") < pl.col("other_end")).fill_null(False)
    held = held.sort("document_id", "start").with_columns(inside=inside)
    return held.select(
        "document_id",
        "start",
        "at",
        "text",
        "inside",
        n=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"),
        out=(~pl.col("inside")).cast(pl.Int64).cum_sum().over("document_id"),
    ).sort("start")


def _above(tops: pl.DataFrame, held: pl.DataFrame, place: str, most: int) -> pl.DataFrame:
    """The lines above each table, the nearest first: table, at, text, inside."""
    asked = tops.select("document_id", "table", place).with_columns(back=pl.lit(list(range(1, most + 1))))
    asked = asked.explode("back", empty_as_null=False).with_columns(pl.col(place) - pl.col("back"))
    rows = asked.join(
        held.select("document_id", place, "at", "text", "inside"), on=["document_id", place], how="inner"
    )
    return rows.sort("table", "back")


def _leads(above: pl.DataFrame) -> pl.DataFrame:
    """table, leads: of the lines above each table (table, text) what dates all that stands below them, the
    nearest first."""
    text = pl.col("text")
    alone = pl.when(text.str.contains(pattern("table_as_of_line"))).then(text)
    opens = "截至" + text.str.extract(pattern("table_led_to"))
    # 截至3月10日17时,已完成选举96个 ⏎ 各乡镇进度: ⏎ the table of these
    close = (pl.col("back") <= CLOSE) & (text.str.count_matches("截[至止]") == 1)
    told = pl.when(close).then("截至" + text.str.extract(pattern("table_told_as_of")))
    said = pl.coalesce(alone, text.str.extract(pattern("table_lead")), opens, told)
    above = above.with_columns(said=said).drop_nulls("said")
    return above.group_by("table", maintain_order=True).agg(leads="said")


def _summed(tables: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """table, starred: the tables of which a note below says that what bears a star is a sum since January."""
    stars = held.filter(
        pl.col("text").str.contains(words.note()) & pl.col("text").str.contains(pattern("starred_sums"))
    )
    ends = tables.select("document_id", "table", "end").sort("end")
    below = ends.join_asof(
        stars.select("document_id", "at", "out").sort("at"),
        left_on="end",
        right_on="at",
        strategy="forward",
        by="document_id",
        check_sortedness=False,
    )
    below = (
        below.drop_nulls("at")
        .sort("at")
        .join_asof(
            held.select("document_id", "at", last="out"),
            left_on="end",
            right_on="at",
            by="document_id",
            check_sortedness=False,
        )
    )
    near = below.filter((pl.col("out") - pl.col("last")).is_between(0, ABOVE))
    return near.select("table", starred=pl.lit(True))
