"""A small published file for the tests of the report browser, written from texts with their numbers marked.

In a text, `⟦2023|date⟧` is a number of that kind, and `⟦3012人|dibao.persons 3012 人 status=target⟧` an
observation: indicator, value, unit and any other columns.
"""

import atexit
import re
import shutil
import tempfile
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb
import polars as pl
from marts_lab import contexts_of

from pipeline.contracts import ddl
from pipeline.contracts.registry import load_tables
from pipeline.site import build_site
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.models import build_model, load_models

MODELS = Path(__file__).parents[1] / "models"
MARKED = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
DIGITS = re.compile(r"[0-9０-９]+(?:[.。][0-9]+)?|[两三]")
# What columns hold that other rooms add and these tests do not speak of.
BLANKS = {
    "text": "", "text[]": [], "bigint[]": [], "integer": 0, "bigint": 0, "double": 0.0, "boolean": False,
    "date": date(2026, 1, 1), "timestamp": datetime(2026, 1, 1),
}  # fmt: skip
WHEN = datetime(2026, 3, 1, 8, 30)

REGIONS = [
    ("100000", "全国", "全国", "country", None, None, None, None),
    ("340000", "安徽省", "安徽省", "province", "100000", "安徽省", None, None),
    ("341802", "宣州区", "安徽省宣城市宣州区", "county", "341800", "安徽省", "宣城市", "宣州区"),
    ("330503", "南浔区", "浙江省湖州市南浔区", "county", "330500", "浙江省", "湖州市", "南浔区"),
]


