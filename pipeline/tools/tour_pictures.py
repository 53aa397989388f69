"""The pictures of docs/tour.md, from the report browser of the sample release:
`make refresh`, then `python -m pipeline.tools.tour_pictures`. Needs Chromium and its driver.
"""

import shutil
import sys
from base64 import b64decode
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from pipeline.settings import PROJECT

TO = PROJECT / "docs" / "tour"
WIDE, PHONE = (1200, 760), (390, 760)
# Name, page, size, colours, language, and what is followed there.
PICTURES = (
    ("front", "index.html", WIDE, "light", "zh", ""),
    ("indicator", "indicators/dibao.standard.html", WIDE, "light", "en", ""),
    ("sentences", "indicators/dibao.standard.html#view=source", WIDE, "light", "zh", ""),
    ("region", "regions/140702.html", WIDE, "light", "en", ""),
    ("report", "regions/340303.html", WIDE, "light", "zh", "td a[href*='reports/']"),
    ("review", "review.html", WIDE, "dark", "en", ""),
    ("phone", "index.html", PHONE, "dark", "zh", ""),
)


def take(site: Path, to: Path) -> None:
    """Write each picture of `PICTURES` as WebP into `to`; `site` is a folder that `minzheng site` wrote."""
    options = ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(option)
    to.mkdir(exist_ok=True)
    driver = Service(shutil.which("chromedriver"))  # else Selenium looks for one on the network
    with Chrome(options=options, service=driver) as browser:
        for name, page, (width, height), colours, language, follow in PICTURES:
            shape = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
            scheme = {"features": [{"name": "prefers-color-scheme", "value": colours}]}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", shape)
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme)
            browser.get((site / "about.html").as_uri())
            browser.execute_script("localStorage.setItem('minzheng-language', arguments[0])", language)
            file, _, view = page.partition("#")
            browser.get((site / file).as_uri() + (f"#{view}" if view else ""))
            if follow:
                browser.get(browser.find_element(By.CSS_SELECTOR, follow).get_attribute("href") or "")
                browser.execute_script("scrollTo(0, 0)")
            shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "webp", "quality": 70})
            (to / f"{name}.webp").write_bytes(b64decode(shot["data"]))


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else PROJECT / "warehouse" / "site").resolve(), TO)
