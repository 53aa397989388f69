"""In a real browser: what tells residences and part-years apart in charts, and what a search puts first."""

import browser_lab
import pytest
from browser_lab import element, told

pytestmark = [*browser_lab.NEEDS_BROWSER, pytest.mark.landing]
browser, open_page, release, site = (
    browser_lab.browser,
    browser_lab.open_page,
    browser_lab.release,
    browser_lab.site,
)

# Draws `series` into a chart of its own and tells of each line and mark, in plot and legend, how it looks.
DRAWN = """
const host = document.createElement("div");
document.body.append(host);
MZ.chart.lines(host, arguments[0], "人", "图");
const look = (e, ...names) => names.map((name) => e.getAttribute(name));
const shape = (e) => e.tagName + (e.getAttribute("d") || "").replace(/[0-9.-]+/g, "");
const marks = [...host.querySelectorAll("[role=img] > :not(title)")];
const courses = [...host.querySelectorAll("path.course")];
const LONG = 26; // a line of the legend
const isKey = (e) => e.tagName === "line" && e.getAttribute("x2") - e.getAttribute("x1") === LONG;
const legend = [...host.querySelector("svg").children].filter(isKey);
const told = {
  courses: courses.map((e) => look(e, "stroke-dasharray", "stroke-width", "stroke")),
  lengths: courses.map((e) => e.getAttribute("d").split("L").length),
  shapes: marks.map(shape),
  fills: marks.map((e) => e.getAttribute("fill")),
  legend: legend.map((e) => look(e, "stroke-dasharray", "stroke-width")),
  legendShapes: legend.map((e) => shape(e.nextElementSibling)),
};
host.remove();
return told;
"""


def series(name: str, residence: str, values: list[float], colour: int = 0, part: tuple[int, ...] = ()):
    same = {"residence": residence, "target": False, "note": "", "href": None}
    points = [{**same, "year": 2020 + n, "value": v, "part": n in part} for n, v in enumerate(values)]
    return {"name": name, "colour": colour, "residence": residence, "points": points}


@pytest.mark.parametrize("names", [["甲县"], ["甲县", "乙县"]])
def test_lines_of_one_region_are_told_apart_by_residence_in_plot_and_legend(open_page, names):
    browser = open_page("indicators/dibao.persons.html")
    three = [("urban", [1900, 1950]), ("rural", [400, 390]), ("total", [2300, 2340])]
    rows = [series(name, *each, colour=n) for n, name in enumerate(names) for each in three]
    told = browser.execute_script(DRAWN, rows)
    courses = [tuple(course[:2]) for course in told["courses"]]
    assert len(courses) == 3 * len(names) and len(set(courses)) == 3, "each residence has a line of its own"
    assert len(set(told["shapes"])) == 3
    assert len(set(map(tuple, told["legend"]))) == 3 and len(set(told["legendShapes"])) == 3
    thick = {course[1] for course in courses}
    assert len(thick) == 2, "the total's line is thicker"
    assert len({course[2] for course in told["courses"]}) == (3 if len(names) == 1 else 2)


def test_a_part_of_a_year_stands_hollow_and_no_line_runs_through_it(open_page):
    browser = open_page("indicators/dibao.persons.html")
    told = browser.execute_script(DRAWN, [series("甲县", "total", [1580, 1582, 1600, 1660], part=(2,))])
    assert told["lengths"] == [3]
    assert told["fills"].count("var(--paper)") == 1 and len(told["fills"]) == 4


def test_a_word_inside_another_word_leads_to_reports_that_have_it_first(open_page):
    """老人 is but a part of names of the indicators that are found by it, and a word of a report."""
    from selenium.webdriver.support.ui import WebDriverWait

    browser = open_page("index.html")
    element(browser, "#q").send_keys("老人")
    WebDriverWait(browser, 10).until(lambda b: any("#find=" in href for href in told(b, "#hits a", "href")))
    first, *others = told(browser, "#hits a", "href")
    assert "#find=" in first and others and all("indicators/" in href for href in others)
