"""A folder of one's own, and whether all is well with it: `init`, `doctor`, `ui`."""

import os
import shlex
import signal
import sys
from pathlib import Path

import click

from pipeline.commands.options import RAW, WAREHOUSE, told_plainly
from pipeline.runs.hints import named, program
from pipeline.settings import CONFIG, home_folder, project_settings

START = Path(__file__).with_name("folder")


@click.command(short_help="Make a folder to work in, with an example report.")
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a FOLDER (or this one) to work in: raw/ with an example report and its lists, and a config.

    What is there already stays as it is; beside reports of your own no example is put.
    """
    with told_plainly():
        folder.mkdir(parents=True, exist_ok=True)
        raw = folder / "raw"
        begun = (folder / CONFIG).exists() or (raw.is_dir() and any(raw.iterdir()))
        for start in sorted(path for path in START.rglob("*") if path.is_file()):
            place = folder / start.relative_to(START)
            if place.exists():
                click.echo(f"kept   {place}")
                continue
            if begun and _is_example(start):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(start.read_bytes())
            click.echo(f"wrote  {place}")
    go = "" if folder.resolve() == Path.cwd() else f"  cd {shlex.quote(str(folder))}\n"
    click.echo(f"\nPut reports into {folder / 'raw'}, then:\n{go}  {_from(folder)} refresh")


def _is_example(start: Path) -> bool:
    """Whether it is the made-up report, which among real ones would be taken for one of them."""
    return start.parent.name == "raw" and start.suffix != ".csv"


def _from(folder: Path) -> str:
    """How the program is called from another folder."""
    name = program()
    return os.path.abspath(name) if os.sep in name and " " not in name else name


@click.command(short_help="Whether all is there that minzheng needs.")
@RAW
@WAREHOUSE
def doctor(raw: str | None, warehouse: Path | None) -> None:
    """Whether all is there that minzheng needs: Python, disk, versions, folders, Dagster home, clients.

    Exit status 1 where something is wrong.
    """
    from pipeline.runs.doctor import examine

    with told_plainly():
        findings = examine(project_settings(raw, warehouse))
    for finding in findings:
        click.echo(f"{finding.mark:<5}  {finding.what:<11}{finding.said}")
        if finding.remedy:
            remedy = finding.remedy.replace("minzheng refresh`", f"minzheng refresh{named(warehouse)}`")
            click.echo(f"{'':<18}→ {remedy.replace('`minzheng ', f'`{program()} ')}")
    sys.exit(any(finding.mark == "wrong" for finding in findings))


@click.command(
    short_help="Open Dagster at http://localhost:3000.", context_settings={"ignore_unknown_options": True}
)
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF DAGSTER DEV]...")
def ui(options: tuple[str, ...]) -> None:
    """Open Dagster at http://localhost:3000: lineage, runs, checks; schedule and sensor work while it runs.

    What stands behind it goes to `dagster dev`, such as --port 3001.
    """
    from pipeline.orchestration.instance import prepare_home

    home = home_folder()
    os.environ["DAGSTER_HOME"] = str(prepare_home(project_settings().warehouse))
    os.chdir(home)
    own = home / "workspace.yaml"
    workspace = own if own.is_file() else START / "workspace.yaml"
    # Its successor `dg dev` wants a project of its own layout.
    quiet = ("-W", "ignore:Function `dev_command` is superseded")
    # Dagster's lines have colours wherever they go, but those in JSON.
    plain = () if sys.stderr.isatty() else ("--log-format", "json")
    command = [sys.executable, *quiet, "-m", "dagster", "dev", *plain, "-w", str(workspace), *options]
    # Started by a script with & interrupts are ignored, and Dagster then ignores whatever would end it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(command[0], command)
