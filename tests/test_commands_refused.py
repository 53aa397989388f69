"""Each command on a bad day: a wrong word, nothing there, a file that is none, no right to write.

Whatever is wrong is said in words and with what to do, never with a stack; the exit status tells programs.
"""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from site_release import sample_file

from pipeline.cli import main
from pipeline.commands.own import START
from pipeline.settings import PROJECT

USAGE, REFUSED = 2, 1
# A command, its status, and what is said. BASE is a published file, NONE is nowhere, TEXT is a file of two
# words, FULL a folder of somebody else's, BARE an empty one, LATIN a statement that is no UTF-8.
BAD_DAYS = [
    ("init TEXT", USAGE, "is a file"),
    ("init TEXT/deep", REFUSED, "TEXT/deep"),
    ("init one two", USAGE, "unexpected extra argument (two)"),
    ("fetch --raw NONE", REFUSED, "no list of what to fetch at NONE/sources.csv; begin it with the line"),
    ("refresh --raw NONE --warehouse NEW", REFUSED, "no folder of raw files at NONE. Make it"),
    ("refresh --raw TEXT --warehouse NEW", REFUSED, "TEXT is a file, and a folder of files is read."),
    ("refresh --raw FULL/mine.txt --warehouse NEW", REFUSED, "Name its folder: --raw FULL"),
    ("refresh --raw BARE --warehouse NEW", REFUSED, "No file stands in the raw folder BARE. Put reports"),
    ("refresh --raw NONE --warehouse BASE", REFUSED, "BASE stands as it was."),
    ("refresh --raw FULL --vocabulary NONE --warehouse NEW", REFUSED, "no folder of words at NONE"),
    ("refresh --engine spark", USAGE, "'spark' is not one of 'local', 'ray'"),
    ("refresh --log-format xml", USAGE, "'xml' is not one of"),
    ("status --raw NONE --warehouse NEW", REFUSED, "published  nothing at NEW"),
    ("status --raw NONE --warehouse NEW", REFUSED, "no folder of raw files at NONE"),
    ("status --warehouse NEW", REFUSED, "not known: name the folder that NEW is made from, with --raw"),
    ("status --raw NONE --warehouse TEXT", REFUSED, "is no warehouse of minzheng"),
    ("tables --warehouse NONE", REFUSED, "nothing is published at NONE; run `"),
    ("tables --warehouse TEXT", REFUSED, "Name the file that a refresh has published: --warehouse FILE."),
    ("tables --warehouse FULL", USAGE, "is a directory"),
    ("tables --warehouse BASE tea", REFUSED, "there is no table tea"),
    ("tables --warehouse BASE tea", REFUSED, "minzheng tables --warehouse BASE` lists what is there."),
    ("query --warehouse NONE 'SELECT 1'", REFUSED, "minzheng refresh --warehouse NONE` first"),
    ("query --warehouse TEXT 'SELECT 1'", REFUSED, "not a valid DuckDB database file"),
    ("query --warehouse BASE 'FROM tea'", REFUSED, "minzheng tables --warehouse BASE` lists what is there."),
    ("query --warehouse BASE 'FROM meta.release SELECT x'", REFUSED, "NAME` lists the columns of a table."),
    ("query --warehouse BASE \"FROM 'x.csv'\"", REFUSED, "other files and the network are out of reach"),
    ("query --warehouse BASE --format parquet \"FROM 'x.csv'\"", REFUSED, "the published file alone"),
    ("query --warehouse BASE SELEC", REFUSED, 'syntax error at or near "SELEC"'),
    ("query --warehouse BASE --file NONE", USAGE, "No such file"),
    ("query --warehouse BASE --file LATIN", REFUSED, "LATIN is no text in UTF-8"),
    ("query --warehouse BASE --file TEXT 'SELECT 1'", USAGE, "not both"),
    ("query --warehouse BASE", REFUSED, "and here is none"),
    ("query --warehouse BASE 'SELECT 1' 'SELECT 2'", USAGE, "unexpected extra argument (SELECT 2)"),
    ("query --warehouse BASE --to NONE/deep --format csv 'SELECT 1'", REFUSED, "NONE/deep"),
    ("query --warehouse BASE --timeout soon 'SELECT 1'", USAGE, "'soon' is not a valid"),
    ("query --warehouse BASE --memory much 'SELECT 1'", REFUSED, "no size of memory"),
    ("export --warehouse BASE", USAGE, "Missing option '--to'"),
    ("export --warehouse BASE --to TEXT", USAGE, "is a file"),
    ("export --warehouse BASE --to NEW --format tea", USAGE, "'tea' is not one of 'parquet', 'csv'"),
    ("export --warehouse BASE --panel --to NEW --format tea", USAGE, "'tea' is not one of 'parquet'"),
    ("export --warehouse TEXT --to NEW", REFUSED, "not a valid DuckDB database file"),
    ("site --warehouse BASE", USAGE, "Missing option '--to'"),
    ("site --warehouse BASE --to FULL", REFUSED, "FULL holds something other than a site"),
    ("site --warehouse TEXT --to NEW", REFUSED, "not a valid DuckDB database file"),
    ("explain --warehouse BASE", USAGE, "OBSERVATION_ID | FILE NUMBER"),
    ("explain --warehouse BASE tea", REFUSED, "-466` would be one); or give FILE and the number"),
    ("explain --warehouse BASE NONE 3", REFUSED, "there is no file NONE"),
    ("explain --warehouse BASE TEXT 3", REFUSED, "holds no number '3'"),
    ("explain --warehouse BASE a b c", USAGE, "give an observation_id, or a FILE and the NUMBER"),
    ("ui --warehouse", REFUSED, ""),  # what it does not know goes to `dagster dev`, which says so
    ("doctor --raw NONE --warehouse NEW", REFUSED, "wrong  raw        there is no folder NONE"),
    ("doctor --raw TEXT --warehouse NEW", REFUSED, "wrong  raw        TEXT is a file"),
    ("doctor --raw FULL --warehouse NEW", 0, "minzheng refresh --warehouse NEW` publishes"),
    ("doctor --raw FULL --warehouse TEXT", REFUSED, "wrong  published"),
    ("vocabulary check NONE", REFUSED, "There is no folder NONE."),
    ("vocabulary tea", USAGE, "No such command 'tea'"),
    ("evaluate NONE", USAGE, "does not exist"),
    ("evaluate FULL", REFUSED, "no labels in FULL"),
    ("evaluate --found NONE", USAGE, "does not exist"),
    ("tea", USAGE, "No such command 'tea'"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("bad")
    for name in ("full", "bare"):
        (folder / name).mkdir()
    for path in (folder / "full" / "mine.txt", folder / "text"):
        path.write_text("两个词", encoding="utf-8")
    (folder / "latin.sql").write_bytes(b"SELECT '\xff'")
    names = {
        "NONE": "nowhere",
        "TEXT": "text",
        "FULL": "full",
        "BARE": "bare",
        "LATIN": "latin.sql",
        "NEW": "new",
    }
    return {"BASE": str(sample_file()), **{word: str(folder / name) for word, name in names.items()}}


@pytest.mark.parametrize(("command", "status", "words"), BAD_DAYS)
def test_a_bad_day_is_told_in_words_and_by_the_status(
    command, status, words, places, monkeypatch, dagster_home
):
    def ends(*_: object) -> None:
        raise SystemExit(REFUSED)

    def filled(text: str) -> str:
        return re.sub("|".join(places), lambda found: places[found.group()], text)

    monkeypatch.setattr(os, "execv", ends)
    monkeypatch.chdir(Path(places["FULL"]).parent)
    done = CliRunner().invoke(main, shlex.split(filled(command)), input="")
    assert done.exit_code == status, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert filled(words) in done.output and "Traceback" not in done.output
    assert not Path(places["NEW"]).exists()


def test_a_refresh_that_cannot_begin_is_one_line_of_json_and_no_run(places, monkeypatch, tmp_path):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MINZHENG_LOG", "json")
    asked = ["refresh", "--raw", places["NONE"], "--warehouse", places["NEW"]]
    done = CliRunner().invoke(main, asked)
    (line,) = done.output.splitlines()
    assert done.exit_code == REFUSED
    assert json.loads(line)["level"] == "ERROR" and "no folder of raw files" in json.loads(line)["message"]
    assert not (tmp_path / "home").exists(), "Dagster was not asked"


def test_an_output_that_lacks_a_character_is_told_what_to_do(places):
    query = ["query", "--warehouse", places["BASE"], "--format", "csv", "SELECT '一𠮷' AS name"]
    told = CliRunner(charset="gbk").invoke(main, query)
    assert told.exit_code == REFUSED and "set PYTHONIOENCODING=utf-8" in told.output
    assert CliRunner().invoke(main, query).output == "name\n一𠮷\n"


def test_every_command_has_its_bad_days():
    names = set(main.commands)
    assert {row[0].split(" ")[0] for row in BAD_DAYS} - {"tea"} == names
    for name, command in main.commands.items():
        told = CliRunner().invoke(main, [name, "--help"])
        assert told.exit_code == 0 and told.output.startswith(f"Usage: main {name}"), told.output
        assert command.help or isinstance(command, click.Group)


def test_ui_hands_on_what_it_is_given(monkeypatch, tmp_path):
    (tmp_path / "minzheng.toml").write_text("", encoding="utf-8")
    called = []
    monkeypatch.setattr(os, "execv", lambda program, command: called.append((program, command, Path.cwd())))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    kept = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a script has it that ends its line with &
    try:
        assert CliRunner().invoke(main, ["ui", "--port", "3001"]).exit_code == 0
        assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL, "else it cannot be told to end"
    finally:
        signal.signal(signal.SIGINT, kept)
    program, command, folder = called[0]
    assert program == sys.executable and folder == tmp_path
    workspace = str(START / "workspace.yaml")
    told = ["--log-format", "json"]  # no terminal here, which would show colours
    assert command[-8:] == ["dagster", "dev", *told, "-w", workspace, "--port", "3001"]


@pytest.mark.landing
def test_the_shell_completes_commands_and_options():
    minzheng = Path(sys.prefix) / "bin" / "minzheng"
    env = {**os.environ, "_MINZHENG_COMPLETE": "bash_source"}
    script = subprocess.run([minzheng], env=env, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert "complete -o nosort -F" in script.stdout
    for typed, offered in (
        ("ta", ["plain,tables"]),
        ("query --for", ["plain,--format"]),
        ("export --format d", ["plain,dta"]),
        ("tables --warehouse /nowhere marts.pan", []),
    ):
        words = ["minzheng", *typed.split(" ")]
        asked = {**env, "_MINZHENG_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words)}
        asked["COMP_CWORD"] = str(len(words) - 1)
        told = subprocess.run([minzheng], env=asked, capture_output=True, text=True, cwd=PROJECT, check=False)
        assert told.stdout.split() == offered
