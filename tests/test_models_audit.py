"""The audit: what it must find in a sentence, and what it must leave alone; all reports built in one go."""

import pytest
from audit_sentences import SENTENCES
from marts_lab import Lab


@pytest.fixture(scope="module")
def lab() -> Lab:
    lab = Lab()
    for _, text, _ in SENTENCES:
        lab.report(text, region_code=None)
    return lab.build("audit_findings", "sum_checks")


def test_what_does_not_add_up_is_found_and_what_does_is_left_alone(lab, subtests):
    found = lab.all("SELECT document_id, kind, explanation FROM marts.audit_findings ORDER BY kind")
    for number, (name, text, kinds) in enumerate(SENTENCES, 1):
        of_text = [row[1:] for row in found if row[0] == f"{number:016x}"]
        with subtests.test(name):
            assert [kind for kind, _ in of_text] == kinds, (text, of_text)


def test_a_finding_names_its_figures_and_says_in_chinese_what_is_wrong(lab):
    explanation, figures, observations, stated, expected = lab.one(
        "SELECT explanation, figures, observation_ids, stated, expected FROM marts.audit_findings "
        "WHERE kind = 'rate' AND figures LIKE '91.7%'"
    )
    assert "持证" not in explanation  # it speaks of the figures; the clauses stand in `quotes`
    assert explanation == "比率与自身数字不符：“80人”占“97人”的82.47%，而文中写作“91.7%”。"
    assert figures == "91.7% | 80人 | 97人"
    assert len(observations) == 3
    assert (stated, round(expected, 2)) == (91.7, 82.47)


def test_finding_ids_stay_the_same_when_the_marts_are_built_again(lab):
    before = lab.all("SELECT finding_id FROM marts.audit_findings ORDER BY 1")
    lab.build("audit_findings")
    assert lab.all("SELECT finding_id FROM marts.audit_findings ORDER BY 1") == before


def test_what_was_checked_and_held_is_kept_too(lab):
    held = dict(lab.all("SELECT result, count(*) FROM audit.sum_checks GROUP BY 1"))
    assert held["holds"] >= 5
    assert held["within_whole"] >= 2
