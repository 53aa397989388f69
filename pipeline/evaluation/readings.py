"""How many of the labelled numbers were read right, and how many rows stand for no label."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.evaluation.labels import LEVELS, Labelled, Row, accepted, agrees

SHOWN = (
    "value",
    "unit",
    "subject",
    "measure",
    "change",
    "residence",
    "status",
    "comparator",
    "scope",
    "year",
)


@dataclass
class Found:
    """What a program read from one text, in offsets into that text.

    `mentions` (every number): span_start, span_end, kind. `observations` (numbers that measure): span_start,
    span_end and the fields of `core.observations` that labels give.
    """

    mentions: Sequence[Row] = field(default_factory=list)
    observations: Sequence[Row] = field(default_factory=list)


@dataclass
class Score:
    """Counts of one or more texts, and what went wrong in them, a line each."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(self.counts + other.counts, self.wrong + other.wrong)

    def figures(self) -> dict[str, float]:
        """Per cent: accounted and kind of the labels; of the measurements the F1 at each level."""
        n = self.counts
        said = {name: n[name] / max(1, n["labels"]) for name in ("accounted", "kind")}
        for level in LEVELS:
            precision, recall = n[level] / max(1, n["found"]), n[level] / max(1, n["gold"])
            said[level] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {name: round(100 * share, 1) for name, share in said.items()}


def score_text(labelled: Labelled, found: Found) -> Score:
    """Compare what was read from a text with its labels.

    A label that is garbled or repeats another, or whose kind is open, asks for nothing; a row that meets it
    is no false find, nor is a row of Chinese numerals that carry no label.
    """
    score = Score()
    n, text = score.counts, labelled.text
    mentions = {place: row for row in found.mentions for place in _places(row)}
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in found.observations:
        for place in _places(row):
            rows[place].append(row)
    met: set[int] = set()  # rows that answer to a label
    free: set[int] = set()  # rows that nobody asks for
    for label in labelled.labels:
        mention = mentions.get(label["start"])
        n["labels"] += 1
        n["accounted"] += mention is not None
        n["kind"] += mention is not None and mention["kind"] in _kinds(label)
        hits = [row for row in rows.get(label["start"], ()) if id(row) not in met]
        if _asks_for_nothing(label):
            free |= {id(row) for row in hits}
        if _asks_for_nothing(label) or label["kind"] != "measurement":
            continue
        best = max(hits, key=lambda row: [agrees(label, row, level) for level in LEVELS], default=None)
        if best is None:
            if len(accepted(label, "kind")) == 1:  # else a reader may leave it out
                n["gold"] += 1
                score.wrong.append(_line(labelled, "missed", label["start"], label["end"], label, None))
            continue
        n["gold"] += 1
        met.add(id(best))
        for level in LEVELS:
            n[level] += agrees(label, best, level)
        if not agrees(label, best, "full"):
            score.wrong.append(_line(labelled, "differs", label["start"], label["end"], label, best))
    labels = {place for label in labelled.labels for place in range(label["start"], label["end"])}
    for row in found.observations:
        if id(row) in met:
            n["found"] += 1
        elif id(row) not in free and not (labels.isdisjoint(_places(row)) and _without_digits(text, row)):
            n["found"] += 1
            score.wrong.append(_line(labelled, "false", row["span_start"], row["span_end"], None, row))
    return score


def _places(row: Row) -> range:
    return range(row["span_start"], row["span_end"])


def _kinds(label: Row) -> list[str]:
    """The kinds that are right; the two ends of a range may be one mention."""
    return accepted(label, "kind") + ["measurement"] * (label["kind"] == "range_end")


def _asks_for_nothing(label: Row) -> bool:
    is_open = label["kind"] != "measurement" and "measurement" in accepted(label, "kind")
    return bool(label["kind"] == "range_end" or label.get("garbled") or label.get("repeat") or is_open)


def _without_digits(text: str, row: Row) -> bool:
    return not any("0" <= char <= "9" for char in text[row["span_start"] : row["span_end"]])


def _line(labelled: Labelled, what: str, start: int, end: int, label: Row | None, row: Row | None) -> str:
    around = labelled.text[max(0, start - 20) : end + 10].replace("\n", "⏎")
    said = (" ".join(str(of.get(f)) for f in SHOWN) if of else "" for of in (label, row))
    return "\t".join((labelled.name, what, around, *said))


def total(scores: Iterable[Score]) -> Score:
    """The score of several texts together."""
    return sum(scores, Score())
