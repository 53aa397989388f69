"""Helpers of the fault tests: a refresh that can be killed, changes to a raw folder, all rows of a file.

python tests/faults_lab.py RAW WAREHOUSE     # waits for a line on standard input, then refreshes
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.contracts.registry import tables_of
from pipeline.engine import local as engine
from pipeline.engine.batch import extractor_version
from pipeline.reading.files.listing import list_files
from pipeline.settings import PROJECT, Settings
from pipeline.warehouse.marts.models import Model, load_models
from pipeline.warehouse.marts.refresh import refresh_mart
from pipeline.warehouse.publish.dictionary import new_release
from pipeline.warehouse.publish.publish import publish
from pipeline.warehouse.store import state
from pipeline.warehouse.store.work import WorkFile, open_work

CORE = [t.name for t in tables_of("core")]
TIMES = {"core.documents": "EXCLUDE (ingested_at)", "core.rejected_files": "EXCLUDE (rejected_at)"}
SENTENCES = (
    "全县共有低保对象{}人。",
    "城市低保标准为每人每月{}元。",
    "全年办理结婚登记{}对。",
    "新建养老机构{}家。",
    "完成适老化改造{}户。",
)


def report_text(chance: random.Random) -> str:
    """A short report whose wording and figures are drawn anew."""
    told = "".join(
        sentence.format(chance.randint(20, 900)) for sentence in SENTENCES if chance.random() < 0.8
    )
    return f"青田县民政局{chance.randint(2015, 2024)}年工作总结\n\n一、社会救助\n{told}\n"


def change_folder(raw: Path, chance: random.Random) -> None:
    """Add, change, remove or rename up to three files, but never leave the folder empty."""
    raw.mkdir(parents=True, exist_ok=True)
    for _ in range(chance.randint(1, 3)):
        files = sorted(raw.iterdir())
        what = chance.choice(("add", "add", "change", "remove", "rename"))
        if what == "add" or len(files) < 3:
            (raw / f"{chance.randrange(10**6)}.txt").write_text(report_text(chance), encoding="utf-8")
        elif what == "change":
            chance.choice(files).write_text(report_text(chance), encoding="utf-8")
        elif what == "remove":
            chance.choice(files).unlink()
        else:
            chance.choice(files).rename(raw / f"{chance.randrange(10**6)}.txt")


class Child:
    """A process that imports everything, refreshes when told to, and can be killed meanwhile."""

    def __init__(self, settings: Settings, env: dict[str, str] | None = None, **popen: object):
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(settings.raw), str(settings.warehouse)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)} | (env or {}),
            **popen,  # type: ignore[call-overload]
        )
        assert self.process.stdout and self.process.stdout.readline() == b"ready\n"

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def kill_after(self, seconds: float) -> bool:
        """SIGKILL it after so long; whether that met it alive."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        return self.process.returncode == -signal.SIGKILL

    def end(self) -> tuple[int, str]:
        """Its exit status and what it said."""
        said, _ = self.process.communicate()
        return self.process.returncode, said.decode()


def refresh(settings: Settings, env: dict[str, str] | None = None, **popen: object) -> tuple[int, str]:
    """One refresh to its end, in a process of its own."""
    child = Child(settings, env, **popen)
    child.go()
    return child.end()


def contents(
    con: duckdb.DuckDBPyConnection, models: Mapping[str, Model] | None = None
) -> dict[str, list[str]]:
    """All rows of `core` and of the tables that models make, in a steady order, without the times
    of reading."""
    return {
        name: sorted(
            map(
                str,
                con.execute(
                    f"SELECT COLUMNS(*) FROM (SELECT * {TIMES.get(name, '')} FROM {name})"
                ).fetchall(),
            )
        )
        for name in (*CORE, *(model.table for model in (models or {}).values()))
    }


def published(path: Path) -> tuple[str, dict[str, list[str]]]:
    """Release and rows of a published file, after seeing that it is whole."""
    con = duckdb.connect(str(path), read_only=True)
    try:
        listed = con.execute(
            "SELECT table_schema || '.' || table_name, row_count FROM meta.tables"
        ).fetchall()
        for table, rows in listed:
            assert con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(rows,)], table
        twice = con.execute("SELECT file_name FROM core.documents GROUP BY 1 HAVING count(*) > 1").fetchall()
        assert not twice
        return con.execute("SELECT release_id FROM meta.release").fetchall()[0][0], contents(con)
    finally:
        con.close()


def differences(one: Path, other: Path) -> dict[str, int]:
    """Rows of published tables that stand in one file only, by table; times of reading don't count."""
    with duckdb.connect() as con:
        for name, path in (("one", one), ("other", other)):
            con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        tables = con.execute(
            "SELECT table_schema || '.' || table_name FROM one.meta.tables WHERE table_schema <> 'meta'"
        ).fetchall()
        assert len(tables) > len(CORE)
        told = {}
        for (table,) in tables:
            sides = [
                f"SELECT COLUMNS(lambda c: c NOT IN ('ingested_at', 'rejected_at')) FROM {name}.{table}"
                for name in ("one", "other")
            ]
            either = "(({0}) EXCEPT ALL ({1})) UNION ALL (({1}) EXCEPT ALL ({0}))".format(*sides)
            told[table] = con.execute(f"SELECT count(*) FROM ({either})").fetchall()[0][0]
    return told


