"""What `minzheng evaluate` says, counted by hand on two small texts; labels written into a text and back."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.evaluation.labels import agrees, read_jsonl, read_labelled
from pipeline.evaluation.marts import answers, score_mart
from pipeline.evaluation.readings import Found, score_text, total
from pipeline.evaluation.reports import score_reports
from pipeline.settings import PROJECT
from pipeline.tools.mark_labels import pack, read_marked, write_marked

LABELLED = PROJECT / "tests" / "labelled"
MARKED = {
    "north": "#! year=2023\n⟦2023|date⟧年,全县有低保对象⟦1204|dibao.persons 1204 人⟧人,"
    "其中农村⟦980|dibao.persons 980 人 residence=rural⟧人,孤儿⟦12|orphan.persons 12 人⟧人。",
    "south": "#! year=2022\n发放低保金⟦36万|dibao.expenditure 360000 元 period=2022⟧元,"
    "新建敬老院⟦2|elder_center.count 2 个 change=added alt.subject=elder_institution⟧所。",
}


PLAIN = {
    "kind": "measurement",
    "change": "level",
    "residence": "total",
    "status": "actual",
    "comparator": "=",
    "scope": "region",
    "year": 2023,
    "value_high": None,
    "unit": "人",
}


def row(text: str, number: str, subject: str, measure: str, value: float, **fields) -> dict:
    """What a program read of a number: the fields of a plain actual figure of 2023, but for those given."""
    start = text.index(number)
    place = {"span_start": start, "span_end": start + len(number)}
    return PLAIN | place | {"subject": subject, "measure": measure, "value": value} | fields


@pytest.fixture
def folder(tmp_path):
    for name, marked in MARKED.items():
        (tmp_path / f"{name}.marked").write_text(marked, encoding="utf-8")
    assert pack(tmp_path) == []
    return tmp_path


@pytest.fixture
def found(folder):
    """Read by another program: of north one number right in all, one of the wrong residence, one missed and
    the year taken for a figure; of south the money in the wrong year, the homes under the other name."""
    north, south = (text.text for text in read_labelled(folder))
    return {
        "north": [
            row(north, "1204", "dibao", "persons", 1204.0),
            row(north, "980", "dibao", "persons", 980.0),
            row(north, "2023", "other", "count", 2023.0),
        ],
        "south": [
            row(south, "36", "dibao", "expenditure", 360000.0, unit="元"),
            row(south, "2", "elder_institution", "count", 2.0, unit="所", change="added", year=2022),
        ],
    }


def test_the_figures_are_those_that_a_person_counts(folder, found):
    scores = [score_text(text, Found(found[text.name], found[text.name])) for text in read_labelled(folder)]
    north, south = (score.figures() for score in scores)
    # 4 labels, of which 3 lie in a mention, 2 with the right kind; 3 measurements against 3 rows
    assert north == {"accounted": 75.0, "kind": 50.0, "quantity": 66.7, "subject": 66.7, "indicator": 66.7,
                     "full": 33.3, "timed": 33.3}  # fmt: skip
    assert south == {"accounted": 100.0, "kind": 100.0, "quantity": 100.0, "subject": 100.0,
                     "indicator": 100.0, "full": 50.0, "timed": 50.0}  # fmt: skip
    both = total(scores)
    assert both.counts["gold"] == both.counts["found"] == 5 and both.figures()["quantity"] == 80.0
    assert [line.split("\t")[:2] for line in both.wrong] == [
        ["north", "differs"], ["north", "missed"], ["north", "false"], ["south", "differs"],
    ]  # fmt: skip


def test_another_program_is_scored_by_its_own_files(folder, found, tmp_path):
    read = tmp_path / "read"
    read.mkdir()
    for name, rows in found.items():
        (read / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = CliRunner().invoke(main, ["evaluate", str(folder), "--found", str(read), "--each", "--wrong", "1"])
    assert said.exit_code == 0, said.output
    assert "| north | 4 | 3 | 3 | 75.0 | 50.0 | 66.7 | 66.7 | 66.7 | 33.3 | 33.3 |" in said.output
    assert said.output.count("differs") == 1


def test_a_row_of_the_mart_is_right_where_a_label_of_its_region_says_so(folder):
    said = answers(
        read_labelled(folder), {"north.txt": [{"region_code": "1"}], "south.txt": [{"region_code": "2"}]}
    )
    key = {"change": "level", "residence": "total", "status": "actual", "year": 2023}
    rows = [
        {"region_code": "1", "indicator_id": "dibao.persons", "value": 1204.0, "confidence": 0.9} | key,
        {"region_code": "1", "indicator_id": "dibao.persons", "value": 980.0, "confidence": 0.5} | key,
        {"region_code": "2", "indicator_id": "orphan.persons", "value": 12.0, "confidence": 0.99} | key,
    ]
    tiers, covered = score_mart(said, rows)
    assert (tiers["all"].rows, tiers["all"].precision) == (3, 33.3)
    assert (tiers["confidence from 0.9"].rows, tiers["confidence from 0.9"].precision) == (2, 50.0)
    assert covered == 20.0  # one of five


def test_a_period_is_right_as_the_label_means_it():
    label = PLAIN | {"value": 1.0, "subject": "dibao", "measure": "persons"}

    def right(period, start, end) -> bool:
        dates = {
            "period_start": start and date.fromisoformat(start),
            "period_end": end and date.fromisoformat(end),
        }
        return agrees(label | {"period": period}, label | dates, "timed")

    assert right(None, None, None) and right(None, "2023-01-01", "2023-12-31")
    assert not right(None, "2023-01-01", "2023-06-30")
    assert right("2023-09", None, "2023-09-30") and not right("2023-09", None, "2023-08-31")
    assert right("2023-01/2023-10", "2023-01-01", "2023-10-31")
    assert not right("2023-01/2023-10", None, "2023-10-31")


def test_reports_are_compared_field_by_field():
    want = {
        "a.txt": [{"region_code": "1", "year": 2023, "genre": ["plan"], "tasks": 2, "title": "工作 要点"}]
    }
    read = {"region_code": "1", "year": 2022, "genre": "plan", "tasks": 2, "title": "工作要点"}
    n = score_reports(want, {"a.txt": [read]})
    assert (n["reports"], n["split"], n["region_code"], n["year"], n["genre"], n["title"]) == (
        1,
        1,
        1,
        0,
        1,
        1,
    )
    assert score_reports(want, {"a.txt": [read, read]})["split"] == 0


@pytest.mark.landing
def test_every_label_of_ours_can_be_written_into_its_text_and_read_back():
    for path in sorted(LABELLED.rglob("*.jsonl")):
        text = (path.parents[1] / "corpus" / f"{path.stem}.txt").read_text(encoding="utf-8")
        labels = read_jsonl(path)
        assert all(text[label["start"] : label["end"]] == label["text"] for label in labels), path.name
        assert read_marked(write_marked(text, labels))[:2] == (text, labels), path.name


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("低保⟦3|dibao.people 3 人⟧人", "no measure 'people'"),
        ("低保⟦3|dibao.persons 3 人 residence=town⟧人", "residence is one of"),
        ("低保⟦3|dibao.persons 3 人 colour=red⟧人", "no field 'colour'"),
        ("低保⟦3|dibao.persons 3 人", "a mark is open"),
    ],
)
def test_a_slip_in_a_mark_is_named(marked, said):
    with pytest.raises(ValueError, match=said):
        read_marked(marked)


def test_a_number_without_a_mark_is_named():
    assert read_marked("低保⟦3|condition⟧类,共20人")[2] == ["低保3类,共20人"]


@pytest.mark.slow
def test_the_page_of_scores_shows_what_evaluate_prints():
    page = (PROJECT / "docs" / "scores.md").read_text(encoding="utf-8")
    shown = page.split("<!-- printed by `make evaluate` -->\n")[1].split("\n<!-- end -->")[0]
    assert CliRunner().invoke(main, ["evaluate"]).output.strip() == shown
