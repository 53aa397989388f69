"""How fast text becomes observations, beside a bare scan for digits and two well-known extractors.

    make bench            # or: .venv/bin/python -m tests.bench.extraction [--megabytes 50]

Everything is timed in one run on the same text: the project's sample reports, repeated. The peers read a
smaller sample of it (they need minutes a megabyte) and are compared by the character. Lines that begin with
`ratio` say how many times as fast ours is, by the clock (where we use all cores and the peers one) and by
processor time, which alone can be compared on a machine that has other things to do. Then long reports of the
density of real ones (10,000 characters, 20 numbers in each thousand; the samples have 58), made of the
samples' sentences.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.bench.corpus import LONG, long_text

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-bench"
BATCH = 4_000_000  # characters


@dataclass(frozen=True)
class Speed:
    """Characters a second by the clock, and a second of processor time."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:,.0f} characters/s, {self.processor:,.0f} a processor second"

    def times(self, other: Speed) -> str:
        clock, processor = self.clock / other.clock, self.processor / other.processor
        return f"{clock:.4g} (by processor time {processor:.4g})"


class Watch:
    """Begins to measure when it is made."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def speed(self, characters: int) -> Speed:
        seconds, spent = time.perf_counter() - self.clock, time.process_time() - self.processor
        return Speed(characters / seconds, characters / spent)


def corpus(megabytes: float) -> pl.DataFrame:
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "raw").rglob("*.txt"))]
    size = sum(len(t.encode()) for t in texts)
    times = max(1, round(megabytes * 1e6 / size))
    rows = [(f"{k:08x}{i:08x}", t) for k in range(times) for i, t in enumerate(texts)]
    return pl.DataFrame(rows, schema=["document_id", "text"], orient="row")


def long_reports(megabytes: float) -> pl.DataFrame:
    """Reports of `LONG` characters, of the samples' sentences in ever other order."""
    rows = [
        (f"{number:016x}", f"青田县民政局{2010 + number % 14}年工作总结\n\n{long_text(number)}")
        for number in range(max(1, round(megabytes * 1e6 / (3 * LONG))))
    ]
    return pl.DataFrame(rows, schema=["document_id", "text"], orient="row")


def batches(documents: pl.DataFrame) -> list[pl.DataFrame]:
    cut = (documents["text"].str.len_chars().cum_sum() // BATCH).rle_id()
    return [part.rechunk() for part in documents.with_columns(cut=cut).partition_by("cut", include_key=False)]


def extract_all(documents: pl.DataFrame) -> int:
    from pipeline.extraction.extract import extract
    from pipeline.reading.layout.folding import with_folded
    from pipeline.reading.layout.lines import split_lines
    from pipeline.reading.reports.find import find_reports
    from pipeline.reading.sections.tree import find_sections

    def one(batch: pl.DataFrame) -> int:
        started = time.perf_counter()
        batch = with_folded(batch)
        lines = split_lines(batch)
        reports = find_reports(batch, lines).with_columns(region_code=pl.lit(None, pl.String))
        sections = find_sections(batch, reports, lines)
        spent.append(time.perf_counter() - started)
        return extract(batch, reports, sections).observations.height

    spent: list[float] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = sum(pool.map(one, batches(documents)))
    extract_all.reports_share = sum(spent)
    return found


def scan_digits(documents: pl.DataFrame) -> int:
    lines = documents.select(pl.col("text").str.split("\n").explode())
    half = pl.concat([lines[: lines.height // 2], lines[lines.height // 2 :]], rechunk=False)
    watch = Watch()
    found = (
        half.lazy()
        .select(pl.col("text").str.extract_all(r"[0-9]+").explode())
        .collect(engine="streaming")
        .height
    )
    scan_digits.speed = watch.speed(documents["text"].str.len_chars().sum())
    return found


def peer(name: str, sample: str) -> Speed | None:
    python = PEERS / "bin" / "python"
    if not python.exists():
        print(f"# {name}: not measured; `make bench` makes {PEERS.name}/ for it")
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as handle:
        handle.write(sample)
    try:
        run = subprocess.run(
            [python, "-W", "ignore", Path(__file__).with_name("peers.py"), name, handle.name],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        os.unlink(handle.name)
    if run.returncode:
        print(f"# {name}: failed: {run.stderr.strip().splitlines()[-1:]}")
        return None
    return Speed(*map(float, run.stdout.strip().splitlines()[-1].split()))


def speeds(documents: pl.DataFrame) -> tuple[Speed, Speed]:
    """Characters a second of our extraction and of a scan for digits, after printing both."""
    characters = documents["text"].str.len_chars().sum()
    watch = Watch()
    found = extract_all(documents)
    ours = watch.speed(characters)
    scan_digits(documents)
    digits = scan_digits(documents)
    floor = scan_digits.speed
    print(
        f"text {characters:,} characters, {documents.height:,} documents, {digits:,} runs of digits,"
        f" {found:,} observations"
    )
    print(f"ours {ours} (reports and sections included, {os.cpu_count()} threads)")
    print(f"floor {floor} (scan for digits)")
    return ours, floor


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--megabytes", type=float, default=50)
    args.add_argument("--peer-characters", type=int, default=60_000)
    options = args.parse_args()
    documents = corpus(options.megabytes)
    extract_all(documents.head(50))  # vocabulary and automata are made once a process
    ours, floor = speeds(documents)
    sample = "\n".join(documents["text"].head(40).to_list())[: options.peer_characters]
    for name in ("jionlp", "recognizers"):
        speed = peer(name, sample)
        if speed:
            print(f"{name} {speed}")
            print(f"ratio {name} {ours.times(speed)}")
    print(f"ratio floor {ours.times(floor)}")
    print("long reports:")
    ours, floor = speeds(long_reports(options.megabytes))
    print(f"ratio floor {ours.times(floor)}")


if __name__ == "__main__":
    sys.exit(main())
