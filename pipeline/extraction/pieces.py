"""Long texts read in pieces, so that what extraction holds at a time is bounded, however much there is.

Batches of ordinary reports are read in one go. More than `AT_ONCE` characters, numbers counted besides, are
read a group of documents at a time, and a document that is longer by itself piece by piece: cut where a
report begins, else a section, else a line that is no row of a table. What a piece is read by (its report,
sections and tasks) was found in the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from pipeline.extraction.extract import Extracted, extract

AT_ONCE = 2_000_000  # characters; a batch of 4 MB has some 1.4 million
EACH = 4  # characters that a number counts for besides its own: what is told of it takes room
LINE = 4_000  # characters of a line that are looked at
PIECE = 300_000  # characters of a document that is longer than that
LONGEST_LINE = 600_000  # characters behind a piece that a line may go on before it is cut; a row is not
CLAUSE_ENDS = "。；;，,、"
OFFSETS = ("span_start", "span_end", "quote_start", "quote_end", "runner_up")
NUMBERED = ("line_no", "paragraph_no", "item_no", "sentence_no")  # within a document
APART = 2  # between these numbers of two pieces, so that nothing seems to stand next to each other
NO_ROW = re.compile(r"\n(?=[^|\t\n]*(?:\n|\Z))")  # the end of a line above one without bars or tabs


class Texts(NamedTuple):
    """What `extract` takes, of some documents or of a piece of one that begins at `start`."""

    documents: pl.DataFrame
    reports: pl.DataFrame
    sections: pl.DataFrame
    tasks: pl.DataFrame
    skipped: pl.DataFrame
    start: int = 0


def extract_in_pieces(
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    sections: pl.DataFrame,
    tasks: pl.DataFrame,
    skipped: pl.DataFrame,
) -> Extracted:
    """What `extract` gives, of any length of text within bounded memory.

    Rows are the same as those of one go where a text is cut between reports, but for signs of confidence that
    are counted over a document: they are counted over a piece. Lines, paragraphs, items and sentences of a
    later piece have larger numbers. `signs` are not kept: of so many numbers they are larger than all else.
    """
    whole = Texts(documents, reports, sections, tasks, skipped)
    if documents.select(_size()).sum().item() <= AT_ONCE:
        return extract(*whole[:5])
    read: list[list[bytes]] = []  # packed: as frames they hold twice their size
    before = Counted()
    for texts in _groups(whole):
        found = extract(*texts[:5])
        found = found._replace(signs=found.signs.clear())
        if texts.start:
            found = before.behind(_moved(found, texts.start))
        before = before.with_those_of(found) if texts.start else Counted().with_those_of(found)
        read.append([frame.write_ipc(None, compression="lz4").getvalue() for frame in found])
        del found
    columns = [[packed.pop(0) for packed in read] for _ in Extracted._fields]
    return Extracted(*(pl.concat([pl.read_ipc(packed) for packed in column]) for column in columns))


def _groups(whole: Texts) -> Iterator[Texts]:
    """Documents in the order of their identifiers, as many at a time as are read at once; of one that is too
    long its pieces."""
    documents = whole.documents.sort("document_id").with_columns(_size=_size())
    sizes = documents["_size"].to_list()
    documents = documents.drop("_size")
    first = held = 0
    for at, size in enumerate([*sizes, AT_ONCE + 1]):  # behind the last, something that ends its group
        if held + size <= AT_ONCE:
            held += size
            continue
        if held:
            yield _of_documents(whole, documents[first:at])
        first, held = at, size
        if size > AT_ONCE and at < len(sizes):
            yield from _pieces(_of_documents(whole, documents[at : at + 1]))
            first, held = at + 1, 0


def _size() -> pl.Expr:
    """How much room a text takes: its characters, and for each of its numbers some more."""
    text = pl.col("text")
    return text.str.len_chars().cast(pl.Int64) + EACH * text.str.count_matches("[0-9]+").cast(pl.Int64)


def _of_documents(whole: Texts, documents: pl.DataFrame) -> Texts:
    ids = documents.select("document_id")

    def its(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(ids, on="document_id", how="semi", maintain_order="left")

    return Texts(documents, its(whole.reports), its(whole.sections), its(whole.tasks), its(whole.skipped))


def _pieces(one: Texts) -> Iterator[Texts]:
    """The pieces of one document, with the parts of reports, sections and tasks that lie in each."""
    texts = {name: one.documents[name][0] for name in ("text", "folded") if name in one.documents.columns}
    reports = one.reports["span_start"].to_list()
    top = one.sections.sort("level", "span_start")
    for start, end in _cuts(texts["text"], reports, top.select("level", "span_start").rows()):
        document = one.documents.with_columns(
            pl.lit(text[start:end]).alias(name) for name, text in texts.items()
        )
        reports_in, sections, tasks = (
            _within(frame, "span_start", "span_end", start, end)
            for frame in (one.reports, one.sections, one.tasks)
        )
        skipped = _within(one.skipped, "start", "end", start, end)
        yield Texts(document, reports_in, sections, tasks, skipped, start)


def _within(frame: pl.DataFrame, first: str, last: str, start: int, end: int) -> pl.DataFrame:
    """The rows whose span reaches into a piece, cut to it, as offsets into it."""
    inside = frame.filter((pl.col(first) < end) & (pl.col(last) > start))
    return inside.with_columns(pl.col(first, last).clip(start, end) - start)


def _cuts(text: str, reports: list[int], sections: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text start and end.

    `reports`: where reports begin; `sections`: level and beginning of each, the highest levels first.
    """
    start = 0
    while start < len(text):
        least, most = start + PIECE // 2, start + PIECE
        end = len(text)
        if most < end:
            begun = [at for at in reports if least < at <= most]
            headed = [(level, -at) for level, at in sections if least < at <= most]
            if begun:
                end = max(begun)
            elif headed:
                end = -min(headed)[1]
            else:
                end = _line_end(text, least, most)
        yield start, end
        start = end


