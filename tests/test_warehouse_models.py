"""Marts: followed from their SQL, or refused; lineage, table and yml agree on columns; checks find faults."""

from pathlib import Path

import pytest

from pipeline.settings import PROJECT
from pipeline.warehouse.marts.checks import model_checks, run_check, run_checks, table_checks
from pipeline.warehouse.marts.lineage import column_lineage, known_lineage
from pipeline.warehouse.marts.models import ModelError, build_model, load_models
from pipeline.warehouse.marts.refresh import as_published
from pipeline.warehouse.store.changes import note_changes
from pipeline.warehouse.store.work import open_work

MODELS = load_models(PROJECT / "models")


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """An empty work file with all marts built in it."""
    with open_work(tmp_path_factory.mktemp("models") / "work.duckdb", "run-1") as work:
        for model in MODELS.values():
            build_model(work.con, model)
        yield work


def write_model(folder: Path, name: str, sql: str, columns: str = "a", more: str = "") -> None:
    listed = "".join(f"  - {{name: {column}, description: what it holds}}\n" for column in columns.split())
    (folder / "marts").mkdir(exist_ok=True)
    (folder / "marts" / f"{name}.sql").write_text(sql, encoding="utf-8")
    (folder / "marts" / f"{name}.yml").write_text(
        f"description: a row\ngrain: [{columns.split()[0]}]\ncolumns:\n{listed}{more}", encoding="utf-8"
    )


def test_lineage_table_and_yml_agree_on_the_columns(work, subtests):
    for name in MODELS:
        with subtests.test(name):
            model = MODELS[name]
            described = [column.name for column in model.columns]
            built = [row[0] for row in work.con.execute(f"DESCRIBE {model.table}").fetchall()]
            assert built == described
            assert list(column_lineage(model, MODELS)) == described


def test_lineage_leads_to_columns_that_are_there(work, subtests):
    sql = "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    there = set(work.con.execute(sql).fetchall())
    for name in MODELS:
        with subtests.test(name):
            lineage = column_lineage(MODELS[name], MODELS)
            assert {pair for pairs in lineage.values() for pair in pairs} <= there
            assert any(lineage.values())


def test_the_checks_of_a_mart_run_and_find_nothing_where_there_is_nothing(work, subtests):
    for name in MODELS:
        with subtests.test(name):
            for check in model_checks(MODELS[name]):
                assert run_check(work.con, check).count == 0, check


def test_every_table_and_column_of_a_mart_is_commented(work, subtests):
    for name in MODELS:
        with subtests.test(name):
            bare = work.con.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND comment IS NULL", [name]
            ).fetchall()
            assert bare == []


def test_marts_are_built_after_what_they_read(tmp_path):
    write_model(tmp_path, "a", "SELECT a FROM marts.b")
    write_model(tmp_path, "b", "SELECT a FROM marts.c")
    write_model(tmp_path, "c", "SELECT report_id AS a FROM core.reports")
    assert list(load_models(tmp_path)) == ["c", "b", "a"]


def test_columns_are_followed_through_ctes_and_windows(tmp_path):
    sql = """
        -- how many, and the last
        WITH counted AS (
            SELECT region_code AS a, count(*) AS n, max(year) AS y FROM core.reports GROUP BY ALL
        )
        SELECT c.* EXCLUDE (y), r.name, y + 0 AS y
        FROM counted AS c LEFT JOIN ref.regions AS r ON r.region_code = c.a
        QUALIFY row_number() OVER (PARTITION BY c.a ORDER BY y) = 1;
    """
    write_model(tmp_path, "m", sql, "a n name y")
    models = load_models(tmp_path)
    assert models["m"].reads == ("core.reports", "ref.regions")
    assert column_lineage(models["m"], models) == {
        "a": [("core.reports", "region_code")],
        "n": [],
        "name": [("ref.regions", "name")],
        "y": [("core.reports", "year")],
    }


def test_lineage_is_remembered_until_a_model_changes(tmp_path, monkeypatch):
    write_model(tmp_path, "m", "SELECT report_id AS a FROM core.reports")
    with open_work(tmp_path / "work.duckdb", "run-1") as work:
        first = known_lineage(work.con, load_models(tmp_path))
        with monkeypatch.context() as patch:
            patch.setattr(
                "pipeline.warehouse.marts.lineage.column_lineage", lambda *_: pytest.fail("followed again")
            )
            assert known_lineage(work.con, load_models(tmp_path)) == {
                "m": {"a": [["core.reports", "report_id"]]}
            }
        write_model(tmp_path, "m", "SELECT title AS a FROM core.reports")
        assert known_lineage(work.con, load_models(tmp_path)) != first


