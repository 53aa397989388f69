"""Seeds → pages, and how many of their cells are read right, by each choice of layout.

PYTHONPATH=tests python -m table_layouts.scoring 0 400 [--held-out] [--misses N] [--only parted=tabs …]
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from pipeline.engine.batch import read_batch
from pipeline.evaluation.labels import Labelled
from pipeline.evaluation.readings import Found, Score, score_text
from pipeline.reading.files.listing import list_files
from table_layouts.choices import DIMENSIONS, Layout, layout_of
from table_layouts.contents import SEEN
from table_layouts.contents_held_out import HELD_OUT
from table_layouts.grid import FIRST_MARK, page_of
from table_layouts.known import filled
from table_layouts.writing import text_of

AREAS = ("雅安市", "曲河县", "曲河市", "宝兴县", "石楼县")
OTHER = 500_000  # the seed of another table of a page is so far from that of the first
OF_ANOTHER = {"dated": "title", "beside": "none", "before": False, "behind": False}


@dataclass(frozen=True)
class Case:
    """A page made of a seed."""

    seed: int
    layout: Layout
    text: str
    labels: list[dict[str, Any]]


def case(seed: int, held_out: bool = False, **fixed: Any) -> Case:
    """The page of a seed; `fixed` choices are not drawn."""
    layout, text, labels = _page(seed, None, held_out, fixed)
    if layout.beside in ("before", "behind"):
        area = AREAS[seed % 2]
        # tables of one page are of one time
        when = 2018 + seed % 7, 2 + seed % 10
        layout, text, labels = _page(seed, area, held_out, fixed, when)
        _, other, more = _page(seed + OTHER, area, held_out, OF_ANOTHER, when)
        first, second = ((text, labels), (other, more))[:: 1 if layout.beside == "behind" else -1]
        size = len(first[0]) + 1
        text = f"{first[0]}\n{second[0]}"
        labels = first[1] + [
            one | {"start": one["start"] + size, "end": one["end"] + size} for one in second[1]
        ]
    return Case(seed, layout, text, labels)


def _page(
    seed: int,
    area: str | None,
    held_out: bool,
    fixed: dict[str, Any],
    when: tuple[int, int] | None = None,
) -> tuple[Layout, str, list[dict[str, Any]]]:
    rng = Random(seed)
    contents = HELD_OUT if held_out else SEEN
    known = contents[rng.randrange(len(contents))]
    if "content" in fixed:
        known = next(k for k in (*SEEN, *HELD_OUT) if k.key == fixed["content"])
    layout = layout_of(known, rng)
    layout = Layout(**(asdict(layout) | fixed))
    table = filled(known, rng, 0.0 if layout.blanks == "none" else 0.12, layout.total, when)
    area = area or rng.choice([name for name in AREAS if name[-1] == known.area])
    text = text_of(page_of(table, layout, rng, area), layout.parted)
    flat = [label for row in table.labels for label in row]
    labels, bare = [], ""
    at = 0
    for char in text:
        if ord(char) >= FIRST_MARK:
            labels.append(flat[ord(char) - FIRST_MARK] | {"start": at, "end": at + 1})
        else:
            bare += char
            at += 1
    return layout, bare, labels


def read_cases(cases: Iterable[Case]) -> dict[int, Score]:
    """Read the pages in one batch and score each."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        by_file = {f"p{c.seed:05d}.txt": c for c in cases}
        for name, one in by_file.items():
            (where / name).write_text(one.text, encoding="utf-8")
        frames = read_batch(where, list_files(where))
    found: dict[str, Found] = {}
    names = {}
    for row in frames["core.documents"].select("document_id", "file_name", "text").iter_rows(named=True):
        names[row["document_id"]] = (row["file_name"], row["text"])
    for table in ("core.mentions", "core.observations"):
        for row in frames[table].iter_rows(named=True):
            name = names[row["document_id"]][0]
            rows = found.setdefault(name, Found([], []))
            (rows.mentions if table == "core.mentions" else rows.observations).append(row)
    scores = {}
    for name, one in by_file.items():
        labelled = Labelled(f"{one.seed}", one.text, one.labels)
        scores[one.seed] = score_text(labelled, found.get(name, Found()))
    return scores


