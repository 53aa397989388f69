"""Targets beside results: what is judged, and what is shown as doubtful instead."""

import re

import duckdb
import pytest
from site_release import sample_release

from pipeline.site import build_site

pytestmark = pytest.mark.landing

AIM = "计划\n改造⟦100户|home_adaptation.households 100 户 status=target⟧。"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The rows of the table on an indicator's page, the result of 南浔区 in doubt."""
    folder = tmp_path_factory.mktemp("plans")
    release = sample_release()
    release.report(AIM, "南浔-计划.txt", genre="plan", region_code="330503")
    path = release.write(folder / "published.duckdb")
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE marts.targets_and_results SET trust = 'doubtful' WHERE region_code = '330503'")
        assert con.execute(
            "SELECT met FROM marts.targets_and_results WHERE region_code = '330503'"
        ).fetchall() == [(True,)]
    build_site(path, folder / "site")
    text = (folder / "site" / "indicators" / "home_adaptation.households.html").read_text("utf-8")
    return text[text.index('id="plans"') :]


def rows(page: str) -> dict[str, str]:
    return {
        name: row
        for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
        for name in ("南浔", "宣州")
        if name in row
    }


def test_a_doubtful_pair_is_shown_as_such_and_not_judged(page):
    row = rows(page)["南浔"]
    assert "260%" in row and "达到" not in row and "<meter" not in row
    assert 'class="trust doubtful"' in row and "存疑" in row


def test_a_pair_that_holds_is_judged_beside_its_trust(page):
    row = rows(page)["宣州"]
    assert "<meter" in row and "未达到" in row and 'class="trust ' in row
