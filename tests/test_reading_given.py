"""`raw/reports.csv`: what the user knows of a report wins over what is read, and a wrong line is refused."""

import datetime as dt

import polars as pl
import pytest

from pipeline.engine.batch import parse_documents, read_batch
from pipeline.engine.local import refresh_core
from pipeline.reading.files.listing import list_files, read_files
from pipeline.reading.reports.given import GivenError, check_parts, given_of, read_given, with_given
from pipeline.warehouse.store import state
from pipeline.warehouse.store.work import open_work

HEAD = "file,part,region,year,issuer,title,published_on,url,licence\n"
PROSE = "镇村干部走村入户核实家境，把困难群众及时纳入保障，把不再符合条件的及时退出。" * 5
ONE = f"民政工作总结\n{PROSE}城市低保对象310户。\n"
TWO = f"篇一：柳县民政工作总结\n{PROSE}\n篇二：安县民政工作总结\n{PROSE}\n"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(ONE, encoding="utf-8")
    (folder / "sub" / "b.txt").write_text(TWO, encoding="utf-8")
    return folder


def know(raw, *lines: str, head: str = HEAD) -> pl.DataFrame:
    (raw / "reports.csv").write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return with_given(list_files(raw), read_given(raw))


def test_a_list_in_gbk_is_read_and_one_in_neither_is_refused_with_its_line(raw):
    path = raw / "reports.csv"
    path.write_bytes((HEAD + "a.txt,,,,柳县民政局,,,,\n").encode("gbk"))
    assert read_given(raw)["issuer"].to_list() == ["柳县民政局"]
    path.write_bytes((HEAD + "a.txt,,,,").encode() + b"\xff\xfe,,,,\n")
    with pytest.raises(GivenError, match=r"reports\.csv line 2: these bytes"):
        read_given(raw)


def reports(raw, *lines: str, head: str = HEAD) -> dict[tuple[str, int], dict]:
    manifest = know(raw, *lines, head=head)
    documents, _ = read_files(raw, manifest)
    found = parse_documents(documents, given_of(manifest)).reports  # no number of them is asked for
    rows = found.join(documents.select("document_id", "file_name"), on="document_id").to_dicts()
    return {(row["file_name"], row["ordinal"]): row for row in rows}


def test_what_is_known_wins_and_says_so(raw):
    line = "a.txt,,宣州区,2019,宣州区民政局,宣州区民政工作总结,2020-01-08,https://x.gov.cn/1.html,CC BY 4.0"
    report = reports(raw, line)["a.txt", 1]
    assert (report["region_code"], report["region_method"]) == ("341802", "given")
    assert (report["year"], report["year_method"], report["year_evidence"]) == (2019, "given", "reports.csv")
    assert (report["issuer"], report["title"]) == ("宣州区民政局", "宣州区民政工作总结")
    assert report["published_on"] == dt.date(2020, 1, 8)
    assert (report["url"], report["licence"]) == ("https://x.gov.cn/1.html", "CC BY 4.0")


def test_a_known_title_is_read_like_any_other(raw):
    report = reports(raw, "a.txt,,,,,黟县民政局2018年工作要点,,,")["a.txt", 1]
    assert (report["genre"], report["year"], report["region_code"]) == ("plan", 2018, "341023")
    assert (report["year_method"], report["region_method"]) == ("title", "title")


def test_figures_take_the_known_region_and_year(raw):
    frames = read_batch(raw, know(raw, "a.txt,,341802,2019,,,,,"))
    figures = frames["core.observations"].filter(pl.col("value") == 310)
    assert figures.select("region_code", "year").rows() == [("341802", 2019)]


def test_a_line_may_speak_of_one_part_of_a_file(raw):
    found = reports(raw, "sub/b.txt,2,341023,2020,,,,,", "sub/b.txt,,,2021,,,,https://x.gov.cn/2,")
    assert [found["sub/b.txt", n]["year"] for n in (1, 2)] == [2021, 2020]
    assert found["sub/b.txt", 2]["region_code"] == "341023"
    assert {found["sub/b.txt", n]["url"] for n in (1, 2)} == {"https://x.gov.cn/2"}


def test_all_but_the_file_may_be_left_out(raw):
    assert reports(raw, "a.txt,2017", head="file,year\n")["a.txt", 1]["year"] == 2017


def test_the_list_itself_is_no_report(raw):
    assert know(raw, "a.txt,,,,,,,,")["file_name"].to_list() == ["a.txt", "sub/b.txt"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("c.txt,,,,,,,,", "line 2: no file c.txt stands in the raw folder"),
        ("b.txt,,,,,,,,", "is sub/b.txt meant?"),
        (",,341802,,,,,,", "line 2: `file` is empty"),
        ("a.txt,,宣洲区,,,,,,", "is no division of GB/T 2260 (is "),
        ("a.txt,,999999,,,,,,", "is no division of GB/T 2260"),
        ("a.txt,,朝阳区,,,,,,", "names several; write one of 110105 北京市朝阳区"),
        ("a.txt,,,20222,,,,,", "year 20222 is not between"),
        ("a.txt,,,去年,,,,,", "is no whole number"),
        ("a.txt,,,,,,2022/1/5,,", "is not written 2025-06-30"),
        ("a.txt,,,,,,,www.x.cn,", "is no address"),
        ("a.txt,0,,,,,,,", "the first report of a file is 1"),
    ],
)
def test_a_wrong_line_is_refused_with_what_to_do(raw, line, says):
    with pytest.raises(GivenError) as error:
        know(raw, line)
    assert says in str(error.value) and "reports.csv line 2" in str(error.value)


def test_two_lines_on_one_report_and_unknown_columns_are_refused(raw):
    with pytest.raises(GivenError, match="line 3: line 2 is on the same report"):
        know(raw, "a.txt,1,,2020,,,,,", "a.txt,1,,2021,,,,,")
    with pytest.raises(GivenError, match="unknown columns yaer"):
        know(raw, "a.txt,2020", head="file,yaer\n")


def test_a_part_that_its_file_has_not_is_refused(raw):
    known = pl.DataFrame({"file_name": ["a.txt"], "ordinal": [1]})
    know(raw, "a.txt,3,,2020,,,,,")
    with pytest.raises(GivenError, match=r"line 2: a\.txt holds 1 reports and no part 3"):
        check_parts(read_given(raw), known)


@pytest.mark.slow
def test_a_changed_line_has_its_file_read_again_and_no_other(raw, tmp_path):
    with open_work(tmp_path / "w.duckdb", "test") as work:

        def refresh(*lines: str):
            state.store_manifest(work.con, know(raw, *lines))
            return refresh_core(work, raw)

        def years() -> list[int | None]:
            joined = "core.reports r JOIN core.documents USING (document_id)"
            query = f"SELECT r.year FROM {joined} WHERE file_name = 'a.txt'"
            return [year for (year,) in work.con.execute(query).fetchall()]

        assert refresh("a.txt,,,2019,,,,,").new == 2 and years() == [2019]
        again = refresh("a.txt,,,2020,,,,,")
        assert (again.outdated, again.unchanged) == (1, 1) and years() == [2020]
        assert not refresh("a.txt,,,2020,,,,,").anything
        assert refresh("sub/b.txt,,,2020,,,,,").outdated == 2 and years() == [None]
