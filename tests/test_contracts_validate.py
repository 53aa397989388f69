"""Each contract refuses each kind of bad frame: tables added to the registry are covered by themselves."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import polars as pl
import pytest

from pipeline.contracts.holds import holds
from pipeline.contracts.registry import Column, Table, load_tables
from pipeline.contracts.validate import ContractError, pandera_schema, validate

TABLES = list(load_tables().values())
WORDS = (
    "0" * 64, "0" * 16, "0" * 16 + "-01", "0" * 16 + "-01-s001", "0" * 16 + "-01-t001", "0" * 16 + "-01-g001",
    "100000", "dibao", "dibao.standard",
)  # fmt: skip


def good_value(column: Column) -> object:
    if column.allowed:
        return column.allowed[0]
    if column.pattern:
        return next(word for word in WORDS if re.fullmatch(column.pattern, word))
    low = column.minimum if column.minimum is not None else 0
    return {
        "text": "字",
        "text[]": ["字"],
        "integer[]": [1],
        "bigint[]": [1],
        "double[]": [0.5],
        "tinyint": int(low),
        "integer": int(low),
        "bigint": int(low),
        "double": float(low),
        "boolean": True,
        "date": date(2023, 1, 31),
        "timestamp": datetime(2023, 1, 31, 6, tzinfo=UTC),
    }[column.type]


def good_row(table: Table) -> dict[str, object]:
    return {c.name: good_value(c) for c in table.columns}


def good_frame(table: Table) -> pl.DataFrame:
    return pl.DataFrame([good_row(table)], schema=table.schema)


def bad_values(table: Table) -> Iterator[tuple[str, str, dict[str, object]]]:
    """For everything that the contract forbids of a value: the column, the check that must find it, a row."""
    good = good_row(table)
    for column in table.columns:
        faults: list[tuple[str, object]] = []
        if not column.nullable:
            faults.append(("not_nullable", None))
        if column.allowed:
            faults.append(("isin", "没有这个值"))
        if column.pattern:
            faults.append(("str_matches", "没有这个值"))
        if column.minimum is not None:
            faults.append(("greater_than_or_equal_to", column.minimum - 1))
        if column.maximum is not None:
            faults.append(("less_than_or_equal_to", column.maximum + 1))
        if column.type == "double":
            faults += [("is_finite", float("nan")), ("is_finite", float("inf"))]
        for check, value in faults:
            yield column.name, check, good | {column.name: value}


def findings(frame: pl.DataFrame, table: Table) -> list[tuple[str, str]]:
    """Column and check of all findings, the check without its arguments."""
    with pytest.raises(ContractError) as error:
        validate(frame, table.name)
    rows = error.value.failures.select("column", pl.col("check").str.extract("^([a-z_]+)")).rows()
    return sorted((str(column), check) for column, check in rows)


def test_a_good_frame_passes_in_any_order_of_columns(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            frame = good_frame(table).select(*reversed(table.schema))
            assert validate(frame, table.name) is frame
    assert validate(good_frame(table), table.name).columns == list(table.schema)


def test_a_frame_of_forbidden_values_is_refused(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            planted = [row for *_, row in bad_values(table)]
            assert not planted or not holds(pl.DataFrame(planted, table.schema), table.name)


@pytest.mark.parametrize("stored", [True, pytest.param(False, marks=pytest.mark.landing)])
def test_every_forbidden_value_is_found(subtests, stored):
    for table in [table for table in TABLES if table.stored == stored]:
        with subtests.test(table.name):
            planted = list(bad_values(table))
            found = findings(pl.DataFrame([row for *_, row in planted], table.schema), table)
            assert {(column, check) for column, check, _ in planted} <= set(found)
            for column, check in {(column, check) for column, check, _ in planted if check == "is_finite"}:
                assert found.count((column, check)) == 2  # NaN and infinity


@pytest.mark.landing
def test_each_forbidden_value_alone_is_enough(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            good = good_frame(table)
            assert holds(good, table.name) and holds(good.clear(), table.name)
            assert not holds(pl.concat([good, good]), table.name) or not table.key
            for column, check, row in bad_values(table):
                assert not holds(pl.DataFrame([row], table.schema), table.name), (column, check)


@pytest.mark.landing
def test_nulls_that_are_allowed_break_no_other_promise(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            bare = {c.name: None for c in table.columns if c.nullable}
            frame = pl.DataFrame([good_row(table) | bare], table.schema)
            assert holds(frame, table.name)
            pandera_schema(table.name).validate(frame, lazy=True)


@pytest.mark.landing
def test_a_wrong_type_of_any_column_is_found(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            other = {c.name: [0 if c.polars_type == pl.String else "字"] for c in table.columns}
            found = findings(pl.DataFrame(other), table)
            assert {column for column, check in found if check == "dtype"} == set(table.schema)


@pytest.mark.landing
def test_a_missing_column_another_column_and_a_repeated_key_are_found(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            good = good_frame(table)
            first = table.columns[0].name
            assert [check for _, check in findings(good.rename({first: "stranger"}), table)] == [
                "column_in_dataframe",
                "column_in_schema",
            ]
            assert any("unique" in check for _, check in findings(pl.concat([good, good]), table))


def test_an_empty_table_is_refused_but_an_empty_batch_is_not(subtests):
    for table in [t for t in TABLES if t.non_empty]:
        with subtests.test(table.name):
            empty = good_frame(table).clear()
            with pytest.raises(ContractError, match="not_empty"):
                validate(empty, table.name)
            assert validate(empty, table.name, whole=False).is_empty()


def test_all_faults_are_told_at_once_with_their_rows():
    table = load_tables()["core.mentions"]
    frame = good_frame(table).with_columns(kind=pl.lit("guess"), span_start=pl.lit(-1, pl.Int64))
    with pytest.raises(ContractError) as error:
        validate(frame, table.name)
    told = str(error.value)
    assert "| kind | isin" in told and "| span_start | greater_than_or_equal_to(0) | -1 |" in told
    assert f"document_id={'0' * 16}" in told
    assert error.value.failures.height == 2
    assert error.value.brief.startswith("core.mentions: ") and "\n" not in error.value.brief
