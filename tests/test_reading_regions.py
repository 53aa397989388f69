"""A report's region: found where the report tells it, left open where it doesn't."""

import random
from pathlib import Path

import polars as pl
import pytest

from pipeline.contracts.registry import get_table
from pipeline.reading.layout.cutting import LONGEST
from pipeline.reading.regions import gazetteer
from pipeline.reading.regions.names import find_names, split_sentences
from pipeline.reading.regions.resolve import RESULT, resolve_regions
from pipeline.vocabulary.reference import load_reference

# Short reports in our own words, with the full name of the region they speak of (empty: can't be told).
CASES = pl.read_csv(Path(__file__).parent / "data" / "region_cases.csv", infer_schema=False).fill_null("")
FULL_NAMES = load_reference("ref.regions").select("region_code", "full_name")


def as_frames(
    texts: list[str], titles: list[str | None] | None = None, issuers: list[str | None] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One document and report for each text."""
    ids = [f"{i:016x}" for i in range(len(texts))]
    documents = pl.DataFrame({"document_id": ids, "file_name": [f"{i}.txt" for i in ids], "text": texts})
    reports = pl.DataFrame(
        {
            "report_id": [f"{i}-01" for i in ids],
            "document_id": ids,
            "span_start": [0] * len(ids),
            "span_end": [len(text) for text in texts],
            "title": titles or [None] * len(ids),
            "issuer": issuers or [None] * len(ids),
        },
        schema_overrides={"title": pl.String, "issuer": pl.String},
    )
    return reports, documents


def resolve(text: str, title: str | None = None, issuer: str | None = None) -> dict[str, str | None]:
    return resolve_regions(*as_frames([text], [title], [issuer])).row(0, named=True)


@pytest.fixture(scope="module")
def resolved() -> dict[str, str]:
    """The full name found for each case (empty: none)."""
    blank_to_null = [[value or None for value in CASES[column]] for column in ("title", "issuer")]
    reports, documents = as_frames(CASES["text"].to_list(), *blank_to_null)
    found = resolve_regions(reports.with_columns(case=CASES["case"]), documents)
    found = found.join(FULL_NAMES, on="region_code", how="left", maintain_order="left")
    return dict(found.select("case", pl.col("full_name").fill_null("")).iter_rows())


def test_a_report_is_given_its_own_region_or_none(resolved: dict[str, str]) -> None:
    assert resolved == dict(CASES.select("case", "region").iter_rows())


def test_blanked_reports_are_never_given_to_another_county() -> None:
    rng = random.Random(2)
    counties = load_reference("ref.regions").filter(pl.col("level") == "county", ~pl.col("statistical"))
    towns = dict(gazetteer.townships().group_by("county_code").agg("name").iter_rows())
    rows = rng.sample(counties.rows(named=True), 400)
    texts = []
    for row in rows:
        own = towns.get(row["region_code"], [])
        kind = row["name"][-1]
        other = rng.choice(rows)
        named = "、".join(rng.sample(own, min(len(own), 4)))
        texts.append(
            f"__{kind}民政局坚持为民服务，全{kind}低保对象应保尽保，我{kind}再添养老床位。在{named}新建助餐点。"
            f"落实{row['city'] or row['province']}的办法。"
            f"做好{other['full_name']}对口支援，帮助{towns.get(other['region_code'], ['某镇'])[0]}修路。"
        )
    found = resolve_regions(*as_frames(texts))["region_code"].to_list()
    right = [row["region_code"] for row in rows]
    assert [(a, b) for a, b in zip(found, right, strict=True) if a not in (None, b)] == []
    assert sum(a == b for a, b in zip(found, right, strict=True)) > 0.9 * len(rows)


def test_columns_and_order_of_reports_stay() -> None:
    reports, documents = as_frames(["全县。", "全区。"], [None, None], ["歙县民政局", "镜湖区民政局"])
    reports = reports.reverse()
    found = resolve_regions(reports, documents)
    assert found.columns == [*reports.columns, *RESULT[1:], "region_against"]
    assert found["report_id"].to_list() == reports["report_id"].to_list()
    assert found["region_code"].to_list() == ["340202", "341021"]
    assert resolve_regions(found, documents).equals(found)


def test_no_reports_no_regions() -> None:
    reports, documents = as_frames(["x"])
    found = resolve_regions(reports.clear(), documents)
    assert found.height == 0
    assert found.schema["region_code"] == pl.String


def test_method_and_evidence_say_how() -> None:
    by_issuer = resolve("全区。", issuer="湖州市南浔区民政局")
    assert (by_issuer["region_method"], by_issuer["region_evidence"]) == ("issuer", "湖州市南浔区")
    by_title = resolve("全县。", title="歙县民政局2023年工作总结")
    assert (by_title["region_method"], by_title["region_evidence"]) == ("title", "歙县")
    by_places = resolve("某县民政局：全县在古碑镇、天堂寨镇、斑竹园镇设站，我县。")
    assert by_places["region_method"] == "places"
    assert set(by_places["region_evidence"].split("、")) == {"古碑镇", "天堂寨镇", "斑竹园镇"}
    nothing = resolve("我局认真履职。")
    assert (nothing["region_code"], nothing["region_method"]) == (None, None)


def test_a_region_says_which_other_one_the_page_names() -> None:
    reports, documents = as_frames(["全县工作有序。"] * 2, ["歙县民政局2023年工作总结"] * 2, [None] * 2)
    pages = pl.Series("page", ["首页> 黟县人民政府> 民政", "首页> 黄山市人民政府> 民政"])
    found = resolve_regions(reports.with_columns(pages), documents)
    assert found["region_code"].to_list() == ["341021", "341021"]
    assert found["region_against"].to_list() == ["黟县", None]  # the city is around the county


def test_the_yearbook_of_a_city_is_the_citys_whatever_county_it_tells_of() -> None:
    reports, documents = as_frames(["全年保障困难群众。旌德县三溪镇遭遇洪灾，转移安置旌德县群众。"])
    pages = pl.Series("page", ["宣城年鉴(2019卷)·社会事务·民政"])
    found = resolve_regions(reports.with_columns(pages), documents)
    assert found.select("region_code", "region_method").row(0) == ("341800", "page")


def test_each_report_of_a_file_has_its_own_region() -> None:
    first, second = "全县工作有序。歙县民政局全年办件。", "全区工作有序。镜湖区民政局全年办件。"
    documents = pl.DataFrame({"document_id": ["d"], "file_name": ["黟县.txt"], "text": [first + second]})
    reports = pl.DataFrame(
        {
            "report_id": ["d-01", "d-02"],
            "document_id": ["d", "d"],
            "span_start": [0, len(first)],
            "span_end": [len(first), len(first + second)],
            "title": [None, None],
            "issuer": [None, None],
        },
        schema_overrides={"title": pl.String, "issuer": pl.String},
    )
    assert resolve_regions(reports, documents)["region_code"].to_list() == ["341021", "340202"]


def test_file_name_tells_where_nothing_else_does() -> None:
    reports, documents = as_frames(["全县工作有序，各乡镇落实。"])
    named = documents.with_columns(file_name=pl.lit("安徽/2023-黟县-工作总结.txt"))
    assert resolve_regions(reports, named)["region_code"].to_list() == ["341023"]


def test_regions_keep_their_contract() -> None:
    regions = load_reference("ref.regions")
    assert {column.name for column in get_table("ref.regions").columns} <= set(regions.columns)
    assert regions["region_code"].is_unique().all()
    assert regions["region_code"].str.contains(r"^\d{6}$").all()
    parents = regions.filter(pl.col("level") != "country")["parent_code"]
    assert parents.is_in(regions["region_code"].implode()).all()
    assert regions.filter(pl.col("level") == "province").height == 34
    names = dict(regions.select("region_code", "full_name").iter_rows())
    assert names["100000"] == "中华人民共和国"
    assert names["341802"] == "安徽省宣城市宣州区"
    assert names["429004"] == "湖北省仙桃市"
    assert names["110101"] == "北京市东城区"


def test_cities_without_counties_and_zones() -> None:
    regions = load_reference("ref.regions")
    levels = dict(regions.select("region_code", "level").iter_rows())
    assert {levels[code] for code in ("441900", "442000", "460400", "620200")} == {"prefecture"}
    assert "620201" not in levels
    zones = regions.filter("statistical")["name"].to_list()
    assert "苏州工业园区" in zones
    assert "浦东新区" not in zones


def test_townships_stand_in_known_counties() -> None:
    townships = gazetteer.townships()
    assert townships["county_code"].is_in(load_reference("ref.regions")["region_code"].implode()).all()
    assert townships.filter(pl.col("name") == "天堂寨镇")["county_code"].to_list() == ["341524"]


def test_names_in_a_sentence_without_end_cost_no_more_than_those_of_many():
    """Each name was looked at beside the whole sentence: 200 kB of counties in a row took 7 GB."""
    texts = pl.DataFrame(
        {"report_id": ["1"], "text": ["青田县、缙云县、松阳县" * 2_000 + "。全县低保对象5人。"]}
    )
    sentences = split_sentences(texts)
    assert sentences["sentence"].str.len_chars().max() <= LONGEST
    assert sentences["sentence"].str.join("").item() == texts["text"].item().replace("。", "")
    assert find_names(sentences).height == 6_000
