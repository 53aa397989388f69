"""What the READMEs and the data dictionary say, tried on the sample reports of `raw/`."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from marts_lab import PROJECT

from pipeline.warehouse.marts.models import load_models
from pipeline.warehouse.publish.dictionary_page import PAGE, render_page
from pipeline.warehouse.publish.render import render

SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
READMES = (PROJECT / "README.md", PROJECT / "README.zh-CN.md")


def queries(readme: Path) -> list[str]:
    return SQL.findall(readme.read_text(encoding="utf-8"))


@pytest.fixture
def sample(sample_reports: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file with the tables of a publication of `raw/`, opened as an analyst opens it."""
    with duckdb.connect(str(sample_reports), read_only=True) as con:
        yield con


@pytest.mark.landing
@pytest.mark.parametrize("number", range(10))
def test_a_question_of_the_readme_has_an_answer_to_print(sample, number):
    """No row stands twice, no cell holds a list to be scrolled through, no count has a decimal."""
    asked = sample.execute(queries(READMES[0])[number])
    names, rows = [column[0] for column in asked.description], asked.fetchall()
    assert rows
    printed = ["".join(render(names, [row], "vertical")) for row in rows]
    assert len(set(printed)) == len(printed)
    assert not [row for row in printed if re.search(r"\d\.0+(?!\d)|nan|inf\b", row)]
    # three quotes of a finding are the longest, each of a clause
    assert not [cell for row in rows for cell in row if len(re.split(r"[;；、|]", str(cell))) > 6]


@pytest.mark.landing
def test_what_is_counted_to_each_is_no_rate(sample):
    """每万名老年人25名护理员 stands under what it counts; plans for older people are of things for them."""
    for table in ("indicators_by_region_year", "facts", "changes", "targets_and_results", "review_queue"):
        called = f"FROM marts.{table} WHERE indicator_zh LIKE '%比率%' AND unit NOT IN ('%', '‰', '百分点')"
        assert sample.execute(f"SELECT indicator_zh, unit {called}").fetchall() == [], table
    said = sample.execute(
        "SELECT indicator_zh FROM marts.facts WHERE indicator_id = 'caregiver.ratio' AND unit = '人'"
    ).fetchall()
    assert {name for (name,) in said} == {"每…养老护理员（人）"}
    planned = sample.execute(queries(READMES[0])[7]).fetchall()
    assert not [row for row in planned if "比率" in row[2] or "社会组织" in row[2]]
    assert [row for row in planned if row[2] == "每…养老护理员（人）" and "每万名老年人" in row[6]]


def test_both_readmes_ask_the_same_ten_questions():
    english, chinese = (queries(readme) for readme in READMES)
    assert len(english) == 10
    assert english == chinese


@pytest.mark.landing
def test_every_mart_can_be_pasted_into_the_shell_on_the_published_file(sample):
    for model in load_models(PROJECT / "models").values():
        text = (PROJECT / "models" / model.schema / f"{model.name}.sql").read_text(encoding="utf-8")
        pasted = sample.execute(text)
        names = [column[0] for column in pasted.description]
        count = sample.execute(f"SELECT count(*) FROM {model.table}").fetchall()[0][0]
        assert names == [column.name for column in model.columns], model.name
        assert len(sample.execute(text).fetchall()) == count, model.name


def test_the_data_dictionary_is_not_stale():
    assert PAGE.read_text(encoding="utf-8") == render_page(load_models(PROJECT / "models")), (
        "run `python -m pipeline.warehouse.publish.dictionary_page`"
    )


def test_links_of_the_readmes_lead_somewhere():
    for readme in READMES:
        for link in re.findall(r"\]\(([^)#:]+)\)", readme.read_text(encoding="utf-8")):
            assert (PROJECT / link).exists(), f"{readme.name}: {link}"
