"""What no office writes costs no more than its length: memory a number, and how time grows with size.

Two small ones by day, growth by night; the sizes of `tests/bench/hostile.py`, each in a process of its own,
on demand.
"""

import re
import time
from pathlib import Path

import polars as pl
import pytest
from bench import hostile

from pipeline.engine.batch import extract_documents
from pipeline.extraction.evidence import with_pieces

HEAD = "甲县民政局2023年工作总结\n"
CLEARED = Path("/proc/self/clear_refs")
MEGABYTE = 1024  # in the kilobytes of /proc
NUMBER = re.compile("[0-9]+")
A_NUMBER, A_CHARACTER, SLACK = 8_000, 100, 100  # bytes, bytes, MB: a figure of a table takes 4,000
linux = pytest.mark.skipif(not CLEARED.exists(), reason="peak memory is asked of /proc")


def extract(text: str) -> dict[str, pl.DataFrame]:
    names = {"document_id": "0" * 16, "file_name": "hostile.txt", "text": text}
    return extract_documents(pl.DataFrame([names]))


def peak_of(work) -> float:
    """The most memory that `work` takes above what was held before it, in MB."""
    CLEARED.write_text("5")  # the peak is counted anew
    before = _memory("VmRSS:")
    work()
    return (_memory("VmHWM:") - before) / MEGABYTE


def _memory(name: str) -> int:
    return int(Path("/proc/self/status").read_text().partition(name)[2].split()[0])


@linux
def test_a_number_of_a_long_clause_does_not_carry_its_surroundings_along():
    """Of 300 KB of `1/1/1/` each number once had a copy of the 6,000 characters around it: 1.2 GB."""
    numbers = 40_000
    text = "1/" * numbers
    pieces = pl.DataFrame({"clause": [0, 1], "piece": ["低保。", text], "piece_start": [0, 3]})
    starts = [0, *range(3, 3 + 2 * numbers, 2)]
    rows = pl.DataFrame({"span_start": starts, "clause": [0] + [1] * numbers})
    found: list[pl.DataFrame] = []
    assert peak_of(lambda: found.append(with_pieces(rows, pieces, "span_start"))) < 100
    written = pl.col("piece").str.slice(pl.col("span_start") - pl.col("piece_start"), 2)
    assert found[0].select(written).to_series().to_list() == ["低保"] + ["1/"] * numbers
    assert (found[0]["piece"].str.len_chars() <= 6_000).all()
    assert found[0].columns == ["span_start", "clause", "piece", "piece_start"]


@pytest.mark.landing
def test_a_row_of_a_table_wider_than_any_is_a_crowd_and_no_table():
    """Of 250,000 cells in a row each was a cell, a head, a clause: 1 GB and 37 seconds for no observation."""
    cells = 10_100
    names = "|".join(["乡镇", *(f"项目{i}" for i in range(cells))])
    row = "|".join(["城东镇", *("12" for _ in range(cells))])
    found = extract(f"{HEAD}{names}\n{row}\n\n低保对象1204户。\n")
    assert found["core.tables"].is_empty() and found["core.cells"].is_empty()
    assert found["core.observations"]["value"].to_list() == [1204]
    assert found["core.mentions"].height > 2 * cells


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("a pair 4,000 times", 0.1),
        ("1 MB without a break", 0.2),
        ("a row of 250,000 cells", 0.02),  # 5,000 cells: no crowd yet
        ("a million numbers", 0.01),
    ],
)
def test_costs_of_small_sizes_grow_with_their_length_and_no_faster(name, share, fixed):
    whole = hostile.TEXTS[name](share)
    peak = peak_of(lambda: extract(whole))
    small, large = (taken(text) - fixed for text in (hostile.TEXTS[name](share / 2), whole))
    if large > 3 * max(small, fixed):  # a loaded machine
        small, large = (taken(text) - fixed for text in (hostile.TEXTS[name](share / 2), whole))
    assert large < 3 * max(small, fixed), f"{small:.2f} s, then {large:.2f} s"
    assert peak < SLACK + (len(NUMBER.findall(whole)) * A_NUMBER + len(whole) * A_CHARACTER) / 1e6


@pytest.fixture(scope="module")
def fixed() -> float:
    """Seconds that any text takes."""
    extract(hostile.PROSE)
    return taken(hostile.PROSE)


def taken(text: str) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    extract(text)
    return time.process_time() - began


@linux
@pytest.mark.demand
@pytest.mark.parametrize("name", hostile.TEXTS)
def test_costs_of_full_sizes_stay_below_their_bounds(name):
    """Each and its half in a process of its own: `python -m tests.bench.hostile` prints the same."""
    half, whole = hostile.in_child(name, 0.5), hostile.in_child(name, 1.0)
    assert half and whole
    assert whole.gigabytes < hostile.GOAL_GIGABYTES
    assert whole.seconds < 3 * half.seconds
