"""`minzheng explain` shows at a glance why a number was read as it was (sentences are our own)."""

import re
from functools import cache

import duckdb
import pytest
from click.testing import CliRunner
from site_release import sample_file

import pipeline.runs.explain as explaining
from pipeline.cli import main

TEXT = """某县民政局2023年工作总结
一、社会救助
全年农村低保1204户2011人。上半年帮扶困难家庭412户,发放慰问金18.6万元。去年新增孤儿12人。又有12人康复。
截至9月底,全县有养老机构26家。社会组织347家。
"""


@pytest.fixture(scope="module", autouse=True)
def texts_read_once():
    """A text is read once, however many of its numbers are asked about."""
    kept = {}

    def once(read):
        def kept_or_read(documents, *more):
            key = (read, *documents["text"])
            if key not in kept:
                kept[key] = read(documents, *more)
            return kept[key]

        return kept_or_read

    with pytest.MonkeyPatch.context() as patch:
        for name in ("parse_documents", "extract"):
            patch.setattr(explaining, name, once(getattr(explaining, name)))
        yield


@pytest.fixture(scope="module")
def explain(tmp_path_factory):
    file = tmp_path_factory.mktemp("explain") / "总结.txt"
    file.write_text(TEXT, encoding="utf-8")

    @cache
    def run(number: str, name: str = str(file)) -> str:
        nowhere = str(file.with_suffix(".duckdb"))
        said = CliRunner().invoke(main, ["explain", "--warehouse", nowhere, name, number])
        assert (said.exit_code == 0) == (not said.output.startswith("Error")), said.output
        return said.output

    return run


def test_the_sentence_is_shown_with_the_number_and_the_cues_that_decided(explain):
    assert "农村‹residence=rural›低保1204户【2011人】" in explain("2011")
    assert re.search(r"residence +rural +农村 .* before +its sentence.* decides", explain("2011"))


def test_each_subject_stands_with_its_score_and_what_speaks_for_it(explain):
    said = explain("412")
    assert re.search(r"one_off_relief +慰问金 +later clause +\d\.\d\d +\d\d % +telling\+\d\.\d\d", said)
    assert re.search(r"hardship_household +困难家庭 +noun before +\d\.\d\d +\d\d % +left\+\d\.\d\d", said)


def test_the_months_are_explained_by_the_cue_that_names_them(explain):
    assert re.search(r"period +span 1-6 +上半年 .* decides", explain("412"))


def test_a_day_of_the_sentence_before_is_the_cue_of_a_stock(explain):
    assert re.search(r"period +as_of +截至9月底 .*decides", explain("347"))


def test_a_number_that_measures_nothing_says_what_it_was_taken_for(explain):
    assert re.search(r"measures nothing[\s\S]*2023 +date", explain("2023"))


def test_a_number_that_stands_there_twice_asks_which_is_meant(explain):
    said = explain("12")
    assert "holds it 2 times" in said
    first, second = re.findall(r"^[0-9a-f]{16}-\d+", said, re.MULTILINE)
    assert "孤儿【12人】" in explain(first) and "又有【12人】康复" in explain(second)


def test_what_is_not_there_is_an_error_that_says_what_to_do(explain):
    assert "holds no number '77'" in explain("77")
    assert "nothing is published" in explain("12", name="nowhere.txt")


def test_what_the_list_of_reports_gives_counts_in_the_explanation_too(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("某局2022年工作总结\n\n全县城市低保对象1204人。\n", encoding="utf-8")
    (tmp_path / "reports.csv").write_text("file,year\na.txt,2019\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["explain", "--warehouse", str(tmp_path / "no"), str(file), "1204"])
    assert "year 2019" in told.output


def test_an_observation_of_a_published_file_is_explained_by_its_id():
    file = str(sample_file())
    with duckdb.connect(file, read_only=True) as con:
        name = con.execute("SELECT file_name FROM core.documents WHERE text LIKE '%主要成效%'").fetchall()[0][
            0
        ]
    said = CliRunner().invoke(main, ["explain", "--warehouse", file, name, "3012"])
    assert said.exit_code == 0, said.output
    observation_id = said.output.split()[0]
    again = CliRunner().invoke(main, ["explain", "--warehouse", file, observation_id])
    assert again.exit_code == 0 and "【3012人】" in again.output
