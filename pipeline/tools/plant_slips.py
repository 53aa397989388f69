"""Plants slips into clean labelled texts and counts which of them the audit finds.

    python -m pipeline.tools.plant_slips                 # all kinds; writes the table of docs/scores.md
    python -m pipeline.tools.plant_slips --kind rate --missed 20 --dry

One round a kind: each text that has room for the kind holds one slip, all texts are read and all marts made.
Found is a slip whose figure an audit finding names that the same text without the slip does not have, or
(for what the marts doubt instead, see `BY_DOUBT`) a figure that got a doubt. False are further findings that
come with the telling alone, without any slip in it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.contracts.registry import load_tables
from pipeline.engine.batch import read_batch
from pipeline.evaluation.labels import Labelled, read_labelled, read_reports
from pipeline.reading.files.listing import list_files
from pipeline.settings import MODELS, PROJECT
from pipeline.tools.slips import Slip, slips
from pipeline.vocabulary.reference import load_reference
from pipeline.warehouse.marts.models import load_models, with_what_they_read
from pipeline.warehouse.store.writer import make_tables, replace_table

LABELLED = PROJECT / "tests" / "labelled"
CLEAN = ("written", "offices", "bureaus")
PAGE = PROJECT / "docs" / "scores.md"
BEGIN, END = "<!-- printed by plant_slips -->\n", "<!-- end of slips -->"
BY_DOUBT = {
    "above_population",
    "extra_wan",
    "lost_wan",
    "urban_below_rural",
    "tekun_below_dibao",
    "standard_range",
}
NOT_OF_VALUE = [
    "acted_on",
    "of_a_group",
    "only_bound",
    "may_be_granted",
    "sources_differ",
    "other_values",
]  # doubts of another sort
REFERENCES = tuple(name for name, table in load_tables().items() if table.stored and name.startswith("ref."))


def warehouse(texts: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """All marts over texts by file name, in memory; no two are taken for copies of each other."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    make_tables(con, comments=False)
    with tempfile.TemporaryDirectory(prefix="minzheng-slips-") as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        frames = read_batch(Path(folder), list_files(Path(folder)))
    for name, frame in frames.items():
        if load_tables()[name].stored:
            replace_table(con, name, frame)
    for name in REFERENCES:
        replace_table(con, name, load_reference(name))
    for model in with_what_they_read(load_models(MODELS), ["audit_findings"]):
        con.execute(f"CREATE TABLE {model.table} AS {model.sql}")
    return con


Finding = tuple[str, str, str, list[tuple[int, int]]]  # text, kind, what is said, where its figures stand


def findings(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """What the audit finds, by the name of the text."""
    return con.execute("""
        SELECT split_part(documents.file_name, '.', 1), named.kind, any_value(named.explanation),
            list((figures.span_start, figures.span_end))
        FROM (SELECT *, unnest(observation_ids) AS one FROM marts.audit_findings) AS named
        JOIN core.observations AS figures ON figures.observation_id = named.one
        JOIN core.documents AS documents ON documents.document_id = figures.document_id
        GROUP BY ALL
    """).fetchall()


def doubted(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[int, int]]]:
    """Where figures stand that the marts doubt for their value."""
    found = con.execute(
        """
        SELECT split_part(documents.file_name, '.', 1), figures.span_start, figures.span_end
        FROM (
            SELECT observation_id, doubts FROM marts.facts
            UNION ALL SELECT observation_id, doubts FROM marts.indicators_by_region_year
        ) AS doubted
        JOIN core.observations AS figures USING (observation_id)
        JOIN core.documents AS documents ON documents.document_id = figures.document_id
        WHERE len(list_filter(doubts, lambda one: NOT list_contains(?, one))) > 0
        """,
        [NOT_OF_VALUE],
    ).fetchall()
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in found:
        places[name].append((start, end))
    return places


@dataclass(frozen=True)
class Clean:
    """What the audit finds in the untouched texts, and which figures the marts doubt there."""

    findings: list[Finding]
    doubted: dict[str, list[tuple[int, int]]]


