"""What DBeaver, Tableau and Power BI see: the published file through DuckDB's JDBC driver."""

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

PROGRAM = Path(__file__).parent / "data" / "ReadPublished.java"
DRIVER = os.environ.get("MINZHENG_JDBC")
ROWS = (
    "SELECT region, year::VARCHAR, value::VARCHAR FROM marts.indicators_by_region_year ORDER BY ALL LIMIT 20"
)


@pytest.mark.slow
@pytest.mark.skipif(not DRIVER, reason="MINZHENG_JDBC names no jar of duckdb_jdbc")
@pytest.mark.skipif(not shutil.which("javac"), reason="there is no Java here")
def test_jdbc_reads_what_python_reads_and_cannot_write(refreshed):
    published = str(refreshed.settings.warehouse)
    with duckdb.connect(published, read_only=True) as connection:
        expected = ["\t".join(row) for row in connection.sql(ROWS).fetchall()]
    done = subprocess.run(
        ["java", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", str(DRIVER), str(PROGRAM),
         published, ROWS],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [*expected, "read only"]
