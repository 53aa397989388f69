"""The `minzheng` commands. Thin: each calls one function of a room and says what came of it.

Heavy imports wait inside the commands, so that `query` and `status` answer at once.
"""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click

from pipeline.commands.data import export, query, tables
from pipeline.commands.options import RAW, TO, VOCABULARY, WAREHOUSE, published, told_plainly
from pipeline.commands.own import doctor, init, ui
from pipeline.settings import PROJECT, Settings, project_settings

WAYS_IN = """
\b
minzheng init DIR           a folder to work in, with an example report
minzheng refresh            read its raw/, publish warehouse/minzheng.duckdb
minzheng tables             what is in the published file
minzheng query "FROM marts.panel"
minzheng export --panel --to DIR
minzheng doctor             whether all is there that minzheng needs
"""


class Commands(click.Group):
    """The commands in the order in which they are met."""

    ORDER = (
        "init",
        "fetch",
        "refresh",
        "status",
        "tables",
        "query",
        "export",
        "site",
        "explain",
        "ui",
        "doctor",
    )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those of every day first."""
        return sorted(self.commands, key=lambda name: (*self.ORDER, name).index(name))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=WAYS_IN)
@click.version_option(package_name="minzheng")
def main() -> None:
    """Work reports of Chinese civil-affairs bureaus in, trustworthy DuckDB tables out."""


for command in (init, tables, query, export, ui, doctor):
    main.add_command(command)


@main.command(short_help="Read, check and publish; exit status 0 only if published.")
@RAW
@WAREHOUSE
@VOCABULARY
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--address", help="The Ray cluster's address. [default: a Ray of this machine's own]")
@click.option(
    "--staging", help="For Ray: a folder or address that all machines reach. [default: by the work file]"
)
@click.option("--verbose", is_flag=True, help="Show Dagster's own log too.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    help="json: one line for each event, on standard error. [default: MINZHENG_LOG, else text]",
)
def refresh(
    raw: str | None,
    warehouse: Path | None,
    vocabulary: Path | None,
    engine: str,
    address: str | None,
    staging: str | None,
    verbose: bool,
    log_format: str | None,
) -> None:
    """Run the whole pipeline; exit status 0 only if a warehouse was published."""
    with told_plainly():
        settings = project_settings(
            raw,
            warehouse,
            vocabulary=vocabulary,
            log_format=log_format,
            engine=engine,
            ray_address=address,
            staging=staging,
        )
    from pipeline.runs.beforehand import as_line, cannot_begin

    if settings.log_format == "text":
        click.echo(f"reading    {settings.source or settings.raw}", err=True)
    if reason := cannot_begin(settings):
        if settings.log_format == "text":
            raise click.ClickException(reason)
        click.echo(as_line(reason), err=True)
        sys.exit(1)
    with ExitStack() as shown:
        if settings.log_format == "text":
            from rich.console import Console

            from pipeline.runs.progress import progress  # before Dagster is imported, which takes seconds

            shown.enter_context(progress(Console(stderr=True, highlight=False, soft_wrap=True)))
        published = _refreshed(settings, verbose, shown.close)
    sys.exit(0 if published else 1)


def _refreshed(settings: Settings, verbose: bool, shown: Callable[[], None]) -> bool:
    """Whether a release stands that is of the files as they are; `shown` ends what is shown meanwhile."""
    from pipeline.runs.collector import put_off
    from pipeline.runs.unchanged import tell_unchanged

    if unchanged := tell_unchanged(settings, then_run=True):
        shown()
        click.echo(unchanged)
        return True
    from pipeline.engine.local import expect_reading

    expect_reading(settings, warm=True)  # while Dagster is imported
    with put_off():
        from pipeline.runs.refresh import run_refresh

    return run_refresh(settings, verbose, shown)


@main.command(short_help="Fetch what raw/sources.csv lists and is due.")
@RAW
@click.option("--again", is_flag=True, help="Ask for everything, whether it is due or not.")
def fetch(raw: str | None, again: bool) -> None:
    """Fetch what raw/sources.csv lists: what is due, new and changed; exit status 0 if all of it came.

    It may be stopped at any time: the next fetch goes on.
    """
    from pipeline.runs.fetch import run_fetch

    sys.exit(0 if run_fetch(project_settings(raw), again) else 1)


@main.command(short_help="What is published, how fresh it is, what waits, the last run.")
@RAW
@WAREHOUSE
@VOCABULARY
def status(raw: str | None, warehouse: Path | None, vocabulary: Path | None) -> None:
    """What is in the published file, how fresh it is, what waits to be read, how the last run ended."""
    from pipeline.runs.status import describe_status

    with told_plainly():
        settings = project_settings(raw, warehouse, vocabulary=vocabulary)
        usual = settings.warehouse == project_settings().warehouse
        there, words = describe_status(settings, bool(raw or os.environ.get("MINZHENG_RAW") or usual))
    click.echo(words)
    sys.exit(0 if there else 1)


@main.group()
def vocabulary() -> None:
    """The words, units and cues that texts are read by."""


@vocabulary.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Say what is wrong with a folder of your own words, and where; exit status 1 if anything is.

    Without a folder, the vocabulary of the raw folder is looked through, or else the built-in one.
    """
    from pipeline.engine.vocabulary import look_through

    fine, words = look_through(folder or project_settings().own_vocabulary)
    click.echo(words)
    sys.exit(0 if fine else 1)


