"""The weights of subjects follow from labels: a few sentences move a weight the right way, and no farther."""

import numpy as np
import polars as pl
import pytest

from pipeline.extraction.subjects.collocations import ANY, LONGEST, code_of, collocation, piece_of
from pipeline.tools.fit_weights import (
    FEW,
    FEWEST,
    LEARNED,
    WEIGHTS,
    Fit,
    features,
    fit,
    held_out,
    hits,
    pairs_of,
    support,
    worth,
    written,
)
from pipeline.tools.labelled import labelled_candidates, of_set
from pipeline.tools.mark_labels import pack
from pipeline.tools.rows import read_rows
from pipeline.vocabulary import rows as vocabulary

pytestmark = pytest.mark.landing
# In each the number counts the noun before it, and a telling noun stands behind a comma.
SENTENCES = [
    "全县城乡低保对象⟦1204|dibao.persons 1204 人⟧人,殡葬服务单位也有巡查。",
    "孤儿⟦12|orphan.persons 12 人⟧人,婚姻登记处照常开放。",
    "在册社会组织⟦86|social_org.count 86 个⟧个,临时救助随到随办。",
]
LITTLE_SUPPORT = {"vague"}  # few labelled texts say 低保412户困难家庭


# In each text the people draw dibao, and the money is that of a cemetery; both nouns score alike.
PLANTED = pl.concat(
    pl.DataFrame(
        {
            "document": f"t{text}", "number": f"{text}-{kind}", "unit_class": kind, "score": [5.0, 5.1],
            "subject": ["dibao", "cemetery"] if kind == "people" else ["cemetery", "dibao"],
            "is_right": [True, False],
            "before": "经民主评议" if kind == "people" else "用于墓区绿化", "behind": "。",
        }
    )
    for text in range(10) for kind in ("people", "money")
)  # fmt: skip
SCORE = np.array([1.0])  # the prior of the planted score


@pytest.fixture(scope="module")
def weights():
    return features()


@pytest.fixture(scope="module")
def pairs(tmp_path_factory, weights):
    folder = tmp_path_factory.mktemp("labels")
    for number, sentence in enumerate(SENTENCES):
        text = f"#! year=2023\n某县民政局⟦2023|date⟧年工作总结\n{sentence}\n"
        (folder / f"{number}.marked").write_text(text, encoding="utf-8")
    assert pack(folder) == []
    return pairs_of(labelled_candidates(folder, weights[0]), weights[0])


@pytest.mark.slow
def test_labels_move_the_weights_that_led_astray(pairs, weights):
    names, _ = weights
    assert len(pairs.starts) == len(SENTENCES)
    wrong = np.zeros(len(names))
    wrong[names.index("later")], wrong[names.index("left")] = 6.0, 1.0  # would take the noun behind the comma
    assert not hits(pairs, Fit(wrong, wrong, np.zeros(len(pairs.keys)))).any()
    fitted = fit(pairs, wrong, ridge=0.1)
    later, left = fitted.weights[names.index("later")], fitted.weights[names.index("left")]
    assert later < 6.0 and left > 1.0
    assert hits(pairs, fitted).all()


def test_what_no_label_speaks_of_stays_as_it_was(pairs, weights):
    names, prior = weights
    fitted = fit(pairs, prior, ridge=4.0)
    silent = names.index("of_whole")
    assert support(pairs)[silent] == 0 and fitted.weights[silent] == prior[silent]
    assert fitted.std_error[silent] == pytest.approx(0.5)
    assert fitted.std_error[names.index("later")] < 0.5


def test_weights_that_labels_hardly_speak_of_are_known():
    """Whoever labels sentences that hold them may shorten this list; whoever adds a feature labels some."""
    rows = [row for row in read_rows(WEIGHTS) if row["feature"] != LEARNED]
    assert {row["feature"] for row in rows if int(row["support"]) < FEW} == LITTLE_SUPPORT


def test_what_stands_around_a_number_is_learned_beyond_its_score():
    planted = pairs_of(PLANTED, ["score"])
    assert not hits(planted, Fit(SCORE, SCORE, np.zeros(len(planted.keys)))).any()
    fitted = fit(planted, SCORE)
    assert hits(planted, fitted).all()
    points = {(r["subject"], r["piece"]): float(r["points"]) for r in written(worth(planted, fitted))}
    assert points["dibao", "评议"] > 0 > points["cemetery", "评议"]
    assert np.array_equal(fit(planted, SCORE).points, fitted.points)
    bare = pairs_of(PLANTED.with_columns(before=pl.lit("")), ["score"])
    points = {(r["subject"], r["piece"]): float(r["points"]) for r in written(worth(bare, fit(bare, SCORE)))}
    assert points["dibao", "people"] > 0 > points["dibao", "money"]


def test_texts_are_judged_by_what_the_others_say():
    assert held_out(pairs_of(PLANTED, ["score"]), SCORE).all()
    # what only the text itself says of a subject is unknown where that text is held out
    alone = PLANTED.with_columns(subject=pl.col("document") + pl.col("subject"))
    assert not held_out(pairs_of(alone, ["score"]), SCORE).any()


def test_nothing_is_learned_from_too_few_texts_nor_of_other():
    few = PLANTED.filter(pl.col("document").is_in([f"t{n}" for n in range(FEWEST - 1)]))
    assert pairs_of(few, ["score"]).keys.is_empty()
    others = PLANTED.with_columns(pl.col("subject").replace("cemetery", "other"))
    assert set(pairs_of(others, ["score"]).keys["subject"]) == {"dibao"}


def test_a_pair_has_the_points_of_what_stands_around_its_number():
    rows = vocabulary("subjects/collocations.csv")
    piece = max((r for r in rows if r["side"] == "before"), key=lambda r: len(r["piece"]))
    kinds = {r["piece"]: float(r["points"]) for r in rows if _of_class(r, piece["subject"])}
    known = {(r["side"], r["piece"]) for r in rows}
    inside = [piece["piece"][a:b] for b in range(1, LONGEST + 1) for a in range(b)]
    parts = [p for p in inside if ("before", p) in known]
    own = {
        r["piece"]: float(r["points"])
        for r in rows
        if r["subject"] == piece["subject"] and r["side"] == "before"
    }
    said = sum(own.get(p, 0.0) for p in parts) / np.sqrt(len(parts))
    numbers = pl.DataFrame(
        {"q": [3, 4], "unit_class": ["people", None], "before": [piece["piece"], ""], "behind": ["", ""]}
    )
    asked = pl.DataFrame({"q": [3, 4, 3], "subject": [piece["subject"], piece["subject"], "other"]})
    of_any = kinds.get(ANY, 0.0)
    whole = [said + of_any + kinds.get("people", 0.0), of_any, 0.0]
    assert collocation(numbers, asked).to_list() == pytest.approx(whole, abs=1e-4)


def _of_class(row: dict[str, str], subject: str) -> bool:
    return row["side"] == "class" and row["subject"] == subject


@pytest.mark.parametrize("piece", ["评", "0", "民政局", "𠮷野"])
def test_a_piece_and_its_side_can_be_told_from_their_code(piece):
    assert piece_of(code_of(piece, "before")) == ("before", piece)
    assert piece_of(code_of(piece, "behind")) == ("behind", piece)


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
