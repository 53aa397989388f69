"""What steps of extraction hand to each other: each takes the columns it declares, and gives no others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl
import pytest
from extraction_sentences import Understood

from pipeline.contracts.registry import columns
from pipeline.contracts.validate import validate
from pipeline.extraction import attribute, extract, surroundings
from pipeline.extraction.fields import (
    carried_days,
    change,
    flags,
    flows_and_stocks,
    houses,
    measure,
    months_headed,
    months_near,
    residence,
    residence_lists,
    scope,
    status,
    subgroup,
    time,
    years,
)
from pipeline.extraction.sequence import open_stream
from pipeline.extraction.tables import phrases, read, subgroups
from pipeline.extraction.tables import times as cell_times

TEXTS = [
    "截至9月底,农村低保对象1204户,城市低保标准由610元提高到655元,白地镇有12户。特困供养人员310人。",
    "孤儿12人、事实无人抚养儿童30人,按每人每月1510元、1208元发放,其中护理补贴7万元,同比分别增长2%和3%。",
    "县中心敬老院总投资1200万元,设床位260张,其中护理型210张,12月底前完工。“十三五”期间建成幸福院24个。",
    "| 地区 | 低保户数(户) | 其中:60岁以上 |\n| 白地镇 | 12 | 3 |\n| 黑山镇 | 15 | 4 |\n| 合计 | 27 | 7 |",
    "| 任务 | 目标值 | 完成情况 | 完成时限 |\n| 养老机构 | 新建5处,覆盖率达到90% | 新建3处 | 6月底 |\n"
    "| 村级食堂 | 建成2处 | 建成2处 | 12月底 |",
]
READ = Understood.beside_others(TEXTS)
ROWS = ("frame.quantities", "frame.places", "frame.subjects")  # side by side: what fields are told of
MONTHS = ("frame.years", "frame.months_near", "frame.carried_days")  # what is said of months, side by side
# The steps of fields, and of reading tables, by where they are called: what each takes, and of which frame it
# gives some or all.
STEPS = {
    (attribute, "measure"): (measure.TAKES, "frame.fields"),
    (attribute, "change"): (change.TAKES, "frame.fields"),
    (attribute, "status"): (status.TAKES, "frame.fields"),
    (attribute, "times"): (time.TAKES, "frame.fields"),
    (attribute, "scope"): (scope.TAKES, "frame.fields"),
    (attribute, "told_beside"): (status.TAKES_BESIDE, "frame.fields"),
    (attribute, "residence"): (residence.TAKES, "frame.fields"),
    (attribute, "residence_in_lists"): (residence_lists.TAKES, "frame.fields"),
    (attribute, "subgroup"): (subgroup.TAKES, "frame.fields"),
    (attribute, "flags"): (flags.TAKES, "frame.fields"),
    (time, "years"): (years.TAKES, "frame.years"),
    (time, "spoken_kinds"): (flows_and_stocks.TAKES, None),
    (time, "months_near"): (months_near.TAKES, "frame.months_near"),
    (time, "carried_days"): (carried_days.TAKES, "frame.carried_days"),
    (time, "months_headed"): (
        tuple(dict.fromkeys((*months_headed.TAKES, *months_headed.DUE, *columns(*MONTHS)))),
        "frame.months_told",
    ),
    (scope, "of_one_house"): (houses.TAKES, None),
    (extract, "context"): (("document_id", "pos"), "frame.quantities"),
    (extract, "surroundings"): (surroundings.TAKEN, "core.contexts"),
    (read, "cell_times"): (cell_times.TAKES, "frame.cell_times"),
    (read, "subgroups"): (subgroups.TAKES, "frame.read_cells"),
    (phrases, "_done_by"): (phrases.TAKES_OF_TIMES, "frame.read_cells"),
}
FIELDS = ("frame.fields", "frame.read_cells", "frame.quantities")  # of which each step gives some
FIGURES = ("frame.quantities", "frame.figures")
SAID = (*FIGURES, "frame.said_of_figures")
# Frames that are handed on side by side: by or to which step, as which of its arguments or as what it gives.
GIVEN = None
HANDED_ON = (
    (extract, "under_heads", GIVEN, ROWS[:1]),
    (extract, "told_elsewhere", GIVEN, ROWS[:1]),
    (extract, "attribute", 1, ROWS[:1]),
    (extract, "attribute", GIVEN, ("frame.attributed",)),
    (attribute, "place_numbers", GIVEN, ROWS[:2]),
    (attribute, "with_subjects", GIVEN, ROWS),
    (attribute, "tell_fields", 1, ROWS),
    (extract, "cell_numbers", GIVEN, ("frame.cell_numbers",)),
    (extract, "heads_said", GIVEN, ("frame.heads_said",)),
    (extract, "figures_of", GIVEN, FIGURES),
    (extract, "phrases_of", GIVEN, FIGURES),
    (read, "said_of", GIVEN, SAID),
    (read, "sentences", GIVEN, (*SAID, "frame.sentences")),
    (read, "in_sentences", 0, read.CELLS),
    (extract, "read_cells", 0, read.CELLS),
    (extract, "read_phrases", 0, phrases.PHRASES),
    (extract, "read_phrases", GIVEN, ("frame.read_cells",)),
    (extract, "told_by_years", GIVEN, ("frame.attributed", "frame.in_tables")),
    (extract, "without_impossible", GIVEN, ("frame.attributed", "frame.in_tables")),
    (extract, "groups_by_name", GIVEN, extract.WRITTEN),
    (extract, "signs", 0, extract.WRITTEN),
    (extract, "confidence", 0, extract.WRITTEN),
)


def extracted() -> pl.DataFrame:
    """The observations of the texts, read anew, so that each step is looked at."""
    return extract.extract(READ.documents, READ.reports, READ.sections).observations


def side_by_side(frame: pl.DataFrame, *names: str) -> None:
    """Fail unless a frame has the columns of several that stand side by side, as declared, and no others."""
    assert set(frame.columns) == {*columns(*names)}
    for name in names:
        validate(frame.select(columns(name)), name, whole=False)


def only(step: Callable, takes: tuple[str, ...], said: Callable[[pl.DataFrame], object]) -> Callable:
    """A step that is given nothing but the columns that it `takes`; what it gives is `said`."""

    def narrow(given: object) -> object:
        rows = isinstance(given, pl.DataFrame) and {*takes} <= {*given.columns}
        return given.select(takes) if rows else given

    def told(*given):
        assert any(isinstance(one, pl.DataFrame) and {*takes} <= {*one.columns} for one in given)
        found = step(*map(narrow, given))
        said(found)
        return found

    return told


@pytest.mark.landing
def test_each_field_takes_and_gives_what_it_declares():
    before = {*columns(*ROWS, "frame.fields")}
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), (takes, gives) in STEPS.items():
            assert module is not attribute or {*takes} <= before, name
            said = partial(lambda name, gives, found: seen.append((name, gives, found)), name, gives)
            patch.setattr(module, name, only(getattr(module, name), takes, said))
        assert extracted().height
    for name, gives, found in seen:
        told = found.to_frame() if isinstance(found, pl.Series) else found
        if gives in FIELDS:
            assert {*told.columns} <= {*columns(gives)}, name
        elif gives:
            validate(told, gives, whole=False)
    assert {name for name, *_ in seen} == {name for _, name in STEPS}


def test_frames_that_stand_side_by_side_have_no_columns_but_their_own():
    seen = []

    def watched(step: Callable, nth: int | None, names: tuple[str, ...]) -> Callable:
        def told(*given):
            found = step(*given)
            handed = given[nth] if nth is not GIVEN else found
            frames = handed if isinstance(handed, tuple) else (handed,)
            seen.append((names, next(frame for frame in frames if isinstance(frame, pl.DataFrame))))
            return found

        return told

    with pytest.MonkeyPatch.context() as patch:
        for module, name, nth, names in HANDED_ON:
            patch.setattr(module, name, watched(getattr(module, name), nth, names))
        assert extracted().height
    for names, frame in seen:
        side_by_side(frame, *names)
    assert {names for names, _ in seen} == {names for *_, names in HANDED_ON}


def test_a_stream_is_of_clauses_and_words_as_they_are_declared():
    opened = extract.open_texts(READ.documents, READ.reports, READ.sections)
    bare = open_stream(READ.documents.select("document_id", reading="text"))
    side_by_side(bare.clauses, "frame.clauses")
    side_by_side(opened.stream.clauses, "frame.clauses", "frame.placed_clauses")
    for stream in (bare, opened.stream, opened.stream.followed_by(bare)):
        side_by_side(stream.words, "frame.words")
