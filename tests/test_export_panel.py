"""The panel as files: balanced, named as programs like it, with a twin that tells where each cell is from."""

import csv

import polars as pl
import pytest
from marts_lab import Lab

from pipeline.site.words import labels
from pipeline.warehouse.publish.export import export_tables
from pipeline.warehouse.publish.names import chinese_headers, stata_names
from pipeline.warehouse.publish.panel import export_panel

SURE = "confidence=0.99"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("panel") / "published.duckdb"
    lab = Lab(path, comments=True)
    lab.report(
        f"城市低保{{700人|dibao.persons residence=urban {SURE}}}，"
        f"农村低保{{480人|dibao.persons residence=rural {SURE}}}，"
        f"困难残疾人生活补贴发放{{12万元|disability_living_subsidy.expenditure {SURE}}}。",
        year=2021,
    )
    lab.report(f"孤儿{{12人|orphan.persons {SURE}}}。", region_code="110102", year=2023)
    lab.build()
    lab.con.close()
    return path


@pytest.fixture(scope="module")
def folder(published, tmp_path_factory):
    to = tmp_path_factory.mktemp("files")
    export_panel(published, to)
    return to


def test_the_panel_has_every_region_in_every_year(folder):
    panel = pl.read_parquet(folder / "panel.parquet")
    assert panel.select("region_code", "year", "observed").rows() == [
        ("110101", 2021, True), ("110101", 2022, False), ("110101", 2023, False),
        ("110102", 2021, False), ("110102", 2022, False), ("110102", 2023, True),
    ]  # fmt: skip
    assert panel["region_id"].dtype == pl.Int32 and panel["county"].unique().sort().to_list() == [
        "乙县",
        "甲县",
    ]
    assert panel["dibao_persons"].to_list() == [1180.0, None, None, None, None, None]
    assert panel["orphan_persons"].to_list() == [None] * 5 + [12.0]


def test_each_cell_of_the_panel_has_its_source_and_trust(folder):
    panel = pl.read_parquet(folder / "panel.parquet")
    cells = pl.read_parquet(folder / "panel_sources.parquet")
    values = panel.columns[panel.columns.index("n_values") + 1 :]
    there = panel.unpivot(values, index=["region_code", "year"], variable_name="column_name").drop_nulls(
        "value"
    )
    keys = ["region_code", "year", "column_name", "value"]
    assert sorted(there.select(keys).rows()) == sorted(cells.select(keys).rows())
    total = cells.row(by_predicate=pl.col("column_name") == "dibao_persons", named=True)
    assert (total["written"], total["decided_by"]) == ("700人 + 480人", "urban_and_rural")
    assert total["observation_ids"].count("; ") == 1 and total["trust"] in ("sure", "likely")


def test_stata_opens_it_with_names_that_can_be_read_and_regions_that_have_theirs(folder):
    import pyreadstat

    frame, notes = pyreadstat.read_dta(str(folder / "panel.dta"), output_format="polars")
    assert frame.height == 6 and "disab_living_subsidy_expenditure" in frame.columns
    assert max(map(len, frame.columns)) <= 32
    assert notes.column_names_to_labels["dibao_persons"].startswith("People receiving dibao")
    assert notes.variable_to_label["region_id"] and 110101 in next(iter(notes.value_labels.values()))
    assert stata_names(["disability_nursing_subsidy_persons"]) == {
        "disability_nursing_subsidy_persons": "disab_nursing_subsidy_persons"
    }
    alike = stata_names([f"{'x' * 40}{end}" for end in "ab"])
    assert len(set(alike.values())) == 2 and max(map(len, alike.values())) == 32


@pytest.mark.landing
def test_excel_has_chinese_headers_where_they_are_asked_for(published, tmp_path):
    import openpyxl

    (workbook,) = export_panel(published, tmp_path, ["xlsx"], chinese=True)
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["panel", "panel_sources", "panel_variables"]
    heads = [cell.value for cell in book["panel"][1]]
    assert heads[0] == "地区代码" and "年份" in heads and "最低生活保障对象人数（城市）（人）" in heads
    written = export_tables(published, tmp_path, ["csv", "xlsx"], chinese=True)
    best = next(path for path in written if path.name == "marts.indicators_by_region_year.csv")
    with best.open(encoding="utf-8-sig", newline="") as lines:
        row = next(csv.DictReader(lines))
    assert row["地区代码"] == "110101" and row["指标"] and row["来源数"] == "1"


def test_codes_stand_in_words_where_chinese_is_asked_for(published, tmp_path):
    words = {group: {code: said.zh for code, said in codes.items()} for group, codes in labels().items()}
    export_panel(published, tmp_path, ["csv", "parquet"], chinese=True, words=words)

    def rows(name: str) -> list[dict[str, str]]:
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    assert {row["层级"] for row in rows("panel.csv")} == {"县级"}
    sources = rows("panel_sources.csv")
    assert {row["城乡"] for row in sources} == {"城市", "农村", "城乡合计"}
    assert {row["可信程度"] for row in sources} <= {"可信", "较可信", "存疑"}
    assert {row["取舍依据"] for row in sources} == {"唯一来源", "城市加农村"}
    variables = {row["字段"]: row for row in rows("panel_variables.csv")}
    assert set(variables["year"]) == {"字段", "Stata 变量名", "说明", "名称"}
    assert (
        "低保" in variables["dibao_persons_urban"]["说明"] and variables["year"]["说明"] == "数值所指的年份"
    )
    assert [row["说明"] for row in variables.values() if row["说明"].isascii()] == []
    assert set(pl.read_parquet(tmp_path / "panel.parquet")["level"]) == {"county"}, "for programs: codes"


def test_every_column_of_the_marts_has_a_chinese_header(published):
    import duckdb

    with duckdb.connect(str(published), read_only=True) as con:
        names = con.execute(
            """SELECT DISTINCT column_name FROM duckdb_columns()
               WHERE schema_name IN ('marts', 'ref') AND NOT internal"""
        ).fetchall()
        headers = chinese_headers(con, [name for (name,) in names])
    assert [name for name, header in headers.items() if header == name] == [], "add it to publish/headers.csv"


@pytest.mark.landing
def test_nothing_to_put_into_a_panel_is_said(tmp_path):
    lab = Lab(tmp_path / "published.duckdb", comments=True).build()
    lab.con.close()
    with pytest.raises(ValueError, match="there is no panel"):
        export_panel(tmp_path / "published.duckdb", tmp_path)
    with pytest.raises(ValueError, match="no format sas"):
        export_panel(tmp_path / "published.duckdb", tmp_path, ["sas"])
