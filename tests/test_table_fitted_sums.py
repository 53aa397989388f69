"""Rows that lost cells, set below their heads by the totals of their table alone."""

from pipeline.reading.tables.stacked.fitted_sums import by_sums

TEXTS = [
    *("1", "东院", "2009", "120", "40", "87"),
    *("2", "西院", "2011", "60", "31"),
    *("3", "南院", "2016", "98", "58", "41"),
    *("合计", "278", "98", "159"),
]
KINDS = ["T" if not text.isdigit() else "N" for text in TEXTS]
WHOLE = tuple(range(6))
ROWS = [(0, WHOLE), (6, None), (11, WHOLE), (17, None)]


def test_a_lost_cell_is_the_one_without_which_nothing_adds_up():
    assert by_sums(ROWS, TEXTS, KINDS, 6)[1:] == [(6, (0, 1, 2, 3, 5)), (11, WHOLE), (17, (0, 3, 4, 5))]


def test_rows_whose_sums_tell_nothing_stay_out():
    other = [*TEXTS[:-1], "160"]
    assert by_sums(ROWS, other, KINDS, 6) == ROWS
