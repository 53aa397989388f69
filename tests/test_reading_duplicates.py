"""Copies of one report and its newer versions are linked; other reports are not."""

import random

import polars as pl
import pytest
from opencc_pyo3 import OpenCC

from pipeline.reading.copies.duplicates import PAIRS_KNOWN, link_reports, sketch_reports
from pipeline.reading.reports.find import find_reports

PAIRS = "低保特困孤儿养老殡葬婚姻慈善社工救助护理食堂床位村庄街道老人儿童残疾津贴补助登记"
WORDS = [PAIRS[i : i + 2] for i in range(0, len(PAIRS), 2)]


def report(seed: int, title: str = "柳县民政局2023年工作总结", sentences: int = 40) -> str:
    """A report whose sentences differ from those of other seeds, each with a figure."""
    pick = random.Random(seed)
    body = "".join(
        f"{''.join(pick.sample(WORDS, 3))}全年共办理{pick.randrange(100, 9999)}件，"
        f"{''.join(pick.sample(WORDS, 4))}又比往年多走了{pick.randrange(2, 90)}个地方。\n"
        for _ in range(sentences)
    )
    return f"{title}\n{body}"


def read(texts: dict[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents named so, and their reports."""
    documents = pl.DataFrame(
        {
            "document_id": [f"{i:016x}" for i in range(len(texts))],
            "file_name": [*texts],
            "text": [*texts.values()],
        }
    )
    return documents, find_reports(documents)


def link_duplicates(documents: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """The reports of one batch, linked."""
    return link_reports(
        reports,
        documents,
        sketch_reports(documents, reports),
        PAIRS_KNOWN.clear(),
        lambda ids: documents.filter(pl.col("document_id").is_in(ids)),
    )[0]


def linked(documents: pl.DataFrame, reports: pl.DataFrame, *names: str) -> dict[str, tuple]:
    """For each of the named files those that it is a copy of, and that supersede it."""
    documents = documents.filter(pl.col("file_name").is_in(names))
    reports = reports.join(documents, on="document_id", how="semi", maintain_order="left")
    found = link_duplicates(documents, reports)
    assert found.drop("duplicate_of", "superseded_by").equals(reports)
    file = dict(found.join(documents, on="document_id").select("report_id", "file_name").iter_rows())
    links = found.select("report_id", "duplicate_of", "superseded_by")
    return {file[report]: (file.get(copy), file.get(newer)) for report, copy, newer in links.iter_rows()}


def links(**texts: str) -> dict[str, tuple]:
    return linked(*read(texts), *texts)


def to_traditional(text: str) -> str:
    return OpenCC("s2t").convert(text)


BASE = report(1)
HEADER = "索引号: | 1101/2024-1 | 发布机构: | 柳县民政局 |\n发布日期: | {date} |\n"
CHANGES = {
    "nothing": BASE,
    "blank lines": BASE.replace("\n", "\n\n"),
    "full-width digits": BASE.translate({ord(c): 0xFF10 + int(c) for c in "0123456789"}),
    "a line for each clause": BASE.replace("，", "，\n"),
    "a navigation bar": "首页 > 公开 > 总结\n打印 收藏\n"
    + BASE
    + "上一篇：没有了\n浏览次数：8812\n主办：柳县人民政府办公室\n",
    "an index header": HEADER.format(date="2024-01-05") + BASE,
    "another date of publication": "发布时间：2024-03-09 来源：柳县民政局\n" + BASE,
    "Traditional characters": to_traditional(BASE),
    "a cut end": BASE[: int(len(BASE) * 0.8)],
}


@pytest.fixture(scope="module")
def pairs() -> tuple[pl.DataFrame, pl.DataFrame]:
    return read({"base": BASE, "other": report(2, "安县民政局2023年工作总结"), **CHANGES, **NOT_LINKED})


def test_a_copy_is_known_whatever_the_page_around_it(pairs, subtests):
    for change in CHANGES:
        with subtests.test(change):
            found = linked(*pairs, "base", change, "other")
            assert [found["base"][0], found[change][0]] in ([None, "base"], [change, None])
            assert found["other"] == (None, None)
            assert {found["base"][1], found[change][1]} == {None}


def test_of_several_copies_the_best_known_stands_for_all():
    known = HEADER.format(date="2024-02-05") + BASE
    found = links(a=BASE, b=known, c=BASE, d=HEADER.format(date="2024-03-05") + BASE)
    assert {name: link[0] for name, link in found.items()} == {"a": "b", "b": None, "c": "b", "d": "b"}


def test_the_order_of_rows_changes_nothing():
    texts = [HEADER.format(date=f"2024-0{n}-05") + report(n % 3) for n in range(1, 9)]
    names = [f"{i:016x}" for i in range(len(texts))]
    documents = pl.DataFrame({"document_id": names, "file_name": names[::-1], "text": texts})
    reports = find_reports(documents)
    first = link_duplicates(documents, reports).sort("report_id")
    assert first["duplicate_of"].is_not_null().any()
    for seed in (1, 2):
        mixed = reports.sample(fraction=1, shuffle=True, seed=seed)
        assert link_duplicates(documents.reverse(), mixed).sort("report_id").equals(first)


def test_many_copies_are_one_group():
    found = links(
        **{f"n{i:02}": f"访问量{i}\n{BASE}第{i}页\n" for i in range(40)},
        other=report(9, "安县2023年工作总结"),
    )
    assert [name for name, link in found.items() if link[0] is None] == ["n00", "other"]
    assert {link[0] for name, link in found.items() if name not in ("n00", "other")} == {"n00"}


def test_a_corrected_report_supersedes_the_older_one():
    old, new = (HEADER.format(date=date) + BASE for date in ("2024-01-05", "2024-06-01"))
    number = next(part for part in BASE.split("办理") if part[:3].isdigit())[:3]
    found = links(old=old, copy=old + "关闭窗口\n", new=new.replace(number, "777", 1))
    assert found["old"][1] == found["copy"][1] == "new"
    assert found["new"] == (None, None)


def test_a_title_that_says_corrected_supersedes_one_that_does_not():
    revised = BASE.replace("2023年工作总结", "2023年工作总结（更正）", 1).replace("办理", "办理1", 1)
    assert links(old=BASE, new=revised) == {"old": (None, "new"), "new": (None, None)}


def test_the_newest_of_three_versions_supersedes_both():
    def version(date: str, count: int) -> str:
        return HEADER.format(date=date) + BASE.replace("办理", "办理1", count)

    found = links(a=version("2024-01-05", 1), b=version("2024-02-05", 2), c=version("2024-03-05", 3))
    assert [found[name][1] for name in "abc"] == ["c", "c", None]


TABLE = "柳县2023年民政统计季报\n指标 | 单位 | 数量 |\n" + "".join(
    f"{''.join(WORDS[n : n + 3])}总量 | 件 | {n * 37 + 11} |\n" for n in range(15)
)


def test_tables_are_compared_by_rows():
    assert links(a=TABLE, b=f"打印\n{TABLE}")["b"] == ("a", None)
    other = TABLE.replace("1 |", "2 |").replace("8 |", "9 |")
    assert links(a=TABLE, b=other)["b"] == (None, None)


NOT_LINKED = {
    "another year": report(1, "柳县民政局2022年工作总结"),
    "another office": report(1, "安县民政局2023年工作总结"),
    "another text": report(5),
    "half of it in common": BASE[: len(BASE) // 2] + report(6).partition("\n")[2][: len(BASE) // 2],
}


def test_reports_that_only_look_alike_stay_two(pairs, subtests):
    for case in NOT_LINKED:
        with subtests.test(case):
            assert linked(*pairs, "base", case) == {"base": (None, None), case: (None, None)}


def test_the_same_words_about_two_regions_are_two_reports():
    documents = pl.DataFrame(
        {"document_id": ["0" * 16, "1" * 16], "file_name": ["a", "b"], "text": [BASE, BASE + "完。\n"]}
    )
    reports = find_reports(documents).with_columns(region_code=pl.Series(["110101", "110102"]))
    assert link_duplicates(documents, reports)["duplicate_of"].to_list() == [None, None]


def test_links_of_an_earlier_run_are_made_anew_and_short_texts_left_alone():
    documents = pl.DataFrame(
        {"document_id": ["0" * 16, "1" * 16], "file_name": ["a", "b"], "text": ["见附件", "见附件"]}
    )
    stale = find_reports(documents).with_columns(duplicate_of=pl.lit("x"), superseded_by=pl.lit("y"))
    found = link_duplicates(documents, stale)
    assert found["duplicate_of"].to_list() == found["superseded_by"].to_list() == [None, None]
    assert link_duplicates(documents.clear(), stale.clear()).is_empty()


def test_a_page_that_was_corrected_without_a_new_date_wins_over_what_was_fetched_before():
    texts = {"first": BASE, "later": BASE.replace("全年共办理", "全年共办结", 1).replace("1", "7", 3)}
    documents, reports = read(texts)
    names = {"first": "fetched/x.gov.cn/r.txt", "later": "fetched/x.gov.cn/r~20260301T031500.txt"}
    documents = documents.with_columns(
        file_name=pl.col("file_name").str.replace_all(r"\.txt$", "").replace(names)
    )
    there = list(names.values())
    assert set(documents["file_name"]) == set(there)
    placed = reports.with_columns(region_code=pl.lit("331121"), year=pl.lit(2023))
    same = linked(documents, placed.with_columns(url=pl.lit("https://x.gov.cn/r")), *there)
    assert same == {there[0]: (None, there[1]), there[1]: (None, None)}
    other = linked(documents, placed.with_columns(url=pl.col("report_id")), *there)
    assert other[there[1]] == (there[0], None)  # of another address it is a copy, whatever its name
