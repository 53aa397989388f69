"""What the cells of a table say: by the heads of their rows and columns, and by what stands above it."""

from __future__ import annotations

import re

import pytest
from files_read import FilesRead
from table_pages import PAGES, UNREAD

from pipeline.contracts.validate import validate
from pipeline.extraction.tables.stated import stated_unit, suggested_unit

HALF_READ = {
    "no_grid.txt": "某县2023年情况\n12 35 7.5 98\n13 36 8.1 99\n15 30 7.2 97\n",
    "off.txt": "某县2023年低保户数\n镇 | 户数\n东山镇 | 12\n西山镇 | 20\n合计 | 33\n",
    "tied.txt": "2023年民生实事进度\n"
    "镇 | 适老化改造(户) | 护理型床位(张) | 救助人次(人次) | | |\n任务 | 完成 | 任务 | 完成 | | |\n"
    "东山镇 | 12 | 10 | 30 | 28 | 41 |\n西山镇 | 20 | 21 | 16 | 16 | 57 |\n",
    "ragged.txt": "2023年低保情况\n镇名\n户数\n人数\n东山镇\n35\n61\n西山镇\n40\n南山镇\n7\n18\n",
}


READ = FilesRead({name: text for name, (text, _) in (PAGES | UNREAD).items()} | HALF_READ)


@pytest.fixture(scope="module")
def read():
    """All pages, as they should be."""
    for name in ("core.tables", "core.cells", "core.mentions", "core.observations"):
        validate(READ.frames[name], name, whole=False)
    return READ


def place_of(text: str, digits: str) -> int:
    """Where digits first stand as a number of their own."""
    number = re.escape(digits)
    alone = re.search(rf"(?<![0-9.,]){number}(?![0-9.,])", text) or re.search(rf"\b{number}\b", text)
    return alone.start()


def test_each_cell_says_what_its_heads_say(read, subtests):
    for name in PAGES:
        with subtests.test(name):
            text, cells = PAGES[name]
            seen = {}
            for row in read.rows("core.observations", name):
                for at in range(row["span_start"], row["span_end"]):
                    seen[at] = row
            for cell in cells:
                digits, indicator, value, unit, *fields = cell.split()
                row = seen[place_of(text, digits)]
                wanted = {"indicator_id": indicator, "unit": unit} | dict(
                    field.split("=") for field in fields
                )
                assert {key: str(row[key]) for key in wanted} == wanted, cell
                assert row["value"] == pytest.approx(float(value)), cell


def test_every_table_is_found_and_read(read, subtests):
    for name in PAGES:
        with subtests.test(name):
            tables = read.rows("core.tables", name)
            assert tables and {table["state"] for table in tables} == {"read"}, tables
            assert not any(row["flags"] for row in read.rows("core.mentions", name))
            assert all(row["table_id"] for row in read.rows("core.observations", name))


def test_codes_addresses_and_the_numbers_of_rows_are_no_figures(read):
    kinds = {m["text"]: m["kind"] for m in read.rows("core.mentions", "institutions.txt")}
    assert kinds["1"] == "list_marker"
    assert {kinds[t] for t in ("21", "88", "5118020001", "0835", "2240011", "13908160001")} == {"identifier"}
    budget = {m["text"]: m["kind"] for m in read.rows("core.mentions", "budget.txt")}
    assert budget["20819"] == budget["2081901"] == "identifier"
    years = [
        m["kind"] for m in read.rows("core.mentions", "years_as_rows.txt") if m["text"] in ("2012", "2013")
    ]
    assert years == ["date", "date"]


def test_each_figure_is_bound_to_its_heads(read):
    text = PAGES["standards_by_city.txt"][0]
    figure = next(
        c
        for c in read.rows("core.cells", "standards_by_city.txt")
        if text[c["span_start"] : c["span_end"]] == "767"
    )
    heads = [text[start : start + 4] for start in figure["heads"]]
    assert heads == ["凉山州 ", "特困人员", "农村 |"] and not figure["tied"]


def test_figures_that_no_head_explains_measure_nothing(read, subtests):
    for name, (_, reason) in UNREAD.items():
        with subtests.test(name):
            assert not read.rows("core.observations", name)
            tables = read.rows("core.tables", name)
            assert [(table["state"], table["reason"]) for table in tables] == [("unread", reason)]


def test_what_cannot_be_read_says_so(read):
    told = {name: [(t["state"], t["reason"]) for t in read.rows("core.tables", name)] for name in HALF_READ}
    assert told["no_grid.txt"] == [("unread", "no_grid")]
    assert told["off.txt"] == [("partly", "sum_failed")]
    # two of three heads stand over 任务 完成, and nothing says which
    assert told["tied.txt"] == [("unread", "tie")]
    assert told["ragged.txt"] == [("partly", "leftover_numeral")]
    flagged = {m["text"] for m in read.rows("core.mentions", "ragged.txt") if m["flags"]}
    assert flagged == {"40"}
    assert all(m["flags"] == ["unread_table"] for m in read.rows("core.mentions", "no_grid.txt")[1:])


def test_heads_name_units_in_brackets_behind_a_colon_or_by_their_ending():
    heads = ("床位(万张)", "单位:元/人·月", "参检率", "惠及人次", "工作目标", "其他县(市)", "填报单位:某局")
    told = [stated_unit(h) or suggested_unit(h, True) or suggested_unit(h, False) for h in heads]
    assert told == ["万张", "元/人·月", "%", "人次", "", "", ""]
