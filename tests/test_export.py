"""Exports: what Parquet, Excel and Stata get, read back with programs that did not write it."""

import csv

import polars as pl
import pytest
from marts_lab import Lab

from pipeline.warehouse.publish.export import export_tables, write_stata

FORMULA = '=HYPERLINK("http://example.org","点我")'


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    lab = Lab(folder / "published.duckdb", comments=True)
    lab.report(
        "全县低保对象{1200人|dibao.persons}，其中城市{700人|dibao.persons residence=urban}，"
        "农村{480人|dibao.persons residence=rural}，"
        "低保标准每月{680元|dibao.standard period_end=2023-07-31}。",
        title=FORMULA,
    )
    lab.report("孤儿{12人|orphan.persons}。", title="123456789012345678", year=2022)
    lab.build()
    lab.con.close()
    written = export_tables(folder / "published.duckdb", folder / "out")
    return folder / "out", written


def test_every_table_is_there_as_parquet(exported):
    folder, written = exported
    best = pl.read_parquet(folder / "parquet" / "marts.indicators_by_region_year.parquet")
    assert best.filter(pl.col("indicator_id") == "orphan.persons")["value"].to_list() == [12.0]
    assert pl.read_parquet(folder / "parquet" / "core.documents.parquet")["text"].str.contains("低保").any()
    assert (
        pl.read_parquet(folder / "parquet" / "marts.audit_findings.parquet")["observation_ids"].dtype
        == pl.List
    )
    assert all(path.is_file() for path in written)


def test_csv_has_the_mark_by_which_excel_knows_utf8(exported):
    folder, _ = exported
    path = folder / "csv" / "marts.indicators_by_region_year.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfregion_code,")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["region"] for row in rows} == {"某省某市甲县"}
    assert {row["indicator_zh"] for row in rows} >= {"最低生活保障对象人数"}


def test_nothing_in_a_csv_acts_as_a_formula_or_loses_digits(exported):
    folder, _ = exported
    with (folder / "csv" / "marts.quality.csv").open(encoding="utf-8-sig", newline="") as lines:
        titles = {row["title"] for row in csv.DictReader(lines)}
    assert titles == {"\t" + FORMULA, "\t123456789012345678"}


@pytest.mark.landing
def test_the_workbook_has_a_sheet_a_table_and_text_stays_text(exported):
    import openpyxl

    folder, _ = exported
    book = openpyxl.load_workbook(folder / "xlsx" / "minzheng.xlsx")
    assert book.sheetnames[0] == "contents"
    assert {"indicators_by_region_year", "audit_findings", "ref_indicators"} <= set(book.sheetnames)
    sheet = book["quality"]
    header = [cell.value for cell in sheet[1]]
    title = sheet.cell(row=2, column=header.index("title") + 1)
    assert (title.value, title.data_type) == (FORMULA, "s")
    contents = [[cell.value for cell in row] for row in book["contents"].iter_rows()]
    assert ["marts.quality", "report_id"] in [row[:2] for row in contents]
    standards = book["benefit_standards"]
    names = [cell.value for cell in standards[1]]
    assert standards.cell(row=2, column=names.index("as_of") + 1).is_date


def test_counts_in_csv_have_no_idle_zeros(exported):
    text = (exported[0] / "csv" / "marts.indicators_by_region_year.csv").read_text("utf-8-sig")
    assert ",12," in text and ".0," not in text


def test_stata_gets_labels_dates_and_short_names(exported):
    import pyreadstat

    folder, _ = exported
    frame, notes = pyreadstat.read_dta(
        str(folder / "stata" / "benefit_standards.dta"), output_format="polars"
    )
    assert frame["yuan_per_person_month"].to_list() == [680.0]
    assert frame["as_of"].dtype == pl.Date
    assert notes.column_names_to_labels["yuan_per_person_month"].startswith("Standard in yuan per person")
    assert "benefit" in notes.file_label
    names = pyreadstat.read_dta(
        str(folder / "stata" / "region_year_profile.dta"), metadataonly=True, output_format="polars"
    )[1].column_names
    assert max(map(len, names)) == 32
    assert len(set(names)) == len(names)


def test_a_long_text_beside_none_is_no_trouble_to_stata(tmp_path):
    import pyreadstat

    frame = pl.DataFrame({"goal": ["办" * 700, None, ""]})
    write_stata(tmp_path / "long.dta", frame, "tasks", {"goal": "what is to be reached"})
    read, _ = pyreadstat.read_dta(str(tmp_path / "long.dta"), output_format="polars")
    assert read["goal"].fill_null("").to_list() == ["办" * 700, "", ""]


def test_lists_become_text_outside_parquet(exported):
    import pyreadstat

    folder, _ = exported
    frame, _ = pyreadstat.read_dta(str(folder / "stata" / "audit_findings.dta"), output_format="polars")
    assert frame["observation_ids"][0].count("; ") == 2


def test_an_empty_table_is_exported_with_its_columns(exported):
    folder, _ = exported
    with (folder / "csv" / "marts.changes.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.reader(lines))[0] == "change_id"


def test_one_format_can_be_asked_for(tmp_path):
    lab = Lab(tmp_path / "published.duckdb").build("quality")
    lab.con.close()
    written = export_tables(tmp_path / "published.duckdb", tmp_path / "out", ["csv"])
    assert {path.parent.name for path in written} == {"csv"}
    with pytest.raises(ValueError, match="parquet, csv, xlsx, stata"):
        export_tables(tmp_path / "published.duckdb", tmp_path / "out", ["sas"])


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.duckdb"):
        export_tables(tmp_path / "none.duckdb", tmp_path / "out")
