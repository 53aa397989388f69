"""Numbers of what is named one by one: places behind whose names they stand, homes in a list, an example."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.fields.houses import OF_A_PROJECT
from pipeline.extraction.fields.places import SEVERAL
from pipeline.extraction.subjects.places import LEAST, named_home
from pipeline.reading.layout.compute import ever, latest, passing
from pipeline.vocabulary import pattern


def counted_by_name(rows: pl.DataFrame) -> pl.Series:
    """`SEVERAL` where a number of places says how many names stand before it: 北山、南河、东岭3个乡镇."""
    row = pl.col("quote_before").str.extract(pattern("counted_names"))
    names = row.str.count_matches("[、和及与]") + 1
    places = pl.col("quote_after").str.contains(pattern("counted_places")) & (
        pl.col("unit_class") == "things"
    )
    told = (names == pl.col("value")) & places & ~row.str.contains(pattern("no_counted_names"))
    return rows.select(place=pl.when(told.fill_null(False)).then(pl.lit(SEVERAL)))["place"]


def homes_in_list(rows: pl.DataFrame) -> pl.Series:
    """The name of the home right before each number, where several stand in a row.

    桂雨老年公寓30张、松龄护理院25张; so is a number that follows at once: 松鹤墓园3万人,1万车次
    """
    name = rows.select(name=named_home())["name"]
    if name.null_count() == len(name):
        return name
    rows = rows.with_columns(name)
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "unit_class"))
    two = alike & pl.col("name").is_not_null() & pl.col("name").shift(1).is_not_null()
    row = (two | two.shift(-1)).fill_null(False)
    rows = rows.with_columns(named=pl.when(row).then("name"))
    same = pl.col("sentence") == pl.col("sentence").shift(1)
    goes_on = ((pl.col("quote_before") == "") & (pl.col("prev_gap") <= 1) & same).fill_null(False)
    last = latest(pl.when(~goes_on).then(pl.col("named").fill_null("")), "sentence")
    return rows.select(place=pl.coalesce("named", pl.when(goes_on & (last != "")).then(last)))["place"]


def told_of_one(rows: pl.DataFrame, clauses: pl.DataFrame) -> pl.Series:
    """Whether a number stands in a sentence that tells an example (如北山乡某户,全家4口人), or in a line that
    begins with the name of one village or home (2.马坡村:设村民小组7个).

    `clauses` of the stream.
    """
    told = []
    for unit, name in (("sentence", "example_led"), ("line", "line_of_a_village")):
        first = (pl.col(unit) != pl.col(unit).shift(1)).fill_null(True)
        firsts = passing(clauses, first, pl.col("text").str.contains(pattern(name)))
        if unit == "line":
            firsts = firsts.filter(~pl.col("text").str.contains(pattern("no_line_of_a_village")))
        told.append(rows[unit].is_in(firsts[unit].implode()))
    return told[0] | told[1]


def works_of_a_home(rows: pl.DataFrame, clauses: pl.DataFrame) -> pl.Series:
    """Whether a number measures one home in building, which a clause before it in its sentence names:
    松鹤养老服务中心主体封顶,完成投资1200万元.

    `clauses` of the stream.
    """
    found = clauses.select(
        pl.col("at").set_sorted(), "sentence", home=pl.col("text").str.extract(pattern("works_of_a_home"), 1)
    ).drop_nulls("home")
    own = pl.col("home").str.replace_all(pattern("words_of_homes"), "").str.len_chars() >= LEAST
    found = found.filter(own | pl.col("home").str.contains(pattern("part_of_a_project")))
    near = rows.select("at", "sentence").join_asof(
        found.select("at", of="sentence"), on="at", strategy="backward", check_sortedness=False
    )
    told = (near["of"] == rows["sentence"]).fill_null(False)
    return rows.select(told=pl.lit(told) & pl.col("measure").is_in(OF_A_PROJECT))["told"]


def rest_of_whole(rows: pl.DataFrame) -> pl.Series:
    """Whether a number is the rest of a whole whose first part was named.

    供养326人,其中北山镇敬老院62人,其余264人
    """
    told = pl.col("quote_before").str.contains(pattern("rest_of_whole"))
    part = pl.col("quote_before").str.contains(pattern("first_of_parts"))
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "unit_class"))
    return rows.select((told & part.shift(1) & alike).fill_null(False)).to_series()


def put_into_named(rows: pl.DataFrame) -> pl.Series:
    """Whether money goes into the named homes that stand behind it: 投资320万元新建北山、南河2所敬老院."""
    money = (pl.col("measure") == "investment") & pl.col("quote_after").str.contains(pattern("built_with_it"))
    ahead = (pl.col("measure") == "count") & pl.col("place").is_not_null()
    same = pl.col("clause") == pl.col("clause").shift(-1)
    return rows.select((money & ahead.shift(-1) & same).fill_null(False)).to_series()


def closed_off(rows: pl.DataFrame, clauses: pl.DataFrame) -> pl.Series:
    """Whether the name of a place before a number (place_at) stands in brackets that end before the number:
    公墓9处(其中北山镇1处未开工),骨灰堂6处.

    `clauses` of the stream.
    """
    depth = _opened(pl.col("text"))
    before = clauses.select(
        pl.col("clause").set_sorted(), pl.col("at").set_sorted(), "text", "sentence",
        open=(depth.cum_sum() - depth),
    )  # fmt: skip
    asked = rows.select("place_at", number_at="at").with_row_index("row").drop_nulls("place_at")
    if asked.is_empty():
        return pl.repeat(False, len(rows), eager=True)
    for end in ("place_at", "number_at"):
        found = asked.select("row", end).sort(end).join_asof(
            before, left_on=end, right_on="at", strategy="backward", coalesce=False, check_sortedness=False
        )  # fmt: skip
        inside = _opened(pl.col("text").str.slice(0, pl.col(end) - pl.col("at")))
        found = found.select("row", (pl.col("open") + inside).alias(f"{end}_depth"))
        asked = asked.join(found, on="row", how="left", maintain_order="left")
    shut = asked.filter(pl.col("number_at_depth") < pl.col("place_at_depth"))["row"]
    return pl.int_range(len(rows), eager=True).is_in(shut.implode())


def _opened(text: pl.Expr) -> pl.Expr:
    """How many more brackets are opened than closed."""
    opened, closed = (text.str.count_matches(sign, literal=True) for sign in "()")
    return opened.cast(pl.Int64) - closed


def in_list() -> pl.Expr:
    """北山乡7户,发放2.6万元;南河镇5户,…: what a list of towns says of each in further clauses."""
    told = pl.col("place").is_not_null() & ~pl.col("place").str.starts_with(SEVERAL)
    first = pl.col("sentence") != pl.col("sentence").shift(1)
    led = latest(
        pl.when(first.fill_null(True)).then(pl.when(told).then("place").otherwise(pl.lit(""))), "sentence"
    )
    listed = pl.col("place").drop_nulls().n_unique().over("statement") > 1
    whole = pl.col("quote_before").str.contains(pattern("of_the_whole_list"))
    own = (pl.col("place").n_unique().over("sentence") <= 2) & ~ever(whole, "sentence")
    return pl.when(listed & own & (led != "") & ~told).then(led)
