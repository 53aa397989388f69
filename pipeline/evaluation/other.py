"""Scores what another program read from labelled texts."""

from __future__ import annotations

from pathlib import Path

from pipeline.evaluation.labels import Labelled, read_jsonl, read_labelled
from pipeline.evaluation.readings import Found, Score, score_text, total
from pipeline.evaluation.tables import readings_table, wrong_readings


def score_other(sets: dict[str, Path], found: Path, each: bool = False, wrong: int = 0) -> str:
    """Say in Markdown how much of labelled sets another program read right.

    What it read of a text is `found/SET/NAME.jsonl` or `found/NAME.jsonl`. Each line
    is a number: span_start, span_end (code points), kind and, where it measures, the fields of
    `core.observations`. A text without a file counts as one in which nothing was found.
    """
    readings: dict[str, Score] = {}
    for name, folder in sets.items():
        scores = {
            text.name: score_text(text, _read_by_other(found, name, text)) for text in read_labelled(folder)
        }
        readings |= (scores if each else {}) | {name: total(scores.values())}
    return "\n\n".join([readings_table(readings), *wrong_readings(readings, list(sets), wrong)])


def _read_by_other(found: Path, name: str, text: Labelled) -> Found:
    paths = [
        path for path in (found / name / f"{text.name}.jsonl", found / f"{text.name}.jsonl") if path.is_file()
    ]
    rows = read_jsonl(paths[0]) if paths else []
    return Found(rows, [row for row in rows if row["kind"] == "measurement"])
