"""Labels written into a text, and back: the way in which people label.

    python -m pipeline.tools.mark_labels FOLDER            # FOLDER/*.marked → FOLDER/corpus, FOLDER/gold
    python -m pipeline.tools.mark_labels FOLDER --unpack   # the way back, to change or look at labels

Each number is marked from its first digit to its last, a scale included (1.2万), without the unit:

    ⟦2023|date⟧年,⟦1|list_marker⟧.  低保对象⟦3012|dibao.persons 3012 人 residence=urban⟧人

A kind of its own stands alone; a measurement says subject.measure, value in base units, unit (`-` for none)
and what differs from change=level residence=total status=actual comparator== scope=region, or from the year
of the file's first line (`#! year=2023`). Further fields: subgroup, period (2023, 2023-09, 2023-01/2023-10),
value_high, place, region (a row of a table), and `alt.FIELD=a,b` for what is right too. Digits that carry no
mark are named, for each number must have one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.contracts.registry import get_table
from pipeline.evaluation.labels import read_jsonl
from pipeline.vocabulary.reference import load_reference

MARK = re.compile(r"⟦([^|⟧]*)\|([^⟧]*)⟧")
YEAR = re.compile(r"#! year=(\d{4}|none)\n")
MEASURED = re.compile(r"(\w+)\.(\w+) (-?[\d.]+) (\S+)((?: \S+)*)")
DEFAULTS: dict[str, Any] = {
    "value_high": None, "unit": None, "subject": None, "measure": None, "change": "level",
    "residence": "total", "subgroup": None, "status": "actual", "comparator": "=", "scope": "region",
    "year": None, "period": None,
}  # fmt: skip
SAID = ("change", "residence", "subgroup", "status", "comparator", "scope", "period", "place", "region")
NUMBERS = {"value_high": float, "year": int}


def read_marked(marked: str) -> tuple[str, list[dict[str, Any]], list[str]]:
    """The text, its labels, and the digits in it that carry no mark (each with what stands around it).

    Raises ValueError that names the mark which can't be read.
    """
    head = YEAR.match(marked)
    year = int(head[1]) if head and head[1] != "none" else None
    body = marked[head.end() :] if head else marked
    text, labels, at = "", [], 0
    for found in MARK.finditer(body):
        text += body[at : found.start()]
        label: dict[str, Any] = {"start": len(text), "end": len(text) + len(found[1]), "text": found[1]}
        labels.append(label | _read_mark(found[2], year))
        text += found[1]
        at = found.end()
    text += body[at:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"a mark is open: {text[max(0, re.search('[⟦⟧]', text).start() - 10) :][:40]!r}")  # type: ignore[union-attr]
    marked_at = {place for label in labels for place in range(label["start"], label["end"])}
    bare = [m for m in re.finditer(r"[0-9０-９]+", text) if m.start() not in marked_at]
    return text, labels, [text[max(0, m.start() - 10) : m.end() + 5] for m in bare]


def write_marked(text: str, labels: list[dict[str, Any]]) -> str:
    """The text with its labels written into it: what `read_marked` reads."""
    years = Counter(label["year"] for label in labels if label["kind"] == "measurement")
    year = years.most_common(1)[0][0] if years else None
    parts, at = [f"#! year={year or 'none'}\n"], 0
    for label in labels:
        parts += [text[at : label["start"]], f"⟦{label['text']}|{_write_mark(label, year)}⟧"]
        at = label["end"]
    return "".join([*parts, text[at:]])


def _read_mark(mark: str, year: int | None) -> dict[str, Any]:
    kind, *rest = mark.split(" ")
    if kind in _allowed("core.mentions", "kind"):
        return {"kind": kind} | _fields(rest, mark)
    found = MEASURED.fullmatch(mark)
    if not found:
        raise ValueError(f"cannot read the mark {mark!r}")
    subject, measure, value, unit, more = found.groups()
    for name, word in (("subject", subject), ("measure", measure)):
        if word not in _codes(f"ref.{name}s"):
            raise ValueError(f"there is no {name} {word!r} (in {mark!r})")
    label = {"kind": "measurement", "value": float(value)} | DEFAULTS
    label |= {"unit": None if unit == "-" else unit, "subject": subject, "measure": measure, "year": year}
    return label | _fields(more.split(), mark)


def _fields(parts: list[str], mark: str) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for part in parts:
        name, _, value = part.partition("=")
        field = name.removeprefix("alt.")
        if field not in (*DEFAULTS, "kind", "place", "region"):
            raise ValueError(f"there is no field {field!r} (in {mark!r})")
        values = [None if v == "none" else NUMBERS.get(field, str)(v) for v in value.split(",")]
        if name != field:
            said.setdefault("alt", {})[field] = values
            continue
        allowed = _allowed("core.observations", field)
        if allowed and value not in allowed:
            raise ValueError(f"{field} is one of {', '.join(allowed)} (in {mark!r})")
        said[field] = values[0]
    return said


def _write_mark(label: dict[str, Any], year: int | None) -> str:
    also = [
        f"alt.{field}={','.join('none' if v is None else str(v) for v in values)}"
        for field, values in label.get("alt", {}).items()
    ]
    if label["kind"] != "measurement":
        return " ".join([label["kind"], *also])
    value = f"{label['value']:.12g}" if "e" not in f"{label['value']:.12g}" else f"{label['value']:.0f}"
    head = f"{label['subject']}.{label['measure']} {value} {label['unit'] or '-'}"
    said = [f"{field}={label[field]}" for field in SAID if label.get(field) != DEFAULTS.get(field)]
    if label["value_high"] is not None:
        said.append(f"value_high={label['value_high']:.12g}")
    if label["year"] != year:
        said.append(f"year={label['year'] or 'none'}")
    return " ".join([head, *said, *also])


@cache
def _codes(table: str) -> set[str]:
    return {"other", *load_reference(table).to_series().to_list()}


@cache
def _allowed(table: str, column: str) -> tuple[str, ...]:
    found = [c.allowed for c in get_table(table).columns if c.name == column]
    return found[0] if found else ()


def pack(folder: Path) -> list[str]:
    """Write corpus/ and gold/ of a folder's *.marked; returns what is unmarked, a line each."""
    bare = []
    for path in sorted(folder.glob("*.marked")):
        try:
            text, labels, unmarked = read_marked(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        bare += [f"{path.name}: no mark in {around!r}" for around in unmarked]
        lines = "".join(json.dumps(label, ensure_ascii=False) + "\n" for label in labels)
        for name, content in ((f"corpus/{path.stem}.txt", text), (f"gold/{path.stem}.jsonl", lines)):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8")
    return bare


def unpack(folder: Path) -> None:
    """Write *.marked of a folder's corpus/ and gold/."""
    for path in sorted((folder / "gold").glob("*.jsonl")):
        text = (folder / "corpus" / f"{path.stem}.txt").read_text(encoding="utf-8")
        (folder / f"{path.stem}.marked").write_text(write_marked(text, read_jsonl(path)), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--unpack", action="store_true", help="from corpus/ and gold/ to *.marked")
    options = parser.parse_args()
    if options.unpack:
        unpack(options.folder)
    else:
        print("\n".join(pack(options.folder)))


if __name__ == "__main__":
    main()
