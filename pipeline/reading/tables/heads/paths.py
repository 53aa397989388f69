"""Which heads speak of a figure: those above its column, level by level, and the names before its row.

A blank head is covered by its neighbour on the left where both have the same head above them; a blank name by
the one above it. Names make a tree: by their numbers (一、 (一) 1.), by headings without figures, by their
indent, and by 其中.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words
from pipeline.reading.tables.heads.ranks import PART, ROW, SECTION, ranked
from pipeline.vocabulary import pattern

PATH = pl.List(pl.Struct({"start": pl.Int64, "text": pl.String}))
ROW_HEADS: dict[str, pl.DataType] = {
    "part": pl.Int64(),
    "row": pl.Int64(),
    "heads": PATH,
    "total": pl.Boolean(),
    "of_which": pl.Boolean(),
}
MOST_LEVELS = 7  # rows of heads
LONGEST_PATH = 6
WIDEST = 64  # columns from the left in which names are carried down: each is a step of its own


def column_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """The heads above each column of each part: part, column, heads (`PATH`, outermost first), carried
    (whether the lowest of them stands over another column) and runner_up (where then the next head starts,
    which may as well be meant).

    `cells`: see `roles.tell_roles`.
    """
    bare = pl.col("kind") != "blank"
    rows = cells.filter(pl.col("row_role") == "head")
    levels = rows.select("part", "row").unique().sort("part", "row")
    levels = levels.with_columns(
        level=pl.int_range(pl.len(), dtype=pl.Int64).over("part"), levels=pl.len().over("part")
    )
    columns = (
        cells.select("part", "column", "column_role", "first_figure")
        .unique(["part", "column"])
        .sort("part", "column")
    )
    grid = columns.join(
        levels.select("part", "row", "level", "levels"), on="part", how="left", maintain_order="left"
    )
    own = rows.filter(bare).select("part", "row", "column", head_start="start", head="text")
    grid = grid.join(own, on=["part", "row", "column"], how="left", maintain_order="left")
    deepest = max(levels["level"].to_list(), default=-1)
    # the head above, by where it starts
    none = pl.lit(None, pl.Int64)
    above = columns.with_columns(
        above=pl.lit(-1, pl.Int64), heads=pl.lit([], PATH), carried=pl.lit(False), runner_up=none
    )
    for level in range(min(deepest, MOST_LEVELS) + 1):
        here = grid.filter(pl.col("level") == level).select("part", "column", "levels", "head_start", "head")
        above = above.join(here, on=["part", "column"], how="left", maintain_order="left")
        over = (pl.col("column") >= pl.col("first_figure")) & pl.col("column_role").is_in(
            ["figure", "phrase", "code", "aside"]
        )
        group = pl.struct("part", over, "above")
        # the lowest of several rows names each column for itself
        may = over & ((pl.col("levels") == 1) | (level < pl.col("levels") - 1))
        taken = pl.col("head_start").is_null() & may
        start = pl.when(taken).then(pl.col("head_start").forward_fill().over(group)).otherwise("head_start")
        text = pl.when(taken).then(pl.col("head").forward_fill().over(group)).otherwise("head")
        behind = pl.col("head_start").backward_fill().over(group)
        above = above.with_columns(start=start, text=text, behind=behind)
        above = above.with_columns(taken=taken & (pl.col("levels") == 1) & pl.col("start").is_not_null())
        above = above.with_columns(
            heads=pl.when(pl.col("start").is_not_null()).then(_with_head()).otherwise("heads"),
            above=pl.coalesce("start", "above"),
            carried=pl.col("carried") | pl.col("taken").fill_null(False),
            runner_up=pl.when("taken").then("behind").otherwise("runner_up"),
        ).drop("levels", "head_start", "head", "start", "text", "taken", "behind")
    return above.select("part", "column", "heads", "carried", "runner_up")


def _with_head() -> pl.Expr:
    """`heads` with the next one (start, text), which goes on with one that breaks off: 2020年比 ⏎ 2019年±."""
    heads, last = pl.col("heads"), pl.col("heads").list.last()
    broken = last.struct.field("text").str.contains(pattern("broken_head")).fill_null(False)
    whole = pl.concat_str(last.struct.field("text"), "text")
    own = pl.struct(
        start=pl.when(broken).then(last.struct.field("start")).otherwise("start"),
        text=pl.when(broken).then(whole).otherwise("text"),
    )
    before = heads.list.head(heads.list.len() - broken.cast(pl.UInt32))
    return before.list.concat(pl.concat_list(own))


def row_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """The names of each row of figures: part, row, heads (`PATH`, outermost first), total (a row of totals),
    of_which (其中).

    `cells`: see `roles.tell_roles`.
    """
    names = cells.filter((pl.col("column_role") == "stub") & pl.col("row_role").is_in(["body", "section"]))
    outer = cells.filter(
        (pl.col("row_role") == "section") & (pl.col("column_role") != "stub") & (pl.col("kind") == "text")
    )
    # 合计 among the numbers of the rows
    grand = cells.filter((pl.col("role") == "total") & (pl.col("column_role") == "row_number"))
    names = pl.concat([names, outer, grand, _left_out(names)]).sort("part", "row", "column")
    if names.is_empty():
        return pl.DataFrame(schema=ROW_HEADS)
    # 合计 | 3所: how many there are is no name, nor is —
    counted = (names["kind"] == "mark") | (names["kind"] == "figure") & ~names["year"] & ~names[
        "text"
    ].str.contains("^[0-9]+$")
    names = _carried_down(names.with_columns(text=pl.when(counted).then(pl.lit("")).otherwise("text")))
    own = (
        names.filter(pl.col("text") != "")
        .group_by("part", "row", "row_role", maintain_order=True)
        .agg(
            heads=pl.struct("start", "text"),
            name=pl.col("text").last(),
            first=pl.col("text").first(),
            # where a name stands in its line tells no level behind the blank of an outer one
            indent=pl.when(pl.col("shape").first() == "spaces")
            .then(pl.col("indent").first())
            .otherwise(pl.col("indent").last()),
            size=pl.col("text").last().str.len_chars(),
            total=pl.col("text").str.replace_all(r"\s", "").str.contains(words.total()).any(),
        )
    )
    tree = ranked(_of_groups(own))
    # the one 合计 of a part closes all of it, whatever numbers the rows before it have
    whole = pl.col("total") & pl.col("first").str.replace_all(r"\s", "").str.contains(
        rf"^{pattern('of_this_year')}(?:{words.either(words.frame_words('total'))})(?:\([^()]*\))?$"
    )
    # and one right below a heading is that heading's
    led = (pl.col("row_role") == "section").shift(1).over("part").fill_null(False)
    tree = tree.with_columns(whole=whole & ~led & (whole.sum().over("part") == 1))
    ranks = sorted(tree["rank"].unique().to_list())
    at = pl.int_range(pl.len(), dtype=pl.Int64)
    tree = tree.with_columns(at=at, ancestors=pl.lit([], pl.List(pl.Int64)))
    # the last row of each lower rank, unless one of a still lower rank came between
    for rank in ranks:
        # 2.乡小计 leads what it is the total of
        here = pl.when((pl.col("rank") == rank) & (~pl.col("total") | (rank < SECTION))).then("at")
        stop = pl.when(pl.col("rank") < rank).then("at").forward_fill().over("part").fill_null(-1)
        last = here.forward_fill().over("part")
        holds = (
            (pl.col("rank") > rank)
            & (last > stop)
            & ~(pl.col("total") & (pl.col("rank") >= ROW) & (rank >= ROW))
            & ~pl.col("whole")
        )
        tree = tree.with_columns(
            ancestors=pl.when(holds.fill_null(False))
            .then(pl.col("ancestors").list.concat(pl.concat_list(last)))
            .otherwise("ancestors")
        )
    lead = (
        tree.select("at", "ancestors").explode("ancestors", empty_as_null=True, keep_nulls=False).drop_nulls()
    )
    named = tree.select(ancestors="at", head=pl.col("heads").list.last())
    lead = lead.join(named, on="ancestors", how="left", maintain_order="left")
    lead = lead.group_by("at", maintain_order=True).agg(before=pl.col("head"))
    tree = tree.join(lead, on="at", how="left", maintain_order="left")
    heads = pl.when(pl.col("before").is_null()).then("heads").otherwise(pl.col("before").list.concat("heads"))
    return tree.filter(pl.col("row_role") == "body").select(
        "part", "row", heads=heads.list.tail(LONGEST_PATH), total="total", of_which=pl.col("rank") >= PART
    )


def _of_groups(own: pl.DataFrame) -> pl.DataFrame:
    """小计 alone below rows that have one outer name is of it: 特困人员 | 城市 ⏎ | 农村 ⏎ 小计."""
    bare = pl.col("first").str.replace_all(r"\s", "")
    alone = (pl.col("heads").list.len() == 1) & bare.str.contains(
        rf"^(?:{words.either(words.frame_words('subtotal'))})$"
    )
    block = pl.col("total").shift(1, fill_value=False).cum_sum().over("part")
    own = own.with_columns(
        block=block, outer=pl.when(pl.col("heads").list.len() > 1).then(pl.col("heads").list.first())
    )
    key = ("part", "block")
    one = pl.col("outer").struct.field("text").drop_nulls().n_unique().over(key) == 1
    outer = pl.col("outer").drop_nulls().last().over(key)
    rows = (alone & one).fill_null(False)
    return own.with_columns(
        heads=pl.when(rows).then(pl.concat_list(outer, pl.col("heads"))).otherwise("heads")
    ).drop("block", "outer")


def _left_out(names: pl.DataFrame) -> pl.DataFrame:
    """Blank cells before the first name of rows that have none below the outer names of others: where blanks
    part the words they leave no cell."""
    columns = names.select("part", outer="column").unique().filter(pl.len().over("part") > 1)
    rows = names.filter(pl.col("row_role") == "body").sort("part", "row", "column")
    rows = rows.unique(["part", "row"], keep="first", maintain_order=True)
    asked = rows.join(columns, on="part", how="inner").filter(pl.col("outer") < pl.col("column"))
    asked = asked.with_columns(column="outer").drop("outer")
    return asked.with_columns(text=pl.lit(""), kind=pl.lit("blank"), year=False).select(names.columns)


def _carried_down(names: pl.DataFrame) -> pl.DataFrame:
    """Blank names take the one above, within what the column before them names; below a heading none does."""
    text = pl.col("text")
    # 合计 of the whole table has nothing to its left
    grand = text.str.replace_all(r"\s", "").str.contains(rf"^(?:{words.either(words.frame_words('total'))})$")
    names = names.with_columns(
        halt=((pl.col("row_role") == "section").any() | grand.any()).over("part", "row"), bare=text == ""
    )
    full = names.filter(~pl.col("bare")).group_by("part", "row").agg(last=pl.col("column").max())
    names = names.join(full, on=["part", "row"], how="left", maintain_order="left")
    row = pl.col("row")
    columns = sorted(column for column in names["column"].unique().to_list() if column < WIDEST)
    done = [names.filter(pl.col("column") >= WIDEST)]
    halted = names.filter("halt").select("part", "row").unique().with_columns(halt_row="row").sort("row")
    parents = names.select("part", "row").unique().sort("row")
    parents = parents.join_asof(halted, on="row", by="part", check_sortedness=False, strategy="backward")
    parents = parents.select("part", "row", domain=pl.col("halt_row").fill_null(-1))
    for column in columns:
        here = (
            names.filter(pl.col("column") == column)
            .join(parents, on=["part", "row"], how="left")
            .sort("part", "row")
        )
        filled = pl.when(~pl.col("bare") & ~pl.col("halt")).then(row).forward_fill().over("part", "domain")
        may = pl.col("bare") & ~pl.col("halt") & ((pl.col("last") > column) | pl.col("last").is_null())
        here = here.with_columns(origin=pl.when(~pl.col("bare")).then(row).when(may).then(filled))
        source = here.filter(~pl.col("bare")).select(
            "part", origin="row", o_text="text", o_start="start", o_indent="indent"
        )
        here = here.join(source, on=["part", "origin"], how="left", maintain_order="left").with_columns(
            text=pl.col("o_text").fill_null(""),
            start=pl.coalesce("o_start", "start"),
            indent=pl.coalesce("o_indent", "indent"),
        )
        done.append(here.drop("o_text", "o_start", "o_indent"))
        parents = parents.join(
            here.select("part", "row", "origin"), on=["part", "row"], how="left", maintain_order="left"
        )
        parents = parents.select("part", "row", domain=pl.coalesce("origin", "domain"))
    return pl.concat(done, how="diagonal").sort("part", "row", "column")