class Release:
    """Collects rows table by table; `write` makes the file."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict]] = {}

    def add(self, table: str, **row: object) -> None:
        self.rows.setdefault(table, []).append(row)

    def report(self, marked: str, file_name: str, **about: object) -> str:
        """Add a file that holds one report; returns the report's id."""
        text, spans = _unmarked(marked)
        digest = sha256(text.encode()).hexdigest()
        document = sha256(f"{file_name}\0{digest}".encode()).hexdigest()[:16]
        report = f"{document}-01"
        row = {"title": file_name, "genre": "summary", "year": 2023, "region_code": "341802", **about}
        self.add(
            "core.documents", document_id=document, file_name=file_name, sha256=digest, size_bytes=len(text),
            encoding="utf-8", media_type="text/plain", text=text, ingested_at=WHEN,
        )  # fmt: skip
        self.add(
            "core.reports", report_id=report, document_id=document, ordinal=1, span_start=0,
            span_end=len(text),
            **row,
        )  # fmt: skip
        for start, end, words in spans:
            self._number(text, document, report, row, start, end, words.split(" "))
        self._structure(text, document, report, row)
        return report

    def _number(
        self, text: str, document: str, report: str, about: dict, start: int, end: int, words: list[str]
    ) -> None:
        kind = "measurement" if len(words) > 1 else words[0]
        for found in DIGITS.finditer(text, start, end):
            self.add(
                "core.mentions", document_id=document, report_id=report, span_start=found.start(),
                span_end=found.end(), text=found.group(), kind=kind,
            )  # fmt: skip
            kind = "range_end" if kind == "measurement" else kind
        if len(words) == 1:
            return
        indicator, value, unit, *others = words
        subject, measure = indicator.split(".")
        stop = min((at for at in (text.find(mark, end) for mark in "，。\n") if at >= 0), default=len(text))
        begin = max(text.rfind(mark, 0, start) for mark in "，。\n") + 1
        row = {
            "observation_id": sha256(f"{document}{start}{indicator}".encode()).hexdigest()[:16],
            "document_id": document, "report_id": report, "span_start": start, "span_end": end,
            "written": text[start:end], "quote_start": begin, "quote_end": stop, "quote": text[begin:stop],
            "value": float(value), "unit": unit, "subject": subject, "measure": measure,
            "indicator_id": indicator, "change": "level", "residence": "total", "status": "actual",
            "comparator": "=", "scope": "region", "year": about["year"], "region_code": about["region_code"],
            "rule": "noun before", "confidence": 0.93, "flags": [],
        }  # fmt: skip
        for other in others:
            name, _, given = other.partition("=")
            row[name] = given.split(",") if name == "flags" else given
        self.add("core.observations", **row)

    def _structure(self, text: str, document: str, report: str, about: dict) -> None:
        headings = [(m.start(), m.group()) for m in re.finditer(r"^[一二三]、.*$", text, re.MULTILINE)]
        for number, (start, heading) in enumerate(headings, 1):
            end = headings[number][0] if number < len(headings) else len(text)
            self.add(
                "core.sections", section_id=f"{report}-s{number:03d}", document_id=document, report_id=report,
                span_start=start, span_end=end, heading=heading, level=1,
                role="plan" if "计划" in heading else None,
            )  # fmt: skip
        items = re.finditer(r"^[0-9]\. *(.+)$", text, re.MULTILINE)
        for number, item in enumerate(items, 1):
            self.add(
                "core.tasks", task_id=f"{report}-t{number:03d}", document_id=document, report_id=report,
                ordinal=number, title=item.group(1), year=about["year"], region_code=about["region_code"],
                span_start=item.start(), span_end=item.end(),
            )  # fmt: skip

    def write(self, path: Path, marts: bool = True) -> Path:
        """Make the published file with every table of the registry, and every mart unless told otherwise."""
        self._reference()
        documents, observations = (
            self.rows.get(f"core.{name}", []) for name in ("documents", "observations")
        )
        if observations:
            self.rows["core.contexts"] = contexts_of(documents, observations)
        with duckdb.connect(str(path)) as connection:
            for schema in (*ddl.schemas(), "meta"):
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            for table in load_tables().values():
                if table.stored and not table.name.startswith("state."):
                    connection.execute(ddl.create_table(table))
                    blank = {c.name: BLANKS[c.type] for c in table.columns if not c.nullable}
                    rows = [{**blank, **row} for row in self.rows.get(table.name, [])]
                    frame = pl.DataFrame(rows, schema=table.schema, orient="row")
                    connection.register("frame", frame.to_arrow())
                    connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM frame")
            for model in load_models(MODELS).values() if marts else ():
                build_model(connection, model)
        return path

    def _reference(self) -> None:
        names = ("region_code", "name", "full_name", "level", "parent_code", "province", "city", "county")
        for region in REGIONS:
            self.add("ref.regions", **dict(zip(names, region, strict=True)))
        for table in ("subjects", "measures", "units", "indicators"):
            for row in load_reference(f"ref.{table}").iter_rows(named=True):
                self.add(f"ref.{table}", **row)
        self.add(
            "meta.release", release_id="20260301T083000-0a1b2c3d", built_at=WHEN, corpus_sha256="0" * 64,
            extractor_version="test", raw_files=3, documents=3, rejected_files=0, minzheng_version="0",
            duckdb_version="2", polars_version="2",
        )  # fmt: skip


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and (start, end, words) of each."""
    spans, pieces, last, length = [], [], 0, 0
    for found in MARKED.finditer(marked):
        before = marked[last : found.start()]
        start = length + len(before)
        length = start + len(found.group(1))
        pieces += [before, found.group(1)]
        spans.append((start, length, found.group(2)))
        last = found.end()
    return "".join([*pieces, marked[last:]]), spans


HOSTILE_FILE = "<script>document.title='file'</script>&\"'.txt"
HOSTILE_TITLE = "</title><script>document.title='title'</script><img src=x onerror=\"document.title='img'\">"
HOSTILE_TEXT = """\
</div><script>document.title='text'</script><img src="x" onerror="document.title='img'">
<a href="javascript:document.title='link'">链接</a> &lt;b&gt; &amp;#x3c; ]]> <!-- \r \u202e倒写\u202c \x0c 𠮷
一、数字
发放低保⟦４５２人|dibao.persons 452 人⟧，资金⟦12。5万元|dibao.expenditure 125000 元⟧。
</script><script>document.title='end'</script>
"""
SUMMARY = """\
民政工作总结（⟦2023|date⟧年）
一、主要成效
⟦1.|list_marker⟧ 全区现有低保对象\
⟦3012人|dibao.persons 3012 人⟧，\
其中城市⟦1000人|dibao.persons 1000 人 residence=urban⟧、\
农村⟦2000人|dibao.persons 2000 人 residence=rural flags=ambiguous_subject⟧。
低保标准由⟦700元|dibao.standard 700 元/人/月 residence=urban status=prior⟧提高到\
⟦750元|dibao.standard 750 元/人/月 residence=urban⟧，\
农村为⟦610元|dibao.standard 610 元/人/月 residence=rural⟧。
为⟦80周岁|condition⟧以上老人改造住房⟦1
20户|home_adaptation.households 120 户⟧，新建助餐点⟦3-5个|meal_point.count 3 个 value_high=5⟧。
二、明年计划
⟦1.|list_marker⟧ 改造⟦200户|home_adaptation.households 200 户 status=target year=2024 comparator=>=⟧。
"""
NEIGHBOUR = """\
统计公报
年末低保对象⟦1800人|dibao.persons 1800 人⟧，低保标准⟦1145元|dibao.standard 1145 元/人/月⟧，\
适老化改造⟦260户|home_adaptation.households 260 户⟧。
"""


@cache
def sample_file() -> Path:
    """The published file of `sample_release`, made once for all tests that only read it."""
    return sample_release().write(_folder() / "published.duckdb")


@cache
def sample_site() -> tuple[Path, dict[str, object]]:
    """The site of `sample_file` and what `build_site` said of it, made once as well."""
    to = _folder() / "pages"
    return to, build_site(sample_file(), to)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="minzheng-site-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sample_release() -> Release:
    """Three regions' worth of reports: an ordinary one, a neighbour over two years, and a hostile one."""
    release = Release()
    first = release.report(
        SUMMARY, "宣州区-2023-总结.txt", title="宣州区民政局2023年工作总结", issuer="宣州区民政局"
    )
    doubtful = next(row for row in release.rows["core.observations"] if row["flags"])
    doubtful["confidence"] = 0.5
    for rank, (subject, score, share) in enumerate((("dibao", 9.5, 0.74), ("tekun", 8.4, 0.26)), 1):
        release.add(
            "core.readings", observation_id=doubtful["observation_id"], rank=rank, subject=subject,
            document_id=doubtful["document_id"], word=subject, score=score, share=share,
        )  # fmt: skip
    about = {"title": "2023年民政事业統計公報", "genre": "bulletin", "region_code": "330503"}
    release.report(NEIGHBOUR, "南浔/2023.txt", published_on=date(2024, 2, 1), **about)
    later = NEIGHBOUR.replace("1800", "1750").replace("260", "150")
    release.report(
        later, "南浔/2024.txt", title="2024年公报", genre="bulletin", year=2024, region_code="330503"
    )
    release.report("计划\n⟦2户|home_adaptation.households 2 户⟧", "宣州区-2024.txt", genre="plan", year=2024)
    release.report(HOSTILE_TEXT, HOSTILE_FILE, title=HOSTILE_TITLE, issuer="<b>局</b>", region_code=None)
    release.add("ref.population", region_code="330503", year=2020, population=541000, source="人口普查")
    release.add("meta.release_diff", table_name="core.reports", change="added", row_key=first)
    release.add(
        "core.rejected_files", file_name="<i>坏.pdf", sha256="1" * 64, reason="no_text", detail="<i>没有文字",
        rejected_at=WHEN,
    )  # fmt: skip
    return release
