"""Habits of subjects follow from labels: what they count is learned, and from too few texts nothing."""

import numpy as np
import polars as pl
import pytest

from pipeline.extraction.subjects.habits import ANY, habit
from pipeline.tools.fit_habits import FEWEST, candidates, held_out, learn, points_of, right_by
from pipeline.tools.mark_labels import pack
from pipeline.vocabulary import rows as vocabulary

# In each text the people draw dibao, and the money is that of a cemetery; both nouns score alike.
PLANTED = [
    pl.DataFrame(
        {
            "document": f"t{text}", "number": f"{text}-{kind}", "class": kind, "score": [5.0, 5.1],
            "subject": ["dibao", "cemetery"] if kind == "people" else ["cemetery", "dibao"],
            "is_right": [True, False],
        }
    )
    for text in range(8) for kind in ("people", "money")
]  # fmt: skip


def test_what_a_subject_counts_is_learned_beyond_its_score():
    rows = pl.concat(PLANTED)
    assert not right_by(rows, np.zeros(len(rows)), 0.5).any()
    habits = learn(rows)
    points = {(r["subject"], r["class"]): r["points"] for r in habits.iter_rows(named=True)}
    assert points["dibao", "people"] > 0 > points["dibao", "money"]
    assert points["cemetery", "money"] > 0 > points["cemetery", "people"]
    assert right_by(rows, points_of(rows, habits), 0.5).all()
    assert set(habits["texts"]) == {8}
    assert learn(rows).equals(habits)


def test_texts_are_judged_by_habits_of_the_others():
    rows = pl.concat(PLANTED)
    assert right_by(rows, held_out(rows), 0.5).all()
    # what only the text itself says of a subject is unknown where that text is held out
    rows = rows.with_columns(subject=pl.col("document") + pl.col("subject"))
    assert (held_out(rows) == 0).all()


def test_nothing_is_learned_from_a_subject_in_too_few_texts():
    few = pl.concat(PLANTED[: 2 * (FEWEST - 1)])
    assert learn(few).is_empty()
    lone = PLANTED[-1].with_columns(subject=pl.col("subject").replace("dibao", "orphan"))
    assert "orphan" not in learn(pl.concat([*PLANTED, lone]))["subject"].to_list()


def test_other_has_no_habit():
    rows = pl.concat(PLANTED).with_columns(subject=pl.col("subject").replace("cemetery", "other"))
    assert set(learn(rows)["subject"]) == {"dibao"}


def test_candidates_are_those_of_labelled_texts(tmp_path):
    sentence = "全县低保对象⟦1204|dibao.persons 1204 人⟧人,公墓照常开放。"
    text = f"#! year=2023\n某县民政局⟦2023|date⟧年工作总结\n{sentence}\n"
    (tmp_path / "a.marked").write_text(text, encoding="utf-8")
    assert pack(tmp_path) == []
    rows = candidates(tmp_path)
    assert set(rows["class"]) == {"people"} and rows["is_right"].any() and not rows["is_right"].all()
    assert rows.sort("score")["subject"].last() == "dibao"


def test_a_pair_has_the_points_of_its_subject_and_of_its_subject_with_the_class():
    rows = vocabulary("subjects/habits.csv")
    own = next(r for r in rows if r["class"] != ANY and any(_is_any(o, r) for o in rows))
    of_any = next(r for r in rows if _is_any(r, own))
    asked = pl.DataFrame(
        {
            "subject": [own["subject"], own["subject"], "other"],
            "unit_class": [own["class"], None, own["class"]],
        }
    )
    points = asked.select(habit())["subject"].to_list()
    whole = float(own["points"]) + float(of_any["points"])
    assert points == pytest.approx([whole, float(of_any["points"]), 0.0])


def _is_any(row: dict[str, str], own: dict[str, str]) -> bool:
    return (row["subject"], row["class"]) == (own["subject"], ANY)
