"""How the pipeline grows with the number of reports: full and incremental refreshes, measured and checked.

    python -m tests.bench.scale                             # 1,000 and 10,000 reports
    python -m tests.bench.scale --sizes 1000 10000 100000   # the size of the country
    python -m tests.bench.scale --long                      # reports of 10,000 characters, 200 numbers each

For each size: a full refresh, an empty one (nothing changed: the command ends at once), an empty one as the
schedule runs it (in Dagster), and one with a single new report; of the last three the quickest of a few, for
they are compared with each other. Prints seconds, peak memory of the whole
process tree, the size of the published file, the exponent by which each grows from one size to the next (time
by the clock and by processor time, which alone says something on a machine that has other things to do), and
how many of the corpus's true values the published file gives. Linux only (it reads /proc).
"""

import argparse
import json
import math
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from tests.bench.corpus import make_corpus, make_long_corpus
from tests.bench.measure import Measured, run

SIZES = (1_000, 10_000)
GOALS = {"exponent": 1.05, "gigabytes": 4.0, "seconds": 900.0, "one_report": 2.0}
COUNTRY = 100_000  # the reports that may take as many seconds
TIMES = 3  # that small refreshes are run
SCHEDULED = """import sys
from pathlib import Path
from pipeline.runs.refresh import execute
from pipeline.settings import Settings
assert execute(Settings(Path(sys.argv[1]), Path(sys.argv[2]))).published
"""
BEST = "marts.indicators_by_region_year"


@dataclass
class Result:
    """One size: what was measured, by refresh, and how much of the truth was published."""

    reports: int
    runs: dict[str, Measured] = field(default_factory=dict)
    file_bytes: int = 0
    true_values: int = 0
    right: int = 0
    wrong: list[tuple] = field(default_factory=list)


def bench(reports: int, folder: Path, engine: str, times: int, long: bool = False) -> Result:
    """Measure one size in `folder`, which is filled anew."""
    shutil.rmtree(folder, ignore_errors=True)
    raw, warehouse = folder / "raw", folder / "warehouse" / "minzheng.duckdb"
    result = Result(reports)
    make = make_long_corpus if long else make_corpus
    truth = [make(raw, 0, reports)]
    home = folder / "dagster"
    home.mkdir()
    minzheng = str(Path(sys.executable).with_name("minzheng"))
    command = [minzheng, "refresh", "--raw", str(raw), "--warehouse", str(warehouse)]
    command += ["--engine", engine] if engine != "local" else []
    env = {"DAGSTER_HOME": str(home)}
    result.runs["full"] = run(command, env)
    empty, scheduled, one_new = [], [], []
    for time in range(times):
        empty.append(run(command, env))
        scheduled.append(run([sys.executable, "-c", SCHEDULED, str(raw), str(warehouse)], env))
        truth.append(make(raw, reports + time, reports + time + 1))
        one_new.append(run(command, env))
    for name, runs in (("empty", empty), ("scheduled", scheduled), ("one new", one_new)):
        result.runs[name] = min(runs, key=lambda measured: measured.seconds)
    result.file_bytes = warehouse.stat().st_size
    compare(result, warehouse, pl.concat(truth))
    return result


def compare(result: Result, warehouse: Path, truth: pl.DataFrame) -> None:
    """Look up each true value in the published file."""
    con = duckdb.connect(str(warehouse), read_only=True)
    try:
        con.register("truth", truth)
        result.true_values = truth.height
        query = f"""FROM truth AS t ANTI JOIN {BEST} AS b
            ON b.region_code = t.region_code AND b.year = t.year AND b.indicator_id = t.indicator_id
            AND b.residence = t.residence AND b.status = t.status
            AND abs(b.value - t.value) <= 1e-9 * abs(t.value)"""
        lost = con.execute(f"SELECT * {query} ORDER BY ALL").fetchall()
    finally:
        con.close()
    result.right = truth.height - len(lost)
    result.wrong = lost[:10]


