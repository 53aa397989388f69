"""Which cue speaks of a number: the innermost that reaches it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from pipeline.contracts.registry import empty_frame
from pipeline.extraction.cues.find import PARTS, find_cues
from pipeline.extraction.cues.reach import HEADS, UNITS, classes, speak, speaks, unit_bounds, with_reach
from pipeline.extraction.cues.rows import cue_rows
from pipeline.extraction.cues.stands import PLACED

ENDS = {"_end_at": "end_at", "_at": "at", "_word": "word"}  # of the names by which cues are asked
NONE = -1  # the place of no cue


class Group(NamedTuple):
    """Cues of a field that reach equally far and speak of the same classes, in order: their places among all
    of the field, where they stand, and how far they reach."""

    rank: int
    allow: str
    deny: str
    place: np.ndarray
    at: np.ndarray
    bound: np.ndarray


def asked(column: str) -> tuple[str, str]:
    """The field that a column of a decision is of, and which column of its cues: to_at, (to, at)."""
    for end, said in ENDS.items():
        if column.endswith(end):
            return column.removesuffix(end), said
    return column, "value"


@dataclass(frozen=True)
class Cues:
    """The cues of a stream. `hits`: `frame.cue_hits`, in order; `clauses` of the stream."""

    hits: pl.DataFrame
    clauses: pl.DataFrame
    _units: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)
    _reaching: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)
    _grouped: dict[tuple, list[Group]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def find(cls, words: pl.DataFrame, clauses: pl.DataFrame) -> Cues:
        """The cues among the words of a stream, and the patterns in its clauses."""
        return cls(find_cues(words, clauses), clauses)

    @cached_property
    def _by_field(self) -> dict[str, pl.DataFrame]:
        parts = self.hits.partition_by("field", as_dict=True, maintain_order=True)
        return {name: part for (name,), part in parts.items()}

    def _bounds(self, unit: str) -> pl.DataFrame:
        if unit not in self._units:
            self._units[unit] = unit_bounds(self.clauses, unit)
        return self._units[unit]

    def _places(self, name: str) -> pl.Series:
        return self._by_field.get(name, self.hits)["at"][: None if name in self._by_field else 0]

    def of(self, name: str) -> pl.DataFrame:
        """The cues of a field with their reach (see `reach.with_reach`), in order."""
        if name not in self._reaching:
            self.reach({name})
        return self._reaching[name]

    def reach(self, names: Iterable[str] | None = None) -> Cues:
        """Find how far the cues of some fields reach (without `names`, of all), in one pass: cheaper than one
        by one. Returns the same cues."""
        wanted = (self._by_field.keys() if names is None else set(names)) - self._reaching.keys()
        hits = [self._by_field[name] for name in sorted(wanted) if name in self._by_field]
        if hits:
            rows = pl.concat(hits)
            rows = rows.with_columns(place=pl.col("clause") - self.clauses["clause"][0])
            placed = PLACED[0] in self.clauses.columns
            stands = self.clauses.select(PLACED)[rows["place"]] if placed else None
            reaching = with_reach(rows, self._bounds, stands, self._places)
            parts = reaching.partition_by("field", as_dict=True, maintain_order=True)
            self._reaching.update({name: part for (name,), part in parts.items()})
        for name in wanted - self._by_field.keys():
            self._reaching[name] = empty_frame("frame.cues")
        return self

    def with_words(self, field: str, hits: pl.DataFrame) -> Cues:
        """These cues and others of a field whose words stand in no row of cues.csv.

        `hits`: value, word, at, end_at and the running numbers of their clause, in order.
        """
        cue = cue_rows().filter(pl.col("field") == field)["cue"][0]
        added = hits.with_columns(
            cue=pl.lit(cue, pl.Int32), field=pl.lit(field), **dict.fromkeys(PARTS, pl.lit(None, pl.Int32))
        )
        return self.with_hits(pl.concat([self.hits, added.select(self.hits.columns)]))

    def with_hits(self, hits: pl.DataFrame) -> Cues:
        """Other cues in the same clauses."""
        return Cues(hits, self.clauses, self._units)

    def decide(
        self, rows: pl.DataFrame, *columns: str, side: str = "before", within: str | None = None
    ) -> pl.DataFrame:
        """What the cues of some fields say of each row.

        `rows`: at, end_at, in order, the running number of the unit `within` (a reach) where it is given, and
        unit_class where cues of the field speak of some classes only. side: before asks the cues that stand
        before the number, after those behind it. Of the cues that reach a row the one of the narrowest reach
        decides, of these the nearest. `columns`: what is asked of which field: NAME (the value), NAME_at,
        NAME_end_at or NAME_word. Returns them, a row a row, null where no cue reaches.
        """
        told = {column: asked(column) for column in columns}
        self.reach(name for name, _ in told.values())
        chosen = {name: self.choose(rows, name, side, within) for name, _ in told.values()}
        return pl.DataFrame(
            {column: self.of(name)[said][chosen[name]] for column, (name, said) in told.items()}
        )

    def choose(
        self,
        rows: pl.DataFrame,
        name: str,
        side: str = "before",
        within: str | None = None,
        heads: bool | None = None,
    ) -> pl.Series:
        """The place among the cues of a field (`of`) of the one that decides for each row, or null.

        heads: only cues in titles, headings and leading lines (true), or only those below them (false).
        """
        chosen = self._nearest(rows, name, side, heads)
        if within is not None:
            unit = UNITS[within]
            units = np.append(self.of(name)[unit].to_numpy(), NONE)
            chosen[units[chosen] != rows[unit].to_numpy()] = NONE
        return pl.Series("_hit", chosen).cast(pl.UInt32, strict=False)

    def beside(self, rows: pl.DataFrame, *columns: str, within: str | None = None) -> pl.DataFrame:
        """The rows with what cues before them say (see `decide`)."""
        return rows.hstack(self.decide(rows, *columns, within=within))

    def behind(self, rows: pl.DataFrame, *columns: str, within: str | None = None) -> pl.DataFrame:
        """The rows with what cues behind them say, as next_NAME, next_NAME_at, …"""
        told = self.decide(rows, *columns, side="after", within=within)
        return rows.hstack(told.rename(lambda column: f"next_{column}"))

    def _groups(self, name: str, side: str, heads: bool | None) -> list[Group]:
        """The cues of a field on one side by reach and by what they speak of, the narrowest first."""
        key = name, side, heads
        if key not in self._grouped:
            rows = self.of(name)
            rank, at = rows["rank"].to_numpy(), rows["at"].to_numpy()
            bound = rows["to_at" if side == "before" else "from_at"].to_numpy()
            cues = rows["cue"].to_numpy()
            here = speak(cues, side)
            if heads is not None:
                here = here & ((rank >= HEADS) == heads)
            spoken_of = speaks(cues)
            self._grouped[key] = []
            for least, spoken in sorted({*zip(rank[here].tolist(), spoken_of[here].tolist(), strict=True)}):
                place = np.flatnonzero(here & (rank == least) & (spoken_of == spoken))
                self._grouped[key].append(
                    Group(least, *classes(cues[place[0]]), place, at[place], bound[place])
                )
        return self._grouped[key]

    def _nearest(self, rows: pl.DataFrame, name: str, side: str, heads: bool | None) -> np.ndarray:
        """The place in `of(name)` of the cue that decides for each row, `NONE` where none does."""
        before = side == "before"
        at, end_at = rows["at"].to_numpy(), rows["end_at"].to_numpy()
        chosen, stands = np.full(rows.height, NONE), np.zeros(rows.height, np.int64)
        last_rank = None
        for group in self._groups(name, side, heads):
            if before:
                nth = np.searchsorted(group.at, at, "right") - 1
                reached = (nth >= 0) & (group.bound[nth] > at)
            else:
                nth = np.searchsorted(group.at, end_at, "left")
                nth[nth == len(group.at)] = NONE
                reached = (nth >= 0) & (group.bound[nth] <= at)
            if group.allow or group.deny:
                told = (group.allow or group.deny).split("|")
                named = rows.select(pl.col("unit_class").is_in(told).fill_null(False)).to_series().to_numpy()
                reached &= named if group.allow else ~named
            found_at = group.at[nth]
            fresh = chosen == NONE
            if group.rank == last_rank:  # of equal reach the nearer one
                fresh |= found_at > stands if before else found_at < stands
            fresh &= reached
            chosen[fresh], stands[fresh] = group.place[nth[fresh]], found_at[fresh]
            last_rank = group.rank
        return chosen
