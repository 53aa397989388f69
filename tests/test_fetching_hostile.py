"""Servers that misbehave, by accident or on purpose: a row with a reason, in time, nothing private."""

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from web_lab import REPORT, answer, drip, files, flood, web

from pipeline.fetching import bring
from pipeline.fetching.addresses import is_public
from pipeline.fetching.client import retry_at


@pytest.fixture
def site():
    with web() as site:
        yield site


@pytest.fixture
def raw(tmp_path):
    return tmp_path / "raw"


def ask(site, raw, said, path="/r.html", private=None, **more):
    """What becomes of one address that answers so."""
    if said is not None:
        site.pages[path] = said
    site.sources(raw, f"{site.at(path)},,{private or f'mzj.example:{site.port}'}")
    start = time.monotonic()
    visits, _ = site.go(raw, again=True, **more)
    assert time.monotonic() - start < 3
    return visits[path]


def short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<html>half")


def long(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "5")
    handler.end_headers()
    handler.wfile.write(b"<html>more than was said")


def chunked(*parts):
    def write(handler):
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for part in parts:
            handler.wfile.write(part)

    return write


def slow_head(handler):
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
    while True:
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.02)


def garbage(handler):
    handler.wfile.write(b"\x00\x01 no answer at all\r\n\r\n")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (drip, "timeout"),
        (slow_head, "timeout"),
        (flood, "too_large"),
        (answer(200, b"x", content_length="999999999999"), "too_large"),
        (short, "broken_answer"),
        (garbage, "broken_answer"),
        (chunked(b"5\r\nhello\r\n", b"zz\r\n"), "broken_answer"),
        (answer(200, b"x" * 40, content_encoding="gzip"), "broken_answer"),
        (answer(200, b" \n"), "empty"),
        (answer(404, "没有"), "gone"),
        (answer(500, "坏了"), "status"),
        (answer(302, location="/r.html"), "redirects"),
        (answer(302, location="ftp://x.gov.cn/r.html"), "address"),
        (answer(302, location="file:///etc/passwd"), "address"),
        (answer(302, location="http://127.0.0.1:1/"), "address"),
        (answer(302, location="http://127.0.0.1/latest/meta-data"), "private_address"),
        (answer(302, location="http://nowhere.example/"), "unknown_host"),
        (answer(302, location="http://rebound.example/"), "private_address"),
    ],
)
def test_what_misbehaves_is_a_row_with_its_reason(site, raw, said, reason):
    visit = ask(site, raw, said, seconds=0.4, file_bytes=200_000)
    assert (visit.outcome, visit.reason) == ("failed", reason)
    assert visit.detail and "{" not in visit.detail
    assert files(raw) == []


def test_chunks_and_a_wrong_length_give_what_was_said(site, raw):
    body = f"<html><body>{REPORT}</body></html>".encode()
    visit = ask(site, raw, chunked(b"%x\r\n%s\r\n" % (len(body), body), b"0\r\n\r\n"))
    assert (raw / visit.file).read_bytes() == body
    assert (raw / ask(site, raw, long, "/long.html").file).read_bytes() == b"<html"


def test_redirects_without_end_are_given_up(site, raw):
    for turn in range(20):
        site.pages[f"/{turn}"] = answer(301, location=f"/{turn + 1}")
    assert ask(site, raw, None, "/0").reason == "redirects"
    assert len(site.paths()) == 6


def test_a_private_machine_is_asked_only_where_it_is_named_with_its_port(site, raw):
    site.page("/r.html", REPORT)
    for private in ("other.example", "mzj.example", "mzj.example:1025"):
        assert ask(site, raw, None, private=private).reason == "private_address"
    assert site.asked == []
    assert ask(site, raw, None).outcome == "new"


def test_another_source_does_not_reach_what_one_was_allowed(site, raw):
    site.page("/r.html", REPORT)
    site.pages["/to.html"] = answer(302, location=site.at("/r.html", "inner.example"))
    site.sources(
        raw,
        f"{site.at('/r.html', 'inner.example')},,inner.example:{site.port}",
        f"{site.at('/to.html')},,mzj.example:{site.port}",
    )
    visits, _ = site.go(raw)
    assert visits["/r.html"].outcome == "new" and visits["/to.html"].reason == "private_address"


def test_addresses_that_hide_a_private_one_are_seen_through():
    hidden = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"]
    hidden += ["::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"]
    assert [ip for ip in hidden if is_public(ip)] == []
    assert is_public("93.184.215.14") and is_public("2400:3200::1") and is_public("::ffff:93.184.215.14")


