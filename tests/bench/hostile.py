"""What texts cost that no office writes: speed and memory of each, read in a process of its own.

    python -m tests.bench.hostile                # all, at full size
    python -m tests.bench.hostile --share 0.1    # a tenth of each
    python -m tests.bench.hostile --kilobytes 200  # files of this size that repeat what once cost most

A line a text: characters, seconds of processor time, characters a second, the most memory that the process
held, and how many times as long it took as half of it: 2 where time is linear in length. Reading the
vocabulary is counted in memory, not in time. Linux only (peak memory is in kilobytes there).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

ROOT = Path(__file__).parents[2]
GOAL_GIGABYTES = 1.0
PROSE = (
    "全县共有城市低保对象1204户2310人,发放低保金835.6万元,同比增长6.3%。新建农村幸福院12个,床位260张。"
    "各乡镇按照县委、县政府的部署,扎实推进社会救助工作,不断完善养老服务体系,群众的获得感进一步增强。\n"
)
CELLS = "城东镇 城市低保 45 户 78 人 农村低保 312 户 506 人 特困供养 60 人 "


def _repeated(piece: str, head: str, size: int) -> str:
    return head + (piece * (size // len(piece) + 1))[: max(0, size - len(head))]


def _row(cells: int) -> str:
    head = "|".join(["乡镇", *(f"项目{i}" for i in range(cells - 1))])
    return f"{head}\n" + "|".join(["城东镇", *(str(i % 997) for i in range(cells - 1))]) + "\n"


def _numbers(count: int) -> str:
    return "全县情况统计:" + "、".join(f"{i % 9973}人" for i in range(count)) + "。\n"


def _pairs(count: int) -> str:
    return "低保对象1204户2310人" * count


Writer = Callable[[float], str]
TEXTS: dict[str, Writer] = {
    "flattened table, 43 KB": lambda share: _repeated(CELLS, "各乡镇社会救助统计表 ", int(16_000 * share)),
    "a pair 4,000 times": lambda share: _pairs(int(4_000 * share)),
    "1 MB without a break": lambda share: "民" * int(350_000 * share),
    "a row of 250,000 cells": lambda share: _row(int(250_000 * share)),
    "a million numbers": lambda share: _numbers(int(1_000_000 * share)),
    "20 MB of text": lambda share: _repeated(PROSE, "某县民政局2023年工作总结\n", int(7_300_000 * share)),
}  # fmt: skip


def measure(name: str, share: float) -> None:
    """Read one text in this process and print characters, seconds, gigabytes and observations."""
    from pipeline.engine.batch import extract_documents

    read = partial(pl.DataFrame, schema=["document_id", "text", "file_name"], orient="row")
    extract_documents(read([("0" * 16, PROSE, "warm.txt")]))
    text = TEXTS[name](share)
    start = time.process_time()  # of all threads: other work on the machine does not count
    found = extract_documents(read([("1" * 16, text, "hostile.txt")]))["core.observations"].height
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(len(text), seconds, peak, found)


class Cost(NamedTuple):
    """What a text took: characters, seconds of processor time, the most memory held, observations."""

    characters: float
    seconds: float
    gigabytes: float
    found: float


def in_child(name: str, share: float) -> Cost | None:
    """Read a text in a process of its own; none where it ended with an error, which is printed."""
    command = [sys.executable, "-m", "tests.bench.hostile", "--one", name, "--share", str(share)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if run.returncode:
        print(f"# {name}: ended with {run.returncode}: {run.stderr.strip().splitlines()[-1:]}")
        return None
    return Cost(*map(float, run.stdout.split()))


def measure_files(kilobytes: int, only: str) -> None:
    """Read each of the hostile files in this process, beside their halves, and print what each took."""
    from pipeline.engine.batch import read_batch
    from pipeline.reading.files.listing import list_files
    from tests.extraction_hostile import hostile_texts

    def taken(folder: Path, name: str, content: bytes) -> tuple[float, float, int]:
        (folder / name).write_bytes(content)
        manifest = list_files(folder)
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
        start = time.process_time()
        rows = read_batch(folder, manifest)["core.mentions"].height
        seconds = time.process_time() - start
        (folder / name).unlink()
        status = Path("/proc/self/status").read_text()
        return seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1e6, rows

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        fixed = min(taken(folder, "warm.txt", PROSE.encode())[0] for _ in range(3))
        print(f"# {fixed:.1f} s of each are those of a file of two lines", flush=True)
        halves = dict(hostile_texts(kilobytes * 500))
        for name, content in hostile_texts(kilobytes * 1000):
            if only not in name or (not only and name.endswith(("-odd.txt", "-gbk.txt"))):
                continue
            seconds, gigabytes, rows = taken(folder, name, content)
            grown = ""
            if seconds > 3 * fixed:  # of less, the half says nothing
                half = taken(folder, name, halves[name])[0]
                grown = f", {(seconds - fixed) / (half - fixed):.1f} times its half"
            over = "" if gigabytes < GOAL_GIGABYTES else f", over {GOAL_GIGABYTES:g} GB"
            print(
                f"{name}: {len(content):,} bytes, {seconds:.1f} s, {len(content) / seconds:,.0f} bytes/s,"
                f" {gigabytes:.2f} GB{over}{grown}, {rows:,} numbers",
                flush=True,
            )


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--share", type=float, default=1.0, help="of the full size")
    args.add_argument("--one", help=argparse.SUPPRESS)
    args.add_argument("--only", help="texts whose name holds this", default="")
    args.add_argument("--kilobytes", type=int, help="of each hostile file")
    options = args.parse_args()
    if options.kilobytes:
        measure_files(options.kilobytes, options.only)
        return
    if options.one:
        measure(options.one, options.share)
        return
    for name in TEXTS:
        if options.only not in name:
            continue
        half, whole = in_child(name, options.share / 2), in_child(name, options.share)
        if not half or not whole:
            continue
        size, seconds, gigabytes, found = whole
        over = "" if gigabytes < GOAL_GIGABYTES else f", over {GOAL_GIGABYTES:g} GB"
        print(
            f"{name}: {size:,.0f} characters, {seconds:.1f} s, {size / seconds:,.0f} characters/s,"
            f" {gigabytes:.2f} GB{over}, {seconds / half.seconds:.1f} times"
            f" its half, {found:,.0f} observations",
            flush=True,
        )


if __name__ == "__main__":
    main()
