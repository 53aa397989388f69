"""Writes labelled texts otherwise, with the same meaning, and counts which numbers are then read otherwise.

    python -m pipeline.tools.vary_texts                        # all variations; prints a table
    python -m pipeline.tools.vary_texts --only word:pay --lost 30
    python -m pipeline.tools.vary_texts --sets written offices --every 1

Only numbers count that are read right in the text as it is: how many there are in the varied texts (right),
in sentences that were written otherwise (near), and how many are wrong in the variant (lost), by field. Some
losses are right: what 将 or 截至 reaches may change with the end of a sentence.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.engine.batch import read_batch, split_batches
from pipeline.evaluation.labels import FULL, Labelled, Row, agrees, read_labelled, same_field
from pipeline.reading.files.listing import list_files
from pipeline.settings import PROJECT
from pipeline.tools.variants import variations, vary

LABELLED = PROJECT / "tests" / "labelled"
SETS = ("written", "offices", "bureaus")
LEVEL = "timed"
FOLDED = str.maketrans("，；：（）．％", ",;:().%")
AROUND = 45
SENTENCE = "[。;\n]"


@dataclass
class Loss:
    """What became of the numbers of varied texts that are right as they were written."""

    name: str
    right: int = 0
    near: int = 0  # of those, the ones whose sentence was written otherwise
    lost: list[str] = field(default_factory=list)
    fields: Counter[str] = field(default_factory=Counter)


def readings(texts: Mapping[str, str]) -> dict[str, dict[int, Row]]:
    """What is read of texts: by name, each observation at every place of its number."""
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    with tempfile.TemporaryDirectory(prefix="minzheng-variants-") as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8")
        for batch in split_batches(list_files(Path(folder))):
            frames = read_batch(Path(folder), batch)
            names = dict(frames["core.documents"].select("document_id", "file_name").iter_rows())
            for row in frames["core.observations"].iter_rows(named=True):
                places = range(row["span_start"], row["span_end"])
                found[names[row["document_id"]].removesuffix(".txt")].update(dict.fromkeys(places, row))
    return found


def texts_of(sets: Iterable[str], every: int) -> list[Labelled]:
    """The labelled texts, their punctuation half-width and their labels numbered (nth); of a large set only
    one in `every`."""
    found = []
    for name in sets:
        texts = read_labelled(LABELLED / name)
        for text in texts[:: every if len(texts) > 100 else 1]:
            labels = [label | {"nth": n} for n, label in enumerate(text.labels)]
            found.append(Labelled(f"{name}-{text.name}", text.text.translate(FOLDED), labels))
    return found


def loss(name: str, texts: Iterable[Labelled], plain: Mapping[str, Mapping[int, Row]]) -> Loss:
    """Vary all texts that have room for a variation, read them, and compare."""
    told = Loss(name)
    varied = {text.name: (text, vary(text, name)) for text in texts}
    varied = {key: pair for key, pair in varied.items() if pair[0].text != pair[1].text}
    read = readings({key: new.text for key, (_, new) in varied.items()}) if varied else {}
    for key, (old, new) in varied.items():
        sentences, lines = set(re.split(SENTENCE, old.text)), set(old.text.split("\n"))
        cut_only = set(re.split(SENTENCE, new.text)) <= sentences
        here, known = (_line, lines) if cut_only else (_sentence, sentences)
        right = {label["nth"] for label in old.labels if _is_right(label, plain[key].get(label["start"]))}
        for label in new.labels:
            if label["nth"] not in right:
                continue
            told.right += 1
            told.near += here(new.text, label["start"]) not in known
            row = read[key].get(label["start"])
            if not _is_right(label, row):
                what = changed(label, row)
                told.fields.update(what)
                told.lost.append(_shown(key, new, label, row, what))
    return told


def _is_right(label: Row, row: Row | None) -> bool:
    return row is not None and label["kind"] == "measurement" and agrees(label, row, LEVEL)


def _sentence(text: str, at: int) -> str:
    return re.split(SENTENCE, text[:at])[-1] + re.split(SENTENCE, text[at:])[0]


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : (text + "\n").find("\n", at)]


def changed(label: Row, row: Row | None) -> list[str]:
    """The fields of a label that a reading doesn't have."""
    if row is None:
        return ["missed"]
    if not agrees(label, row, "quantity"):
        return ["quantity"]
    said = [f for f in ("subject", "measure", *FULL) if not same_field(label, row, f)]
    return said or ["period"]


def _shown(key: str, text: Labelled, label: Row, row: Row | None, what: list[str]) -> str:
    start = label["start"]
    around = text.text[max(0, start - AROUND) : start] + "▸" + text.text[start : start + AROUND // 2]
    new = "" if row is None else " ".join(_both(label, row, f) for f in what)
    new += "" if row is None else f" [{row['rule']} {row['subject_word']}]"
    return f"{key}\t{'+'.join(what)}\t{around!r}\t{new}"


def _both(label: Row, row: Row, name: str) -> str:
    if name == "quantity":
        return f"{label['value']}{label['unit']}→{row['value']}{row['unit']}"
    read = (row["period_start"], row["period_end"]) if name == "period" else row[name]
    return f"{name}:{label.get(name)}→{read}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--only", nargs="+", help="only variations whose name begins so")
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--every", type=int, default=4, help="of a large set one text in so many")
    parser.add_argument("--lost", type=int, default=0, metavar="N", help="how many lost numbers to list")
    parser.add_argument("--into", type=Path, help="a folder for all lost numbers, a file a variation")
    chosen = parser.parse_args()
    texts = texts_of(chosen.sets, chosen.every)
    plain = readings({text.name: text.text for text in texts})
    print(f"{'variation':28} right  near lost  of near  fields")
    for name in variations():
        if chosen.only and not name.startswith(tuple(chosen.only)):
            continue
        start = time.time()
        told = loss(name, texts, plain)
        share = 100 * len(told.lost) / max(1, told.near)
        print(
            f"{name:28} {told.right:5} {told.near:5} {len(told.lost):4} {share:5.1f}%  "
            f"{dict(told.fields.most_common(6))}  {time.time() - start:.0f}s",
            flush=True,
        )
        for line in told.lost[: chosen.lost]:
            print("   ", line)
        if chosen.into:
            chosen.into.mkdir(exist_ok=True)
            (chosen.into / name.replace(":", "_")).write_text("\n".join(told.lost))


if __name__ == "__main__":
    main()
