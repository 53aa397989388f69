"""A real browser on the pages, for the tests of them: headless Chromium, driven by Selenium."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from site_release import sample_file, sample_site

HOW = "on Debian: apt-get install chromium chromium-driver"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
missing = [
    name
    for name, there in (
        ("a Chromium browser", BROWSER),
        ("chromedriver", DRIVER),
        ("selenium", find_spec("selenium")),
    )
    if not there
]
NEEDS_BROWSER = [
    pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not found; {HOW}"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def release():
    return sample_file()


@pytest.fixture(scope="module")
def site():
    return sample_site()[0]


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    quiet = ("no-first-run", "disable-background-networking", "disable-component-update", "disable-sync")
    profile = tmp_path_factory.mktemp("profile")
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-quic", *quiet, "window-size=1280,900"):
        options.add_argument(f"--{flag}")
    options.add_argument(f"--user-data-dir={profile}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def open_page(browser, site):
    """Opens a page of the site; afterwards, nothing was said on the console and nothing asked for outside."""
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get_log("performance")
    folders = {site}

    def opened(page: str, folder: Path = site):
        folders.add(folder)
        browser.get("about:blank")
        path, _, anchor = page.partition("#")
        browser.get((folder / path).as_uri() + (f"#{anchor}" if anchor else ""))
        # a page that turns to its language loads once more
        whole = "return document.readyState === 'complete' && document.body !== null"
        WebDriverWait(browser, 10).until(lambda page: page.execute_script(whole))
        return browser

    yield opened
    assert browser.get_log("browser") == []
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    asked = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    own = (*(folder.as_uri() + "/" for folder in folders), "about:", "data:", "chrome:", "chrome-untrusted:")
    outside = [url for url in asked if not url.startswith(own)]
    assert not outside, f"asked for {outside}"


def report_ids(release: Path, where: str = "true") -> list[str]:
    with duckdb.connect(str(release), read_only=True) as connection:
        reports = "core.reports JOIN core.documents USING (document_id)"
        rows = connection.execute(f"SELECT report_id FROM {reports} WHERE {where} ORDER BY ALL")
        return [row[0] for row in rows.fetchall()]


def page_with(release: Path, word: str) -> str:
    return f"reports/{report_ids(release, f'contains(text, {word!r})')[0]}.html"


def element(browser, selector: str):
    return browser.find_element("css selector", selector)


def displayed(browser, selector: str) -> list:
    return [each for each in browser.find_elements("css selector", selector) if each.is_displayed()]


def told(browser, selector: str, attribute: str) -> list[str]:
    """An attribute of all elements at one moment: what was found may be gone while a page draws."""
    script = "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]))"
    return browser.execute_script(script, selector, attribute)
