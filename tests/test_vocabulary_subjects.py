"""Words that stand in several subjects' terms are read by what stands around them."""

from __future__ import annotations

import polars as pl
import pytest

from pipeline.extraction.extract import extract
from pipeline.reading.reports.find import find_reports
from pipeline.reading.sections.tree import find_sections

READINGS = [
    # the same word, read by what stands before it
    ("精减退职老职工41人,发放生活补助19万元。", ["retired_staff_relief", "retired_staff_relief"]),
    ("老年助餐点36个,发放运营补贴27万元。", ["meal_point", "meal_point"]),
    ("民办养老机构9家,发放运营补贴31万元。", ["elder_institution", "elder_institution"]),
    ("走访农村留守儿童,入户探访1420人次。", ["left_behind_child"]),
    ("走访独居老人,入户探访1420人次。", ["elder_visit"]),
    ("为冬修道路的灾区发放棉被150床。", ["disaster_relief"]),
    ("接收退役士兵52人,发放一次性补助金77万元。", ["veteran", "veteran"]),
    ("实施社会组织助力就业,提供就业岗位88个。", ["social_org_employment"]),
    (
        "儿童主任97名。生活补贴1830人,护理补贴2260人。",
        ["child_director", "disability_living_subsidy", "disability_nursing_subsidy"],
    ),
    ("医疗救助稳步实施。救助大病患者240人。", ["medical_assistance"]),
    ("慈善救助大病患者240人。", ["charity_project"]),
    ("送去慰问品折款9万元。", ["one_off_relief"]),
    # the word that tells is not hidden by one that begins before it
    ("城市社区日间照料中心17个。", ["day_care_center"]),
    ("农村留守儿童之家29个。", ["child_home"]),
    ("分散供养特困人员护理补贴64万元。", ["tekun_nursing"]),
    # no false friends
    ("全省引进领军人才197名。", ["other"]),
    ("农村居民人均可支配收入21300元。", ["other"]),
]


@pytest.fixture(scope="module")
def found() -> tuple[pl.DataFrame, pl.DataFrame]:
    documents = pl.DataFrame(
        {
            "document_id": [f"{i:016x}" for i in range(len(READINGS))],
            "text": [f"某县民政局2023年工作总结\n一、工作情况\n{sentence}\n" for sentence, _ in READINGS],
        }
    )
    reports = find_reports(documents).with_columns(region_code=pl.lit("340000"))
    return documents, extract(documents, reports, find_sections(documents, reports)).observations


def test_words_are_read_in_their_place(found, subtests):
    for i in range(len(READINGS)):
        with subtests.test(str(i)):
            documents, observations = found
            sentence, subjects = READINGS[i]
            rows = observations.filter(
                (pl.col("document_id") == documents["document_id"][i])
                & (pl.col("span_start") >= documents["text"][i].index(sentence))
            )
            assert rows.sort("span_start")["subject"].to_list() == subjects