def test_a_server_that_asks_to_wait_is_waited_for_or_left_alone(site, raw):
    turns = iter([answer(429, retry_after="30"), answer(200, f"<html><body>{REPORT}</body></html>")])
    slept = []
    visit = ask(site, raw, lambda handler: next(turns)(handler), sleep=slept.append)
    assert visit.outcome == "new" and any(25 < seconds <= 30 for seconds in slept)

    site.sources(raw, *(f"{site.at(f'/{n}.html')},,mzj.example:{site.port}" for n in range(3)))
    site.pages["/0.html"] = answer(503, retry_after="7200")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    visits, going = site.go(raw)
    assert list(visits) == ["/0.html"] and going.left == 2
    assert visits["/0.html"].reason == "too_many_requests" and visits["/0.html"].retry_at is not None
    site.asked.clear()
    assert "/0.html" not in site.go(raw, again=True)[0], "it was asked again before its time"
    assert retry_at("Thu, 01 Jan 2026 02:00:00 GMT", start) == start + timedelta(hours=2)
    assert retry_at("soon", start) == start + timedelta(minutes=1)
    assert retry_at("99999999999", start) == start + timedelta(days=7)


def test_a_host_that_does_not_answer_is_left_after_a_few_tries(site, raw):
    site.pages["/robots.txt"] = b""
    for n in range(6):
        site.pages[f"/{n}.html"] = drip
    site.sources(raw, *(f"{site.at(f'/{n}.html')},,mzj.example:{site.port}" for n in range(6)))
    visits, going = site.go(raw, seconds=0.1)
    assert len(visits) == 3 and going.left == 3


def test_a_site_whose_rules_cannot_be_read_is_not_fetched(site, raw):
    site.page("/r.html", REPORT)
    site.pages["/robots.txt"] = answer(500, "坏了")
    assert ask(site, raw, None).reason == "robots_unknown" and site.paths() == []


def test_a_listing_that_leads_to_itself_or_to_nothing_ends(site, raw):
    host = f"mzj.example:{site.port}"
    site.page("/list.html", "", 工作总结="/list.html", 下一页="/list.html")
    site.page("/none.html", "", 招聘="/x.html")
    site.pages["/file.html"] = b"%PDF-1.4"
    site.sources(raw, *(f"{site.at(f'/{name}.html')},总结,{host}" for name in ("list", "none", "file")))
    visits, _ = site.go(raw)
    assert [visit.reason for visit in visits.values()] == [
        "nothing_listed",
        "nothing_listed",
        "not_a_listing",
    ]


def test_a_listing_without_end_is_left_at_the_bound_of_a_run(site, raw, monkeypatch):
    monkeypatch.setattr(bring, "MOST_VISITS", 5)
    site.page("/list.html", "", **{f"工作总结{n}": f"/r{n}.html" for n in range(20)})
    for n in range(20):
        site.page(f"/r{n}.html", REPORT)
    site.sources(raw, f"{site.at('/list.html')},总结,mzj.example:{site.port}")
    visits, going = site.go(raw)
    assert len(visits) == 5 and going.left == 16
    assert len(site.go(raw)[0]) == 5, "the next run goes on"


def test_names_lead_nowhere_but_below_the_folder_and_never_over_another_file(site, raw):
    host = f"mzj.example:{site.port}"
    paths = [
        "/..%2f..%2f..%2fcorrections.csv",
        "/.hidden/%7E%24x.html",
        f"/{'长' * 300}.html",
        "/a?id=1",
        "/a?id=2",
        "/a:b*c.html",
        "/a_b_c.html",
        f"/{'d/' * 60}x.html",
    ]
    for n, path in enumerate(paths):
        site.page(quote(path, safe="/%?=:*"), REPORT.replace("3012", str(3000 + n)))
    site.sources(raw, *(f"{site.at(path)},,{host}" for path in paths))
    visits, _ = site.go(raw)
    assert [visit.reason for visit in visits.values()] == [None] * len(paths)
    found = files(raw)
    assert len(found) == len(paths) and not (raw.parent / "corrections.csv").exists()
    assert all(".." not in name.split("/") and len(name.encode()) < 900 for name in found)


def test_a_web_page_in_place_of_an_attachment_is_not_kept_as_one(site, raw):
    site.page("/list.html", "", 工作总结="/a.pdf")
    site.page("/a.pdf", "请登录")
    site.sources(raw, f"{site.at('/list.html')},总结,mzj.example:{site.port}")
    assert site.go(raw)[0]["/a.pdf"].reason == "not_a_file"
