"""A new indicator is a row in a CSV file: a subject that the project doesn't know comes out of the marts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[1]
REPORT = """安吉县民政局2023年工作总结
一、工作完成情况
全县建成萤火虫书屋27座,全年接待读者3.6万人次。
"""


@pytest.mark.slow
def test_a_row_in_subjects_csv_is_all_it_takes(tmp_path):
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", tmp_path / "models")
    folder = tmp_path / "pipeline" / "vocabulary" / "subjects"
    with (folder / "subjects.csv").open("a", encoding="utf-8") as subjects:
        subjects.write("firefly_library,community_governance,萤火虫书屋,Firefly libraries,萤火虫书屋\n")
    with (folder / "subject_words.csv").open("a", encoding="utf-8") as words:
        words.write("firefly_library,萤火虫书屋,3,thing\nfirefly_library,流动书屋,3,thing\n")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "report.txt").write_text(REPORT, encoding="utf-8")
    warehouse = tmp_path / "published.duckdb"
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "DAGSTER_HOME": str(tmp_path / "dagster")}
    (tmp_path / "dagster").mkdir()
    run = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    options = ["--warehouse", str(warehouse)]
    done = subprocess.run(
        [*run, "refresh", "--raw", str(raw), *options],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(warehouse), read_only=True) as con:
        for table in ("core.observations", "marts.indicators_by_region_year"):
            sql = f"SELECT indicator_id, value FROM {table} WHERE indicator_id LIKE 'firefly%.count'"
            assert con.execute(sql).fetchall() == [("firefly_library.count", 27.0)], table
