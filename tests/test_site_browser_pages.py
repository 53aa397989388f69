"""What a reader does with the pages, in a real browser: search, choose, keep, review; also on a phone."""

import re
from importlib.util import find_spec
from pathlib import Path

import browser_lab
import duckdb
import pytest
from browser_lab import displayed, element, page_with, told

pytestmark = [*browser_lab.NEEDS_BROWSER, pytest.mark.slow]
browser, open_page, release, site = (
    browser_lab.browser,
    browser_lab.open_page,
    browser_lab.release,
    browser_lab.site,
)

# Without preload: axe would fetch style sheets, which a page on disk may not.
RUN_AXE = """;
const [rules, done] = arguments;
axe.run({preload: false, ...(rules.length ? {runOnly: rules} : {})}).then(done);
"""


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("低保标准", "indicators/dibao.standard.html"),
        ("Dibao standard", "indicators/dibao.standard.html"),
        ("宣州", "regions/341802.html"),
        ("统计公报", "reports/"),
    ],
)
def test_search_finds_by_chinese_and_english_names(open_page, words, page):
    from selenium.webdriver import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    browser = open_page("index.html")
    element(browser, "#q").send_keys(words)
    WebDriverWait(browser, 10).until(lambda b: any(page in href for href in told(b, "#hits a", "href")))
    element(browser, "#q").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda b: "index.html" not in b.current_url)


def test_chart_table_and_source_show_the_same_selection(open_page):
    browser = open_page("indicators/dibao.persons.html")
    assert browser.execute_script("return document.querySelector('#chart svg').clientHeight") > 0
    assert len(browser.find_elements("css selector", "#chart svg a")) > 2

    element(browser, "#f-q").send_keys("南浔")
    notes = told(browser, "#chart svg a", "aria-label")
    assert [note.split(" ")[-2] for note in notes] == ["1,800", "1,750"]
    element(browser, "#t-table").click()
    values = [float(cell.get_attribute("data-v")) for cell in displayed(browser, "#figures td:nth-child(2)")]
    assert sorted(values) == [1750, 1800]
    element(browser, "#t-source").click()
    assert {mark.text for mark in displayed(browser, ".sources mark")} == {"1800人", "1750人"}

    # The address says what is shown, to whoever follows it.
    address = browser.current_url
    assert "view=source" in address
    browser.get("about:blank")
    browser.get(address)
    assert len(displayed(browser, ".sources mark")) == 2


def test_values_are_shown_to_a_thousand_people_where_a_population_is_known(open_page):
    from selenium.webdriver.support.ui import WebDriverWait

    browser = open_page("indicators/dibao.persons.html#view=chart")
    assert element(browser, "#p-value").get_attribute("aria-pressed") == "true"
    assert not displayed(browser, "#figures .rate")
    element(browser, "#p-thousand").click()
    notes = told(browser, "#chart svg a", "aria-label")
    assert [re.findall(r"每千人 ([\d.]+)（2020 年人口 541,000）", note) for note in notes] == [
        ["3.33"],
        ["3.23"],
    ]
    assert "/千人" in element(browser, "#chart-title").text
    assert "2020 年的全部常住人口，城市、农村的数也一样" in element(browser, "#chart-note").text
    element(browser, "#t-table").click()
    assert {cell.text for cell in displayed(browser, "#figures td:nth-child(3)")} == {"3.3272", "3.2348"}
    assert "541,000" in displayed(browser, "#figures td:nth-child(4)")[0].text
    kept = "MZ.save = (...file) => { window.kept = file; }; document.getElementById('k-csv').click();"
    browser.execute_script(kept)
    lines = browser.execute_script("return window.kept")[2].splitlines()
    assert lines[0].endswith("per_thousand,population,population_year")
    assert {line.split(",")[-2] for line in lines[1:]} == {"541000"} and len(lines) == 3
    # The address says so too, and without a population there is nothing to switch.
    address = browser.current_url
    assert "per=thousand" in address
    browser.get("about:blank")
    browser.get(address)
    WebDriverWait(browser, 10).until(lambda b: len(displayed(b, "#figures tbody tr")) == 2)
    element(browser, "#p-value").click()
    assert len(displayed(browser, "#figures tbody tr")) > 2 and "per=" not in browser.current_url
    assert not open_page("indicators/dibao.standard.html").find_elements("css selector", "#per")


