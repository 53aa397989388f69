"""The fitted probability: signs weigh only the way they speak; `sure` is what labels bear out."""

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_matrix

from pipeline.evaluation.labels import Labelled
from pipeline.extraction.confidence import confidence, weights
from pipeline.extraction.signs import RECORDS
from pipeline.tools import fit_confidence, logit
from pipeline.tools.fit_confidence import (
    ENOUGH,
    LEAST_OF_RUN,
    borne_out,
    odds_of,
    records_of,
    signs_of,
    told_in_text,
    with_wording,
    wording_of,
)
from pipeline.tools.labelled_signs import judge, reviewed_signs
from pipeline.tools.logit import Signs, at_least, chance, fit, held_out, ranks
from pipeline.vocabulary import rows


def plain(x, *, speaks=-1, kinds=None):
    """Signs that speak one way, of readings that are of kinds (none by default)."""
    x = np.asarray(x, dtype=float).reshape(-1, 1)
    return Signs(x, np.array([speaks]), csr_matrix(np.zeros((len(x), 0)) if kinds is None else kinds))


def test_a_sign_against_never_counts_in_favour():
    rng = np.random.default_rng(1)
    sign = rng.integers(0, 2, 400).astype(float)
    right = (rng.random(400) < np.where(sign == 1, 0.95, 0.6)).astype(float)
    against = fit(plain(sign, speaks=-1), right)
    in_favour = fit(plain(sign, speaks=1), right)
    assert against[1] == 0
    assert in_favour[1] > 0.5


def test_each_text_is_judged_by_the_others(monkeypatch):
    seen = []
    monkeypatch.setattr(logit, "fit", lambda some, *_: seen.append(len(some.x)) or np.zeros(2))
    held_out(plain([0, 1, 0, 1]), np.array([1.0, 0, 1, 0]), np.array(["a", "a", "b", "b"]))
    assert seen == [2, 2]


def test_what_labelled_texts_read_wrong_is_trusted_less_and_what_is_rare_hardly():
    kinds = np.zeros((100, 3))
    kinds[:48, 0] = kinds[48:96, 1] = kinds[96:98, 2] = 1
    right = np.r_[np.ones(48), np.tile([1.0, 0], 24), np.zeros(2), np.ones(2)]
    _, _, well, badly, rarely = fit(plain(np.zeros(100), kinds=kinds), right)
    assert badly < rarely < 0 < well


def test_a_text_says_nothing_of_how_often_its_own_indicator_is_met():
    met = pl.DataFrame({
        "document": ["a", "a", "b", "c", "c"],
        "right": [True, True, False, True, True],
        "with_unit": [*["dibao.persons 人"] * 4, "rare.count 个"],
        "with_residence": ["x"] * 5,
        "in_manner": ["y"] * 5,
    })  # fmt: skip
    told = records_of(met)
    assert told.filter(kind="with_unit").rows() == [("with_unit", "dibao.persons 人", 3, 4, 3)]
    signs = [{"sign": f"met_{kind}", "speaks": "for"} for kind in RECORDS]
    within, new = (signs_of(met, signs, told, within) for within in (True, False))
    assert within.x[:, 0] == pytest.approx([np.log(2)] * 4 + [0])
    assert new.x[:, 0] == pytest.approx([np.log(3)] * 4 + [0])
    # `rare.count` stands in one text alone
    assert new.kinds.toarray().sum(axis=1).tolist() == [3, 3, 3, 3, 2]


def test_wording_that_many_texts_have_is_familiar_and_a_text_says_nothing_of_its_own():
    met = pl.DataFrame({
        "document": ["a", "b", "c", "d", "d"],
        "words_around": ["全县低保#人", "全市低保#人", "低保#人,", "发出礼包#", None],
    })  # fmt: skip
    told = wording_of(met)
    assert told.filter(run="保#人").rows() == [("保#人", LEAST_OF_RUN)]
    assert "礼包#" not in told["run"]
    within, new = (with_wording(met, told, within) for within in (True, False))
    often, _, _, never, of_table = new["wording"]
    assert often > 0 == never == of_table
    assert within["wording"][0] < often
    assert new["text_wording"][0] == pytest.approx(often)
    assert new["text_wording"].to_list()[3:] == [0, 0]


