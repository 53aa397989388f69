"""Queries don't read text: what words say is a column that extraction fills."""

import re

import pytest
import sqlglot
from sqlglot import exp

from pipeline.settings import PROJECT
from pipeline.warehouse.marts.models import load_models

HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
SENTENCES = {"explanation", "name_zh"}  # columns that tell a reader in Chinese what was found, or its name


@pytest.mark.parametrize("schema", ["marts", "audit"])
def test_no_query_holds_chinese_words_but_in_the_sentences_that_it_writes(schema):
    wrong = []
    for model in load_models(PROJECT / "models").values():
        for literal in sqlglot.parse_one(model.sql, dialect="duckdb").find_all(exp.Literal):
            named = {alias.alias for alias in _around(literal)}
            if model.schema == schema and HAN.search(literal.this) and not named & SENTENCES:
                wrong.append((model.table, literal.this))
    assert wrong == []


def test_no_query_folds_script_or_looks_for_words():
    """Two columns that extraction filled may be compared; a word of the query's own is read in a text."""
    functions = (exp.RegexpLike, exp.RegexpExtract, exp.RegexpExtractAll, exp.Translate, exp.Contains)
    looks = {
        (model.table, node.sql(dialect="duckdb"))
        for model in load_models(PROJECT / "models").values()
        for node in sqlglot.parse_one(model.sql, dialect="duckdb").find_all(*functions)
        if not (
            isinstance(node, exp.Contains) and all(isinstance(a, exp.Column) for a in node.args.values() if a)
        )
    }
    assert looks == set()


def _around(node: exp.Expression) -> list[exp.Alias]:
    found, parent = [], node.parent
    while parent:
        if isinstance(parent, exp.Alias):
            found.append(parent)
        parent = parent.parent
    return found