def test_a_table_sorts(open_page):
    browser = open_page("indicators/dibao.persons.html#view=table")

    def values():
        cells = displayed(browser, "#figures td:nth-child(2)")
        return [float(cell.get_attribute("data-v")) for cell in cells]

    everything = values()
    element(browser, "#figures th:nth-child(2) button").click()
    assert values() == sorted(everything)


def test_what_is_shown_can_be_kept(open_page):
    browser = open_page("indicators/dibao.standard.html#view=chart&q=宣州&residence=urban")
    kept = "MZ.save = (...file) => { window.kept = file; }; document.getElementById(arguments[0]).click();"
    browser.execute_script(kept, "k-csv")
    name, _, text = browser.execute_script("return window.kept")
    head, *rows = text.lstrip("\ufeff").splitlines()
    assert name == "dibao_standard.csv"
    assert head.startswith("region_code,region,year,indicator_id")
    assert [row.split(",")[9] for row in rows] == ["750", "700"]
    browser.execute_script(kept, "k-svg")
    name, _, drawing = browser.execute_script("return window.kept")
    assert name == "dibao_standard.svg"
    assert "750" in drawing
    assert "var(" not in drawing
    assert "20260301T083000" in drawing


def test_a_figure_is_cited_and_linked_by_a_click(open_page):
    from selenium.webdriver.support.ui import WebDriverWait

    browser = open_page("indicators/dibao.standard.html#view=source&q=宣州&residence=urban")
    catch = "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
    browser.execute_script(f"if (!navigator.clipboard) navigator.clipboard = {{}}; {catch}")
    button = displayed(browser, ".sources [data-copy]")[0]
    button.click()
    copied = browser.execute_script("return window.copied")
    for words in (
        "宣州区民政局：《宣州区民政局2023年工作总结》",
        "宣州区-2023-总结.txt",
        "字；",
        "20260301T083000",
    ):
        assert words in copied
    WebDriverWait(browser, 5).until(lambda _: button.text == "已复制")
    element(browser, "#k-link").click()
    link = browser.execute_script("return window.copied")
    assert link == browser.current_url and "view=source" in link and "residence=urban" in link


def test_one_language_is_shown_at_a_time(open_page):
    browser = open_page("indicators/dibao.standard.html")
    heading = element(browser, "h1")
    assert heading.text == "最低生活保障标准"
    element(browser, "#language").click()
    assert heading.text == "Dibao standard"
    assert element(browser, "#q").get_attribute("placeholder").startswith("Search")
    element(browser, "#language").click()
    assert heading.text == "最低生活保障标准"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("低保", "最低生活保障标准"),  # before reports that have it in their title
        ("低保人数", "最低生活保障对象人数"),  # a word of the vocabulary, and one of the name
        ("低保标准 宣州", "宣州区 · 最低生活保障标准"),
        ("住房", "宣州区民政局2023年工作总结"),  # in the text of a report only
        ("没有这样的词", "没有找到"),
    ],
)
def test_search_finds_other_words_and_words_in_texts_and_says_when_there_is_nothing(open_page, words, first):
    from selenium.webdriver.support.ui import WebDriverWait

    browser = open_page("index.html")
    element(browser, "#q").send_keys(words)
    WebDriverWait(browser, 10).until(lambda b: b.find_elements("css selector", "#hits li"))
    assert first in element(browser, "#hits").text


