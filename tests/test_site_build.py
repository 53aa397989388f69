import json
import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from site_release import (
    HOSTILE_FILE,
    HOSTILE_TITLE,
    MODELS,
    Release,
    sample_file,
    sample_release,
    sample_site,
)

from pipeline.site import build_site
from pipeline.site.build import NotASite
from pipeline.site.search import PARTS, words_in_texts
from pipeline.site.words import labels
from pipeline.warehouse.marts.models import load_models


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, its ids, the text of its scripts."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.elements, self.text, self.scripts = [], "", []
        self._script = False
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._script = tag == "script"

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script:
            self.scripts.append(data)
        else:
            self.text += data

    def all(self, tag, attribute):
        return [attrs[attribute] for name, attrs in self.elements if name == tag and attribute in attrs]

    @property
    def ids(self):
        return {attrs["id"] for _, attrs in self.elements if attrs.get("id")}


@pytest.fixture
def release():
    return sample_file()


@pytest.fixture(scope="module")
def site():
    return sample_site()


@pytest.fixture(scope="module")
def pages(site):
    folder, _ = site
    return {path.relative_to(folder).as_posix(): Page(path) for path in sorted(folder.rglob("*.html"))}


def test_every_report_indicator_and_region_has_its_page(site, pages):
    _, summary = site
    assert summary["reports"] == 5
    assert summary["regions"] == 2
    assert summary["pages"] == len(pages) == 5 + summary["indicators"] + 2 + 6
    assert "indicators/dibao.standard.html" in pages
    assert "regions/341802.html" in pages


def test_every_link_leads_to_a_place_that_is_there(pages):
    broken = []
    for name, page in pages.items():
        for link in page.all("a", "href"):
            target, _, anchor = link.partition("#")
            path = (Path(name).parent / target).as_posix() if target else name
            parts = []
            for part in path.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            place = pages.get("/".join(parts))
            # An anchor with an equals sign is a selection that the page takes up.
            if place is None or (anchor and "=" not in anchor and anchor not in place.ids):
                broken.append((name, link))
    assert broken == []


