"""What `minzheng fetch` brings from a server that behaves: listings, attachments, versions, what is due."""

import csv
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from web_lab import REPORT, answer, files, web

from pipeline.engine.batch import read_batch
from pipeline.fetching import bring
from pipeline.fetching.keep import tell_reports
from pipeline.fetching.links import find_links, suffix_of
from pipeline.fetching.sources import Source, SourcesError, read_sources
from pipeline.reading.files.listing import list_files
from pipeline.reading.reports.given import read_given, with_given
from pipeline.runs.fetch import run_fetch
from pipeline.settings import Settings


@pytest.fixture
def site():
    with web() as site:
        yield site


@pytest.fixture
def raw(tmp_path):
    return tmp_path / "raw"


def ledger(raw):
    with (raw / "fetched/fetches.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listing(site, raw):
    """A listing of two pages, three reports and an attachment."""
    site.page("/list.html", "", **{"2023年工作总结": "a/1.html", "通知": "a/2.html", "下一页": "list_1.html"})
    site.page("/list_1.html", "", **{"2022年工作总结": "a/3.html", "招聘": "a/4.html"})
    site.page("/a/1.html", REPORT, 附件下载="/files/附件1.pdf")
    site.page("/a/3.html", REPORT.replace("2023", "2022"))
    site.pages["/files/%E9%99%84%E4%BB%B61.pdf"] = b"%PDF-1.4 not much of one"
    host = f"mzj.example:{site.port}"
    site.sources(
        raw,
        f"{site.at('/list.html')},工作总结,青田县,summary,CC0,{host}",
        header="address,pattern,region,genre,licence,private",
    )


def test_a_listing_brings_what_fits_on_all_its_pages_with_its_attachments(site, raw):
    listing(site, raw)
    visits, _ = site.go(raw)
    assert {path: visit.outcome for path, visit in visits.items()} == {
        "/list.html": "listed",
        "/list_1.html": "listed",
        "/a/1.html": "new",
        "/a/3.html": "new",
        "/files/%E9%99%84%E4%BB%B61.pdf": "new",
    }
    folder = f"fetched/mzj.example_{site.port}"
    assert files(raw) == [f"{folder}/a/1.html", f"{folder}/a/3.html", f"{folder}/files/附件1.pdf"]
    assert (raw / folder / "a/1.html").read_text(encoding="utf-8") == site.pages["/a/1.html"]
    given = read_given(raw)
    assert given["url"].to_list()[0] == site.at("/a/1.html")
    assert set(given["region_code"]) == {"331121"} and set(given["genre"]) == {"summary"}
    (row,) = [row for row in ledger(raw) if row["address"].endswith("/a/1.html")]
    assert row["found_on"] == site.at("/list.html") and row["status"] == "200" and len(row["sha256"]) == 64
    assert "Content-Type" in row["headers"] or "content-type" in row["headers"].lower()


def test_we_name_ourselves_and_ask_robots_txt_first(site, raw):
    listing(site, raw)
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /a/3\nCrawl-delay: 7\n"
    slept = []
    visits, _ = site.go(raw, sleep=slept.append)
    assert site.asked[0][1] == "/robots.txt" and [path for _, path, _ in site.asked].count("/robots.txt") == 1
    assert all(headers["User-Agent"].startswith("minzheng/") for _, _, headers in site.asked)
    assert visits["/a/3.html"].reason == "robots" and "/a/3.html" not in site.paths()
    assert slept and max(slept) > 6


def test_hosts_are_asked_in_turn_so_that_the_pause_of_one_is_spent_on_another(site, raw):
    for path in ("/1.html", "/2.html"):
        site.page(path, REPORT)
    private = f"a.example:{site.port} b.example:{site.port}"
    site.sources(
        raw,
        *(
            f"{site.at(path, host)},,{private}"
            for host in ("a.example", "b.example")
            for path in ("/1.html", "/2.html")
        ),
    )
    site.go(raw, pause=0.5)
    pages = [host.partition(":")[0] for host, path, _ in site.asked if path != "/robots.txt"]
    assert pages == ["a.example", "b.example", "a.example", "b.example"]


def test_nothing_is_asked_for_before_it_is_due_and_then_only_whether_it_changed(site, raw):
    site.pages["/r.html"] = answer(
        200, f"<html><body>{REPORT}</body></html>", content_type="text/html", etag='"1"'
    )
    site.sources(raw, f"{site.at('/r.html')},,mzj.example:{site.port}")
    start = datetime(2026, 1, 1, tzinfo=UTC)
    site.go(raw, now=lambda: start)
    site.asked.clear()
    assert site.go(raw, now=lambda: start + timedelta(days=6))[0] == {} and site.asked == []
    site.pages["/r.html"] = answer(304)
    visits, _ = site.go(raw, now=lambda: start + timedelta(days=8))
    assert visits["/r.html"].outcome == "unchanged"
    assert site.asked[-1][2]["If-None-Match"] == '"1"'
    assert len(files(raw)) == 1


def test_a_changed_page_is_a_new_version_beside_the_old_one(site, raw):
    site.page("/r.html", REPORT)
    site.sources(raw, f"{site.at('/r.html')},,mzj.example:{site.port}")
    site.go(raw)
    (first,) = files(raw)
    before = (raw / first).read_bytes()
    site.page("/r.html", REPORT.replace("3012", "3102"))
    visits, _ = site.go(raw, again=True)
    assert visits["/r.html"].outcome == "changed"
    assert len(files(raw)) == 2 and (raw / first).read_bytes() == before
    assert read_given(raw)["url"].to_list() == [site.at("/r.html")] * 2


def test_a_counter_of_visits_makes_no_new_version(site, raw):
    top = (
        "<div class='nav'><a href='/'>首页</a> <span>今天是{}</span></div><h1>青田县民政局2023年工作总结</h1>"
    )
    page = f"<html><body>{top}{{}}</body></html>"
    site.pages["/r.html"] = page.format("2026年1月1日", REPORT)
    site.sources(raw, f"{site.at('/r.html')},,mzj.example:{site.port}")
    site.go(raw)
    site.pages["/r.html"] = page.format("2026年1月9日", REPORT) + "<!-- 7 -->"
    visits, _ = site.go(raw, again=True)
    assert visits["/r.html"].outcome == "unchanged" and len(files(raw)) == 1


def test_a_run_that_was_stopped_goes_on_where_it_was(site, raw):
    listing(site, raw)

    kept = bring.tell_reports
    calls = []

    def third(*words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        kept(*words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bring, "tell_reports", third)
        with pytest.raises(KeyboardInterrupt):
            site.go(raw)
    with (raw / "fetched/fetches.csv").open("a", encoding="utf-8") as file:
        file.write("2026-01-01T00:00:00+00:00,http://half")  # and its last line was cut
    done = set(site.paths())
    site.asked.clear()
    site.go(raw)
    assert len(files(raw)) == 3 and "/list.html" not in site.paths()
    assert done | set(site.paths()) >= {"/a/1.html", "/a/3.html", "/list_1.html"}
    assert sorted(read_given(raw)["file_name"]) == files(raw)


def test_a_listing_is_followed_to_its_bound_and_one_that_a_script_pages(site, raw):
    for page in range(30):
        site.pages[f"/index_{page}.html" if page else "/index.html"] = (
            f"<html><body><a href='/r{page}.html'>工作总结</a>"
            f'<script>createPageHTML(40, {page}, "index", "html");</script></body></html>'
        )
        site.page(f"/r{page}.html", REPORT)
    site.sources(
        raw,
        f"{site.at('/index.html')},总结,3,mzj.example:{site.port}",
        header="address,pattern,pages,private",
    )
    visits, _ = site.go(raw)
    assert [path for path in visits if "index" in path] == ["/index.html", "/index_1.html", "/index_2.html"]


def test_a_page_in_gb2312_is_followed_by_its_words_and_kept_as_it_came(site, raw):
    page = '<html><head><meta charset="gb2312"></head><body><a href="r.html">工作总结</a></body></html>'
    site.pages["/list.html"] = answer(200, page.encode("gb2312"), content_type="text/html")
    text = f"<html><head><meta charset='gb2312'></head><body>{REPORT}</body></html>".encode("gb2312")
    site.pages["/r.html"] = answer(200, text, content_type="text/html")
    site.sources(raw, f"{site.at('/list.html')},总结,mzj.example:{site.port}")
    visits, _ = site.go(raw)
    assert (raw / visits["/r.html"].file).read_bytes() == text


def test_another_site_is_followed_only_where_it_is_named(site, raw):
    site.page(
        "/list.html",
        "",
        **{
            "甲工作总结": site.at("/1.html", "other.example"),
            "乙工作总结": site.at("/2.html", "www.mzj.example"),
        },
    )
    for path in ("/1.html", "/2.html"):
        site.page(path, REPORT)
    hosts = f"mzj.example:{site.port} www.mzj.example:{site.port} other.example:{site.port}"
    site.sources(raw, f"{site.at('/list.html')},总结,{hosts},", header="address,pattern,private,hosts")
    visits, _ = site.go(raw)
    assert visits["/2.html"].outcome == "new" and visits["/1.html"].reason == "other_site"
    site.sources(
        raw, f"{site.at('/list.html')},总结,{hosts},other.example", header="address,pattern,private,hosts"
    )
    visits, _ = site.go(raw, again=True)
    assert visits["/1.html"].outcome == "new"


def test_a_bad_line_of_the_list_is_refused_with_what_to_write(raw, subtests):
    raw.mkdir()
    header = "address,pattern,pages,region,genre,every,hosts,private"
    for line, said in (
        ("ftp://x.gov.cn/,,,,,,,", "only http:// and https://"),
        ("https://u:p@x.gov.cn/,,,,,,,", "without a password"),
        ("https://x.gov.cn:22/,,,,,,,", "on port 80"),
        (",总结,,,,,,", "`address` is empty"),
        ("https://x.gov.cn/,(总结,,,,,,", "no regular expression"),
        ("https://x.gov.cn/,,3,,,,,", "`pages` is for listings"),
        ("https://x.gov.cn/,总结,9999,,,,,", "from 1 to 200"),
        ("https://x.gov.cn/,,,青甜县,,,,", "is no division"),
        ("https://x.gov.cn/,,,,总结,,,", "summary"),
        ("https://x.gov.cn/,,,,,often,,", "nor a number of days"),
        ("https://x.gov.cn/,,,,,,https://y.gov.cn/,", "is no host"),
        ("https://x.gov.cn/,,,,,,,,more", "more cells"),
        ("https://ok.gov.cn/,,,,,,,", "line 2 is on the same address"),
    ):
        (raw / "sources.csv").write_text(f"{header}\nhttps://ok.gov.cn/,,,,,,,\n{line}\n", encoding="utf-8")
        with subtests.test(line), pytest.raises(SourcesError, match="line 3") as error:
            read_sources(raw)
        assert said in str(error.value)
    (raw / "sources.csv").write_bytes("address,region\nhttps://x.gov.cn/,宣州区\n".encode("gbk"))
    assert read_sources(raw)[0].region == "宣州区"  # as Excel saves it
    (raw / "sources.csv").unlink()
    with pytest.raises(SourcesError, match="begin it with"):
        read_sources(raw)


def test_the_list_of_reports_keeps_its_lines_columns_and_dress(raw):
    raw.mkdir()
    path = raw / "reports.csv"
    path.write_bytes('\ufefffile,year\r\n"甲,乙.txt",2023\r\n'.encode())
    tell_reports(
        raw, "fetched/x/1.html", "https://x.gov.cn/1.html", Source(2, "https://x.gov.cn/", region="331121")
    )
    tell_reports(raw, "fetched/x/1.html", "https://x.gov.cn/1.html", Source(2, "https://x.gov.cn/"))
    assert path.read_bytes().decode() == (
        '\ufefffile,year,region,url\r\n"甲,乙.txt",2023,,\r\nfetched/x/1.html,,331121,https://x.gov.cn/1.html\r\n'
    )


def test_links_are_seen_from_the_base_of_the_page_once_each_and_scripts_lead_nowhere():
    page = (
        '<base href="https://x.gov.cn/b/"><a href="1.html">总结</a><a href="1.html#top">总结</a>'
        '<a href="javascript:go()">总结</a>'
        '<a href="down.jsp?name=%E8%A1%A8.xls" title="2023年工作总结附表">2023…</a>'
    )
    links = find_links(page.encode(), "https://x.gov.cn/a/list.html", pattern="总结")
    assert links.fitting == ("https://x.gov.cn/b/1.html", "https://x.gov.cn/b/down.jsp?name=%E8%A1%A8.xls")
    assert links.attachments == links.fitting[1:] and suffix_of(links.attachments[0]) == ".xls"


@pytest.mark.landing
def test_what_was_brought_is_read_with_its_address_region_and_genre(site, raw):
    listing(site, raw)
    site.go(raw)
    manifest = with_given(list_files(raw), read_given(raw)).filter(pl.col("file_name").str.ends_with("html"))
    reports = read_batch(raw, manifest)["core.reports"]
    assert reports["url"].to_list() == [site.at("/a/1.html"), site.at("/a/3.html")]
    assert set(reports["region_code"]) == {"331121"} and set(reports["genre"]) == {"summary"}


@pytest.mark.landing
def test_the_command_tells_each_visit_and_what_came(site, raw, dagster_home, capsys):
    site.page("/r.html", REPORT)
    host = f"127.0.0.1:{site.port}"
    addresses = [site.at(path, "127.0.0.1") for path in ("/r.html", "/gone.html")]
    site.sources(raw, *(f"{address},,{host}" for address in addresses))
    settings = Settings(raw=raw, warehouse=raw.parent / "m.duckdb", contact="someone@example.org")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.fetching.fetch.PAUSE", 0)
        assert run_fetch(settings) is False  # one of them did not come
    told = capsys.readouterr()
    assert f"new {addresses[0]} fetched/" in told.err and "look whether its address changed" in told.err
    assert "2 addresses of 1 sources" not in told.out and "2 addresses of 2 sources" in told.out
    assert "someone@example.org" in site.asked[-1][2]["User-Agent"]
    (raw / "sources.csv").unlink()
    assert run_fetch(settings) is False and "begin it with" in capsys.readouterr().out
