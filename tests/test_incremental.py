"""Incremental refreshes give the same rows as a full rebuild, whatever happened to the folder in between.

`MINZHENG_EXAMPLES=200 pytest -m slow tests/test_incremental.py` looks at more histories than CI has time for.
"""

import os
import random
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl
import pytest
from conftest import PLAN, SUMMARY
from faults_lab import contents, read, report_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_once import expect, read_once

import pipeline.engine.batch as batches
import pipeline.engine.local as engine
import pipeline.warehouse.marts.refresh as marts
from pipeline.assets.ref import REFERENCES
from pipeline.engine.batch import split_batches
from pipeline.settings import PROJECT
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.models import load_models
from pipeline.warehouse.store.work import open_work
from pipeline.warehouse.store.writer import replace_table

EXAMPLES = int(os.environ.get("MINZHENG_EXAMPLES", "4"))
NAMES = st.sampled_from(["a.txt", "b.txt", "sub/c.txt", "d.txt"])
OF_COUNTIES = """丽水市2023年民政统计表

| 县（市、区） | 低保对象（人） | 特困人员（人） |
| --- | --- | --- |
| 莲都区 | 901 | 902 |
| 龙泉市 | 903 | 904 |
| 遂昌县 | 905 | 906 |
| 松阳县 | 907 | 908 |
| 云和县 | 909 | 900 |
| 庆元县 | 9 | 12 |
"""
# A few texts only, so that copies come and go; one that is refused, one in another script.
TEXTS = [
    SUMMARY,
    SUMMARY + "完成验收。\n",
    PLAN,
    report_text(random.Random(1)),
    "",
    SUMMARY.replace("万", "萬"),
    SUMMARY.replace("青田县", "缙云县").replace("3012", "2950"),  # another county, later years beside it
    SUMMARY.replace("2023", "2024").replace("3012", "3120"),
    SUMMARY.replace("青田县民政局", "")
    + "其中青田县城市低保对象301人，缙云县低保对象207人。\n",  # of no known region
    OF_COUNTIES,  # figures that count in regions which the report is not of
    OF_COUNTIES.replace("90", "1"),  # beside which others are few or many
]
MODELS = load_models(PROJECT / "models")
IN_BATCHES = 3  # crashes of a larger number come between marts
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, st.integers(0, len(TEXTS) - 1)),
    st.tuples(st.just("remove"), NAMES, st.just(0)),
    st.tuples(st.just("rename"), NAMES, st.integers(0, 3)),
    st.tuples(st.just("vocabulary"), st.just(""), st.integers(0, 2)),
    st.tuples(st.just("refresh"), st.just(""), st.just(0)),
    st.tuples(st.just("crash"), st.just(""), st.integers(0, IN_BATCHES + 3)),
)


# Of all that can happen, something: another year, copies that come and go, a file of no known region.
HISTORY = [
    ("write", "b.txt", 7), ("write", "sub/c.txt", 8), ("crash", "", 1), ("write", "d.txt", 0),
    ("rename", "a.txt", 3), ("crash", "", 5), ("remove", "d.txt", 0), ("vocabulary", "", 1),
    ("write", "b.txt", 6), ("write", "d.txt", 9), ("refresh", "", 0), ("write", "d.txt", 10),
    ("refresh", "", 0), ("write", "sub/c.txt", 9),
]  # fmt: skip


class Crash(BaseException):
    """The process ends here."""


@contextmanager
def world(vocabulary: int):
    """The pipeline with a vocabulary of its own: another number reads other kinds of measures."""

    def reading(raw: Path, manifest: pl.DataFrame) -> batches.Frames:
        frames = read_once(raw, manifest)
        if vocabulary:
            seen = frames["core.observations"]
            frames["core.observations"] = seen.filter(
                pl.col("measure").str.len_chars() % (vocabulary + 1) > 0
            )
        return frames

    with pytest.MonkeyPatch.context() as patch:
        for module in (engine, batches):
            patch.setattr(module, "extractor_version", lambda: f"v{vocabulary}")
        patch.setattr(engine.BatchReader, "read_whole", lambda _, *given: reading(*given))
        patch.setattr(engine, "split_batches", lambda pending: split_batches(pending, batch_files=2))
        patch.setattr(marts, "MOST_CHANGED", 9.0)  # always by parts, however small the corpus
        yield patch


def refresh(work, raw: Path, left: int = -1) -> engine.Refreshed:
    """`left` marts are made before the process ends, all of them if negative."""
    if not work.con.execute("SELECT count(*) FROM ref.regions").fetchall()[0][0]:
        for name in REFERENCES:
            replace_table(work.con, name, load_reference(name))
    done = read(work, raw)
    for number, model in enumerate(MODELS.values()):
        if number == left:
            raise Crash
        marts.refresh_mart(work.con, model, MODELS)
    return done


def crash(work, raw: Path, after: int, patch: pytest.MonkeyPatch) -> None:
    """A refresh that ends after so many stored batches, before it links what it read, or between marts."""
    replace, left = engine.replace_files, [after]

    def dying(*given):
        if not left[0]:
            raise Crash
        left[0] -= 1
        return replace(*given)

    def die(*given):
        raise Crash

    if after <= IN_BATCHES:
        patch.setattr(engine, "replace_files", dying)
        patch.setattr(engine, "store_links", die)
    with suppress(Crash):
        refresh(work, raw, len(MODELS) * (after - IN_BATCHES) // 4)


def change(raw: Path, what: str, name: str, number: int) -> None:
    path = raw / name
    if what == "write":
        path.write_text(TEXTS[number], encoding="utf-8")
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif what == "rename" and path.exists():
        path.rename(raw / ["a.txt", "b.txt", "sub/c.txt", "e.txt"][number])


@pytest.mark.landing
def test_incremental_and_full_give_the_same_rows():
    expect(a=SUMMARY, e=SUMMARY)
    for what, name, number in HISTORY:
        if what == "write":
            expect(**{name.removesuffix(".txt"): TEXTS[int(number)]})
    give_the_same_rows(HISTORY)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES <= 4,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(st.lists(STEPS, min_size=4, max_size=10))
def test_incremental_and_full_give_the_same_rows_whatever_happened(steps):
    give_the_same_rows(steps)


def give_the_same_rows(steps: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "raw"
        (raw / "sub").mkdir(parents=True)
        (raw / "a.txt").write_text(SUMMARY, encoding="utf-8")
        vocabulary = 0
        for what, name, number in [*steps, ("refresh", "", 0)]:
            if what == "vocabulary":
                vocabulary = number
            elif what in ("refresh", "crash"):  # each in a session of its own, as runs are
                with world(vocabulary) as patch, open_work(Path(scratch) / "work.duckdb", what) as work:
                    if what == "crash":
                        crash(work, raw, number, patch)
                    else:
                        refresh(work, raw)
            else:
                change(raw, what, name, number)
        with world(vocabulary):
            with open_work(Path(scratch) / "work.duckdb", "look") as work:
                assert not refresh(work, raw).anything
                incremental = contents(work.con, MODELS)
            with open_work(Path(scratch) / "full.duckdb", "full") as work:
                refresh(work, raw)
                assert contents(work.con, MODELS) == incremental
