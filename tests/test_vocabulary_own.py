"""A user's own words, laid over the built-in ones: a subject, a unit and a cue are rows in a folder."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SUMMARY, write_raw
from extraction_sentences import Understood
from faults_lab import read

from pipeline import vocabulary
from pipeline.cli import main
from pipeline.engine.batch import extractor_version
from pipeline.engine.vocabulary import use_vocabulary
from pipeline.reading.files.listing import list_files, read_files
from pipeline.settings import PROJECT, Settings, project_settings
from pipeline.vocabulary.problem import VocabularyError
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.models import load_models, with_what_they_read
from pipeline.warehouse.marts.refresh import refresh_mart
from pipeline.warehouse.store.work import open_work
from pipeline.warehouse.store.writer import replace_table

HOW_TO = PROJECT / "docs" / "how-to"
TABLE = re.compile(r"^ *```csv (\S+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
SENTENCE = re.compile(r"^ *```text\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
PATTERN = "name,pattern,meaning\n"
SUBJECT = "subject,domain,name_zh,name_en\n"
NAMED = "subject,word,strength,head\n"
UNIT = "word,unit,factor,behind_digits\n"
PLANNED = "谋定建设养老服务驿站14个。"
MOVED = "全县临时救助对象120人。"


def own(folder: Path, tables: dict[str, str]) -> Settings:
    """Settings of a raw folder with these tables in its vocabulary."""
    for name, text in tables.items():
        path = folder / "raw" / "vocabulary" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Settings(folder / "raw", folder / "published.duckdb")


def told(page: str) -> tuple[dict[str, str], str]:
    """The tables that a page tells to write, and the sentence that is read by them."""
    text = (HOW_TO / page).read_text(encoding="utf-8")
    tables = {name: textwrap.dedent(body) for name, body in TABLE.findall(text)}
    return tables, textwrap.dedent(SENTENCE.findall(text)[0]).strip()


INDICATOR, WHEELCHAIRS = told("add-an-indicator.md")
UNITS, MEALS = told("add-a-unit.md")
OTHER = {"fields/cues.csv": "field,value,word\nstatus,future,谋定\n"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A folder with all that the pages tell to write, in use."""
    settings = own(tmp_path_factory.mktemp("own"), INDICATOR | UNITS | OTHER)
    with (settings.raw / "vocabulary/subjects/subject_words.csv").open("a", encoding="utf-8") as words:
        words.write("shared_wheelchair,临时救助对象,3,person\n")
    use_vocabulary(settings)
    yield settings
    vocabulary.adopt({})


@pytest.fixture(scope="module")
def understood(settings):
    return Understood([WHEELCHAIRS, MEALS, PLANNED, MOVED])


def test_an_indicator_is_the_rows_of_the_how_to(understood):
    for number, (indicator, value) in {
        "36": ("shared_wheelchair.count", 36),
        "2150": ("shared_wheelchair.person_times", 2150),
        "18.5": ("shared_wheelchair.expenditure", 185000),
    }.items():
        understood.check(WHEELCHAIRS, number, {"indicator_id": indicator, "value": value})


def test_a_unit_is_the_rows_of_the_how_to(understood):
    understood.check(MEALS, "5.2", {"value": 52000, "unit": "人次", "measure": "person_times"})
    understood.check(MEALS, "1.36", {"value": 13600, "unit": "车公里", "measure": "count"})
    # no labelled text has such words, so it may be read with doubt
    assert set(understood.row(MEALS, "1.36")["flags"]) <= {"low_confidence"}


def test_a_cue_is_a_row(understood):
    understood.check(PLANNED, "14", {"status": "target"})


def test_a_word_of_another_subject_becomes_ones_own(understood):
    understood.check(MOVED, "120", {"subject": "shared_wheelchair"})


def test_the_new_indicator_reaches_the_marts_with_its_name_and_unit(settings):
    report = f"青田县民政局2023年工作总结\n一、养老服务\n{WHEELCHAIRS}\n"
    write_raw(settings.raw, report=report)
    with open_work(settings.work, "test") as work:
        read(work, settings.raw)
        for name in ("ref.subjects", "ref.indicators"):
            replace_table(work.con, name, load_reference(name))
        models = load_models(PROJECT / "models")
        for model in with_what_they_read(models, ["indicators_by_region_year"]):
            refresh_mart(work.con, model, models)
        rows = work.con.execute(
            """SELECT indicator_id, indicator_zh, value, unit FROM marts.indicators_by_region_year
               ORDER BY value"""
        ).fetchall()
    assert len(rows) == 3
    assert rows[0] == ("shared_wheelchair.count", "共享轮椅数量", 36, "个")


