"""Siblings of inputs that once failed, written by people who saw no code: other words, regions, layouts and
scripts, and counterparts for which a rule must not hold. The files of `unread` were opened by nobody who
makes rules, so that they tell how much of what is mended carries over; what is wrong there is only counted.
"""

import csv

import pytest
from case_answers import CASES, cases_of, wrong_answers

pytestmark = pytest.mark.landing
LEAST_OF_UNREAD = 0.9


def test_cases_that_were_opened_are_read_right_but_for_those_known():
    with (CASES / "opened" / "known_wrong.csv").open(encoding="utf-8", newline="") as lines:
        known = {row["id"] for row in csv.DictReader(lines)}
    assert set(wrong_answers(CASES / "opened")) == known


def test_cases_that_nobody_opened_are_read_right_nearly_all():
    asked, wrong = cases_of(CASES / "unread"), wrong_answers(CASES / "unread")
    right = len(asked) - sum(case["id"] in wrong for case in asked)
    assert right >= LEAST_OF_UNREAD * len(asked), f"{right} of {len(asked)}"
