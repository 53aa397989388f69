"""A new indicator is a row in a CSV file: a subject that the project doesn't know comes out of the marts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = """某县民政局2023年工作总结
一、工作完成情况
全县建成萤火虫书屋27座,全年接待读者3.6万人次。
"""


def test_a_row_in_subjects_csv_is_all_it_takes(tmp_path):
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", tmp_path / "models")
    names = ("萤火虫书屋", "Firefly libraries", "萤火虫书屋", "萤火虫书屋/流动书屋")
    row = ("firefly_library", "community_governance", *names)
    with (tmp_path / "pipeline" / "vocabulary" / "subjects.csv").open("a", encoding="utf-8") as subjects:
        subjects.write(",".join(row) + "\n")
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
    tables = ("marts.indicators_by_region_year", "core.observations")
    found = [f"SELECT indicator_id, value FROM {t} WHERE indicator_id LIKE 'firefly%'" for t in tables]
    sql = " UNION ALL ".join(found) + " ORDER BY 1"
    shown = subprocess.run(
        [*run, "query", *options, sql], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert "firefly_library.count" in shown.stdout and "27" in shown.stdout, shown.stdout + shown.stderr