def test_other_words_are_another_version_so_that_all_is_read_again(settings, tmp_path):
    with_these = extractor_version()
    use_vocabulary(own(tmp_path, {"numbers/person_words.csv": "word\n楼栋长\n"}))
    with_others = extractor_version()
    use_vocabulary(Settings(tmp_path, tmp_path / "published.duckdb"))
    assert len({with_these, with_others, extractor_version()}) == 3
    use_vocabulary(settings)
    assert extractor_version() == with_these


@pytest.mark.landing
def test_ones_own_rows_are_tried_first_where_the_first_that_fits_decides(settings, tmp_path):
    use_vocabulary(own(tmp_path, {"numbers/number_kinds.csv": "kind,right,example\nname,个窗口,5个窗口\n"}))
    assert vocabulary.rows("numbers/number_kinds.csv")[0]["right"] == "个窗口"
    use_vocabulary(settings)


@pytest.mark.landing
def test_the_folder_is_no_report_and_the_process_that_parses_pages_reads_by_it_too(settings, tmp_path):
    page_words = own(tmp_path, {"formats/page_words.csv": "kind,word\nword,猜你想办\n"})
    write_raw(page_words.raw, a=SUMMARY)
    body = "".join(f"<p>{line}</p>" for line in SUMMARY.splitlines() * 4)
    page = f"<html><body>{body}<p>猜你想办</p></body></html>"
    (page_words.raw / "b.html").write_text(page, encoding="utf-8")
    manifest = list_files(page_words.raw)
    assert manifest["file_name"].to_list() == ["a.txt", "b.html"]
    assert "猜你想办" in read_files(page_words.raw, manifest)[0]["text"][1]
    use_vocabulary(page_words)
    assert "猜你想办" not in read_files(page_words.raw, manifest)[0]["text"][1]
    use_vocabulary(settings)