def stored(settings: Settings) -> set[tuple[str, str]]:
    """Names and digests of the files whose rows stand in the work file, seen in a copy of it.

    Whoever opens it plays back what a killed run left in its log.
    """
    with tempfile.TemporaryDirectory() as folder:
        for path in settings.work.parent.glob(f"{settings.work.name}*"):
            shutil.copy(path, folder)
        con = duckdb.connect(str(Path(folder) / settings.work.name))
        try:
            return set(con.execute("SELECT file_name, sha256 FROM state.files").fetchall())
        finally:
            con.close()


def standing(settings: Settings) -> set[tuple[str, str]]:
    """Names and digests of the files in the raw folder."""
    return set(list_files(settings.raw).select("file_name", "sha256").rows())


def last_run(settings: Settings) -> tuple[str, str]:
    """Status of the last run of these settings, once killed ones are marked, and the step it came to."""
    import dagster as dg

    from pipeline.orchestration.instance import WAREHOUSE_TAG, open_instance, runs_in_progress

    with open_instance() as instance:
        runs_in_progress(instance)
        run = instance.get_runs(dg.RunsFilter(tags={WAREHOUSE_TAG: str(settings.warehouse)}), limit=1)[0]
        events = [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event]
        steps = [event.step_key for event in events if event.event_type_value == "STEP_START"]
        return run.status.value, steps[-1] if steps else "before the first step"


def number_of_runs(settings: Settings) -> int:
    """How many runs of these settings have started."""
    import dagster as dg

    from pipeline.orchestration.instance import WAREHOUSE_TAG, open_instance

    started = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELED, dg.DagsterRunStatus.SUCCESS]
    with open_instance() as instance:
        asked = dg.RunsFilter(tags={WAREHOUSE_TAG: str(settings.warehouse)}, statuses=started)
        return instance.get_runs_count(asked)


def read(work: WorkFile, raw: Path) -> engine.Refreshed:
    """List a folder and bring the `core` tables up to it."""
    state.store_manifest(work.con, list_files(raw, state.load_manifest(work.con)))
    return engine.refresh_core(work, raw)


def rebuilt(settings: Settings, folder: Path) -> dict[str, list[str]]:
    """Rows of `core` read from nothing."""
    with open_work(folder / "rebuilt.duckdb", "rebuild") as work:
        read(work, settings.raw)
        rows = contents(work.con)
    (folder / "rebuilt.duckdb").unlink()
    return rows


def nothing_lost(
    settings: Settings, told: Path, before: set[tuple[str, str]], there: set[tuple[str, str]]
) -> None:
    """After a kill: what was stored `before` is still, where it was `there`, and was not read again.

    `told`: see `tell_what_is_read`.
    """
    done = [tuple(line.split("\t")) for line in told.read_text(encoding="utf-8").splitlines()]
    assert not before & set(done), "what was stored already was read again"
    assert len(set(done)) == len(done), "a file was read twice in one run"
    assert before & there <= stored(settings), "what was stored before the kill is lost"


def whole_after_kill(
    settings: Settings, release: str, rows: dict[str, list[str]], folder: Path
) -> tuple[str, dict[str, list[str]]]:
    """The publication after a kill: the one that stood there, or else a new one, each of them whole."""
    found, now = published(settings.warehouse)
    assert now == (rows if found == release else rebuilt(settings, folder))
    return found, now


def refresh_here(settings: Settings) -> engine.Refreshed:
    """What a refresh does to its files, in this process and without Dagster, which takes most of the time."""
    models = load_models(settings.models)
    with open_work(settings.work, "plain", settings.lock_wait) as work:
        done = read(work, settings.raw)
        for model in models.values():
            refresh_mart(work.con, model, models)
        publish(
            work, settings.warehouse, new_release(work.con, settings.raw, extractor_version(), None), models
        )
    return done


def tell_what_is_read(to: Path) -> None:
    """Read two files a batch, so that there are several transactions, and write down which are read."""
    split, read = engine.split_batches, engine.BatchReader.read

    def told(self: engine.BatchReader, batch: engine.pl.DataFrame) -> engine.Frames:
        with to.open("a", encoding="utf-8") as file:
            file.writelines(
                f"{name}\t{digest}\n" for name, digest in batch.select("file_name", "sha256").rows()
            )
        return read(self, batch)

    engine.BatchReader.read = told  # type: ignore[method-assign]
    engine.split_batches = lambda pending: split(pending, batch_files=2)


def main() -> None:
    if os.environ.get("TELL_READ"):
        tell_what_is_read(Path(os.environ["TELL_READ"]))
    raw, warehouse = map(Path, sys.argv[1:3])
    settings = Settings(raw, warehouse, Path(os.environ["MODELS"]), float(os.environ.get("LOCK_WAIT", 0)))
    import pipeline.extraction.extract
    import pipeline.runs.refresh  # noqa: F401

    print("ready", flush=True)
    if os.environ.get("SERVE"):
        serve(settings)
        return
    sys.stdin.readline()
    sys.exit(run(settings))


def run(settings: Settings) -> int:
    """Refresh in this process, with Dagster if the environment says so; returns the exit status."""
    from pipeline.runs.refresh import execute

    if not os.environ.get("WITH_DAGSTER"):
        refresh_here(settings)
        return 0
    outcome = execute(settings)
    print("\n".join(outcome.reasons), flush=True)
    return 0 if outcome.published else 1


def serve(settings: Settings) -> None:
    """For each line `go` a process that refreshes; tells its number and, asked with `wait`, how it ended."""
    for line in sys.stdin:
        if line == "go\n":
            child = os.fork()
            if not child:
                os.dup2(2, 1)
                try:
                    os._exit(run(settings))
                finally:
                    os._exit(2)
            print(child, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
