"""Nothing that a text says, however odd, costs the others anything: it is read, doubted and published."""

import pytest
from marts_lab import Lab
from odd_texts import odd_texts

from pipeline.contracts.registry import load_tables
from pipeline.contracts.validate import validate
from pipeline.engine.batch import Frames, read_batch
from pipeline.reading.files.listing import list_files
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.checks import model_checks, run_check, table_checks


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> Frames:
    raw = tmp_path_factory.mktemp("raw")
    for name, text in odd_texts():
        (raw / name).write_text(text, encoding="utf-8")
    return read_batch(raw, list_files(raw))


@pytest.fixture(scope="module")
def lab(read) -> Lab:
    lab = Lab()
    lab.con.execute("DELETE FROM ref.regions")
    lab.insert("ref.regions", load_reference("ref.regions"))
    for name, frame in read.items():
        if name.startswith("core."):
            lab.insert(name, frame)
    return lab.build()


def test_every_odd_text_is_read_and_keeps_the_contracts(read):
    assert read["core.rejected_files"].is_empty()
    for name, frame in read.items():
        validate(frame, name, whole=False)


def test_no_odd_text_blocks_a_publication(lab, subtests):
    tables = [name for name in load_tables() if name.startswith("core.")]
    checks = [check for name in tables for check in table_checks(name)]
    checks += [check for model in lab.models.values() for check in model_checks(model)]
    for check in checks:
        if check.severity == "error":
            with subtests.test(f"{check.table} {check.name}"):
                assert run_check(lab.con, check).rows == ()


def test_no_value_of_a_mart_is_without_end(lab):
    endless = {
        (model.table, name): rows
        for model in lab.models.values()
        for name, kind, *_ in lab.all(f"DESCRIBE {model.table}")
        if kind == "DOUBLE" and (rows := lab.all(f'FROM {model.table} WHERE NOT isfinite("{name}")'))
    }
    assert endless == {}


def test_a_standard_that_cannot_be_is_doubtful(lab):
    odd = lab.all(
        "SELECT DISTINCT trust FROM marts.benefit_standards "
        "WHERE yuan_per_person_month NOT BETWEEN 1 AND 50000"
    )
    assert odd == [("doubtful",)]