@main.command()
@WAREHOUSE
@TO
def site(warehouse: Path | None, to: Path) -> None:
    """Make the report browser from the published file."""
    from pipeline.site import build_site

    with told_plainly():
        build_site(published(warehouse), to)
    click.echo(f"The report browser is in {to}; open {to / 'index.html'}")


@main.command(short_help="Why a number was read as it was.")
@WAREHOUSE
@VOCABULARY
@click.option("--long", is_flag=True, help="Every cue, and what the names of signs mean.")
@click.argument("number", nargs=-1, required=True, metavar="OBSERVATION_ID | FILE NUMBER")
def explain(warehouse: Path | None, vocabulary: Path | None, long: bool, number: tuple[str, ...]) -> None:
    """Why a number was read as it was: what decided each field, what was weighed for its subject.

    Give an observation_id, or a FILE (on disk, or of the published file) and the NUMBER as written.
    """
    from rich.console import Console

    from pipeline.engine.vocabulary import use_vocabulary
    from pipeline.runs.explain import explain_number

    if len(number) > 2:
        raise click.UsageError("give an observation_id, or a FILE and the NUMBER as written")
    with told_plainly():
        settings = project_settings(warehouse=warehouse, vocabulary=vocabulary)
        use_vocabulary(settings)
        said = explain_number(settings.warehouse, number, long)
    Console(highlight=False, soft_wrap=True).print(said)


@main.command(short_help="Score the reading of labelled texts.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--found",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Score what another program read: NAME.jsonl for each text. [default: read them here]",
)
@click.option("--each", is_flag=True, help="A row for each text too.")
@click.option("--wrong", type=int, default=0, metavar="N", help="List up to N wrong readings.")
@VOCABULARY
def evaluate(
    folder: Path | None, found: Path | None, each: bool, wrong: int, vocabulary: Path | None
) -> None:
    """Score the reading of labelled texts: FOLDER, or the project's own labels."""
    from pipeline.engine.vocabulary import use_vocabulary
    from pipeline.evaluation.labels import sets_in
    from pipeline.evaluation.other import score_other

    with told_plainly():
        sets = sets_in(folder or _labelled())
        if found:
            click.echo(score_other(sets, found, each, wrong))
            return
        from pipeline.runs.evaluate import score_own

        if vocabulary:
            use_vocabulary(project_settings(vocabulary=vocabulary))

        click.echo(score_own(sets, each, wrong))


def _labelled() -> Path:
    folder = PROJECT / "tests" / "labelled"
    if not folder.is_dir():
        raise click.UsageError("the project's labels stand in its source, which is not here; name a FOLDER")
    return folder
