"""The unit of each figure of a table, and what its other numerals are.

Of the places that can state a unit the nearest that does decides: the cell itself, a percent of its column,
the unit cell of its row, the heads of its column and its row, the corner, the lines above the table. What a
head only suggests (低保人数 counts 人) takes its scale from the lines above (单位:万人).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.extraction.numbers.rates import PERIODS
from pipeline.extraction.numbers.units import parse_phrase
from pipeline.extraction.tables.aimed_units import aimed_units
from pipeline.extraction.tables.corners import beside_money, corners, without_paid_groups
from pipeline.extraction.tables.money import ends_in_money, last_words, names_money
from pipeline.extraction.tables.neighbours import with_units_beside
from pipeline.extraction.tables.plain_money import with_plain_money
from pipeline.extraction.tables.stated import (
    LABELS,
    stated_unit,
    suggested_unit,
    unit_of_home,
    units_above,
)
from pipeline.extraction.tables.units_left import units_left
from pipeline.reading.layout.cutting import MARK
from pipeline.reading.tables.find import Tables
from pipeline.reading.tables.words import YEAR_MONTH, YEARS, either, frame_words, unit_cell
from pipeline.vocabulary import pattern
from pipeline.vocabulary import rows as vocabulary

DATED = r"[0-9]{4}年度?|[0-9]{1,2}月(?:份|末|底)?"  # time of a head, no rate: 2023年补贴金额
HOMES = ("户", "户次", "人次")
OWN_TIME = r"\(每?([年月])\)$"  # 农村低保(年)
UPPER = r"^[0-9]+\s?[-—~至]\s?"  # before the upper end of a range without a unit
NEEDED = (
    "document_id", "start", "end", "text", "table", "part", "row", "column", "column_said", "total",
)  # fmt: skip
LOOKED_AT = ("document_id", "start", "end", "text", "part", "column", "role", "row_role", "year")
SPANS = polars_schema("frame.cell_numbers")


def cell_numbers(tables: Tables) -> pl.DataFrame:
    """What is known of the numerals in the cells of tables: `frame.cell_numbers`."""
    if tables.cells.is_empty():
        return pl.DataFrame(schema=SPANS)
    figures = _figures(tables)
    key = ("cell", "column_said", "unit_cell", "row_said", "above")
    labelled = beside_money(figures).with_columns(
        label=pl.concat_str(*(pl.col(k).fill_null("") for k in key), separator=MARK)
    )
    said = [
        (label, _unit_of(label), units_above(label.split(MARK)[-1]))
        for label in labelled["label"].unique().to_list()
    ]
    units = pl.DataFrame(
        said, schema={"label": pl.String, "said": pl.String, "given": pl.List(pl.String)}, orient="row"
    )
    labelled = labelled.join(units, on="label", how="left", maintain_order="left")
    labelled = labelled.join(units_left(labelled), on=["part", "column"], how="left", maintain_order="left")
    labelled = labelled.with_columns(
        label=pl.concat_str("label", pl.col("left").fill_null(""), separator=MARK)
    )
    asked = labelled.select("label", "said").unique("label")
    known = [(label, *_given(label, said)) for label, said in asked.iter_rows()]
    names = ("label", "unit", "factor", "unit_class", "rate", "scaled")
    given = pl.DataFrame(known, schema={"label": pl.String} | {n: SPANS[n] for n in names[1:]}, orient="row")
    labelled = labelled.join(given, on="label", how="left", maintain_order="left")
    labelled = with_plain_money(labelled, _given("元" + MARK * 5, "元"), _given("万元" + MARK * 5, "万元"))
    # the texts of many cells are large: what is told by them is no longer needed
    labelled = labelled.select(*NEEDED, *names[1:])
    labelled = with_units_beside(labelled, _given("%" + MARK * 5, "%"))
    lead = (
        pl.col("text").str.len_chars()
        - pl.col("text").str.strip_chars_start("≥≤><=~约近超±+-−▲△▼↑↓⬆⬇不少于低大小等 ").str.len_chars()
    )
    labelled = labelled.with_columns(digits=pl.col("start") + lead.cast(pl.Int64), kind=pl.lit("measurement"))
    upper = labelled.with_columns(behind=pl.col("text").str.extract(UPPER, 0).str.len_chars().cast(pl.Int64))
    upper = upper.with_columns(start=pl.col("digits") + pl.col("behind")).filter(pl.col("behind") > 0)
    upper = upper.with_columns(digits="start").select(list(SPANS))
    labelled = labelled.select(list(SPANS))
    return pl.concat([labelled, upper, _others(tables)]).sort("document_id", "start")


def _figures(tables: Tables) -> pl.DataFrame:
    """The figures of bodies with what states their units."""
    body = tables.cells.filter((pl.col("role") == "body") & (pl.col("kind") == "figure"))
    units = tables.cells.filter((pl.col("role") == "unit_note") & (pl.col("row_role") == "body"))
    units = units.select("part", "row", "column", unit_cell="text").sort("column")
    body = body.sort("column").join_asof(units, on="column", by=["part", "row"], check_sortedness=False)
    # a column of units behind all figures
    last = units.group_by("part", "row").agg(behind=pl.col("unit_cell").first())
    body = body.join(last, on=["part", "row"], how="left", maintain_order="left")
    body = body.join(_between(tables.cells, units), on=["part", "row"], how="left", maintain_order="left")
    body = body.join(aimed_units(tables), on=["part", "row", "column"], how="left", maintain_order="left")
    body = body.with_columns(unit_cell=pl.coalesce("unit_cell", "behind", "between", "aimed"))
    rows = _joined(_telling(tables.rows), "row", "row_said").with_columns(tables.rows["total"])
    columns = _joined(without_paid_groups(tables.columns), "column", "column_said")
    body = body.join(rows, on=["part", "row"], how="left").join(columns, on=["part", "column"], how="left")
    notes = tables.tables.select(
        "table", above=pl.concat_list("notes", pl.col("caption").fill_null("")).list.join(" ")
    )
    titles = tables.titles.select("part", own=pl.col("title").list.join(" "))
    body = body.join(notes, on="table", how="left").join(titles, on="part", how="left")
    body = body.join(corners(tables), on="part", how="left")
    return body.with_columns(
        cell="counted",
        above=pl.concat_str(
            *(pl.col(name).fill_null("") for name in ("own", "above", "corner")), separator=" "
        ),
    )


def _between(cells: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The rows whose unit was left out, with that of the rows around them, where it is one, or the money of
    the row before, where their name says money: part, row, between."""
    last = units.group_by("part", "row").agg(unit=pl.col("unit_cell").first())
    name = pl.col("text").filter(pl.col("role").is_in(["stub", "total"])).last()
    rows = (
        cells.filter(pl.col("row_role") == "body").group_by("part", "row").agg(name=name).sort("part", "row")
    )
    rows = rows.join(last, on=["part", "row"], how="left", maintain_order="left")
    before, behind = (pl.col("unit").shift(n).over("part") for n in (1, -1))
    money = before.str.contains("元") & pl.col("name").str.contains(last_words())
    between = pl.when((before == behind) | money.fill_null(False)).then(before)
    rows = rows.with_columns(between=between).filter(pl.col("unit").is_null())
    return rows.drop_nulls("between").select("part", "row", "between")