def clean(texts: Mapping[str, str]) -> Clean:
    con = warehouse(texts)
    return Clean(findings(con), doubted(con))


def plant(kind: str, planted: list[Slip], untouched: Clean) -> tuple[list[Slip], list[Slip], list[Finding]]:
    """The slips that are found, those that are missed, and the findings that the telling alone brings."""
    known = {one[:3] for one in untouched.findings}
    con = warehouse({f"{slip.name}.txt": slip.text for slip in planted})
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, *what, figures in findings(con):
        if (name, *what) not in known:
            places[name] += figures
    doubts = doubted(con) if kind in BY_DOUBT else {}
    found: list[Slip] = []
    missed: list[Slip] = []
    for slip in planted:
        by_doubt = _meet(doubts.get(slip.name, []), slip.spans)
        by_doubt = by_doubt and not _meet(untouched.doubted.get(slip.name, []), slip.origins)
        (found if by_doubt or _meet(places[slip.name], slip.spans) else missed).append(slip)
    told = {f"{slip.name}.txt": slip.clean for slip in planted if slip.clean is not None}
    false = [one for one in (findings(warehouse(told)) if told else []) if one[:3] not in known]
    return found, missed, false


def _meet(places: list[tuple[int, int]], spans: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in places for start, end in spans)


def all_slips(sets: Iterable[Path]) -> tuple[dict[str, list[Slip]], dict[str, str]]:
    """The slips that the texts have room for by kind, and the texts by the name of their file."""
    by_kind: dict[str, list[Slip]] = defaultdict(list)
    texts: dict[str, str] = {}
    for folder in sets:
        reports = read_reports(folder)
        for labelled in read_labelled(folder):
            texts[labelled.file_name] = labelled.text
            for slip in _of_text(labelled, reports.get(labelled.file_name, [])):
                by_kind[slip.kind].append(slip)
    return dict(sorted(by_kind.items())), texts


def _of_text(labelled: Labelled, known: list[dict]) -> list[Slip]:
    code = (known[0].get("region_code") if len(known) == 1 else None) or "000001"
    level = "country" if code == "100000" else "province" if code[2:] == "0000" else "prefecture"
    level = level if code[4:] == "00" else "county"
    return slips(labelled, level, known[0].get("published_on") if len(known) == 1 else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--kind", action="append", help="only these kinds")
    parser.add_argument("--missed", type=int, default=0, metavar="N", help="how many missed ones to list")
    parser.add_argument("--dry", action="store_true", help="print only")
    chosen = parser.parse_args()
    by_kind, texts = all_slips(LABELLED / name for name in CLEAN)
    untouched = clean(texts)
    lines = ["| slip | planted | found | % | false |", "| --- | ---: | ---: | ---: | ---: |"]
    sums = [0, 0, 0]
    for kind, planted in by_kind.items():
        if chosen.kind and kind not in chosen.kind:
            continue
        found, missed, false = plant(kind, planted, untouched)
        told = f"{len(false)}" if planted[0].clean is not None else ""
        lines.append(
            f"| {kind} | {len(planted)} | {len(found)} | {100 * len(found) / len(planted):.0f} | {told} |"
        )
        sums = [a + b for a, b in zip(sums, (len(planted), len(found), len(false)), strict=True)]
        for slip in missed[: chosen.missed]:
            print(f"missed {kind} {slip.name}: {slip.said}")
        for name, what, said, _ in false[: chosen.missed]:
            print(f"false {kind} {name} {what}: {said}")
    lines.append(f"| all | {sums[0]} | {sums[1]} | {100 * sums[1] / sums[0]:.0f} | {sums[2]} |")
    table = "\n".join(lines) + "\n"
    print(table)
    if not chosen.dry and not chosen.kind:
        page = PAGE.read_text(encoding="utf-8")
        start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
        PAGE.write_text(page[:start] + table + page[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
