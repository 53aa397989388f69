"""The pages for readers: both READMEs the same, ten questions answered, a container that can be built."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.settings import PROJECT

CONTAINER = PROJECT / "docs" / "container" / "Dockerfile"
READMES = [PROJECT / "README.md", PROJECT / "README.zh-CN.md"]
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(((?:docs|pipeline|CONTRIBUTING)[^)]*)\)")


def blocks(page: Path, *kinds: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text("utf-8")) if kind in kinds]


def commands(page: Path) -> list[str]:
    """What a reader would type, without the remarks behind it."""
    lines = [line for text in blocks(page, "") for line in text.splitlines()]
    return [re.split(r"\s+#", line)[0] for line in lines if line.startswith(("make ", ".venv/", "duckdb "))]


def test_both_readmes_have_the_same_commands_headings_and_links():
    english, chinese = (page.read_text("utf-8") for page in READMES)
    levels = [re.findall(r"^(#+) ", re.sub(BLOCK, "", text), re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]
    assert commands(READMES[0]) == commands(READMES[1])
    assert len(commands(READMES[0])) > 12
    code = [[*blocks(page, "python", "r")] for page in READMES]
    assert [len(part) for part in code] == [2, 2]
    assert set(LINK.findall(english)) == set(LINK.findall(chinese))
    for words in (
        "jdbc:",
        "Superset",
        "localhost:3000",
        "meta.release",
        "SHOW ALL TABLES",
        "_MINZHENG_COMPLETE",
    ):
        both = [
            words in text or words in (PROJECT / "docs" / "clients.md").read_text()
            for text in (english, chinese)
        ]
        assert all(both), words


def test_every_command_of_the_readmes_is_one():
    known = set(main.commands)
    for page in [*READMES, PROJECT / "docs" / "clients.md", PROJECT / "docs" / "analysts.zh-CN.md"]:
        used = re.findall(r"\bminzheng (?!-)([a-z]+)\b", page.read_text("utf-8"))
        used = [word for word in used if word not in ("turns", "init", "exec", "minzheng")]
        assert set(used) - known <= {"vocabulary"}, page.name
    for command in known:
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_every_command_that_readme_shows_is_run_by_ci():
    run = (PROJECT / ".ci" / "readme").read_text("utf-8")
    block = READMES[0].read_text("utf-8").partition(".venv/bin/minzheng init")[2].partition("```")[0]
    shown = {"init", *re.findall(r"^\.venv/bin/minzheng ([a-z]+)", block, re.MULTILINE)}
    assert {"refresh", "evaluate"} < shown
    assert shown - set(re.findall(r"\bminzheng ([a-z]+)", run)) == {"ui"}, "that one is tests/test_ui.py"
    for words in (
        "pip install",
        "uvx",
        "--panel",
        "--zh",
        "--file",
        "_MINZHENG_COMPLETE",
        "duckdb -readonly",
        "ATTACH",
    ):
        assert words in run, words


@pytest.mark.landing
def test_ten_questions_of_an_analyst_are_answered_by_one_short_query_each(sample_reports, subtests):
    page = (PROJECT / "docs" / "analysts.zh-CN.md").read_text("utf-8")
    asked = page.partition("## 十个问题")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d+)\. ", asked, re.MULTILINE) == [str(number) for number in range(1, 11)]
    queries = [text for kind, text in BLOCK.findall(asked) if kind == "sql"]
    assert len(queries) == 10
    with duckdb.connect(str(sample_reports), read_only=True) as con:
        for number, sql in enumerate(queries, start=1):
            with subtests.test(number):
                assert len(sql.splitlines()) <= 4
                rows = con.execute(sql).fetchall()
                assert rows or number in (6, 10), "an answer on the sample reports"
                # a year before, and targets that were met and missed
                assert number != 2 or [row for row in rows if row[4] and row[5]]
                assert number != 5 or {row[6] for row in rows} == {True, False}


@pytest.mark.landing
def test_a_series_is_compared_with_the_figure_of_the_panel_alone(sample_reports, tmp_path):
    """And not with people added in the year, groups, targets or what is in doubt."""
    page = (PROJECT / "docs" / "analysts.zh-CN.md").read_text("utf-8")
    sql = next(text for _, text in BLOCK.findall(page) if "reference_series" in text)
    line = re.search(r"`(340303,2023,dibao\.persons,.*)`", page)
    assert line
    code, year, indicator, value, residence, source = line[1].split(",")
    shutil.copy(sample_reports, tmp_path / "copy.duckdb")
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as con:
        row = [code, int(year), indicator, residence, float(value), "人", source]
        con.execute("INSERT INTO ref.reference_series VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        (answer,) = con.execute(sql).fetchall()
    assert answer[3:6] == ("total", 2405, 2410) and answer[-1] == source


def test_an_open_connection_sees_the_old_release_until_all_of_its_process_are_closed(tmp_path):
    """As README and docs/clients.md say; where DuckDB changes this, they must too."""
    path = tmp_path / "minzheng.duckdb"
    for release in ("old", "new"):
        with duckdb.connect(str(tmp_path / release)) as con:
            con.execute(f"CREATE SCHEMA meta; CREATE TABLE meta.release AS SELECT '{release}' AS release_id")

    def seen(con) -> str:
        return con.execute("SELECT release_id FROM meta.release").fetchall()[0][0]

    os.replace(tmp_path / "old", path)
    first = duckdb.connect(str(path), read_only=True)
    assert seen(first) == "old"
    os.replace(tmp_path / "new", path)
    second = duckdb.connect(str(path), read_only=True)
    assert [seen(first), seen(second)] == ["old", "old"]
    first.close()
    second.close()
    with duckdb.connect(str(path), read_only=True) as third:
        assert seen(third) == "new"


def copied() -> list[str]:
    lines = re.findall(r"^COPY (.+)$", CONTAINER.read_text("utf-8"), re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_the_container_copies_what_is_there_and_starts_a_command_that_is_there():
    text = CONTAINER.read_text("utf-8")
    assert [source for source in copied() if not (PROJECT / source).exists()] == []
    assert {"pyproject.toml", "constraints.txt", "models", "pipeline", "README.md", "LICENSE"} <= set(
        copied()
    )
    (command,) = re.findall(r'^CMD \["(\w+)"', text, re.MULTILINE)
    assert command in main.commands and 'ENTRYPOINT ["minzheng"]' in text
    assert text.index("USER minzheng") < text.index("CMD [")
    env = dict(re.findall(r"(MINZHENG_\w+)=(\S+)", text))
    assert set(env) == {"MINZHENG_RAW", "MINZHENG_WAREHOUSE", "MINZHENG_LOG"}


@pytest.mark.slow
def test_the_container_can_be_built(tmp_path):
    """With a builder the image; else the package from the files that the image would have."""
    builder = shutil.which("docker") or shutil.which("podman")
    if builder:
        command = [builder, "build", "-q", "-f", str(CONTAINER), str(PROJECT)]
        if subprocess.run(command, capture_output=True).returncode == 0:
            return  # else there is no daemon, or no base image to be had
    for source in copied():
        place = PROJECT / source
        if place.is_dir():
            shutil.copytree(
                place, tmp_path / source, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(place, tmp_path / source)
    uv = PROJECT / ".uv" / "bin" / "uv"
    done = subprocess.run(
        [
            str(uv) if uv.exists() else "uv",
            "build",
            "--quiet",
            "--wheel",
            "--out-dir",
            tmp_path / "out",
            tmp_path,
        ],
        capture_output=True,
        text=True,
    )
    if done.returncode and "network" in done.stderr.lower():
        pytest.skip("no build backend can be fetched here")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*.whl"))) == 1
