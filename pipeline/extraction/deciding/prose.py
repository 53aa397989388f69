"""What decided the fields of a number that stands in prose: cues, words beside it, or what is above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipeline.extraction.attribute import asked_for, speaking, with_fields, with_subjects
from pipeline.extraction.cues.decide import Cues
from pipeline.extraction.cues.explain import explain_cues
from pipeline.extraction.cues.reach import HEADS
from pipeline.extraction.deciding.above import said_above, without_above
from pipeline.extraction.deciding.copies import behind
from pipeline.extraction.deciding.sources import FIELDS, PERIOD, Decided, Left, Outcome, Source, decided
from pipeline.extraction.fields.status import told_by_years
from pipeline.extraction.fields.subgroup import groups_by_name
from pipeline.extraction.fields.time import HEAD, head_times
from pipeline.extraction.sequence import DOCUMENT, UNITS, Stream

NEAR = 40  # numbers before and behind that are read with one
MOST = 60  # cues of which each is asked for
AT_ONCE = 200_000  # cues of all readings that are made at once
HEADED = ("year", "period", "residence", "place", "place_of_line")  # fields of which heads speak
BLOT = "■"
CUE = {"field": pl.String, "at": pl.Int64, "end_at": pl.Int64}  # what tells cues apart
SAID = ("field", "value", "word", "at", "end_at")
OF_AREA = {"region": ("scope", "place"), "area": ("scope", "place")}


@dataclass(frozen=True)
class Reading:
    """A number (`q`) among the `rows` beside it, whose subjects are known; the `cues` that speak there and
    the `words` that name subjects. `headed`: its report and section say of it what they say of all."""

    q: int
    rows: pl.DataFrame
    cues: Cues
    words: pl.DataFrame
    headed: bool

    @classmethod
    def of(cls, stream: Stream, placed: pl.DataFrame, q: int, headed: bool = True) -> Reading:
        """A number among those that are placed in a stream (see `attribute.place_numbers`)."""
        rows, words = with_subjects(stream, placed, placed.filter(asked_for(placed)))
        nth = rows["q"].index_of(q) or 0
        cues = speaking(stream.cues, rows)
        return cls(q, rows[max(0, nth - NEAR) : nth + NEAR + 1], cues, words, headed)

    @cached_property
    def number(self) -> pl.DataFrame:
        """The number itself."""
        return self.rows.filter(pl.col("q") == self.q)

    def decided(self) -> list[Decided]:
        """What decided each of `FIELDS`."""
        sources = [*self._cues(), *self._beside(), *self._above()]
        return decided(sources, lambda left: self._read(sources, left))

    def _cues(self) -> list[Source]:
        """The cues that may speak of the number, the nearest first."""
        row = self.number.row(0, named=True)
        inline = self.cues.hits.filter(pl.col("line") == row["line"]).select(SAID)
        over = (pl.col("rank") >= HEADS) & (pl.col("at") < row["at"]) & (pl.col("to_at") > row["at"])
        heads = (
            self.cues.of(name).filter(over).select(pl.lit(name).alias("field"), *SAID[1:]) for name in HEADED
        )
        hits = pl.concat([explain_cues(self.cues, self.number).select(SAID), inline, *heads])
        gap = (pl.col("at") - row["at"]).abs()
        hits = hits.unique(["field", "at", "end_at"]).sort(gap, "field").head(MOST).fill_null("")
        return [
            Source("cue", r["word"], r["field"], r["value"], r["at"], r["end_at"]) for r in hits.to_dicts()
        ]

    def _beside(self) -> list[Source]:
        row = self.number.row(0, named=True)
        texts = [Source(side, row[f"quote_{side}"]) for side in ("before", "after") if row[f"quote_{side}"]]
        numbers = [Source("beside", "")] if self.rows.height > 1 else []
        own = [Source(kind, row[kind] or "", of=("measure",)) for kind in ("unit", "subject")]
        # a report without a year speaks of the last one that it named
        named = self.cues.of("year").filter(_named_before(row))["word"].tail(1)
        return [*texts, *numbers, *own, *(Source("named", word, of=("year", *PERIOD)) for word in named)]

    def _above(self) -> list[Source]:
        row = self.number.row(0, named=True)
        return [
            Source(kind, said, of=OF_AREA.get(kind, ()))
            for kind, said in said_above(row).items()
            if self.headed or kind in OF_AREA
        ]

    def _read(self, sources: Sequence[Source], left: Sequence[Left]) -> list[Outcome | None]:
        """The fields of the number as they are read without some sources, an outcome for each `Left`."""
        found: list[Outcome | None] = []
        size = max(1, AT_ONCE // max(1, self.cues.hits.height))
        for begin in range(0, len(left), size):
            found += self._read_at_once(sources, left[begin : begin + size])
        return found

    def _read_at_once(self, sources: Sequence[Source], left: Sequence[Left]) -> list[Outcome | None]:
        """Each reading is one text of a stream of its own, behind the one before."""
        hits, rows = [], []
        for one in left:
            gone = [sources[n] for n in one.sources]
            marked = [(s.field, s.at, s.end_at) for s in gone if s.kind == "cue"]
            away = pl.DataFrame(marked, schema=CUE, orient="row")
            kept = self.cues.hits.join(away, on=away.columns, how="anti", maintain_order="left")
            if any(s.kind == "named" for s in gone):
                kept = kept.filter(
                    ~((pl.col("field") == "year") & _named_before(self.number.row(0, named=True)))
                )
            hits.append(kept)
            rows.append(self._without({s.kind for s in gone}, one.tail))
        steps = self._steps()
        told = _behind(rows, steps)
        clauses = _behind([self.cues.clauses] * len(left), steps)
        cues = Cues(_behind(hits, steps), clauses).reach()
        if self.headed:
            told = told.drop(HEAD).hstack(head_times(cues, told))
        told = with_fields(cues, told, _behind([self.words] * len(left), steps))
        told = groups_by_name(told_by_years(told))
        return [*told.filter(pl.col("q") % steps["q"] == self.q).select(FIELDS).to_dicts()]

    def _without(self, gone: set[str], tail: int | None) -> pl.DataFrame:
        """The numbers without what stands beside the asked one or above all."""
        rows = without_above(self.number if "beside" in gone else self.rows, gone, self.headed)
        it = pl.col("q") == self.q
        new: dict[str, pl.Expr] = {}
        if "before" in gone or tail is not None:
            # blots in place of what is left out: a clause does not begin behind them
            said = self.number["quote_before"][0]
            kept = pl.lit("" if tail is None else BLOT * (len(said) - tail) + said[len(said) - tail :])
            rest = pl.col("quote").str.slice(pl.col("quote_before").str.len_chars())
            new |= {"quote_before": kept, "quote": pl.concat_str(kept, rest)}
        if "after" in gone:
            before = new.get("quote_before", pl.col("quote_before"))
            new |= {"quote_after": pl.lit(""), "after_word": pl.lit(None, pl.String)}
            new |= {"quote": pl.concat_str(before, "q_text")}
        new |= {c: pl.lit(None, pl.String) for c in ("unit", "unit_class") if "unit" in gone}
        new |= {"subject": pl.lit("other")} if "subject" in gone else {}
        return rows.with_columns(pl.when(it).then(e).otherwise(c).alias(c) for c, e in new.items())

    def _steps(self) -> dict[str, int]:
        """How far the running numbers and places of a reading stand behind those of the one before."""
        clauses = self.cues.clauses
        units = ("paragraph", "item", *UNITS)
        steps = {name: clauses[name][-1] - clauses[name][0] + 1 for name in units}
        places = (clauses["at"][-1] // DOCUMENT - clauses["at"][0] // DOCUMENT + 1) * DOCUMENT
        of = {
            name: places
            for name in ("at", "end_at", "section_to", "report_to", "at_t", "sep_at", "verb_end_at")
        }
        of |= {name: places for name in self.rows.columns if name.endswith("_at")}
        return steps | of | {"q": self.rows["q"][-1] + 1}


def _named_before(row: dict) -> pl.Expr:
    """Whether cues stand in the text of a number, in a line before its own."""
    return (pl.col("line") < row["line"]) & (pl.col("at") // DOCUMENT == row["at"] // DOCUMENT)


def _behind(frames: Sequence[pl.DataFrame], steps: dict[str, int]) -> pl.DataFrame:
    """Frames of one text, one behind the other."""
    return pl.concat(behind(frame, n, steps) for n, frame in enumerate(frames))
