"""Heads of several levels over their columns: what a search for them may cost, however many they are."""

from __future__ import annotations

import pytest

from pipeline.reading.tables.heads import grouping, trees
from pipeline.reading.tables.heads.trees import place_heads

FOUR_LEVELS = (
    ["集中供养", "分散供养", "合计"],
    ["户", "人数", "生活补贴金额", "护理补贴", "农村", "城市", "生活补贴金额", "护理补贴"],
    ["一档", "二档", "户", "人数", "户", "人数", "一档", "二档", "户数", "人数", "金额"],
    ["人数", "金额", "人数", "金额", "人数", "金额", "人数", "金额"],
)
STEPS = 600_000  # ways that may be looked at: about a second


@pytest.fixture
def steps(monkeypatch):
    """How many ways were looked at to set the heads of a level over those of the next."""
    told: list[int] = []
    likely = trees._likely

    def counted(ways):
        told.extend([1] * len(ways))
        return likely(ways)

    monkeypatch.setattr(trees, "_likely", counted)
    return told


def test_four_levels_of_a_real_kind_cost_little(steps):
    assert place_heads(FOUR_LEVELS, 19) is not None
    assert len(steps) < STEPS


@pytest.mark.parametrize(("depth", "heads"), [(3, 12), (3, 20), (4, 12), (6, 8)])
def test_levels_as_wide_as_their_columns_cost_little(steps, depth, heads):
    names = ("户数", "人数", "金额", "城市", "农村", "集中供养", "合计")
    levels = [[names[(n * 3 + level) % len(names)] for n in range(heads)] for level in range(depth)]
    place_heads(levels, heads + 1)
    assert len(steps) < STEPS


def test_a_level_without_heads_below_breaks_nothing():
    assert grouping.strained("合计", [], [], [], known=True) >= 0
    place_heads([["集中供养", "分散供养"], []], 2)
