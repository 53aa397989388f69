"""What decided the fields of a number in a table: the heads of its row and column, or what is above it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipeline.extraction.attribute import attribute
from pipeline.extraction.deciding.above import ABOVE, said_above, without_above
from pipeline.extraction.deciding.copies import behind
from pipeline.extraction.deciding.sources import FIELDS, Decided, Left, Outcome, Source, decided
from pipeline.extraction.extract import ask_tables, hear
from pipeline.extraction.fields.places import with_place_codes
from pipeline.extraction.fields.status import told_by_years
from pipeline.extraction.fields.subgroup import groups_by_name
from pipeline.extraction.sequence import open_stream
from pipeline.extraction.tables.said import FIELDS as SAID
from pipeline.extraction.tables.said import TIME, heads_said
from pipeline.reading.tables.find import Tables

LISTED = {"caption": "caption", "note": "notes", "lead": "leads"}  # kinds, and the columns of `Tables.tables`
AT_ONCE = 20_000  # figures of all readings that are made at once
NO = (None, False)


@dataclass(frozen=True)
class InTable:
    """The number at a place (`nth`) of `placed`, whose row of `asked` says where it stands; the quantities of
    its table alone are `placed`, and its table alone is in `tables`."""

    nth: int
    row: dict
    placed: pl.DataFrame
    tables: Tables
    reports: pl.DataFrame

    @classmethod
    def of(cls, tables: Tables, placed: pl.DataFrame, reports: pl.DataFrame, nth: int) -> InTable | None:
        """The number at a place of `placed` (see `extract.open_texts`), where it is read by its cell."""
        table = _around(tables, placed[nth])
        if table is None:
            return None
        start, end, one = table["start"], table["end"], pl.col("table") == table["table"]
        within = (pl.col("document_id") == table["document_id"]) & pl.col("span_start").is_between(start, end)
        few = placed.with_row_index("_nth").filter(within)
        cells = tables.cells.filter(one)
        frames = {
            name: frame.filter(pl.col("part").is_in(cells["part"].unique().implode()))
            for name, frame in (("rows", tables.rows), ("columns", tables.columns), ("titles", tables.titles))
        }
        alone = dataclasses.replace(tables, tables=tables.tables.filter(one), cells=cells, **frames)
        place = few["_nth"].index_of(nth) or 0
        few = few.drop("_nth")
        reports = reports.filter(pl.col("report_id").is_in(few["report_id"].unique().implode()))
        for asked, _ in ask_tables(alone, few, reports):
            row = asked.rows.filter(pl.col("q_row") == place)
            if row.height:
                return cls(place, row.row(0, named=True), few, alone, reports)
        return None

    @cached_property
    def text(self) -> tuple[pl.DataFrame, pl.DataFrame, int]:
        """The text that is read for it (document_id, reading), the numbers there, and which it is."""
        for asked, _ in ask_tables(self.tables, self.placed, self.reports):
            if self.nth in asked.rows["q_row"]:
                own = pl.col("document_id") == self.row["key"]
                beside = asked.rows.filter(pl.col("key") == self.row["key"])["q_row"]
                nth = 0 if self.by_heads else beside.index_of(self.nth) or 0
                return asked.texts.filter(own), asked.numbers.filter(own), nth
        raise KeyError(self.nth)

    @property
    def by_heads(self) -> bool:
        """Whether its cell holds nothing else, so that its heads make the sentence which is read."""
        return "row_labels" in self.row

    @cached_property
    def sources(self) -> list[Source]:
        """The heads, the innermost first, and what stands above the table."""
        found = []
        for axis, frame in (("column", self.tables.columns), ("row", self.tables.rows)):
            here = frame.filter(self._here(axis)).head(1)["heads"].to_list()
            found += [Source(axis, head["text"]) for head in reversed(here[0] if here else [])]
        titles = self.tables.titles.filter(pl.col("part") == self.row["part"])["title"].to_list()
        found += [Source("title", text) for title in titles for text in title or []]
        table = self.tables.tables.row(0, named=True)
        for kind, name in LISTED.items():
            texts = table[name] if isinstance(table[name], list) else [table[name]]
            found += [Source(kind, text) for text in texts if text]
        report = self.reports.filter(pl.col("report_id") == self.row["report_id"]).row(0, named=True)
        found += [Source("report title", report["title"])] if report["title"] else []
        found += [Source(kind, said) for kind, said in said_above(self.row).items()]
        found += [Source("beside", "")] if self.placed.height > 1 else []
        return [*found, Source("unit", self.row["unit"] or "", of=("measure",))]

    def decided(self) -> list[Decided]:
        """What decided each of `FIELDS`."""
        return decided(self.sources, self._read)

    def heads(self) -> list[tuple[Source, dict]]:
        """Each head and text above the table, with what it says by itself, by field."""
        texts = [source for source in self.sources if source.kind not in (*ABOVE, "beside", "unit")]
        said = heads_said(pl.Series("text", [source.said for source in texts], dtype=pl.String))
        by_text = {row["text"]: row for row in said.select("text", *SAID, *TIME, "whole").to_dicts()}
        return [(s, {n: v for n, v in by_text[s.said].items() if n != "text" and v not in NO}) for s in texts]

    def _here(self, axis: str) -> pl.Expr:
        return (pl.col("part") == self.row["part"]) & (pl.col(axis) == self.row[axis])

    def _read(self, left: Sequence[Left]) -> list[Outcome | None]:
        """The fields of the number as they are read without some sources, an outcome for each `Left`."""
        size = max(1, AT_ONCE // self.placed.height)
        parts = (left[begin : begin + size] for begin in range(0, len(left), size))
        return [found for part in parts for found in self._read_at_once(part)]

    def _read_at_once(self, left: Sequence[Left]) -> list[Outcome | None]:
        """Each reading is a table of its own, in a document of its own."""
        copies = [self._copy(n, [self.sources[k] for k in one.sources]) for n, one in enumerate(left)]
        names = [f.name for f in dataclasses.fields(Tables)]
        tables = Tables(*(pl.concat([getattr(copy[0], name) for copy in copies]) for name in names))
        placed, reports = pl.concat([copy[1] for copy in copies]), pl.concat([copy[2] for copy in copies])
        heard = ask_tables(tables, placed, reports)
        if not heard:
            return [None] * len(left)
        stream = open_stream(pl.concat([asked.texts for asked, _ in heard]))
        every = with_place_codes(attribute(stream, pl.concat([asked.numbers for asked, _ in heard])))
        told = pl.concat(hear(heard, every), how="diagonal")
        about = placed.select("report_year", "year_before").with_row_index("q_row")
        told = groups_by_name(told_by_years(told.join(about, on="q_row", how="left")))
        begins = [0]
        for _, few, _ in copies:
            begins.append(begins[-1] + few.height)
        places = [
            begin + (self.nth if few.height > 1 else 0)
            for begin, (_, few, _) in zip(begins, copies, strict=False)
        ]
        found = {row["q_row"]: row for row in told.select("q_row", *FIELDS).to_dicts()}
        return [found.get(place) for place in places]

    def _copy(self, n: int, gone: list[Source]) -> tuple[Tables, pl.DataFrame, pl.DataFrame]:
        tables, placed, reports = self.tables, self.placed, self.reports
        kinds = {source.kind for source in gone}
        if "unit" in kinds:
            own = pl.int_range(pl.len()) == self.nth
            placed = placed.with_columns(unit=pl.when(~own).then("unit"))
        if "beside" in kinds:
            placed = placed[self.nth : self.nth + 1]
        placed = without_above(placed, kinds)
        if "report title" in kinds:
            reports = reports.with_columns(title=pl.lit(None, pl.String))
        said = {kind: [source.said for source in gone if source.kind == kind] for kind in kinds}
        frames = {}
        for axis in ("row", "column"):
            frame = getattr(tables, f"{axis}s")
            out = pl.element().struct.field("text").is_in(said.get(axis, []))
            path = pl.when(self._here(axis)).then(pl.col("heads").list.filter(~out)).otherwise("heads")
            frames[f"{axis}s"] = frame.with_columns(heads=path) if axis in said else frame
        if "title" in said:
            kept = pl.col("title").list.filter(~pl.element().is_in(said["title"]))
            frames["titles"] = tables.titles.with_columns(title=kept)
        above = tables.tables
        for kind, name in LISTED.items():
            if kind in said and kind == "caption":
                above = above.with_columns(caption=pl.lit(None, pl.String))
            elif kind in said:
                above = above.with_columns(pl.col(name).list.filter(~pl.element().is_in(said[kind])))
        tables = dataclasses.replace(tables, tables=above, **frames)
        moved = dataclasses.replace(
            tables, **{f.name: self._moved(getattr(tables, f.name), n) for f in dataclasses.fields(tables)}
        )
        return moved, self._moved(placed, n), self._moved(reports, n)

    def _moved(self, frame: pl.DataFrame, n: int) -> pl.DataFrame:
        steps = {"table": self.tables.tables["table"][-1] + 1, "part": max(self.tables.cells["part"]) + 1}
        return behind(frame, n, steps)


def _around(tables: Tables, number: pl.DataFrame) -> dict | None:
    """The table that a number stands in."""
    document, at = number["document_id"][0], number["span_start"][0]
    here = (pl.col("document_id") == document) & (pl.col("start") <= at) & (pl.col("end") >= at)
    found = tables.tables.filter(here)
    return found.row(0, named=True) if found.height else None
