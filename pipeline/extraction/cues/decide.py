"""Which cue speaks of a number: the innermost that reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import polars as pl

from pipeline.extraction.cues.find import PARTS, find_cues
from pipeline.extraction.cues.reach import HEADS, UNITS, unit_bounds, with_reach
from pipeline.extraction.cues.rows import cue_rows
from pipeline.extraction.cues.stands import PLACED

TOLD = {"": "value", "_at": "at", "_end_at": "end_at", "_word": "word"}  # columns of a decision, and whence
HERE = {"before": ["before", "both", "around"], "after": ["after", "both"]}


@dataclass(frozen=True)
class Cues:
    """The cues of a stream. `hits`: `find.HIT` and `find.PARTS`, in order; `clauses` of the stream."""

    hits: pl.DataFrame
    clauses: pl.DataFrame
    _units: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)
    _reaching: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False, repr=False)

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

    def of(self, name: str) -> pl.DataFrame:
        """The cues of a field with their reach (see `reach.with_reach`), in order."""
        if name not in self._reaching:
            hits = self._by_field.get(name, self.hits.clear())
            rows = cue_rows().filter(pl.col("field") == name)
            stops = {
                s: self._by_field.get(s, self.hits.clear())
                for s in rows["stops"].explode().unique().drop_nulls()
            }
            place = hits["clause"] - (self.clauses["clause"][0] if self.clauses.height else 0)
            stands = self.clauses.select(PLACED)[place] if PLACED[0] in self.clauses.columns else None
            hits = hits.with_columns(place=place)
            self._reaching[name] = with_reach(hits, self._bounds, stands, stops)
        return self._reaching[name]

    def with_words(self, field: str, hits: pl.DataFrame) -> Cues:
        """These cues and others of a field whose words stand in no row of cues.csv.

        `hits`: value, word, at, end_at and the running numbers of their clause, in order.
        """
        cue = cue_rows().filter(pl.col("field") == field)["cue"][0]
        added = hits.with_columns(
            cue=pl.lit(cue, pl.Int32), field=pl.lit(field), **dict.fromkeys(PARTS, pl.lit(None, pl.Int32))
        )
        return Cues(pl.concat([self.hits, added.select(self.hits.columns)]), self.clauses)

    def decide(
        self, rows: pl.DataFrame, name: str, side: str = "before", within: str | None = None
    ) -> pl.DataFrame:
        """What the cues of a field say of each row.

        `rows`: at, end_at, in order, the running number of the unit `within` (a reach) where it is given, and
        unit_class where cues of the field speak of some classes only. side: before asks the cues that stand
        before the number, after those behind it. Of the cues that reach a row the one of the narrowest reach
        decides, of these the nearest. Returns a row a row: NAME (the value), NAME_at, NAME_end_at and
        NAME_word, null where no cue reaches.
        """
        hits, chosen = self.of(name), self.choose(rows, name, side, within)
        return pl.DataFrame({name + end: hits[column].gather(chosen) for end, column in TOLD.items()})

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
        hits = self.of(name)
        chosen = self._nearest(rows, hits, side, heads)
        if within is not None:
            unit = UNITS[within]
            same = hits[unit].gather(chosen) == rows[unit]
            chosen = chosen.set(~same.fill_null(False), None)
        return chosen

    def beside(self, rows: pl.DataFrame, *names: str, within: str | None = None) -> pl.DataFrame:
        """The rows with what the cues of some fields before them say (see `decide`)."""
        return rows.hstack([c for name in names for c in self.decide(rows, name, within=within)])

    def behind(self, rows: pl.DataFrame, name: str, within: str | None = None) -> pl.DataFrame:
        """The rows with what the cue of a field behind them says, as next_NAME, next_NAME_at, …"""
        told = self.decide(rows, name, "after", within)
        return rows.hstack(told.rename(lambda column: f"next_{column}"))

    def _nearest(self, rows: pl.DataFrame, hits: pl.DataFrame, side: str, heads: bool | None) -> pl.Series:
        """The place in `hits` of the cue that decides for each row, null where none does."""
        hits = hits.with_row_index("_hit")
        here = hits.filter(pl.col("side").is_in(HERE[side]))
        if heads is not None:
            here = here.filter((pl.col("rank") >= HEADS) == heads)
        groups = here.select("rank", "allow", "deny").unique().sort("rank", "allow", "deny")
        on = "at" if side == "before" else "end_at"
        strategy: Literal["backward", "forward"] = "backward" if side == "before" else "forward"
        chosen = pl.Series("_hit", [None] * rows.height, dtype=pl.UInt32)
        last_rank = None
        for rank, allow, deny in groups.iter_rows():
            group = here
            if groups.height > 1:
                group = here.filter(
                    (pl.col("rank") == rank) & (pl.col("allow") == allow) & (pl.col("deny") == deny)
                )
            nearest = rows.select(on).join_asof(
                group.select("_hit", "from_at", "to_at", _key=pl.col("at").set_sorted()),
                left_on=on, right_on="_key", strategy=strategy, check_sortedness=False,
            )  # fmt: skip
            reached = pl.col("to_at") > rows["at"] if side == "before" else pl.col("from_at") <= rows["at"]
            if allow or deny:
                kind = rows["unit_class"].fill_null("")
                reached &= (
                    pl.lit(kind.is_in(allow.split("|"))) if allow else pl.lit(~kind.is_in(deny.split("|")))
                )
            found = nearest.select(pl.when(reached).then("_hit")).to_series()
            stays = chosen.is_not_null()
            if rank == last_rank:  # of equal reach the nearer one
                ats = hits["at"].gather(chosen), hits["at"].gather(found)
                nearer = ats[0] >= ats[1] if side == "before" else ats[0] <= ats[1]
                stays &= nearer.fill_null(True)
            chosen, last_rank = chosen.zip_with(stays, found), rank
        return chosen