def test_readings_are_reviewed_by_keys_and_become_lines(release, open_page):
    from selenium.webdriver import Keys

    browser = open_page("review.html")
    browser.execute_script("localStorage.clear(); location.reload()")
    assert "2000人" in element(browser, "#r-item").text
    element(browser, "#r-who").send_keys("张三")
    body = element(browser, "body")
    browser.execute_script("document.activeElement.blur()")
    body.send_keys("1")
    with duckdb.connect(str(release), read_only=True) as connection:
        start, end = connection.execute(
            "SELECT span_start, span_end FROM core.observations WHERE written = '2000人'"
        ).fetchall()[0]
    head, line = element(browser, "#r-lines").text.splitlines()
    assert head == "document,span,key,action,field,value,expect,reason,who,when"
    assert line.startswith(f"宣州区-2023-总结.txt,{start}-{end},,override,subject,tekun,dibao,")
    assert ",张三,20" in line
    body.send_keys("a")
    assert ",,confirm,,,2000," in element(browser, "#r-lines").text
    body.send_keys("e")
    element(browser, '#r-field option[value="status"]').click()
    element(browser, '#r-choice option[value="target"]').click()
    element(browser, "#r-set").click()
    assert ",,override,status,target,actual," in element(browser, "#r-lines").text
    body.send_keys("u", Keys.ESCAPE)
    assert len(element(browser, "#r-lines").text.splitlines()) == 1


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(release, open_page, scheme):
    package = find_spec("selenium_axe_python")
    if package is None:
        pytest.skip("axe-core not found: install the development dependencies (selenium-axe-python)")
    axe = next(Path(package.origin).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    pages = ["index.html", "indicators.html", "regions.html", "findings.html", "about.html"]
    pages += ["review.html", "indicators/dibao.persons.html#view=source"]
    pages += ["indicators/dibao.persons.html", "indicators/dibao.standard.html", "regions/341802.html"]
    pages += [page_with(release, "主要成效")]
    # The pages are the same in the dark; only their colours differ.
    rules = []
    if scheme == "dark":
        pages, rules = pages[-6:], ["color-contrast", "link-in-text-block"]
    faults = []
    for page in pages:
        browser = open_page(page)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        if page.startswith("reports/"):
            element(browser, "#text a.o").click()
        result = browser.execute_async_script(axe + RUN_AXE, rules)
        faults += [
            (page, fault["id"], [node["target"] for node in fault["nodes"]][:3])
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical", "moderate")
        ]
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scale"), [(360, 1), (640, 2)])
def test_pages_fit_a_phone_and_a_doubled_zoom(release, open_page, width, scale):
    pages = [
        "index.html",
        "regions/341802.html",
        "indicators/dibao.standard.html",
        "review.html",
        page_with(release, "主要成效"),
    ]
    for page in pages:
        browser = open_page(page)
        size = {"width": width, "height": 800, "deviceScaleFactor": scale, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        assert wide <= width, page


CHINESE = """
const found = [];
const said = (text, where) => {
  const runs = text.match(/[\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]+/g) || [];
  for (const run of runs) found.push([run, where]);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  const ours = !element.closest("script, #language") && element.checkVisibility();
  if (ours) said(node.data, element.outerHTML.slice(0, 120));
}
for (const name of ["title", "placeholder", "aria-label"]) {
  for (const element of document.querySelectorAll(`[${name}]`)) {
    if (element.checkVisibility()) said(element.getAttribute(name), name);
  }
}
return found;
"""


def test_in_english_only_names_of_places_and_what_reports_say_is_chinese(release, site, open_page):
    with duckdb.connect(str(release), read_only=True) as connection:
        quoted = "".join(
            str(value)
            for query in (
                "SELECT file_name, text FROM core.documents",
                "SELECT title, issuer, region_evidence, year_evidence FROM core.reports",
                "SELECT full_name, name FROM ref.regions",
                "SELECT covers FROM ref.subjects",
                "SELECT file_name, detail FROM core.rejected_files",
                "SELECT subject_word, subgroup, place FROM core.observations",
            )
            for row in connection.execute(query).fetchall()
            for value in row
        )
    browser = open_page("index.html")
    browser.execute_script("if (MZ.language() !== 'en') MZ.switchLanguage()")
    try:
        for page in sorted(site.rglob("*.html")):
            open_page(str(page.relative_to(site)))
            for tab in ("", "t-table", "t-source"):
                if tab and not browser.find_elements("id", tab):
                    continue
                if tab:
                    element(browser, f"#{tab}").click()
                ours = [each for each in browser.execute_script(CHINESE) if each[0] not in quoted]
                assert ours == [], page
    finally:
        browser.execute_script("if (MZ.language() === 'en') MZ.switchLanguage()")
