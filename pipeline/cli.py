"""The `minzheng` commands. Thin: each calls one function of a room and says what came of it.

Heavy imports wait inside the commands, so that `query` and `status` answer at once.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.settings import PROJECT, Settings, project_settings

WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The published DuckDB file. [default: warehouse/minzheng.duckdb of the project]",
)
RAW = click.option(
    "--raw",
    metavar="DIR",
    help="The folder of report files, or for Ray an address such as s3://… [default: raw of the project]",
)
VOCABULARY = click.option(
    "--vocabulary",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of your own words, laid over the built-in ones. [default: vocabulary of the raw folder]",
)
FORMS = "parquet, csv, xlsx or stata; may be given more than once. [default: all]"
TO = click.option(
    "--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="minzheng")
def main() -> None:
    """Work reports of Chinese civil-affairs bureaus in, trustworthy DuckDB tables out."""


@main.command()
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
    from pipeline.runs.refresh import run_refresh

    settings = project_settings(
        raw,
        warehouse,
        vocabulary=vocabulary,
        log_format=log_format,
        engine=engine,
        ray_address=address,
        staging=staging,
    )
    sys.exit(0 if run_refresh(settings, verbose) else 1)


@main.command()
@RAW
@click.option("--again", is_flag=True, help="Ask for everything, whether it is due or not.")
def fetch(raw: str | None, again: bool) -> None:
    """Fetch what raw/sources.csv lists: what is due, new and changed; exit status 0 if all of it came.

    It may be stopped at any time: the next fetch goes on.
    """
    from pipeline.runs.fetch import run_fetch

    sys.exit(0 if run_fetch(project_settings(raw), again) else 1)


@main.command()
@RAW
@WAREHOUSE
@VOCABULARY
def status(raw: str | None, warehouse: Path | None, vocabulary: Path | None) -> None:
    """What is in the published file, how fresh it is, what waits to be read, how the last run ended."""
    from pipeline.runs.status import describe_status

    published, words = describe_status(project_settings(raw, warehouse, vocabulary=vocabulary))
    click.echo(words)
    sys.exit(0 if published else 1)


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


@main.command(context_settings={"ignore_unknown_options": True})  # a text may begin with a `--` note
@WAREHOUSE
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long the query may take.",
)
@click.option(
    "--memory", default="2GB", show_default=True, metavar="SIZE", help="How much memory it may take."
)
@click.argument("sql")
def query(warehouse: Path | None, form: str, timeout: float, memory: str, sql: str) -> None:
    """Run one statement that reads on the published file, without access to other files or the network."""
    from pipeline.warehouse.publish.query import query_published
    from pipeline.warehouse.publish.render import render

    with _told_plainly(), query_published(_published(warehouse), sql, timeout, memory) as (names, rows):
        for text in render(names, rows, form):
            click.echo(text, nl=False)


@main.command()
@WAREHOUSE
@TO
def site(warehouse: Path | None, to: Path) -> None:
    """Make the report browser from the published file."""
    from pipeline.site import build_site

    with _told_plainly():
        build_site(_published(warehouse), to)
    click.echo(f"The report browser is in {to}; open {to / 'index.html'}")


@main.command()
@WAREHOUSE
@TO
@click.option("--format", "forms", multiple=True, help=FORMS)
@click.option("--audit", is_flag=True, help="The workings of the checks too (schema audit).")
def export(warehouse: Path | None, to: Path, forms: tuple[str, ...], audit: bool) -> None:
    """Write the published tables as files for other programs, a folder for each format."""
    from pipeline.warehouse.publish.export import FORMATS, export_tables

    with _told_plainly():
        written = export_tables(_published(warehouse), to, forms or FORMATS, audit)
    click.echo(f"{len(written)} files are in {to}")


@main.command()
@WAREHOUSE
@VOCABULARY
@click.argument("number", nargs=-1, required=True, metavar="OBSERVATION_ID | FILE NUMBER")
def explain(warehouse: Path | None, vocabulary: Path | None, number: tuple[str, ...]) -> None:
    """Why a number was read as it was: what was weighed for its subject, which cues spoke of it.

    Give an observation_id, or a FILE (on disk, or of the published file) and the NUMBER as written.
    """
    from rich.console import Console

    from pipeline.engine.vocabulary import use_vocabulary
    from pipeline.runs.explain import explain_number

    settings = project_settings(warehouse=warehouse, vocabulary=vocabulary)
    if len(number) > 2:
        raise click.UsageError("give an observation_id, or a FILE and the NUMBER as written")
    with _told_plainly():
        use_vocabulary(settings)
        said = explain_number(settings.warehouse, number)
    Console(highlight=False, soft_wrap=True).print(said)


@main.command()
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

    with _told_plainly():
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


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Errors of the outside world as one line, without a stack."""
    import duckdb

    from pipeline.warehouse.publish.render import visible_lines

    try:
        yield
    except (duckdb.Error, OSError, ValueError) as error:
        raise click.ClickException(visible_lines(str(error))) from None


def _published(warehouse: Path | None) -> Path:
    settings: Settings = project_settings(warehouse=warehouse)
    if not settings.warehouse.is_file():
        raise click.ClickException(
            f"nothing is published at {settings.warehouse}; run `minzheng refresh` first"
        )
    return settings.warehouse