def _telling(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with those of their heads that say something of a unit: names of villages all say the same."""
    texts = rows["heads"].explode(empty_as_null=True).struct.field("text").drop_nulls().unique()
    weak = partial(suggested_unit, strong=False)
    asked = (stated_unit, weak, names_money, _rates()[0].search, re.compile(OWN_TIME).search)
    told = [text for text in texts if any(ask(text) for ask in asked)]
    return rows.with_columns(pl.col("heads").list.filter(pl.element().struct.field("text").is_in(told)))


def _joined(paths: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """The heads of each row or column as one text, the innermost first."""
    texts = pl.col("heads").list.eval(pl.element().struct.field("text")).list.reverse().list.join("\x1e")
    return paths.select("part", key, texts.alias(name))


def _others(tables: Tables) -> pl.DataFrame:
    """Codes, numbers of rows and columns, telephone and house numbers, years over columns."""
    role, text = pl.col("role"), pl.col("text")
    # 万 of 万元 in a cell of units counts nothing
    unit = (role == "unit_note") & text.str.contains(unit_cell())
    cells = tables.cells.select(LOOKED_AT).filter(text.str.contains("[0-9]") | unit)
    heads = tables.columns.select("part", "column", head=pl.col("heads").list.last().struct.field("text"))
    cells = cells.join(heads, on=["part", "column"], how="left")
    address = (pl.col("row_role") == "body") & pl.col("head").str.contains(
        either([*frame_words("address"), *frame_words("code")])
    ).fill_null(False)
    kind = (
        pl.when((role == "code") | (address & (role == "note")))
        .then(pl.lit("identifier"))
        .when(role.is_in(["row_number", "column_number"]))
        .then(pl.lit("list_marker"))
        .when(pl.col("year") & role.is_in(["column_head", "stub"]))
        .then(pl.lit("date"))
        .when((pl.col("year") | text.str.contains(f"{YEAR_MONTH}|{YEARS}")) & (role == "note"))
        .then(pl.lit("date"))
        .when(unit)
        .then(pl.lit("name"))
    )
    known = (
        cells.with_columns(
            kind=kind,
            digits=pl.lit(None, pl.Int64),
            **{n: pl.lit(None, SPANS[n]) for n in ("unit", "factor", "unit_class", "rate", "scaled")},
        )
        .filter(pl.col("kind").is_not_null())
        .select(list(SPANS))
    )
    number = pattern("numbered_caption")
    titled = tables.tables.filter(pl.col("caption").str.contains(number)).select(
        "document_id",
        start="caption_start",
        end=pl.col("caption_start") + pl.col("caption").str.extract(f"({number})").str.len_chars(),
        kind=pl.lit("list_marker"),
    )
    return pl.concat([known, titled], how="diagonal").select(list(SPANS))


@lru_cache(maxsize=LABELS)
def _unit_of(label: str) -> str:
    """The unit that is said of the figures of a label; empty where none is."""
    cell, column, beside, row, above = label.split(MARK)
    columns, rows = column.split("\x1e"), row.split("\x1e")
    stated = list(filter(None, map(stated_unit, columns)))
    # 增幅% below 结婚登记(对): the nearest head that says one
    said = (stated_unit(head) or ("%" if suggested_unit(head, True) == "%" else "") for head in columns)
    own = next(filter(None, said), "")
    # 元 below 标准(元/人·月) is the same with less
    own = max((unit for unit in stated if unit.startswith(own + "/")), key=len, default=own)
    # 增减(%) below 结婚登记(对)
    if own not in ("", "%") and not beside and "%" in (stated_unit(rows[0]), suggested_unit(rows[0], True)):
        return "%"
    beside = beside.strip("()")
    priced = beside and re.search(pattern("priced_head"), columns[0])
    if priced and own in ("", "元") and parse_phrase(beside).arabic != "money":
        # 计价单位 具 beside 收费标准 270: 270元/具
        sums = [word for word in units_above(above) if parse_phrase(word).arabic == "money"]
        paid = own or (sums or ["元"])[0]
        price = f"{paid}/{beside}"
        return price if parse_phrase(price).rate else paid
    if own or beside or cell:
        return _of_beds(own or beside or cell, (*rows[:1], *columns[:1]))
    own = next(filter(None, map(stated_unit, rows)), "")
    if own:
        # 收养人数 under 床位数(张) counts people
        inner = suggested_unit(rows[0], True)
        other = inner and parse_phrase(inner).unit != parse_phrase(own).unit
        return inner if other and not stated_unit(rows[0]) else own
    of_home = unit_of_home(above, (*columns, *rows))
    if of_home:
        return of_home
    given = units_above(above)
    money = [word for word in given if parse_phrase(word).arabic == "money"]
    for strong in (True, False):
        # 发放金额 of 低保对象 counts no people, whichever of the two stands before the row
        paid = next((head for head in (columns[0], rows[0]) if ends_in_money(head)), "")
        rated = next((head for head in (columns[0], rows[0]) if re.search(pattern("rated_head"), head)), "")
        if not strong and money and (paid or rated):
            return _money_of(paid or rated, money)
        if not strong and paid and not given:
            return ""
        for head in (*columns, *rows):
            suggested = suggested_unit(head, strong)
            if suggested:
                # 单位:万户 gives the scale
                same = [word for word in given if parse_phrase(word).unit == parse_phrase(suggested).unit]
                # 每千人口床位数 is in 张, not in 万张
                same = sorted(same, key=lambda word: parse_phrase(word).scaled) if head[:1] == "每" else same
                if same or strong or not given:
                    return same[0] if same else suggested
        if len(given) == 1:
            return given[0]
    shared = re.search(pattern("money_shared"), above)
    if money and (shared or any(names_money(head) for head in (*columns, *rows))):
        return money[0]
    return ""


def _of_beds(unit: str, heads: tuple[str, ...]) -> str:
    """张 in place of 个, where a head counts beds: 床位数 | 个 | 2241."""
    beds = parse_phrase(unit).unit == "个" and any(suggested_unit(head, False) == "张" for head in heads)
    return re.sub("[个项位]$", "张", unit) if beds else unit


def _money_of(head: str, money: list[str]) -> str:
    """Of several units of money the one of a head: 标准 is a rate where 资金 is a sum."""
    rated = [word for word in money if parse_phrase(word).rate]
    sums = [word for word in money if word not in rated]
    first = rated if re.search(pattern("rated_head"), head) else sums
    return (first or money)[0]


@cache
def _rates() -> tuple[re.Pattern[str], dict[str, str]]:
    rates = {r["word"]: r["rate"] for r in vocabulary("numbers/rate_words.csv")}
    return re.compile(either(list(rates))), rates


def _given(label: str, said: str) -> tuple[str, float, str, str, bool]:
    label, left = label.rsplit(MARK, 1)
    # 单位:户、人 over 特困人员救助供养: households are named as such
    given = units_above(label.split(MARK)[-1])
    people = [word for word in given if parse_phrase(word).unit == "人"]
    # 单位:个、人 over 社会组织: people are named as such
    things = [
        word for word in given if parse_phrase(word).arabic == "count" and word not in (*people, *HOMES)
    ]
    phrase = parse_phrase(said or left or next(iter(things[:1] if things else people), ""))
    rate = phrase.rate
    if phrase.arabic in ("money", "") and rate in ("", "人"):
        # 月人均标准(元), 年保障标准(元/人), 月人均标准 over 780元
        _, column, _, row, _ = label.split(MARK)
        dated = f"{pattern('this_month')}|{DATED}"
        heads = [re.sub(dated, "", text.split("\x1e")[0]) for text in (column, row)]
        found = _rates()[0].search(heads[0]) or _rates()[0].search(heads[1])
        told = _rates()[1][found[0]] if found else ""
        rate = f"{rate}/{told}" if rate and told in PERIODS else told if told.startswith(rate) else rate
    return phrase.unit, phrase.factor, phrase.arabic or "figure", _of_row(label, rate), phrase.scaled


def _of_row(label: str, rate: str) -> str:
    """A rate with the time that a row says behind its name: 农村低保(年) below 单位:元/月."""
    _, column, _, row, _ = label.split(MARK)
    own = re.search(OWN_TIME, row.split("\x1e")[0])
    if not own or not rate or any(map(stated_unit, column.split("\x1e"))):
        return rate
    return re.sub("[年月]", own[1], rate)