def test_an_indicator_never_met_is_trusted_less_than_one_that_many_texts_have():
    nothing = dict.fromkeys(weights()["prose"], 0.0) | {"route": "prose"}
    named = [row for row in rows("confidence/records.csv") if row["kind"] == "with_unit"]
    best = max(named, key=lambda row: int(row["texts"]))
    signs = [nothing | dict.fromkeys(RECORDS, key) for key in ("prose nothing.count 个", best["key"])]
    none = pl.DataFrame(
        {"document_id": ["a", "b"], "flags": [[], []]}, schema_overrides={"flags": pl.List(pl.String)}
    )
    never, often = confidence(none, pl.DataFrame(signs))["confidence"]
    assert never < often


@pytest.mark.landing
def test_sure_needs_enough_labels_with_few_errors():
    level = np.full(ENOUGH - 1, 0.99)
    assert borne_out(level, np.ones(ENOUGH - 1)) == 2  # never wrong, but too few
    level, right = np.r_[np.full(200, 0.98), np.full(50, 0.92)], np.r_[np.ones(200), np.zeros(50)]
    assert 0.92 < borne_out(level, right) <= 0.98
    assert borne_out(level, np.r_[np.ones(180), np.zeros(70)]) == 2
    assert at_least(149, 149) > 0.98


def test_a_text_most_of_whose_readings_are_doubtful_is_trusted_less():
    odds = np.array([3.0, 3, 3, 3, 3, -2, -2, -2, 3, 3])
    told = told_in_text(odds, np.array(["good"] * 5 + ["bad"] * 5))
    assert told.x[:, 0].tolist() == odds.tolist()
    assert told.x[:, 1].tolist() == [3] * 5 + [-2] * 5
    prose = np.arange(10) < 7
    weighed = odds_of(told, [("prose", prose), ("table", ~prose)], {
        "prose": np.array([0.0, 1, 0]), "table": np.array([1.0, 1, 1]),
    })  # fmt: skip
    assert weighed.tolist() == [3, 3, 3, 3, 3, -2, -2, -3, 2, 2]


def test_ranks_and_chance_keep_their_order():
    assert ranks(np.array([1, 1, 0]), np.array([0.9, 0.8, 0.1])) == 1
    assert chance(np.array([-1000.0]))[0] < 1e-12


@pytest.mark.landing
def test_every_sign_is_computed_and_every_computed_sign_has_a_weight(tmp_path):
    (tmp_path / "甲县2023年总结.txt").write_text(
        "甲县民政局2023年工作总结\n全县有低保对象1204户2311人。\n", encoding="utf-8"
    )
    (tmp_path / "corrections.csv").write_text(
        "document,span,key,action,field,value,expect,reason,who,when\n"
        "甲县2023年总结.txt,,dibao.households,confirm,,,,read,Li,2025-06-30\n"
        "甲县2023年总结.txt,,dibao.persons,override,value,2300,2311,typo,Li,2025-06-30\n",
        encoding="utf-8",
    )
    labels = reviewed_signs(tmp_path)
    named = {row["sign"] for row in rows("confidence/weights.csv")}
    told = set(labels.columns) - {"document", "route", "right", "words_around", *RECORDS}
    assert told | {f"met_{kind}" for kind in RECORDS} == named
    assert sorted(labels["right"].to_list()) == [False, True]


def test_words_of_signs_belong_to_signs():
    named = {row["sign"] for row in fit_confidence.read_rows(fit_confidence.WEIGHTS)}
    assert {row["sign"] for row in rows("confidence/words.csv")} <= named


def test_a_reading_of_no_region_misleads_nobody_and_is_not_judged():
    label = {
        "start": 2, "end": 4, "kind": "measurement", "value": 12, "unit": "人", "subject": "orphan",
        "measure": "persons", "change": "level", "residence": "total", "status": "actual", "scope": "region",
        "year": 2023, "comparator": "=", "subgroup": None,
    }  # fmt: skip
    row = label | {
        "observation_id": "1", "span_start": 2, "span_end": 4, "region_code": None, "place_code": None,
        "flags": [], "value_high": None, "unit_read": "人",
    }  # fmt: skip
    text = Labelled("一", "孤儿12人", [label])
    assert judge("", text, ["孤儿12人"], [row], ["330600"]) == []
    assert len(judge("", text, ["孤儿12人"], [row], [None])) == 1
