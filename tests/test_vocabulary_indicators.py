"""The indicators that subjects and measures make together: names, units, ranges; rules that are refused."""

import polars as pl
import pytest

from pipeline import vocabulary
from pipeline.contracts.validate import validate
from pipeline.vocabulary import indicators


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return indicators.load_indicators()


def row(frame: pl.DataFrame, indicator_id: str) -> dict:
    return frame.row(by_predicate=pl.col("indicator_id") == indicator_id, named=True)


def test_a_subject_is_listed_in_no_measure_that_it_cannot_have(frame):
    validate(frame, "ref.indicators")
    listed = set(frame["indicator_id"])
    assert listed.isdisjoint(
        {"dibao.beds", "place_name.couples", "admin_division.standard", "donation.capacity"}
        | {
            "boundary.households",
            "cremation.households",
            "elder_population.expenditure",
            "elder_population.count",
        }
    )
    assert {"elder_bed.beds", "marriage.couples", "donation.persons", "dibao.average"} <= listed
    # what is counted without being known can be anything
    assert frame.filter(subject="other")["measure"].n_unique() == frame["measure"].n_unique()


def test_the_most_specific_rule_wins_and_the_others_fill_its_gaps(frame):
    ruled = row(frame, "consultation.persons")
    assert (ruled["name_zh"], ruled["unit"], ruled["aggregation"]) == ("城乡社区协商人数", "人", "sum")
    exact = row(frame, "dibao.standard")
    assert (exact["name_zh"], exact["unit"], exact["headline"]) == (
        "最低生活保障标准",
        "元/人/月",
        "dibao_standard",
    )
    assert exact["plausible_min"] < exact["plausible_max"]
    assert (row(frame, "tekun.cases")["benefit"], row(frame, "community.cases")["benefit"]) == (True, False)


def test_flows_and_stocks_are_told_apart(frame):
    assert row(frame, "marriage.couples")["over_time"] == "sum"
    assert row(frame, "dibao.persons")["over_time"] == "last"
    assert row(frame, "dibao.ratio")["aggregation"] == "none"


@pytest.fixture
def lantern(frame):
    """A subject of a domain that has no name."""
    row = "lantern,festivals,花灯,Lanterns"
    vocabulary.adopt({"subjects/subjects.csv": f"subject,domain,name_zh,name_en\n{row}\n"})
    yield indicators.load_indicators()
    vocabulary.adopt({})


def test_a_domain_without_a_name_goes_by_its_code(lantern):
    found = row(lantern, "lantern.count")
    assert (found["domain_zh"], found["name_zh"], found["unit"]) == ("festivals", "花灯数量", "个")


def test_a_subject_of_ones_own_has_every_measure_until_it_is_said_which(lantern):
    assert lantern.filter(subject="lantern")["measure"].n_unique() == lantern["measure"].n_unique()
