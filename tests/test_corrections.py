"""Reviewed corrections: what a list may say, what it meets, and when it no longer holds."""

import re
from pathlib import Path

import polars as pl
import pytest

from pipeline.assets.raw import build_raw
from pipeline.contracts.validate import validate
from pipeline.corrections import CorrectionError, read_corrections, resolve_corrections
from pipeline.warehouse.store.state import load_manifest
from pipeline.warehouse.store.work import open_work

HEADER = "document,span,key,action,value,expect,reason,who,when\n"
DOCUMENTS = pl.DataFrame({"document_id": ["a" * 16, "b" * 16], "file_name": ["甲县.txt", "乙县.txt"]})
OBSERVATIONS = pl.DataFrame(
    {
        "observation_id": ["o1", "o2", "o3"],
        "document_id": ["a" * 16, "a" * 16, "b" * 16],
        "span_start": [10, 30, 10],
        "span_end": [15, 36, 15],
        "value": [1320.0, 480.0, 1320.0],
        "indicator_id": ["dibao.persons", "dibao.persons", "dibao.persons"],
        "residence": ["urban", "rural", "total"],
        "subgroup": [None, "重残", None],
        "status": ["actual", "actual", "actual"],
        "change": ["level", "level", "level"],
        "scope": ["region", "region", "region"],
        "place": [None, None, None],
        "subject": ["dibao", "dibao", "dibao"],
        "place_code": [None, None, None],
        "region_code": ["341802", "341802", None],
        "unit": ["人", "人", "人"],
        "year": [2023, 2023, 2022],
    },
    schema_overrides={"place": pl.String, "place_code": pl.String, "year": pl.Int32},
)


def resolve(tmp_path: Path, *lines: str) -> pl.DataFrame:
    (tmp_path / "corrections.csv").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    resolved = resolve_corrections(read_corrections(tmp_path), OBSERVATIONS, DOCUMENTS)
    return validate(resolved, "core.corrections")


def test_no_list_is_an_empty_list(tmp_path):
    assert read_corrections(tmp_path).is_empty()
    assert resolve_corrections(read_corrections(tmp_path), OBSERVATIONS, DOCUMENTS).is_empty()


def test_a_list_saved_by_excel_on_chinese_windows_is_read_and_a_broken_line_named(tmp_path, subtests):
    line = "甲县.txt,10-15,,drop,,,抄错,王,2025-06-30\n"
    path = tmp_path / "corrections.csv"
    for encoding in ("gbk", "gb18030", "utf-8-sig", "utf-16"):
        with subtests.test(encoding):
            path.write_bytes((HEADER + line).encode(encoding))
            read = read_corrections(tmp_path)
            assert read["document"].to_list() == ["甲县.txt"] and read["reason"].to_list() == ["抄错"]
    path.write_bytes((HEADER + line).encode("gbk") + b"\xff\xff\n")
    with pytest.raises(
        CorrectionError, match=r"corrections.csv line 3: these bytes are neither UTF-8 nor GBK"
    ):
        read_corrections(tmp_path)


def test_a_span_meets_the_value_that_stands_there(tmp_path):
    row = resolve(tmp_path, "甲县.txt,10-14,,override,1230,1320,digits swapped,Li,2025-06-30").to_dicts()[0]
    assert (row["state"], row["observation_id"], row["value"], row["found"]) == (
        "applied",
        "o1",
        1230.0,
        1320.0,
    )
    assert row["message"] is None


@pytest.mark.parametrize(
    ("key", "observation"),
    [
        ("o2", "o2"),
        ("dibao.persons; residence=urban; year=2023", "o1"),
        ("dibao.persons;subgroup=重残", "o2"),
        ("dibao.persons;subgroup=", "o1"),
    ],
)
def test_a_key_meets_the_value_that_it_describes(tmp_path, key, observation):
    row = resolve(tmp_path, f"甲县.txt,,{key},drop,,,other town's figure,Li,2025-06-30").to_dicts()[0]
    assert (row["state"], row["observation_id"]) == ("applied", observation)


def test_a_correction_whose_value_no_longer_stands_is_stale_and_not_applied(tmp_path):
    row = resolve(tmp_path, "甲县.txt,10-15,,override,1230,9999,typo,Li,2025-06-30").to_dicts()[0]
    assert (row["state"], row["observation_id"]) == ("stale", None)
    assert "9999 was expected, 1320 is read now" in row["message"]


def test_what_is_gone_or_not_single_says_so(tmp_path):
    states = resolve(
        tmp_path,
        "甲县.txt,100-104,,drop,,,gone,Li,2025-06-30",
        "甲县.txt,,dibao.persons,drop,,,two of them,Li,2025-06-30",
        "丙县.txt,10-15,,flag,,,renamed,Li,2025-06-30",
    )
    assert states["state"].to_list() == ["unmatched", "ambiguous", "unmatched"]
    assert "2 values fit" in states["message"][1]
    assert "renamed or removed" in states["message"][2]