def _line_end(text: str, least: int, most: int) -> int:
    """The last end of a line between two places, best behind a sentence, and no row of a table behind it; of
    a longer table or line its own end, of a line that no office writes the last end of a clause."""
    at = text.rfind("。\n", least, most)
    if at >= 0:
        return at + 2
    ends = [at for found in NO_ROW.finditer(text, least, most + LINE) if (at := found.end()) <= most]
    if ends:
        return ends[-1]
    longer = (text.find("\n", most) + 1 or len(text)) - most > LONGEST_LINE
    if longer and not set("|\t") & set(text[least:most]):
        clauses = [at for mark in CLAUSE_ENDS if (at := text.rfind(mark, least, most)) >= 0]
        if clauses:
            return max(clauses) + 1
    behind = NO_ROW.search(text, most, most + AT_ONCE)
    return behind.end() if behind else text.find("\n", most + AT_ONCE) + 1 or len(text)


def _moved(found: Extracted, by: int) -> Extracted:
    """What was found in a piece, as offsets into its document, and with identifiers made of these."""

    def moved(frame: pl.DataFrame) -> pl.DataFrame:
        columns = [pl.col(name) + by for name in OFFSETS if name in frame.columns]
        if "heads" in frame.columns:
            columns.append(pl.col("heads").list.eval(pl.element() + by))
        if "observation_id" in frame.columns:
            columns.append(_later("observation_id", pl.lit(by)))
        if "named_ids" in frame.columns:
            columns.append(pl.col("named_ids").list.eval(_later("", pl.lit(by))))
        return frame.with_columns(columns)

    return Extracted(*map(moved, found))


class Counted(NamedTuple):
    """What the pieces of a document before a piece hold: tables by report, the last numbers of lines and
    observations."""

    tables: Mapping[str, int] = {}
    reached: Mapping[str, int] = {}

    def behind(self, found: Extracted) -> Extracted:
        """What was found in a piece, counted on: its tables within their report, its lines and observations
        within their document."""
        earlier = _head("table_id").replace_strict(self.tables, default=0, return_dtype=pl.Int64)
        table_id = _later("table_id", earlier, 3)
        apart = {"position": 0} | dict.fromkeys(NUMBERED, APART)
        numbers = [pl.col(name) + (self.reached.get(name, 0) + by) for name, by in apart.items()]
        return found._replace(
            tables=found.tables.with_columns(table_id),
            cells=found.cells.with_columns(table_id),
            observations=found.observations.with_columns(table_id),
            contexts=found.contexts.with_columns(numbers),
        )

    def with_those_of(self, found: Extracted) -> Counted:
        """Those of a piece among them, of which what was found is counted on already."""
        tables = Counter(self.tables)
        for report_id, number in found.tables.group_by("report_id").len().iter_rows():
            tables[f"{report_id}-g"] += number
        last = found.contexts.select("position", *NUMBERED).max().row(0, named=True)
        return Counted(tables, {name: number or self.reached.get(name, 0) for name, number in last.items()})


def _head(name: str) -> pl.Expr:
    """An identifier without the number at its end."""
    return (pl.col(name) if name else pl.element()).str.extract("^(.*[^0-9])[0-9]+$")


def _later(name: str, by: pl.Expr, digits: int = 0) -> pl.Expr:
    """An identifier whose number is larger by so much."""
    text = pl.col(name) if name else pl.element()
    number = text.str.extract("([0-9]+)$").cast(pl.Int64) + by
    return pl.concat_str(_head(name), number.cast(pl.String).str.zfill(digits)).alias(name)