def report(results: list[Result]) -> list[str]:
    """Print the figures; returns the goals that are missed."""
    missed = []
    print(f"duckdb {duckdb.__version__}, polars {pl.__version__}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(
        f"{'reports':>9} {'refresh':>9} {'seconds':>9} {'exponent':>9} "
        f"{'cpu s':>8} {'exponent':>9} {'peak MB':>8} {'exponent':>9}"
    )
    for i, result in enumerate(results):
        last = results[i - 1] if i else None
        for name, measured in result.runs.items():
            grown = spent = grew = ""
            if last:
                time = exponent(last, result, name, "cpu_seconds")
                grown, spent, grew = (
                    f"{exponent(last, result, name, what):.2f}"
                    for what in ("seconds", "cpu_seconds", "rss_bytes")
                )
                if name == "full" and time > GOALS["exponent"]:
                    missed.append(f"full refresh grows with exponent {time:.2f} from {last.reports:,}")
            print(
                f"{result.reports:>9,} {name:>9} {measured.seconds:>9.1f} {grown:>9} "
                f"{measured.cpu_seconds:>8.1f} {spent:>9} "
                f"{measured.rss_bytes / 1e6:>8,.0f} {grew:>9}"
            )
        one, scheduled = result.runs["one new"], result.runs["scheduled"]
        above, above_cpu = one.seconds - scheduled.seconds, one.cpu_seconds - scheduled.cpu_seconds
        growth = (
            f", exponent {_exponent(last.file_bytes, result.file_bytes, last, result):.2f}" if last else ""
        )
        print(
            f"{'':>9} one new report: {above:+.1f} s ({above_cpu:+.1f} s of processor time) beside an empty"
            f" scheduled refresh; file {result.file_bytes / 1e6:,.1f} MB{growth}"
        )
        print(f"{'':>9} true values: {result.right:,} of {result.true_values:,} published")
        for row in result.wrong:
            print(f"{'':>11}not published: {row}")
        if above > GOALS["one_report"]:
            missed.append(f"one new report among {result.reports:,} costs {above:.1f} s")
        if result.right < result.true_values:
            missed.append(
                f"{result.true_values - result.right:,} true values of {result.reports:,} reports are missing"
            )
        full = result.runs["full"]
        if max(r.rss_bytes for r in result.runs.values()) > GOALS["gigabytes"] * 1e9:
            missed.append(f"{result.reports:,} reports take more than {GOALS['gigabytes']:.0f} GB")
        if result.reports >= COUNTRY and full.seconds > GOALS["seconds"] * result.reports / COUNTRY:
            missed.append(f"{result.reports:,} reports take {full.seconds:,.0f} s")
    return missed


def exponent(small: Result, large: Result, name: str, what: str) -> float:
    """p in `cost ~ reports ** p`, from two sizes."""
    return _exponent(getattr(small.runs[name], what), getattr(large.runs[name], what), small, large)


def _exponent(before: float, after: float, small: Result, large: Result) -> float:
    return math.log(after / before) / math.log(large.reports / small.reports)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of reports")
    parser.add_argument("--times", type=int, default=TIMES, help="that small refreshes are run")
    parser.add_argument("--engine", default="local", choices=["local", "ray"])
    parser.add_argument("--keep", type=Path, help="a folder to work in and leave behind")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--long", action="store_true", help="reports of 10,000 characters and 200 numbers")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        results = [
            bench(size, folder / str(size), given.engine, given.times, given.long)
            for size in sorted(given.sizes)
        ]
    missed = report(results)
    if given.json:
        figures = [
            {
                "reports": r.reports,
                "file_bytes": r.file_bytes,
                "true_values": r.true_values,
                "right": r.right,
                **{
                    name: {"seconds": m.seconds, "cpu_seconds": m.cpu_seconds, "rss_bytes": m.rss_bytes}
                    for name, m in r.runs.items()
                },
            }
            for r in results
        ]
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print("goals missed: " + "; ".join(missed) if missed else "all goals met")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
