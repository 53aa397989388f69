"""Town and country: which of the two a number is of (our own sentences)."""

import pytest
from extraction_sentences import Understood, cases


def of(residence, **more):
    return {"residence": residence, **more}


RESIDENCE = {
    # a pair behind 城乡 is town, then country
    "城乡低保标准分别为每人每月835元和620元。": {"835": of("urban"), "620": of("rural")},
    "城乡低保标准由每人每月810元和590元提高至835元和620元。": {
        "810": of("urban", status="prior"),
        "590": of("rural", status="prior"),
        "835": of("urban", status="actual"),
        "620": of("rural", status="actual"),
    },
    # a pair that the text lists itself, in its own order
    "农村低保1204户、城市低保312户,标准分别为每人每月621元和836元。": {
        "1204": of("rural"),
        "312": of("urban"),
        "621": of("rural"),
        "836": of("urban"),
    },
    "城市特困供养对象21人,农村特困供养对象410人。": {"21": of("urban"), "410": of("rural")},
    # a benefit keeps its town or country to the end of the sentence, another one doesn't
    "农村低保1205户2011人,累计发放低保金826.4万元。": {"2011": of("rural"), "826.4": of("rural")},
    "农村低保1206户,实施临时救助812人次。": {"812": of("total", subject="temporary_assistance")},
    # money said behind both is of both
    "城市低保313人,农村低保2012人,发放低保金826.5万元。": {"826.5": of("total")},
    "新建农村幸福院12所、社区食堂3个。": {"12": of("rural"), "3": of("total")},
    "全县有养老机构17家。": {"17": of("total")},
    # a heading on one of them speaks of its section, however far it is indented
    "二、城市低保\n4月保障127户186人。\n三、农村低保\n4月保障640户。": {
        "186": of("urban"),
        "640": of("rural"),
    },
    "　　二、城市低保\n　　5月保障128户187人。\n　　三、农村低保\n　　5月保障641户。": {
        "187": of("urban"),
        "641": of("rural"),
    },
}


@pytest.fixture(scope="module")
def found():
    return Understood(RESIDENCE)


@pytest.mark.parametrize(("text", "number"), cases(RESIDENCE))
def test_town_or_country(found, text, number):
    found.check(text, number, RESIDENCE[text][number])


def test_nothing_but_the_three_is_said(found):
    assert set(found.observations["residence"]) == {"urban", "rural", "total"}