def test_no_page_asks_for_anything_outside_or_runs_anything_inline(pages):
    for name, page in pages.items():
        policy = [attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv")]
        assert len(policy) == 1, name
        assert policy[0].startswith("default-src 'none'; script-src 'self'; style-src 'self';"), name
        assert "unsafe" not in policy[0], name
        sources = page.all("script", "src") + page.all("link", "href") + page.all("img", "src")
        assert all(re.fullmatch(r"(\.\./)?assets/[a-z-]+\.(js|css|svg)", source) for source in sources), name
        typed = [attrs for tag, attrs in page.elements if tag == "script" and "src" not in attrs]
        assert all(attrs == {"type": "application/json", "id": "data"} for attrs in typed), name
        assert not any(
            key.startswith("on") or key == "style" for _, attrs in page.elements for key in attrs
        ), name
        assert not any(tag in ("style", "iframe", "object", "form", "base") for tag, _ in page.elements), name


def test_ids_are_unique_on_every_page(pages):
    for name, page in pages.items():
        ids = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
        assert len(ids) == len(set(ids)), name


def test_hostile_titles_and_names_stay_text(pages):
    hostile = next(
        page for name, page in pages.items() if HOSTILE_FILE in page.text and name.startswith("reports/")
    )
    assert HOSTILE_TITLE in hostile.text
    assert not any(tag == "img" for page in pages.values() for tag, _ in page.elements)
    assert any(HOSTILE_TITLE in title for title in pages["index.html"].all("a", "title"))
    assert "<i>没有文字" in pages["findings.html"].text


def test_the_text_of_a_report_is_kept_character_for_character(release, site):
    folder, _ = site
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(
            "SELECT report_id, text FROM core.reports JOIN core.documents USING (document_id)"
        ).fetchall()
    for report_id, text in rows:
        html = (folder / "reports" / f"{report_id}.html").read_text(encoding="utf-8")
        inside = (
            html.split('<div id="text"', 1)[1]
            .split(">", 1)[1]
            .split("</section>", 1)[0]
            .rsplit("</div>", 1)[0]
        )
        reader = _TextOnly()
        reader.feed(inside)
        reader.close()
        assert reader.text == text


class _TextOnly(HTMLParser):
    """The text without the notes of the audit."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self._note = "", 0

    def handle_starttag(self, tag, attrs):
        if tag == "div":
            self._note += 1

    def handle_endtag(self, tag):
        if tag == "div":
            self._note -= 1

    def handle_data(self, data):
        if not self._note:
            self.text += data


def test_a_finding_stands_behind_its_line_with_its_figures_marked(pages):
    page = next(page for name, page in pages.items() if name.startswith("reports/") and "3012人" in page.text)
    found = [
        attrs["class"] for tag, attrs in page.elements if tag == "a" and "found" in (attrs.get("class") or "")
    ]
    assert len(found) == 3
    assert "1000人＋2000人＝3000人" in page.text


def test_an_indicator_page_has_its_values_their_sentences_and_definition(pages):
    page = pages["indicators/dibao.standard.html"]
    assert all(value in page.text for value in ("750 元/人/月", "610 元/人/月", "1,145 元/人/月"))
    assert "Dibao standard" in page.text
    assert "低保标准" in page.text
    # The sentence with its number, and what to cite: report, issuer, place, release.
    assert "低保标准由700元提高到750元，农村为610元。" in page.text
    assert any(tag == "mark" for tag, _ in page.elements)
    report = "宣州区民政局：《宣州区民政局2023年工作总结》，宣州区-2023-总结.txt"
    assert re.search(rf"{report}，原文第 \d+–\d+ 字；minzheng 发布 2026", page.text)


def test_values_of_a_region_with_residents_have_their_rate_and_the_year_of_the_count(pages):
    rows = [attrs for tag, attrs in pages["indicators/dibao.persons.html"].elements if "data-h" in attrs]
    assert {(row["data-r"], row["data-h"], row["data-hp"], row["data-hy"]) for row in rows} == {
        ("330503", "3.3272", "541000", "2020"), ("330503", "3.2348", "541000", "2020")
    }  # fmt: skip
    assert "Per 1,000 people" in pages["indicators/dibao.persons.html"].text
    assert "Per 1,000 people" not in pages["indicators/dibao.standard.html"].text


def test_a_region_page_shows_plan_and_result_side_by_side_and_what_is_missing(pages):
    text = " ".join(pages["regions/341802.html"].text.split())
    assert "≥ 200 户≥ 200 households 结果Result 2 户2 households 同一指标Same indicator" in text
    assert "1%" in text
    assert re.search(r"2023 41 项重点指标，已报告 \d", text)
    assert "特困供养人员人数" in text


def test_a_subject_shows_the_years_it_has_and_no_others(pages):
    tables = re.findall(r"社会救助Social assistance([\d\s]*)", "".join(pages["regions/330503.html"].text))
    assert tables and tables[0].strip() == "20242023"


def test_what_fits_no_subject_has_no_page(pages):
    assert not [page for page in pages if page.startswith("indicators/other.")]


def test_a_region_of_several_years_has_its_course(pages):
    lines = [attrs for tag, attrs in pages["regions/330503.html"].elements if tag == "polyline"]
    assert lines
    assert all(len(line["points"].split()) == 2 for line in lines)


def test_the_front_page_answers_before_it_reports(pages):
    text = pages["index.html"].text
    assert text.index("重点指标") < text.index("各地") < text.index("与上次发布相比") < text.index("本次发布")
    assert "1,145" in text
    data = json.loads(next(script for script in pages["index.html"].scripts if script.strip()))
    standard = next(each for each in data if each["en"] == "Dibao standard")
    assert {group["level"] for group in standard["groups"]} == {"county"}
    assert all(len({row[5] for row in group["rows"]} & {"doubtful"}) == 0 for group in standard["groups"])


def test_the_review_page_has_the_sentence_and_the_other_readings(pages):
    data = json.loads(next(script for script in pages["review.html"].scripts if script.strip()))
    items = [dict(zip(data["fields"], item, strict=True)) for item in data["items"]]
    doubtful = next(item for item in items if item["written"] == "2000人")
    assert [subject for subject, _, _ in doubtful["readings"]] == ["dibao", "tekun"]
    assert ["mark", "2000人"] in doubtful["sentence"]
    assert (doubtful["file_name"], doubtful["subject"]) == ("宣州区-2023-总结.txt", "dibao")


def test_no_code_stands_where_a_reader_looks_for_words(pages):
    codes = {
        code
        for model in load_models(MODELS).values()
        for column in model.columns
        if column.name in ("decided_by", "trust", "standing", "state")
        for code in column.allowed
    }
    assert codes
    known = {code for group in labels().values() for code in group}
    assert codes - known == set()


def test_words_inside_reports_are_found_in_either_script(site):
    folder, _ = site
    pair = "核实"
    parts = list(words_in_texts(["已核实两户", "無關", "已核實一戶"]))
    assert parts[ord("核") % PARTS]["核实"].split() == ["0", "2"]
    assert (folder / "assets" / f"texts-{ord(pair[0]) % PARTS}.js").is_file()


def test_the_search_index_is_a_script_that_sets_one_variable(site):
    folder, _ = site
    script = (folder / "assets" / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(script.splitlines()[0].removeprefix("window.MINZHENG_SEARCH = ").removesuffix(";"))
    assert "<" not in script
    assert ["i", "indicators/dibao.persons.html"] in [entry[:2] for entry in entries]
    converted = next(entry for entry in entries if entry[2] == "2023年民政事业統計公報")
    assert "统计公报" in converted[4]


@pytest.mark.landing
def test_a_file_without_marts_and_one_without_rows_still_build(tmp_path):
    bare = sample_release().write(tmp_path / "bare.duckdb", marts=False)
    with duckdb.connect(str(bare)) as connection:
        for table in ("meta.release", "meta.release_diff", "core.sections", "core.corrections", "core.tasks"):
            connection.execute(f"DROP TABLE {table}")
    assert build_site(bare, tmp_path / "bare")["reports"] == 5

    empty = Release().write(tmp_path / "empty.duckdb")
    summary = build_site(empty, tmp_path / "empty")
    assert (summary["reports"], summary["indicators"], summary["regions"]) == (0, 0, 0)
    assert "没有报告" in (tmp_path / "empty" / "index.html").read_text(encoding="utf-8")


def test_a_site_is_replaced_whole_and_anything_else_is_left_alone(tmp_path):
    release = Release().write(tmp_path / "empty.duckdb", marts=False)
    target = tmp_path / "site"
    target.mkdir()
    build_site(release, target)
    (target / "stale.html").write_text("old")
    build_site(release, target)
    assert not (target / "stale.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.duckdb", "site"]

    other = tmp_path / "papers"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(NotASite, match="papers"):
        build_site(release, other)
    assert (other / "thesis.txt").read_text() == "mine"


def test_no_published_file_is_a_clear_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="minzheng refresh"):
        build_site(tmp_path / "none.duckdb", tmp_path / "site")
    assert not (tmp_path / "site").exists()