@pytest.mark.parametrize(
    ("table", "text", "says"),
    [
        ("subjects/subject.csv", "subject\n", "no such table (did you mean 'subjects/subjects.csv'?)"),
        ("subjects/subjects.csv", "subject,domain\n", "line 1: the column 'name_zh' is missing"),
        ("numbers/person_words.csv", "word,words\nx,y\n", "line 1: there is no column 'words'"),
        ("numbers/person_words.csv", "word\n网格長\n", "line 2: word '网格長' is never found"),
        ("numbers/person_words.csv", "word\n(?:网格|楼栋)长\n", "signs of a regular expression"),
        ("numbers/person_words.csv", "word\n网格长\n\n网格长\n", "line 4: '网格长' stands in line 2 too"),
        ("numbers/unit_words.csv", UNIT + "驿,驿,1,count\n", "unit '驿' is not in numbers/units.csv"),
        ("numbers/unit_words.csv", UNIT + "位于,个,1,count\n", "stands in numbers/not_units.csv too"),
        ("numbers/unit_words.csv", UNIT + "月底上,月底,1,count\n", "which has no class"),
        ("numbers/unit_words.csv", UNIT + "驿,个,1,count,count\n", "line 2: this line has more or fewer"),
        ("subjects/subject_words.csv", NAMED + "dibo,低堡,3,person\n", "(did you mean 'dibao'?)"),
        ("subjects/subject_words.csv", NAMED + "dibao,低堡,9,person\n", "'9' is none of 1, 2, 3"),
        ("subjects/subject_words.csv", NAMED + "*kite,风筝,3,thing\n", "nothing says what *kite stands for"),
        ("subjects/subjects.csv", SUBJECT + "kite,charity,风筝,Kites\n", "nothing names the subject"),
        ("indicators/indicators.csv", "indicator_id\nkite.persons\n", "'kite' of kite.persons is not in"),
        ("numbers/number_kinds.csv", "kind,right,example\nname,(个,3(个\n", "is no regular expression"),
        ("tables/patterns.csv", PATTERN + "this_month,{mont},x\n", "line 2: there is no pattern 'mont'"),
        ("tables/patterns.csv", PATTERN + "a,{b},x\nb,{a},x\n", "line 2: a holds itself"),
        ("fields/cues.csv", "field,value,word\nstatus,future,\n", "a cue is a word, or else a pattern"),
        ("fields/cues.csv", "field,value,word\nstatus,target,谋定\n", "cues of status cannot say 'target'"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_what_to_do(tmp_path, table, text, says):
    settings = own(tmp_path, {table: text})
    with pytest.raises(VocabularyError, match=re.escape(says)):
        use_vocabulary(settings)
    checked = CliRunner().invoke(main, ["vocabulary", "check", str(settings.raw / "vocabulary")])
    assert checked.exit_code == 1 and table in checked.output and says in checked.output


@pytest.mark.landing
def test_a_cue_that_its_own_examples_contradict_is_told(tmp_path):
    cues = "field,value,word,yes,no\nstatus,future,谋定,谋划建3所,谋定而后动\n"
    folder = own(tmp_path, {"fields/cues.csv": cues}).raw / "vocabulary"
    checked = CliRunner().invoke(main, ["vocabulary", "check", str(folder)])
    assert checked.exit_code == 1
    assert "谋定 is not found in '谋划建3所'" in checked.output
    assert "谋定 is found in '谋定而后动'" in checked.output


@pytest.mark.landing
def test_two_cues_between_which_only_their_order_decides_are_both_named(tmp_path):
    cues = "field,value,word,pattern,trigger,priority\nstatus,future,谋定,,,\nstatus,begun,,谋[定划],谋,{}\n"
    for priority in ("", "1"):
        folder = own(tmp_path, {"fields/cues.csv": cues.format(priority)}).raw / "vocabulary"
        checked = CliRunner().invoke(main, ["vocabulary", "check", str(folder)])
        assert (checked.exit_code == 0) == (priority == "1"), checked.output
        named = "谋定 (status future) and 谋[定划] (status begun) both mark '谋定'"
        assert (named in checked.output) == (priority == "")


@pytest.mark.landing
def test_a_folder_that_is_fine_is_said_to_be(tmp_path):
    settings = own(tmp_path, INDICATOR)
    checked = CliRunner().invoke(main, ["vocabulary", "check", str(settings.raw / "vocabulary")])
    assert checked.exit_code == 0 and "2 tables with 5 rows" in checked.output


@pytest.mark.landing
def test_longer_words_of_other_subjects_that_hide_ones_own_are_named(tmp_path):
    own_subject = SUBJECT + "counselling,social_affairs,婚姻辅导,Marriage counselling\n"
    own_words = NAMED + "counselling,婚姻家庭,3,activity\n"
    tables = {"subjects/subjects.csv": own_subject, "subjects/subject_words.csv": own_words}
    settings = own(tmp_path, tables)
    checked = CliRunner().invoke(main, ["vocabulary", "check", str(settings.raw / "vocabulary")])
    assert checked.exit_code == 0 and "line 2: where a longer word stands it wins" in checked.output
    assert "婚姻家庭辅导" in checked.output


def test_the_folder_can_be_named(tmp_path):
    named = project_settings(tmp_path, vocabulary=tmp_path / "words", env={})
    assert named.own_vocabulary == tmp_path / "words"
    assert project_settings(tmp_path, env={"MINZHENG_VOCABULARY": str(tmp_path)}).own_vocabulary == tmp_path
    assert project_settings(tmp_path, env={}).own_vocabulary is None
    with pytest.raises(VocabularyError, match="no folder"):
        use_vocabulary(named)


@pytest.mark.slow
def test_nothing_is_read_before_a_run_says_by_which_words():
    """A pattern made when a module is imported would be one of the built-in words for good."""
    code = (
        "import importlib, pathlib, sys\n"
        "for path in pathlib.Path('pipeline').rglob('*.py'):\n"
        "    if 'tools' not in path.parts and '__main__' not in path.name:\n"
        "        importlib.import_module('.'.join(path.with_suffix('').parts).removesuffix('.__init__'))\n"
        "from pipeline.vocabulary import loader\n"
        "sys.exit(loader.rows.cache_info().misses + loader._patterns.cache_info().misses)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