REFUSED = {
    "SELECT 1 AS a UNION ALL BY NAME SELECT 2 AS a": "UNION BY NAME",
    "PIVOT core.mentions ON kind USING count(*)": "PIVOT",
    "SELECT * FROM (PIVOT core.mentions ON kind)": "PIVOT",
    "SELECT * FROM core.mentions PIVOT (count(*) FOR kind IN ('date'))": "PIVOT",
    "SELECT 1 AS a; SELECT 2 AS a": "one SELECT",
    "CREATE TABLE x AS SELECT 1 AS a": "one SELECT",
    "SELECT a FROM reports": "with the schema in front",
    "SELECT a FROM core.nothing": "which nobody makes",
    "SELECT a FROM marts.m": "in a circle: m → m",
    "SELECT (": "cannot be parsed",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_sql_that_cannot_be_followed_is_refused(sql, tmp_path):
    write_model(tmp_path, "m", sql)
    with pytest.raises(ModelError, match=REFUSED[sql]):
        load_models(tmp_path)


def test_a_yml_that_is_missing_or_wrong_is_named(tmp_path):
    write_model(tmp_path, "m", "SELECT 1 AS a")
    (tmp_path / "marts" / "m.yml").write_text(
        "description: x\ngrain: [b]\ncolumns: [{name: a, description: d}]"
    )
    with pytest.raises(ModelError, match=r"m\.yml: the grain names \['b'\]"):
        load_models(tmp_path)
    (tmp_path / "marts" / "m.yml").write_text("grain: [a]\ncolumns: [{name: a, description: d}]")
    with pytest.raises(ModelError, match=r"m\.yml lacks or misspells 'description'"):
        load_models(tmp_path)
    (tmp_path / "marts" / "m.yml").unlink()
    with pytest.raises(ModelError, match=r"has no m\.yml beside it"):
        load_models(tmp_path)


NOT_NULL = "data_tests: [not_null]"
CUT_WRONGLY = {
    "cut_by: year": r"m\.yml is cut_by year; there are document and region",
    "cut_by: document": r"m\.yml is cut_by document: it needs a document_id",
    "cut_by: region": r"m\.yml is cut_by region: its region_code must be not_null",
}


@pytest.mark.parametrize("cut_by", CUT_WRONGLY)
def test_a_mart_is_cut_by_what_its_columns_carry(cut_by, tmp_path):
    write_model(tmp_path, "m", "SELECT 1 AS document_id, 2 AS region_code")
    columns = "columns: [{name: document_id, description: d}, {name: other, description: r}]"
    (tmp_path / "marts" / "m.yml").write_text(f"description: x\ngrain: [other]\n{cut_by}\n{columns}")
    with pytest.raises(ModelError, match=CUT_WRONGLY[cut_by]):
        load_models(tmp_path)


def test_a_mart_cut_by_document_reads_none_that_is_cut_otherwise(tmp_path):
    for name, sql, cut_by in (("m", "SELECT 1", "region"), ("n", "SELECT * FROM marts.m", "document")):
        write_model(tmp_path, name, sql)
        columns = ", ".join(
            f"{{name: {column}, description: d, {NOT_NULL}}}" for column in ("document_id", "region_code")
        )
        (tmp_path / "marts" / f"{name}.yml").write_text(
            f"description: x\ngrain: [document_id]\ncut_by: {cut_by}\ncolumns: [{columns}]"
        )
    with pytest.raises(ModelError, match=r"n\.yml is cut_by document, but reads m"):
        load_models(tmp_path)


CHECKED = """
checks:
  - name: none_is_three
    description: No three.
    severity: warn
    sql: SELECT a FROM marts.m WHERE a = 3
"""


def test_each_promise_of_a_mart_is_broken_by_rows_that_break_it(tmp_path):
    write_model(tmp_path, "m", "SELECT unnest([3, 3, NULL]) AS a", "a", CHECKED)
    sidecar = tmp_path / "marts" / "m.yml"
    tests = "data_tests: [not_null, unique, accepted_values: ['1', '2']]"
    sidecar.write_text(sidecar.read_text().replace("description: what it holds", f"description: d, {tests}"))
    model = load_models(tmp_path)["m"]
    with open_work(tmp_path / "work.duckdb", "run-1") as work:
        build_model(work.con, model)
        found = {check.name: run_check(work.con, check) for check in model_checks(model)}
        assert run_checks(work.con, model_checks(model)) == list(found.values())
        work.con.execute("DELETE FROM marts.m WHERE a IS NULL OR a NOT IN (1, 2)")
        assert not [f for f in run_checks(work.con, model_checks(model)) if f.count and f.check.breaks]
    assert {name: finding.count for name, finding in found.items()} == {
        "grain_is_unique": 1,
        "is_not_empty": 0,
        "a_is_given": 1,
        "a_is_unique": 1,
        "a_is_allowed": 1,
        "none_is_three": 2,
    }
    assert found["grain_is_unique"].rows == ("3, 2",)
    assert found["none_is_three"].check.severity == "warn"


BREAKING = {
    ("core.mentions", "key_is_unique"): "INSERT INTO core.mentions FROM core.mentions",
    ("core.reports", "document_id_is_known"): "DELETE FROM core.documents",
    ("core.reports", "region_code_is_known"): "UPDATE core.reports SET region_code = '999999'",
    ("core.reports", "duplicate_of_is_known"): "UPDATE core.reports SET duplicate_of = 'f' || report_id",
    ("core.observations", "subject_is_known"): "UPDATE core.observations SET subject = 'luck'",
    (
        "core.observations",
        "section_id_is_known",
    ): "UPDATE core.observations SET section_id = report_id || '-s99'",
    ("core.mentions", "text_stands_at_its_span"): "UPDATE core.mentions SET span_start = 1, span_end = 2",
    ("core.observations", "written_stands_at_its_span"): "UPDATE core.observations SET written = 'x'",
    (
        "core.observations",
        "quote_stands_at_its_span",
    ): "UPDATE core.observations SET quote_start = quote_start + 1",
    ("core.corrections", "corrections_still_hold"): """INSERT INTO core.corrections BY NAME SELECT 'c' AS
        correction_id, 'f' AS file_name, 't' AS target, 'drop' AS action, 'r' AS reason, 'a' AS author,
        DATE '2026-01-01' AS reviewed_on, 'stale' AS state, 'another value is read now' AS message""",
}


@pytest.mark.parametrize("table, name", BREAKING)
def test_each_check_of_core_finds_what_it_is_there_for(table, name, refreshed):
    check = next(check for check in table_checks(table) if check.name == name)
    with open_work(refreshed.settings.work, "test") as work:
        assert run_check(work.con, check).count == 0
        work.con.execute("BEGIN")
        work.con.execute(BREAKING[table, name])
        finding = run_check(work.con, check)
        work.con.execute("ROLLBACK")
        if check.changed and name.endswith("_is_known"):
            work.con.execute("BEGIN")
            work.con.execute("DELETE FROM state.changes")
            note_changes(work.con, "SELECT document_id FROM core.documents")
            work.con.execute(BREAKING[table, name])
            assert run_check(work.con, check, changed=True) == finding
            work.con.execute("DELETE FROM state.changes")
            assert run_check(work.con, check, changed=True).count == 0
            work.con.execute("ROLLBACK")
    assert finding.count > 0 and finding.rows
    assert finding.message.startswith(f"{table}: {name}: {finding.count} row(s) break it, such as ")


def test_of_what_was_published_only_what_changed_is_looked_at_again(refreshed):
    """For one new report the keys of all rows were counted, four seconds of a large warehouse."""
    checks = [
        *table_checks("core.observations"),
        *model_checks(MODELS["facts"]),
        *model_checks(MODELS["indicators_by_region_year"]),
    ]
    checks = [check for check in checks if check.name in ("key_is_unique", "grain_is_unique")]
    assert len(checks) == 3
    with open_work(refreshed.settings.work, "test") as work:
        work.con.execute("BEGIN")
        work.con.execute("DELETE FROM state.changes")
        query = """SELECT any_value(document_id)
            FROM marts.indicators_by_region_year JOIN core.reports USING (report_id)"""
        (document,) = work.con.execute(query).fetchall()[0]
        for check in checks:
            work.con.execute(f"INSERT INTO {check.table} FROM {check.table}")
            assert run_check(work.con, check).count > run_check(work.con, check, changed=True).count == 0
        note_changes(work.con, f"SELECT '{document}'")
        assert all(run_check(work.con, check, changed=True).count for check in checks)
        assert as_published(work.con, MODELS["facts"])
        work.con.execute("UPDATE state.marts SET fingerprint = 'of another query' WHERE mart = 'facts'")
        assert not as_published(work.con, MODELS["facts"])
        work.con.execute("ROLLBACK")


def test_a_check_of_a_mart_that_looks_at_what_changed_alone_finds_it_there(refreshed):
    """An observation that counts vanishes with its document, or with all values of its region."""
    check = next(check for check in model_checks(MODELS["coverage"]) if check.name == "nothing_vanishes")
    best = "marts.indicators_by_region_year"
    with open_work(refreshed.settings.work, "test") as work:
        work.con.execute("BEGIN")
        assert run_check(work.con, check).count == run_check(work.con, check, changed=True).count == 0
        work.con.execute("DELETE FROM state.changes")
        work.con.execute(f"DELETE FROM {best}")
        lost = run_check(work.con, check).count
        assert lost and run_check(work.con, check, changed=True).count == 0
        work.con.execute(
            "INSERT INTO state.changes SELECT 1, '0000000000000000', region_code FROM core.reports"
        )
        assert run_check(work.con, check, changed=True).count
        work.con.execute("INSERT INTO state.changes SELECT 1, document_id, '' FROM core.documents")
        assert run_check(work.con, check, changed=True).count == lost
        work.con.execute("ROLLBACK")


def test_a_mart_without_rows_is_found_where_there_are_observations(refreshed, tmp_path):
    write_model(tmp_path, "m", "SELECT report_id AS a FROM core.reports WHERE false")
    model = load_models(tmp_path)["m"]
    check = next(check for check in model_checks(model) if check.name == "is_not_empty")
    with open_work(refreshed.settings.work, "test") as work:
        work.con.execute("BEGIN")
        work.con.execute("CREATE TABLE marts.m AS SELECT report_id AS a FROM core.reports LIMIT 0")
        finding = run_check(work.con, check)
        work.con.execute("ROLLBACK")
    assert finding.count == 1
