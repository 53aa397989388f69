"""Slips planted into clean labelled texts are found by the audit; told right, the same is no finding."""

import pytest

from pipeline.tools.plant_slips import CLEAN, LABELLED, all_slips, clean, plant

FOUND = 0.9  # of all slips, and of those of most kinds
FEW = ("average", "rate", "told_twice_persons", "total", "urban_below_rural")


@pytest.mark.slow
def test_a_slip_of_each_common_kind_is_found():
    """One text a kind, all read in one go."""
    by_kind, texts = all_slips([LABELLED / "written"])
    taken, planted = set(), []
    for kind in FEW:
        slip = next(slip for slip in by_kind[kind] if slip.name not in taken)
        taken.add(slip.name)
        planted.append(slip)
    untouched = clean({f"{name}.txt": texts[f"{name}.txt"] for name in taken})
    found, missed, false = plant("urban_below_rural", planted, untouched)
    assert [slip.said for slip in missed] == []
    assert len(found) == len(FEW)
    assert false == []


def test_a_slip_knows_where_it_stands():
    by_kind, texts = all_slips([LABELLED / "written"])
    for slips in by_kind.values():
        for slip in slips:
            assert slip.text != texts[f"{slip.name}.txt"]
            assert all(slip.text[start:end].strip() for start, end in slip.spans)


@pytest.mark.demand
def test_nine_in_ten_slips_are_found_and_retelling_rings_no_alarm():
    by_kind, texts = all_slips(LABELLED / name for name in CLEAN)
    untouched = clean(texts)
    n_planted, n_found, alarms = 0, 0, []
    for kind, planted in by_kind.items():
        found, _, false = plant(kind, planted, untouched)
        n_planted += len(planted)
        n_found += len(found)
        alarms += false
    assert n_found >= FOUND * n_planted
    assert len(alarms) <= (1 - FOUND) * n_planted
