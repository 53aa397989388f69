"""The commands that analysts type, their errors, and a folder of one's own outside the checkout."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import polars as pl
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.commands.own import START
from pipeline.runs.hints import program
from pipeline.settings import MODELS, PROJECT, dagster_home, home_folder, project_settings
from pipeline.warehouse.publish.render import render


def run(*args: object, **more: object):
    return CliRunner().invoke(main, [str(arg) for arg in args], **more)


@pytest.fixture
def target(refreshed) -> tuple[str, Path]:
    return "--warehouse", refreshed.settings.warehouse


def test_help_shows_the_ways_in():
    told = run("--help").output
    for words in ("minzheng init DIR", "minzheng tables", "minzheng export --panel", "minzheng doctor"):
        assert words in told
    shown = re.findall(r"^  (\w+)  ", told.partition("Commands:")[2], re.MULTILINE)
    assert shown[:5] == ["init", "fetch", "refresh", "status", "tables"]
    assert re.search(r"^  fetch +Fetch what raw/sources.csv lists", told, re.MULTILINE)
    assert re.search(r"^  status +What is published, how fresh", told, re.MULTILINE)


def test_tables_lists_all_and_describes_one(target, subtests):
    listed = run("tables", *target, "--format", "csv").output
    first, *rows = listed.splitlines()
    assert first == "table,rows,what it holds"
    assert rows[0].startswith("marts.audit_findings,") and any(row.startswith("meta.tables,") for row in rows)
    for name in ("marts.panel", "panel", "PANEL"):
        with subtests.test(name):
            told = run("tables", *target, name)
            assert told.exit_code == 0, told.output
            assert told.output.startswith("marts.panel: Regions and years")
            assert "key: region_code, year" in told.output and "People receiving dibao" in told.output
            assert "query --warehouse" in told.output and '"FROM marts.panel LIMIT 5"' in told.output
    line = run("tables", *target, "panel", "--format", "json").output.splitlines()[0]
    code = {"column": "region_code", "type": "VARCHAR", "what it holds": "Region (GB/T 2260, six digits)"}
    assert json.loads(line) == code
    told = run("tables", *target, "marts.panl")
    assert told.exit_code == 1 and "no table marts.panl; did you mean marts.panel" in told.output


def test_the_shell_completes_names_of_tables(target):
    shell = ShellComplete(main, {}, "minzheng", "_MINZHENG_COMPLETE")

    def offered(begun: str) -> list[str]:
        return [each.value for each in shell.get_completions(["tables", *map(str, target)], begun)]

    assert offered("marts.pan") == ["marts.panel", "marts.panel_cells"]
    assert offered("pane") == ["panel", "panel_cells"] and "core.reports" in offered("")
    assert offered("tea") == []


@pytest.mark.landing
def test_hints_run_as_printed_in_a_shell(target, tmp_path):
    from pipeline.runs.summary import describe_publication

    place = tmp_path / "a folder of 民政" / "m.duckdb"
    place.parent.mkdir()
    shutil.copy(target[1], place)
    hints = [run("tables", "--warehouse", place, "panel").output.splitlines()[-1].partition("its rows  ")[2]]
    hints += re.findall(r"its (?:columns|rows) +(.+)", run("tables", "--warehouse", place).output)
    said = describe_publication(project_settings(warehouse=place), {})
    hints += re.findall(r"^(?:look|    ) +(\S*minzheng (?:tables|query).*)$", said, re.MULTILINE)
    assert len(set(hints)) == 5
    for hint in set(hints):
        done = subprocess.run(hint, shell=True, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "region_code" in done.stdout or "marts.panel" in done.stdout


def test_a_hint_names_the_path_where_the_name_is_not_found(monkeypatch, tmp_path):
    own = Path(sys.prefix) / "bin" / "minzheng"
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert program() == str(own)
    monkeypatch.chdir(own.parents[2])
    assert program() == str(own.relative_to(own.parents[2]))
    monkeypatch.setenv("PATH", str(own.parent))
    assert program() == "minzheng"


def test_a_query_comes_as_text_from_a_file_or_from_standard_input(target, tmp_path):
    sql = tmp_path / "q.sql"
    sql.write_text("\ufeff-- 一句注释；\nSELECT 1 AS a;\n", encoding="utf-8")
    answer = "a\n1\n"
    assert run("query", *target, "--format", "csv", "--file", sql).output == answer
    assert run("query", *target, "--format", "csv", "-", input="SELECT 1 AS a").output == answer
    assert run("query", *target, "--format", "csv", input="SELECT 1 AS a").output == answer
    both = run("query", *target, "--file", sql, "SELECT 1")
    assert both.exit_code == 2 and "not both" in both.output
    gone = run("query", *target, "--file", tmp_path / "none.sql")
    assert gone.exit_code != 0 and "none.sql" in gone.output and "Traceback" not in gone.output
    assert "here is none" in run("query", *target, input="").output
    assert "` lists what is there" in run("query", *target, "FROM nothing").output


def test_json_is_valid_whatever_a_query_gives(target):
    sql = """SELECT 1/0 AS inf, 'nan'::DOUBLE AS nan, [1.5, 'inf'::DOUBLE] AS list,
                    1.50::DECIMAL(4, 2) AS money,
                    DATE '2023-12-31' AS day, {'a': 1} AS pair, NULL AS nothing,
                    1 AS a, 2 AS a, '一"二' AS text"""
    line = run("query", *target, "--format", "json", sql).output
    told = json.loads(line, parse_constant=lambda word: pytest.fail(word))
    assert told == {
        "inf": None, "nan": None, "list": [1.5, None], "money": 1.5, "day": "2023-12-31", "pair": {"a": 1},
        "nothing": None, "a": 1, "a_2": 2, "text": '一"二',
    }  # fmt: skip


def test_parquet_goes_to_a_file_or_another_program_with_its_types(target, tmp_path):
    sql = "SELECT '甲县' AS region, 2023::INTEGER AS year, ['x'] AS flags"
    done = run("query", *target, "--format", "parquet", sql)
    frame = pl.read_parquet(io.BytesIO(done.stdout_bytes))
    assert frame.rows() == [("甲县", 2023, ["x"])] and frame.schema["year"] == pl.Int32
    assert run("query", *target, "--format", "parquet", "--to", tmp_path / "q.parquet", sql).exit_code == 0
    assert pl.read_parquet(tmp_path / "q.parquet").equals(frame)
    own = run("query", *target, "--format", "csv", "--to", target[1], sql)
    assert own.exit_code == 1 and "the published file itself" in own.output


def test_rows_too_wide_for_the_terminal_have_texts_broken_or_stand_below_each_other():
    names = ["region", "value", "quote"]
    row = ("某省某市甲县", 3012.0, "全县共有城乡低保对象3012人，" * 6)
    table = "".join(render(names, [row], "table", 80))
    assert max(map(width_of, table.splitlines())) <= 80 and "│ 3012 " in table
    assert "region" in table.splitlines()[1] and "quote" in table.splitlines()[1]
    many = [f"column_{number}" for number in range(30)]
    below = "".join(render(many, [(*range(29), None)], "table", 80))
    assert "column_7   7\n" in below and "column_29" not in below and "left out" in below
    assert max(map(len, below.splitlines())) <= 80
    # On a narrow one a value stands below its name, where else no room for it was left.
    narrow = "".join(render(["a_name_of_twenty_four_ch", *many], [("3012人", *range(30))], "table", 40))
    assert "a_name_of_twenty_four_ch\n  3012人\n" in narrow and "column_7\n  7\n" in narrow
    assert "── 1 ─" in "".join(render(names, [row], "vertical"))
    piped = "".join(render(many, [tuple(range(30))], "table"))
    assert max(map(len, piped.splitlines())) > 160


def test_what_another_program_reads_has_no_endless_lines(target, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    many = ", ".join(f"{number} AS column_{number}" for number in range(30))
    rows = run("query", *target, f"SELECT {many}").output
    assert "── 1 ─" in rows and "column_29  29\n" in rows and max(map(width_of, rows.splitlines())) < 200
    assert "│ 7 │" in run("query", *target, "SELECT 7 AS a, repeat('低', 60) AS b").output
    monkeypatch.setenv("COLUMNS", "80")
    assert "b  " + "低" * 60 in run("query", *target, "SELECT 7 AS a, repeat('低', 60) AS b").output
    assert max(map(width_of, run("tables", *target, "panel").output.splitlines()[2:-2])) <= 80
    plan = run("query", *target, "EXPLAIN FROM marts.panel").output
    assert "⏎" not in plan and "Table: " in plan and "explain_key" not in plan


def width_of(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


def test_numbers_have_no_idle_zeros():
    row = (18737.0, 531.66666667, 0.0, False, [1.0, 2.5], 1e300)
    cells = {form: "".join(render(list("abcdef"), [row], form)) for form in ("table", "csv", "json")}
    assert "│ 18737 │ 531.6667 │ 0 │ False │ 1; 2.5 │" in cells["table"]
    assert cells["csv"].endswith('\n18737,531.66666667,0,False,"[1, 2.5]",1e+300\n')
    assert cells["json"].startswith('{"a": 18737, "b": 531.66666667, "c": 0, "d": false, "e": [1, 2.5]')


def test_a_folder_of_ones_own_is_made_once_and_used_from_within(tmp_path, monkeypatch):
    folder = tmp_path / "work"
    done = run("init", folder)
    assert done.exit_code == 0, done.output
    assert tomllib.loads((folder / "minzheng.toml").read_text("utf-8"))["raw"] == "raw"
    lists = {path.name for path in (folder / "raw").iterdir()}
    assert {"corrections.csv", "reports.csv"} < lists and any("示例" in name for name in lists)
    (folder / "raw" / "corrections.csv").write_text("mine")
    assert "kept   " in run("init", folder).output
    assert (folder / "raw" / "corrections.csv").read_text() == "mine"
    (folder / "deep" / "er").mkdir(parents=True)
    for key in ("MINZHENG_RAW", "MINZHENG_WAREHOUSE", "DAGSTER_HOME"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.chdir(folder / "deep" / "er")
    settings = project_settings()
    assert (settings.raw, settings.warehouse) == (folder / "raw", folder / "warehouse" / "minzheng.duckdb")
    assert settings.site == folder / "warehouse" / "site" and dagster_home() == folder / ".dagster"
    assert settings.models == MODELS and (MODELS / "marts" / "panel.sql").is_file()
    monkeypatch.setenv("MINZHENG_RAW", str(tmp_path / "other"))
    assert project_settings().raw == tmp_path / "other"
    monkeypatch.chdir(PROJECT)
    assert home_folder() == PROJECT


@pytest.mark.parametrize("there", ["raw/乙县-2023.txt", "minzheng.toml"])
def test_no_example_is_put_beside_reports_of_ones_own(there, tmp_path):
    mine = tmp_path / there
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("", encoding="utf-8")
    assert run("init", tmp_path).exit_code == 0
    assert {path.name for path in (tmp_path / "raw").iterdir()} - {mine.name} == {
        "corrections.csv",
        "reports.csv",
    }
    (tmp_path / "new" / "raw").mkdir(parents=True)
    run("init", tmp_path / "new")
    assert any("示例" in path.name for path in (tmp_path / "new" / "raw").iterdir())


@pytest.mark.parametrize("said", ['row = "raw"', "raw = 1", "raw = ", 'log = "loud"'])
def test_a_config_that_cannot_be_used_is_told_in_one_line(said, tmp_path, monkeypatch):
    (tmp_path / "minzheng.toml").write_text(said, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in (("query", "SELECT 1"), ("status",), ("refresh",)):
        done = run(*command)
        assert done.exit_code == 1 and "Traceback" not in done.output
        assert str(tmp_path / "minzheng.toml") in done.output.splitlines()[0]


def test_doctor_says_what_is_well_and_what_to_do(refreshed, tmp_path, monkeypatch):
    told = run("doctor", "--raw", refreshed.settings.raw, "--warehouse", refreshed.settings.warehouse)
    assert told.exit_code == 0, told.output
    for words in ("ok     python", "duckdb ", "GB free", "files in", "release ", " run"):
        assert words in told.output
    told = run("doctor", "--raw", tmp_path / "none", "--warehouse", tmp_path / "none.duckdb")
    assert told.exit_code == 1
    assert "wrong  raw" in told.output and "minzheng init` makes one" in told.output
    assert "note   published" in told.output
    monkeypatch.setattr("pipeline.runs.doctor.CLIENTS", {"no-such-client": "--version"})
    assert "client     not here, and not needed: no-such-client" in run("doctor").output


def test_what_is_no_code_comes_with_the_package():
    """What `pip install` copies: the patterns of pyproject.toml meet every file that the code opens."""
    said = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    packed: set[Path] = set()
    folders = [path for path in (PROJECT / "pipeline").rglob("*") if path.is_dir() and not path.is_symlink()]
    for folder in [PROJECT / "pipeline", *folders]:
        package = ".".join(folder.relative_to(PROJECT).parts)
        for pattern in [*said["*"], *said.get(package, [])]:
            packed |= {path.resolve() for path in folder.glob(pattern)}
    needed = [*MODELS.rglob("*.*"), *START.rglob("*")]
    for path in (PROJECT / "pipeline").rglob("*"):
        if path.suffix != ".py" and "__pycache__" not in path.parts:
            needed.append(path)
    missing = [str(path) for path in needed if path.is_file() and path.resolve() not in packed]
    assert missing == []


@pytest.mark.slow
@pytest.mark.demand
def test_the_installed_package_refreshes_a_folder_of_its_own(tmp_path):
    """A wheel in a bare environment, far from the checkout; skipped where nothing can be installed."""
    uv = PROJECT / ".uv" / "bin" / "uv"
    uv_path = str(uv) if uv.exists() else "uv"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MINZHENG", "DAGSTER"))}

    def do(*command: object, cwd: Path = tmp_path):
        return subprocess.run([str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True)

    bare = tmp_path / "bare"
    for command in (
        (uv_path, "build", "--quiet", "--wheel", "--out-dir", tmp_path, PROJECT),
        (uv_path, "venv", "--quiet", bare),
        (uv_path, "pip", "install", "--quiet", "--python", bare / "bin" / "python",
         "--constraint", PROJECT / "constraints.txt", tmp_path / "minzheng-0.1.0-py3-none-any.whl"),
    ):  # fmt: skip
        if (done := do(*command)).returncode:
            pytest.skip(f"no wheel can be built or installed here: {done.stderr[-300:]}")
    minzheng = bare / "bin" / "minzheng"
    assert do(minzheng, "init", "work").returncode == 0
    done = do(minzheng, "refresh", cwd=tmp_path / "work")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "work" / "warehouse" / "site" / "index.html").is_file()
    sql = "SELECT dibao_persons FROM marts.panel"
    assert "3012" in do(minzheng, "query", sql, cwd=tmp_path / "work").stdout
    assert do(minzheng, "doctor", cwd=tmp_path / "work").returncode == 0


def test_hints_run_as_printed_where_uvx_runs_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("UV", "uv")
    monkeypatch.setattr("sys.prefix", str(tmp_path / "uv" / "archive-v0" / "x"))
    assert program().startswith("uvx --from /") and program().endswith(" minzheng")
