"""`minzheng explain` shows at a glance why a number was read as it was (sentences are our own)."""

import re
from functools import cache

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner
from site_release import sample_file

import pipeline.runs.explain as explaining
from pipeline.cli import main
from pipeline.engine.batch import parse_documents
from pipeline.extraction.explain import explain as explain_row
from pipeline.extraction.extract import extract

TEXT = """绥宁县民政局2023年工作总结
一、社会救助
全年农村低保1204户2011人。上半年帮扶困难家庭412户,发放慰问金18.6万元。去年新增孤儿12人。又有12人康复。
截至9月底,全县有养老机构26家。社会组织347家。
注销社会组织党组织设立29个。城乡社区服务中心设立35个。东山侗族乡新建敬老院1所,床位40张。部分乡镇建成敬老院77所。
2022年低保情况表
地区 | 农村低保户数 | 农村低保人数
县本级 | 43118 | 66375
东山侗族乡 | 871 | 1502
二、2024年工作打算
(一)建设幸福院30个,新增床位260张。
"""


TASKS = """绥宁县民政局2023年重点工作任务分解表
序号 | 重点工作 | 2022年完成情况 | 2023年目标 | 责任科室
1 | 养老床位 | 新增床位60张 | 新增床位90张 | 养老科
2 | 社会组织登记 | 登记社会组织12家 | 登记社会组织15家 | 社会组织科
3 | 农村低保 | 保障2011人 | 保障2200人 | 低保中心
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
    (file.parent / "任务.txt").write_text(TASKS, encoding="utf-8")

    @cache
    def run(number: str, name: str = str(file), more: str | None = None) -> str:
        nowhere = str(file.with_suffix(".duckdb"))
        options = ["--warehouse", nowhere, *([more] if more else [])]
        name = name if "/" in name else str(file.parent / name)
        said = CliRunner(env={"COLUMNS": "120"}).invoke(main, ["explain", *options, name, number])
        assert (said.exit_code == 0) == (not said.output.startswith("Error")), said.output
        return said.output

    return run


def test_the_sentence_is_shown_with_the_number_and_the_cues_that_decided(explain):
    assert "农村‹residence=rural›低保1204户【2011人】" in explain("2011")
    assert re.search(r"residence +rural +农村 .* before +its sentence.* decides", explain("2011"))


def test_each_field_stands_with_its_value_and_what_decided_it(explain):
    said = explain("2011")
    assert re.search(r"^residence +rural +‘农村’, 7 before it", said, re.MULTILINE)
    assert re.search(r"^change +level +nothing says otherwise", said, re.MULTILINE)
    assert re.search(r"^year +2023 +the report, of 2023, by its title: ‘2023年工作总结’", said, re.MULTILINE)


@pytest.mark.landing
def test_each_subject_stands_with_its_score_and_what_speaks_for_it(explain):
    said = explain("412")
    assert re.search(r"one_off_relief +慰问金 +later clause +\d\.\d\d +\d\d % +telling\+\d\.\d\d", said)
    assert re.search(r"hardship_household +困难家庭 +noun before +\d\.\d\d +\d\d % +left\+\d\.\d\d", said)


def test_how_likely_a_subject_is_stands_once(explain):
    said = explain("2011")
    assert len(re.findall("^dibao ", said, re.MULTILINE)) > 1
    assert said.count(" % ") == len(set(re.findall(r"^(\w+) .* (?:noun|topic|clause)", said, re.MULTILINE)))


@pytest.mark.landing
def test_the_months_are_explained_by_the_cue_that_names_them(explain):
    assert re.search(
        r"^period +2023-01-01 to 2023-06-30 +‘上半年’, 6 before it", explain("412"), re.MULTILINE
    )
    assert re.search(r"period +span 1-6 +上半年 .* decides", explain("412"))


@pytest.mark.slow
def test_a_day_of_the_sentence_before_is_the_cue_of_a_stock(explain):
    assert re.search(r"period +as_of +截至9月底 .*decides", explain("347"))


@pytest.mark.landing
def test_confidence_says_what_speaks_for_and_against_it(explain):
    said = explain("412")
    assert re.search(r"^\+\d\.\d\d +\d+ of \d+ labelled ones were right", said, re.MULTILINE)
    assert re.search(r"^-\d\.\d\d +has a flag", said, re.MULTILINE)


@pytest.mark.landing
def test_the_names_of_signs_are_told_where_asked(explain):
    assert "What the names mean" not in explain("412")
    assert re.search("^left +word before a number", explain("412", more="--long"), re.MULTILINE)


@pytest.mark.landing
def test_what_is_above_a_number_is_told_where_it_decides(explain):
    said = explain("260")
    assert re.search(r"^status +target +the heading ‘二、2024年工作打算’ \(plan\)", said, re.MULTILINE)
    assert re.search(r"^year +2024 +the heading ‘二、2024年工作打算’", said, re.MULTILINE)


@pytest.mark.landing
def test_a_cue_that_the_row_does_not_follow_decides_nothing(explain):
    said = explain("35")
    assert re.search(
        r"^change +level +by default: ‘设立’ speaks of added, but not of this", said, re.MULTILINE
    )
    assert not re.search("added.* decides [^n]", said)
    assert "‘设立’, 0 before it (says added, which keeps off others)" in explain("29")
    assert not re.search("added.* decides [^n]", explain("29"))


@pytest.mark.slow
def test_a_place_is_explained_by_its_name(explain):
    said = explain("40")
    assert re.search(r"^scope +part +‘东山侗族乡’, 10 before it", said, re.MULTILINE)
    assert re.search(r"^place +东山侗族乡 +‘东山侗族乡’", said, re.MULTILINE)


@pytest.mark.slow
def test_words_that_are_no_cues_are_told_too(explain):
    assert re.search(r"^scope +part +the words before it: ‘部分乡镇建成敬老院’", explain("77"), re.MULTILINE)


@pytest.mark.landing
def test_a_figure_of_a_table_is_explained_by_its_heads(explain):
    said = explain("43118")
    assert "read as  农村低保户数【43118】" in said
    assert re.search(r"^residence +rural +head of the column ‘农村低保户数’", said, re.MULTILINE)
    assert re.search(r"^year +2022 +caption ‘2022年低保情况表’", said, re.MULTILINE)
    assert re.search(r"^caption +2022年低保情况表 +year 2022 +decides year", said, re.MULTILINE)


@pytest.mark.slow
def test_words_in_a_cell_are_explained_by_the_cell_and_its_heads(explain):
    said = explain("90", name="任务.txt")
    assert re.search(r"^status +target +head of the column ‘2023年目标’", said, re.MULTILINE)
    assert re.search(r"^change +added +‘新增床位’", said, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("text", [TEXT, TASKS], ids=["prose", "cells"])
def test_what_is_explained_is_what_the_rows_say(text):
    parsed = parse_documents(pl.DataFrame({"document_id": ["d"], "file_name": ["d.txt"], "text": [text]}))
    read = extract(*parsed)
    assert read.observations.height >= 6
    for row in read.observations[::4].iter_rows(named=True):
        told = explain_row(row, *parsed)
        assert {one.field: one.value for one in told.fields} == {
            one.field: row[one.field] for one in told.fields
        }
        said = told.cues.filter(pl.col("decides").list.contains(pl.col("field")))
        for cue in said.filter(pl.col("field").is_in(["change", "residence", "place"])).iter_rows(named=True):
            assert cue["value"] == row[cue["field"]], row["quote"]


def test_a_number_that_measures_nothing_says_what_it_was_taken_for(explain):
    assert re.search(r"measures nothing[\s\S]*2023 +date", explain("2023"))


@pytest.mark.landing
def test_a_number_that_stands_there_twice_asks_which_is_meant(explain):
    said = explain("12")
    assert "holds it 2 times" in said
    _, second = re.findall(r"^[0-9a-f]{16}-\d+", said, re.MULTILINE)
    assert "又有【12人】康复" in explain(second)


def test_what_is_not_there_is_an_error_that_says_what_to_do(explain):
    assert "holds no number '78'" in explain("78")
    assert "nothing is published" in explain("12", name="nowhere.txt")


@pytest.mark.slow
def test_what_the_list_of_reports_gives_counts_in_the_explanation_too(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("某局2022年工作总结\n\n全县城市低保对象1204人。\n", encoding="utf-8")
    (tmp_path / "reports.csv").write_text("file,year\na.txt,2019\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["explain", "--warehouse", str(tmp_path / "no"), str(file), "1204"])
    assert re.search("^year +2019 +the report, of 2019, by its given", told.output, re.MULTILINE)


@pytest.mark.landing
def test_an_observation_of_a_published_file_is_explained_by_its_id():
    file = str(sample_file())
    with duckdb.connect(file, read_only=True) as con:
        ((observation_id,),) = con.execute(
            "SELECT document_id || '-' || span_start FROM core.observations WHERE value = 3012 LIMIT 1"
        ).fetchall()
    told = CliRunner().invoke(main, ["explain", "--warehouse", file, observation_id])
    assert told.exit_code == 0 and "【3012人】" in told.output, told.output
