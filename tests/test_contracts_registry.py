"""The registry: every table and column is described, typed and traceable."""

import pytest

from pipeline.contracts import ddl
from pipeline.contracts.registry import empty_frame, get_table, load_tables

TABLES = list(load_tables().values())
# Columns that the contract of the warehouse promises to analysts.
PROMISED = {
    "core.documents": "document_id file_name sha256 encoding media_type text ingested_at",
    "core.rejected_files": "file_name sha256 reason detail rejected_at",
    "core.reports": "report_id document_id span_start span_end title issuer document_no published_on genre"
    " year region_code region_method region_evidence",
    "core.mentions": "document_id report_id span_start span_end text kind",
    "core.observations": "observation_id document_id report_id span_start span_end written quote_start"
    " quote_end quote value value_high unit subject measure indicator_id change residence subgroup status"
    " comparator scope place year period_start period_end region_code rule confidence flags",
    "core.sections": "section_id report_id parent_id span_start span_end heading level role",
    "core.tasks": "task_id report_id ordinal section title goal lead department domain year region_code",
    "ref.regions": "region_code name full_name level parent_code province city county",
    "meta.release": "release_id built_at corpus_sha256",
}


def test_a_table_is_described_and_has_a_key(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            assert table.comment and all(column.comment for column in table.columns)
            assert table.key
            assert not [c.name for c in table.columns if c.key and c.nullable]


def test_sources_exist(subtests):
    for table in TABLES:
        with subtests.test(table.name):
            known = {f"{t.name}.{c.name}" for t in TABLES for c in t.columns}
            assert {source for column in table.columns for source in column.source} <= known


def test_promised_columns_are_there():
    missing = {name: set(columns.split()) - set(get_table(name).schema) for name, columns in PROMISED.items()}
    assert not {name: columns for name, columns in missing.items() if columns}


def test_spans_come_in_pairs():
    for table in TABLES:
        names = set(table.schema)
        assert {n.replace("_start", "_end") for n in names if n.endswith("_start")} <= names


def test_an_empty_frame_has_the_types():
    assert empty_frame("core.observations").schema == get_table("core.observations").schema


def test_an_unknown_table_is_named():
    with pytest.raises(KeyError, match=r"core\.nothing.*core\.documents"):
        get_table("core.nothing")


def test_comments_are_quoted():
    assert ddl.quoted("it's") == "'it''s'"
