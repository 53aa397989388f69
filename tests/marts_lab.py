"""A small warehouse for tests of the marts: texts with marked figures in, all models built.

A figure is marked where it stands: `全县有低保{1200人|dibao.persons}` is the text `全县有低保1200人` with one
observation. Behind the indicator come fields, as in `{700人|dibao.persons residence=urban year=2022}`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.extraction.evidence import last_place
from pipeline.extraction.sequence import open_stream
from pipeline.extraction.surroundings import surroundings
from pipeline.extraction.tasks.domains import with_domains
from pipeline.reading.layout.folding import fold_script
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.models import Model, build_model, load_models, with_what_they_read
from pipeline.warehouse.store.writer import make_tables

PROJECT = Path(__file__).resolve().parents[1]
MODELS = PROJECT / "models"
MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
SCALES = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
UNITS = {"persons": "人", "households": "户", "person_times": "人次", "couples": "对", "cases": "件",
         "beds": "张", "expenditure": "元", "investment": "元", "standard": "元/人/月", "average": "元/人",
         "ratio": "%", "duration": "天"}  # fmt: skip
REGION_COLUMNS = ("region_code", "name", "full_name", "level", "parent_code", "province", "city", "county")
REGIONS = [
    dict(zip(REGION_COLUMNS, row, strict=True))
    for row in (
        ("100000", "全国", "全国", "country", None, None, None, None),
        ("110000", "某省", "某省", "province", "100000", "某省", None, None),
        ("110100", "某市", "某省某市", "prefecture", "110000", "某省", "某市", None),
        ("110101", "甲县", "某省某市甲县", "county", "110100", "某省", "某市", "甲县"),
        ("110102", "乙县", "某省某市乙县", "county", "110100", "某省", "某市", "乙县"),
    )
]


class Lab:
    """A warehouse, in memory or at `path`: `report` adds a document of one report, `build` makes marts."""

    def __init__(self, path: Path | None = None, comments: bool = False) -> None:
        self.con = duckdb.connect(str(path or ":memory:"))
        self.comments = comments
        self.con.execute("SET TimeZone = 'UTC'")
        self.models = _models()
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self._prepare()
        self.stored = 0

    def report(self, text: str, **fields: Any) -> str:
        """Add a report; `fields` override those of `core.reports`. Returns its report_id."""
        number = self.stored + len(self.rows.get("core.documents", ())) + 1
        document_id = f"{number:016x}"
        report_id = f"{document_id}-01"
        report = {
            "report_id": report_id, "document_id": document_id, "ordinal": 1, "span_start": 0,
            "title": "工作总结", "genre": "summary", "year": 2023, "region_code": "110101",
            "published_on": date(2024, 1, 15),
        } | fields  # fmt: skip
        plain, figures = self._figures(text, report)
        self.rows.setdefault("core.documents", []).append(
            {"document_id": document_id, "file_name": f"{number}.txt", "sha256": f"{number:064x}",
             "size_bytes": 1, "encoding": "utf-8", "media_type": "text/plain", "text": plain}
        )  # fmt: skip
        self.rows.setdefault("core.reports", []).append(report | {"span_end": len(plain)})
        self.rows.setdefault("core.observations", []).extend(figures)
        self.rows.setdefault("core.mentions", []).extend(
            {"document_id": document_id, "report_id": report_id, "span_start": o["span_start"],
             "span_end": o["span_end"], "text": o["written"], "kind": "measurement",
             "flags": []} for o in figures
        )  # fmt: skip
        return report_id

    def add(self, table: str, **row: Any) -> None:
        """Add a row of a registry table; columns left out are null."""
        self.rows.setdefault(table, []).append(row)

    def build(self, *names: str) -> "Lab":
        """Store what was added and make every mart, or those named with what they read."""
        if "core.observations" in self.rows:
            self.rows["core.contexts"] = contexts_of(
                self.rows["core.documents"], self.rows["core.observations"]
            )
        frames = {
            name: pl.DataFrame([_filled(name, row) for row in rows], polars_schema(name))
            for name, rows in self.rows.items()
        }
        if "core.tasks" in frames:
            frames["core.tasks"] = with_domains(frames["core.tasks"], frames["core.observations"])
        for name, frame in frames.items():
            self.insert(name, frame)
        self.stored += len(self.rows.get("core.documents", ()))
        self.rows = {}
        for model in with_what_they_read(self.models, names or self.models):
            build_model(self.con, model) if self.comments else self._make(model)
        return self

    def all(self, sql: str, *values: Any) -> list[tuple]:
        return self.con.execute(sql, list(values)).fetchall()

    def one(self, sql: str, *values: Any) -> tuple:
        rows = self.all(sql, *values)
        assert len(rows) == 1, rows
        return rows[0]

    def offending(self, model: str, check: str) -> list[tuple]:
        """The rows that a check of a model's yml returns."""
        found = {c.name: c.sql for c in self.models[model].checks}
        return self.all(found[check])

    def _make(self, model: Model) -> None:
        self.con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.sql}")

    def _prepare(self) -> None:
        make_tables(self.con, self.comments)
        for name, frame in _references().items():
            self.insert(name, frame)

    def insert(self, table: str, frame: pl.DataFrame) -> None:
        if frame.is_empty():
            return
        self.con.register("frame_in", frame.to_arrow())
        self.con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame_in")
        self.con.unregister("frame_in")

    def _figures(self, text: str, report: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        plain, figures, end = "", [], 0
        for mark in MARK.finditer(text):
            plain += text[end : mark.start()]
            figures.append(_observation(mark[1], mark[2], len(plain), len(figures), report))
            plain += mark[1]
            end = mark.end()
        plain += text[end:]
        for figure in figures:
            start, stop = _clause(plain, figure["span_start"], figure["span_end"])
            figure |= {"quote_start": start, "quote_end": stop, "quote": plain[start:stop]}
        return plain, figures


@cache
def _models() -> dict[str, Model]:
    return load_models(MODELS)


@cache
def _references() -> dict[str, pl.DataFrame]:
    return {
        "ref.regions": pl.DataFrame([_filled("ref.regions", row) for row in REGIONS]),
        **{
            name: load_reference(name)
            for name in (
                "ref.domains",
                "ref.subjects",
                "ref.measures",
                "ref.units",
                "ref.indicators",
                "ref.population",
                "ref.plausible_ranges",
            )
        },
    }


def _observation(
    written: str, spec: str, start: int, number: int, report: Mapping[str, Any]
) -> dict[str, Any]:
    indicator, *pairs = spec.split()
    fields: dict[str, Any] = dict(pair.split("=", 1) for pair in pairs)
    subject, measure = indicator.split(".")
    match = re.search(r"([0-9]+(?:[.。][0-9]+)?)([万萬亿億]?)", written)
    value = float(match[1].replace("。", ".")) * SCALES.get(match[2], 1)
    for name in ("value", "value_high", "confidence"):
        if name in fields:
            fields[name] = float(fields[name])
    if "year" in fields:
        fields["year"] = int(fields["year"])
    for name in ("period_start", "period_end"):
        if name in fields:
            fields[name] = date.fromisoformat(fields[name])
    return {
        "observation_id": f"{report['document_id']}:{number:03d}", "document_id": report["document_id"],
        "report_id": report["report_id"], "span_start": start, "span_end": start + len(written),
        "written": written, "value": value, "unit": UNITS.get(measure, "个"), "subject": subject,
        "measure": measure, "indicator_id": indicator, "change": "level", "residence": "total",
        "status": "actual", "comparator": "=", "scope": "region", "year": report["year"],
        "region_code": report["region_code"], "rule": "test", "confidence": 1.0, "flags": [],
    } | fields  # fmt: skip


def contexts_of(documents: list[dict[str, Any]], observations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What extraction says of the words around the figures; also fills their `last_place`."""
    texts = pl.DataFrame(documents, infer_schema_length=None)
    # folded and no more: spans stay those of the text
    stream = open_stream(texts.select("document_id", reading=fold_script(pl.col("text"))))
    rows = pl.DataFrame(
        [_filled("core.observations", row) for row in observations], polars_schema("core.observations")
    )
    rows = stream.place(rows, "span_start", "span_end").with_columns(
        q_text=fold_script(pl.col("written")).str.replace("。", ".")
    )
    places = rows.select(last_place(pl.col("q_text"), pl.col("value"))).to_series()
    for row, place in zip(
        sorted(observations, key=lambda row: (row["document_id"], row["span_start"])), places, strict=True
    ):
        row["last_place"] = place
    return surroundings(stream, rows).to_dicts()


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    marks = "，。；！？\n,;"
    while start and text[start - 1] not in marks:
        start -= 1
    while end < len(text) and text[end] not in marks:
        end += 1
    return start, end


def _filled(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {"ingested_at": datetime(2025, 1, 1, tzinfo=UTC), "statistical": False}
    return {name: row.get(name, defaults.get(name)) for name in polars_schema(table)}
