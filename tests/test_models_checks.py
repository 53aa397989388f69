"""Every check of a mart's yml where it fails, and that the ymls describe what the SQL makes."""

from datetime import date

import pytest
import sqlglot
from marts_lab import Lab
from sqlglot import exp

from pipeline.warehouse.marts.lineage import column_lineage

FINE = "全县低保对象{1200人|dibao.persons}，低保标准{700元|dibao.standard}。"

# (model, check): SQL that does the harm after the marts are built
HARM = {
    ("facts", "rates_by_month"): "UPDATE marts.facts SET unit = '元/人/年' WHERE measure = 'standard'",
    ("facts", "dropped_values_gone"): (
        "INSERT INTO core.corrections BY NAME "
        "SELECT 'c' AS correction_id, '1.txt' AS file_name, 'x' AS target, "
        "observation_id, 'drop' AS action, 'why' AS reason, 'Li' AS author, current_date AS reviewed_on, "
        "'applied' AS state FROM marts.facts LIMIT 1"
    ),
    ("indicators_by_region_year", "regions_known"): (
        "UPDATE marts.indicators_by_region_year SET region_code = '999999'"
    ),
    (
        "indicators_by_region_year",
        "not_empty_where_sources_are",
    ): "DELETE FROM marts.indicators_by_region_year",
    ("indicators_by_region_year", "annualised_only_beside"): (
        "UPDATE marts.indicators_by_region_year SET months = 10"
    ),
    ("indicators_by_region_year", "implausible_values"): (
        "UPDATE marts.indicators_by_region_year SET value = 90000 WHERE unit = '元/人/月'"
    ),
    ("benefit_standards", "magnitude"): "UPDATE marts.benefit_standards SET yuan_per_person_month = 0.07",
    ("quality", "numbers_accounted_for"): "UPDATE marts.quality SET n_numbers = n_numbers + 1",
    ("quality", "tables_read"): "UPDATE marts.quality SET n_tables_unread = 1",
    ("coverage", "nothing_vanishes"): (
        "DELETE FROM marts.indicators_by_region_year WHERE indicator_id = 'dibao.persons'"
    ),
    ("conflicts", "told_by_agree"): "UPDATE marts.indicators_by_region_year SET agree = false",
    ("completeness", "adds_up"): "UPDATE marts.completeness SET n_missing = n_missing + 1",
    ("quality", "subjects_found"): (
        "UPDATE marts.quality SET n_observations = 20, known_subject_percent = 40"
    ),
}


@pytest.fixture(scope="module")
def fine() -> Lab:
    lab = Lab()
    lab.report(FINE)
    return lab.build()


def test_nothing_is_found_where_all_is_well(fine):
    found = {
        (model.name, check.name): rows
        for model in fine.models.values()
        for check in model.checks
        if (rows := fine.all(check.sql))
    }
    assert found == {}


def test_every_check_is_tried(fine):
    checks = {(model.name, check.name) for model in fine.models.values() for check in model.checks}
    assert checks == set(HARM)


@pytest.mark.parametrize(("model", "check"), list(HARM))
def test_a_check_finds_the_harm(fine, model, check):
    fine.con.execute("BEGIN")
    fine.con.execute(HARM[model, check])
    assert fine.offending(model, check)
    fine.con.execute("ROLLBACK")
    assert not fine.offending(model, check)


@pytest.mark.parametrize("standard", ["0.0075元", "2400000元"])
def test_a_standard_that_cannot_be_warns_and_blocks_no_publication(standard):
    lab = Lab()
    lab.report(f"低保标准{{{standard}|dibao.standard}}。")
    lab.build()
    broken = {
        (check.name, check.severity)
        for model in lab.models.values()
        for check in model.checks
        if lab.all(check.sql)
    }
    assert ("magnitude", "warn") in broken
    assert "error" not in {severity for _, severity in broken}
    assert lab.all("SELECT trust FROM marts.benefit_standards") == [("doubtful",)]