def test_two_lines_for_one_value_are_not_both_applied(tmp_path):
    states = resolve(
        tmp_path,
        "甲县.txt,10-15,,override,1230,1320,typo,Li,2025-06-30",
        "甲县.txt,,o1,drop,,,typo,Wang,2025-07-01",
    )
    assert states["state"].to_list() == ["applied", "ambiguous"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("甲县.txt,,,drop,,,why,Li,2025-06-30", "span"),
        ("甲县.txt,1-2,dibao.persons,drop,,,why,Li,2025-06-30", "one of the two"),
        ("甲县.txt,1-2,,delete,,,why,Li,2025-06-30", "override, drop, flag, confirm"),
        ("甲县.txt,1-2,,override,5,,why,Li,2025-06-30", "`expect`"),
        ("甲县.txt,1-2,,override,5万,4,why,Li,2025-06-30", "base units"),
        ("甲县.txt,one,,drop,,,why,Li,2025-06-30", "start-end"),
        ("甲县.txt,1-2,,drop,,,,Li,2025-06-30", "`reason` is empty"),
        ("甲县.txt,1-2,,drop,,,why,Li,30.6.2025", "2025-06-30"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused_with_its_number(tmp_path, line, says):
    with pytest.raises(CorrectionError, match="line 2") as refused:
        resolve(tmp_path, line)
    assert says in str(refused.value)


FIELD_HEADER = "document,span,key,action,field,value,expect,reason,who,when\n"


def settle(tmp_path: Path, *lines: str) -> list[dict]:
    text = FIELD_HEADER + "".join(f"{line},why,Li,2025-06-30\n" for line in lines)
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
    resolved = resolve_corrections(read_corrections(tmp_path), OBSERVATIONS, DOCUMENTS)
    return validate(resolved, "core.corrections").to_dicts()


def test_any_field_can_be_settled_and_several_of_one_reading(tmp_path):
    rows = settle(
        tmp_path,
        "甲县.txt,10-15,,override,subject,tekun,dibao",
        "甲县.txt,10-15,,override,year,2022,2023",
        "甲县.txt,30-36,,override,subgroup,,重残",
        "乙县.txt,10-15,,override,region_code,341802,",
    )
    assert [row["state"] for row in rows] == ["applied"] * 4
    assert [(row["field"], row["text"]) for row in rows] == [
        ("subject", "tekun"), ("year", "2022"), ("subgroup", ""), ("region_code", "341802"),
    ]  # fmt: skip


def test_a_field_that_reads_otherwise_now_or_is_settled_twice_is_not_applied(tmp_path):
    rows = settle(
        tmp_path,
        "甲县.txt,10-15,,override,subject,tekun,orphan",
        "甲县.txt,30-36,,override,status,target,actual",
        "甲县.txt,30-36,,override,status,prior,actual",
        "乙县.txt,10-15,,confirm,,,",
        "乙县.txt,10-15,,override,year,2021,2022",
    )
    assert [row["state"] for row in rows] == ["stale", "applied", "ambiguous", "applied", "ambiguous"]
    assert "orphan was expected, dibao is read now" in rows[0]["message"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("override,subjct,tekun,dibao", "did you mean 'subject'"),
        ("override,subject,tekum,dibao", "did you mean 'tekun'"),
        ("override,subject,,dibao", "`value` and `expect`"),
        ("override,status,done,actual", "actual, target, prior"),
        ("override,region_code,宣州区,", "ref.regions"),
        ("override,year,上年,2023", "four digits"),
        ("override,period_end,2023年底,", "2025-06-30"),
        ("drop,subject,,", "leave `field` empty"),
    ],
)
def test_a_field_that_cannot_be_settled_so_is_refused_with_what_to_write(tmp_path, line, says):
    with pytest.raises(CorrectionError, match="line 2") as refused:
        settle(tmp_path, f"甲县.txt,10-15,,{line}")
    assert says in str(refused.value)


def test_an_unknown_field_of_a_key_is_refused(tmp_path):
    with pytest.raises(CorrectionError, match="residence"):
        resolve(tmp_path, "甲县.txt,,dibao.persons;rule=x,drop,,,why,Li,2025-06-30")


def test_a_list_that_cannot_be_used_is_told_before_any_file_is_listed_or_read(settings):
    import dagster as dg

    (raw_files,) = build_raw(settings)
    for line, says in (
        ("summary.txt,,dibao.persons;rule=x,drop,,,why,Li,2025-06-30", "line 2: 'rule=x' is not FIELD=VALUE"),
        ("summary.txt,,;,drop,,,why,Li,2025-06-30", "line 2: the key ';' names nothing"),
        ("summary.txt,,dibao.persons,erase,,,why,Li,2025-06-30", "line 2: action 'erase'"),
    ):
        (settings.raw / "corrections.csv").write_text(HEADER + line + "\n", encoding="utf-8")
        with open_work(settings.work, "run-1") as work:
            with pytest.raises(dg.Failure, match=f"corrections.csv {re.escape(says)}.*Nothing was published"):
                raw_files(work_file=work)
            assert load_manifest(work.con).is_empty()


def test_a_header_without_its_columns_is_refused(tmp_path):
    (tmp_path / "corrections.csv").write_text("document,action\n甲县.txt,drop\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match="span, key"):
        read_corrections(tmp_path)
