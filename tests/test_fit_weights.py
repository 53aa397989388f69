"""The weights of subjects follow from labels: a few sentences move a weight the right way, and no farther."""

import numpy as np
import polars as pl
import pytest

from pipeline.tools.fit_weights import (
    FEW,
    WEIGHTS,
    fit,
    hits,
    labelled_pairs,
    support,
    surely_better,
)
from pipeline.tools.labelled import of_set
from pipeline.tools.mark_labels import pack
from pipeline.tools.rows import read_rows

# In each the number counts the noun before it, and a telling noun stands behind a comma.
SENTENCES = [
    "全县城乡低保对象⟦1204|dibao.persons 1204 人⟧人,殡葬服务单位也有巡查。",
    "孤儿⟦12|orphan.persons 12 人⟧人,婚姻登记处照常开放。",
    "在册社会组织⟦86|social_org.count 86 个⟧个,临时救助随到随办。",
]
LITTLE_SUPPORT: set[str] = set()


@pytest.fixture(scope="module")
def weights():
    rows = read_rows(WEIGHTS)
    return [row["feature"] for row in rows], np.array([float(row["weight"]) for row in rows])


@pytest.fixture(scope="module")
def pairs(tmp_path_factory, weights):
    folder = tmp_path_factory.mktemp("labels")
    for number, sentence in enumerate(SENTENCES):
        text = f"#! year=2023\n某县民政局⟦2023|date⟧年工作总结\n{sentence}\n"
        (folder / f"{number}.marked").write_text(text, encoding="utf-8")
    assert pack(folder) == []
    return labelled_pairs(folder, weights[0])


@pytest.mark.slow
def test_labels_move_the_weights_that_led_astray(pairs, weights):
    names, _ = weights
    assert len(pairs.starts) == len(SENTENCES)
    wrong = np.zeros(len(names))
    wrong[names.index("later")], wrong[names.index("left")] = 6.0, 1.0  # would take the noun behind the comma
    assert not hits(pairs, wrong).any()
    fitted = fit(pairs, wrong, ridge=0.1).weights
    assert fitted[names.index("later")] < 6.0 and fitted[names.index("left")] > 1.0
    assert hits(pairs, fitted).all()


def test_what_no_label_speaks_of_stays_as_it_was(pairs, weights):
    names, today = weights
    fitted = fit(pairs, today)
    silent = names.index("of_whole")
    assert support(pairs)[silent] == 0 and fitted.weights[silent] == today[silent]
    assert fitted.std_error[silent] == pytest.approx(0.5)
    assert fitted.std_error[names.index("later")] < 0.5


def test_weights_that_labels_hardly_speak_of_are_known():
    """Whoever labels sentences that hold them may shorten this list; whoever adds a feature labels some."""
    assert {row["feature"] for row in read_rows(WEIGHTS) if int(row["support"]) < FEW} == LITTLE_SUPPORT


def test_weights_are_taken_up_only_where_more_than_chance_speaks_for_them():
    old = np.array([True] * 10 + [False] * 16)
    assert not surely_better(~old, old)
    assert surely_better(np.array([True] * 26), old)


@pytest.mark.slow
def test_subjects_that_people_reviewed_are_labels_too(tmp_path, weights):
    name = "甲县2023年总结.txt"
    (tmp_path / name).write_text(
        "甲县民政局2023年工作总结\n全县城乡低保对象1204人,殡葬服务单位也有巡查。\n"
        "孤儿12人,婚姻登记处照常开放。\n现有社会组织86个,临时救助随到随办。\n",
        encoding="utf-8",
    )
    (tmp_path / "corrections.csv").write_text(
        "document,span,key,action,field,value,expect,reason,who,when\n"
        f"{name},,dibao.persons,confirm,,,,read,Li,2025-06-30\n"
        f"{name},,orphan.persons,override,subject,marriage,orphan,misread,Li,2025-06-30\n"
        f"{name},,social_org.count,override,value,85,86,typo,Li,2025-06-30\n",
        encoding="utf-8",
    )
    subjects = of_set(tmp_path, weights[0], None)
    # a value that was settled says nothing of the subject
    assert subjects["number"].n_unique() == 2
    assert subjects.group_by("number", maintain_order=True).agg(pl.col("is_right").first())[
        "is_right"
    ].to_list() == [True, False]