def test_the_yml_the_sql_and_the_lineage_agree_on_the_columns(fine):
    for model in fine.models.values():
        described = [row[0] for row in fine.all(f"DESCRIBE {model.table}")]
        assert described == [column.name for column in model.columns], model.name
        assert described == list(column_lineage(model, fine.models)), model.name


def test_characters_are_translated_one_for_one(fine):
    """With lists of unequal length DuckDB drops characters, and every span behind them would be off."""
    for model in fine.models.values():
        for call in sqlglot.parse_one(model.sql, dialect="duckdb").find_all(exp.Translate):
            assert len(call.args["from_"].name) == len(call.args["to"].name), model.name


def test_what_the_yml_promises_holds(fine):
    for model in fine.models.values():
        grain = ", ".join(model.grain)
        assert not fine.all(f"SELECT {grain} FROM {model.table} GROUP BY ALL HAVING count(*) > 1"), model.name
        for column in model.columns:
            if column.not_null:
                assert not fine.all(f'FROM {model.table} WHERE "{column.name}" IS NULL'), column
            assert column.description.strip(), column


def test_corrections_show_in_the_marts_and_core_keeps_what_was_read():
    lab = Lab()
    lab.report(
        "低保对象{12000人|dibao.persons}，孤儿{12人|orphan.persons}，特困人员{80人|tekun.persons}，"
        "低保标准{700元|dibao.standard}。"
    )
    for number, action, value in ((0, "override", 1200.0), (1, "drop", None), (2, "flag", None)):
        lab.add(
            "core.corrections", correction_id=f"c{number}", file_name="1.txt", target="x", action=action,
            observation_id=f"{1:016x}:{number:03d}", value=value, reason="reviewed", author="Li",
            reviewed_on=date(2025, 6, 30), state="applied",
        )  # fmt: skip
    lab.add(
        "core.corrections", correction_id="c9", file_name="1.txt", target="x", action="override",
        observation_id=f"{1:016x}:003", value=1.0, reason="reviewed", author="Li",
        reviewed_on=date(2025, 6, 30), state="stale",
    )  # fmt: skip
    lab.build("indicators_by_region_year")
    rows = lab.all(
        "SELECT indicator_id, value, correction, written FROM marts.indicators_by_region_year ORDER BY 1"
    )
    assert rows == [
        ("dibao.persons", 1200.0, "override: reviewed", "12000人"),
        ("dibao.standard", 700.0, None, "700元"),
        ("tekun.persons", 80.0, "flag: reviewed", "80人"),
    ]
    assert lab.one("SELECT value FROM core.observations WHERE indicator_id = 'dibao.persons'") == (12000.0,)
    assert lab.one("SELECT value_read FROM marts.facts WHERE indicator_id = 'dibao.persons'") == (12000.0,)


def test_a_settled_field_moves_the_value_to_where_it_belongs():
    lab = Lab()
    lab.report("享受补助的有{310人|dibao.persons}，标准{8400元|dibao.standard unit=元/人/年}。")
    for number, field, text in (
        (0, "subject", "tekun"), (0, "year", "2021"), (0, "region_code", "110102"), (1, "unit", "元/人/月"),
        (1, "subgroup", "分散供养"),
    ):  # fmt: skip
        lab.add(
            "core.corrections", correction_id=f"{number}{field}", file_name="1.txt", target="x", field=field,
            action="override", observation_id=f"{1:016x}:{number:03d}", text=text, reason="reviewed",
            author="Li", reviewed_on=date(2025, 6, 30), state="applied",
        )  # fmt: skip
    lab.build("indicators_by_region_year")
    assert lab.all(
        "SELECT region_code, year, indicator_id, subgroup, value, trust FROM marts.indicators_by_region_year "
        "ORDER BY region_code"
    ) == [
        ("110101", 2023, "dibao.standard", "分散供养", 8400.0, "sure"),
        ("110102", 2021, "tekun.persons", None, 310.0, "sure"),
    ]
