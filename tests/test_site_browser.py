"""The pages of reports in a real browser, from disk: marks, cards, findings, and hostile texts."""

import os
from pathlib import Path

import browser_lab
import duckdb
import pytest
from browser_lab import element, page_with, report_ids

from pipeline.site import build_site

pytestmark = browser_lab.NEEDS_BROWSER
browser, open_page, release, site = (
    browser_lab.browser,
    browser_lab.open_page,
    browser_lab.release,
    browser_lab.site,
)

# Code points, as in the published file: a JavaScript string counts the upper planes twice.
MARKS = """
const text = document.getElementById("text");
const found = {};
let at = Number(text.dataset.start);
const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, (node) =>
  node.parentElement.closest('.finding') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const link = node.parentElement.closest("a.o");
  const length = [...node.data].length;
  for (const number of link ? link.dataset.o.split(" ") : []) {
    found[number] = found[number] || {start: at, text: ""};
    found[number].text += node.data;
    found[number].end = at + length;
  }
  at += length;
}
const data = JSON.parse(document.getElementById("data").textContent);
const id = (number) => data.observations[number][0];
return Object.entries(found).map(([number, mark]) => [id(number), mark.start, mark.end, mark.text]);
"""


@pytest.fixture(scope="module")
def refreshed_release(request):
    """A file that the pipeline published: that of MINZHENG_RELEASE, else of two small reports."""
    given = os.environ.get("MINZHENG_RELEASE")
    return Path(given) if given else request.getfixturevalue("refreshed").settings.warehouse


def assert_marks_are_as_published(release: Path, folder: Path, open_page) -> int:
    count = 0
    with duckdb.connect(str(release), read_only=True) as connection:
        for report_id in report_ids(release):
            rows = connection.execute(
                "SELECT observation_id, span_start, span_end, written FROM core.observations "
                "WHERE report_id = ? ORDER BY ALL",
                [report_id],
            ).fetchall()
            marks = open_page(f"reports/{report_id}.html", folder).execute_script(MARKS)
            assert sorted(map(tuple, marks)) == rows, report_id
            count += len(rows)
    return count


def test_every_mark_read_back_equals_what_is_published(release, site, open_page):
    assert assert_marks_are_as_published(release, site, open_page) == 18


@pytest.mark.slow
def test_every_mark_of_a_refresh_equals_what_it_published(refreshed_release, tmp_path, open_page):
    build_site(refreshed_release, tmp_path / "pages")
    assert assert_marks_are_as_published(refreshed_release, tmp_path / "pages", open_page) > 0


def test_hover_and_focus_show_what_was_understood_and_click_holds_it(release, open_page):
    from selenium.webdriver import ActionChains, Keys

    browser = open_page(page_with(release, "主要成效"))
    card, held = element(browser, "#card"), element(browser, "#held")
    mark = browser.find_elements("css selector", "#text a.o")[2]
    ActionChains(browser).move_to_element(mark).perform()
    for words in (
        "最低生活保障对象人数",
        "2,000 人",
        "安徽省宣城市宣州区",
        "2023年",
        "农村",
        "实际",
        "前面的名词",
        "50 %",
        "特困人员救助供养",  # another reading, with its likelihood and score
        "26 % · 8.4",
    ):
        assert words in card.text
    assert "主体有歧义" in card.text
    assert not held.is_displayed()

    mark.send_keys("")
    browser.execute_script("arguments[0].focus()", mark)
    assert mark.get_attribute("aria-describedby") == "card"
    mark.send_keys(Keys.ARROW_RIGHT)
    focused = browser.switch_to.active_element
    assert focused.text == "700元"
    assert "原值" in card.text

    focused.send_keys(Keys.ENTER)
    assert held.is_displayed()
    key = held.find_element("css selector", "code").text
    with duckdb.connect(str(release), read_only=True) as connection:
        assert connection.execute(f"SELECT written FROM ({key.rstrip(';')})").fetchall() == [("700元",)]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE, Keys.ESCAPE)
    assert not held.is_displayed()


def test_numbers_set_aside_say_why(release, open_page):
    from selenium.webdriver import ActionChains

    browser = open_page(page_with(release, "主要成效"))
    number = element(browser, '#text .k[data-k="condition"]')
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", number)
    ActionChains(browser).move_to_element(number).perform()
    assert "限定条件" in element(browser, "#card").text
    assert "不是结果" in element(browser, "#card").text


@pytest.mark.landing
def test_the_side_list_filters_and_leads_to_the_place(release, open_page):
    browser = open_page(page_with(release, "主要成效"))

    def shown():
        return [
            item for item in browser.find_elements("css selector", ".filtered > li") if item.is_displayed()
        ]

    everything = len(shown())
    element(browser, "#by-flag").click()
    assert 0 < len(shown()) < everything
    element(browser, "#by-flag").click()
    element(browser, '#by-domain option[value="elderly_care"]').click()
    assert {item.get_attribute("data-d") for item in shown()} <= {"elderly_care", "elderly_care other"}
    entry = shown()[0].find_element("css selector", "a")
    entry.click()
    assert browser.current_url.endswith(entry.get_attribute("hash"))
    assert element(browser, "#held").is_displayed()


def test_a_finding_leads_to_both_of_its_figures(release, open_page):
    browser = open_page(page_with(release, "主要成效"))
    places = browser.find_elements("css selector", "#text .finding a")
    assert [place.text for place in places] == ["3012人", "1000人", "2000人"]
    places[1].click()
    assert element(browser, "a.o.kept").text == "1000人"


def test_a_link_to_an_observation_opens_it_held(release, open_page):
    with duckdb.connect(str(release), read_only=True) as connection:
        report, observation = connection.execute(
            "SELECT report_id, observation_id FROM core.observations WHERE written = '750元'"
        ).fetchall()[0]
    browser = open_page(f"reports/{report}.html#o-{observation}")
    assert "750 元/人/月" in element(browser, "#held").text


@pytest.mark.landing
def test_hostile_names_titles_and_texts_do_nothing(release, site, open_page):
    hostile = report_ids(release, "contains(file_name, '<script>')")
    pages = ["index.html", "regions.html", "findings.html", *(f"reports/{key}.html" for key in hostile)]
    for page in pages:
        browser = open_page(page)
        assert browser.title.endswith("民政数据溯源"), page
        assert (
            browser.execute_script("return document.querySelectorAll('img, iframe, #text script').length")
            == 0
        )
    browser = open_page("index.html")
    element(browser, "#q").send_keys("</title>")
    hits = element(browser, "#hits")
    assert "onerror=" in hits.text
    assert hits.find_elements("css selector", "img, script") == []