def by_dimension(
    cases: list[Case], scores: dict[int, Score], pairs: bool = False
) -> list[tuple[float, str, int, float]]:
    """Lost cells, name of the choice, tables, share read right in full, the most lost first."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    tables: Counter[str] = Counter()
    for one in cases:
        count = scores[one.seed].counts
        keys = [f"{name}={getattr(one.layout, name)}" for name in DIMENSIONS]
        for key in [" & ".join(p) for p in combinations(keys, 2)] if pairs else keys:
            # every table weighs the same
            right[key] += count["full"] / max(1, count["gold"], count["found"])
            asked[key] += 1
            tables[key] += 1
    rows = [(asked[k] - right[k], k, tables[k], 100 * right[k] / asked[k]) for k in asked]
    return sorted(rows, reverse=True)


def shares(cases: list[Case], scores: dict[int, Score]) -> dict[str, float]:
    """Per cent of the cells of all tables read right, by level, each table weighing the same."""
    levels = ("quantity", "subject", "indicator", "full", "timed")
    said = {}
    for level in levels:
        each = [s.counts[level] / max(1, s.counts["gold"], s.counts["found"]) for s in scores.values()]
        said[level] = round(100 * sum(each) / len(each), 1)
    whole = [s.counts["full"] == max(s.counts["gold"], s.counts["found"]) for s in scores.values()]
    return said | {"whole": round(100 * sum(whole) / len(whole), 1)}


def main() -> None:
    """Read the pages of some seeds and print the table by dimension."""
    ap = argparse.ArgumentParser()
    ap.add_argument("first", type=int)
    ap.add_argument("last", type=int)
    ap.add_argument("--held-out", action="store_true")
    ap.add_argument("--misses", type=int, default=0)
    ap.add_argument("--level", default="full")
    ap.add_argument("--pairs", type=int, default=0)
    ap.add_argument("--quiet", action="store_true")
    ap.add_argument("--fix", nargs="*", default=[])
    ap.add_argument("--where", nargs="*", default=[])
    a = ap.parse_args()
    fixed = {k: {"False": False, "True": True}.get(v, v) for k, v in (f.split("=") for f in a.fix)}
    cases = [case(seed, a.held_out, **fixed) for seed in range(a.first, a.last)]
    for where in a.where:
        name, value = where.split("=")
        cases = [c for c in cases if str(getattr(c.layout, name)) in value.split(",")]
    scores = read_cases(cases)
    print(len(cases), shares(cases, scores))
    if not a.quiet:
        for lost, key, tables, share in by_dimension(cases, scores):
            if tables > 2:
                print(f"{lost:7.1f} {tables:5d} {share:6.1f}  {key}")
    if a.pairs:
        for lost, key, tables, share in by_dimension(cases, scores, pairs=True)[: a.pairs]:
            print(f"{lost:7.1f} {tables:5d} {share:6.1f}  {key}")
    worst = sorted(
        cases, key=lambda c: scores[c.seed].counts[a.level] / max(1, scores[c.seed].counts["gold"])
    )
    for one in worst[: a.misses]:
        s = scores[one.seed]
        if s.counts[a.level] == s.counts["gold"] == s.counts["found"]:
            break
        print(
            "=" * 20,
            one.seed,
            {k: v for k, v in asdict(one.layout).items() if v not in (False, "none")},
            f"{s.counts[a.level]}/{s.counts['gold']} found {s.counts['found']}",
        )
        print(one.text)
        for line in s.wrong[:4]:
            print("   ", line)


if __name__ == "__main__":
    main()
