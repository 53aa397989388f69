"""What reads the published file: `tables`, `query`, `export`."""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TextIO

import click

from pipeline.commands.options import TO, WAREHOUSE, published, told_plainly
from pipeline.runs.hints import fitted, named, program
from pipeline.settings import project_settings

FIRST_WORDS = re.compile(r"[.:;] |[.]$")  # of a table's comment, up to where it goes into detail
PIPED = 200
FORMS = ("parquet", "csv", "xlsx", "stata", "dta")  # the last: Stata by the end of its files


def _names(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The tables that begin so, for a shell that completes; of one without a schema the short names."""
    import duckdb

    from pipeline.warehouse.publish.catalog import list_tables

    try:
        rows = list_tables(published(context.params.get("warehouse")))[1]
    except (click.ClickException, duckdb.Error, OSError):
        return []
    names = [str(row[0]) for row in rows]
    names += [name.partition(".")[2] for name in names] if begun and "." not in begun else []
    return [name for name in names if name.startswith(begun)]


@click.command(short_help="The tables of the published file; with NAME its columns.")
@WAREHOUSE
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "vertical", "csv", "json"]),
    default="table",
    show_default=True,
)
@click.argument("name", required=False, shell_complete=_names)
def tables(warehouse: Path | None, form: str, name: str | None) -> None:
    """What is in the published file: all tables, or the columns of one (NAME) with what they hold."""
    from pipeline.warehouse.publish.catalog import describe_table, list_tables
    from pipeline.warehouse.publish.render import render, visible_lines

    with told_plainly(warehouse):
        path = published(warehouse)
        where = named(path if warehouse else None)
        run = f"{program()} query{where}"
        if name:
            whole, said, (heads, rows) = describe_table(path, name)
            told = [visible_lines(f"{whole}: {said}"), f'its rows  {run} "FROM {whole} LIMIT 5"']
        else:
            heads, rows = list_tables(path)
            if form in ("table", "vertical"):
                rows = [(*row[:-1], FIRST_WORDS.split(row[-1].removeprefix("One row: "))[0]) for row in rows]
            told = [
                f"its columns  {program()} tables{where} marts.panel",
                f'its rows     {run} "FROM marts.panel"',
            ]
        if form in ("table", "vertical") and name:
            click.echo(fitted(told.pop(0), _width()))
        for text in render(heads, rows, form, _width() or _most()):
            click.echo(text, nl=False)
        if form in ("table", "vertical"):
            click.echo("\n".join(told))


@click.command(
    short_help="Run one statement that reads the published file.",
    context_settings={"ignore_unknown_options": True},
)  # a text may begin with a `--` note
@WAREHOUSE
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "vertical", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="json: one object a line. parquet: to a file or another program.",
)
@click.option("--file", type=click.File(encoding="utf-8-sig"), help="Read the query from a file.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
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
@click.argument("sql", required=False)
def query(
    warehouse: Path | None,
    form: str,
    file: TextIO | None,
    to: Path | None,
    timeout: float,
    memory: str,
    sql: str | None,
) -> None:
    """Run one statement that reads on the published file, without access to other files or the network.

    SQL is the statement, or - for one from standard input. Columns too wide for the terminal stand below each
    other, a row at a time; where there is none, beyond COLUMNS or 200 characters.
    """
    from pipeline.commands.output import refuse_own, writing
    from pipeline.warehouse.publish.query import answer

    with told_plainly(warehouse):
        text = _statement(sql, file)
        path = published(warehouse)
        if to:
            refuse_own(to, project_settings(warehouse=warehouse))
            _not_among_reports(to)
        if form == "parquet" and not to and sys.stdout.isatty():
            raise click.UsageError("Parquet is not for a terminal: add --to FILE")
        width = None if to else _width()
        widest = None if width else _most()
        with (
            answer(path, text, form, width, timeout, memory, widest) as pieces,
            writing(to, form == "parquet") as write,
        ):
            for piece in pieces:
                write(piece)


def _not_among_reports(to: Path) -> None:
    """Refuse to write what the next refresh would read as a report, or would take a folder of reports for."""
    from pipeline.reading.files.listing import NO_REPORTS, OWN_WORDS, SKIPPED_NAMES

    raw, path = project_settings().raw.resolve(), to.resolve()
    if path != raw and raw not in path.parents:
        return
    name = path.relative_to(raw).as_posix()
    if name not in NO_REPORTS | SKIPPED_NAMES and not name.startswith(OWN_WORDS):
        raise click.ClickException(f"{to} lies among the reports in {raw} and would be read; name another")


def _statement(sql: str | None, file: TextIO | None) -> str:
    if sql not in (None, "-") and file:
        raise click.UsageError("give the query as text or with --file, not both")
    if sql is None and not file and sys.stdin.isatty():
        raise click.UsageError(f'what should be asked? For instance: {program()} query "FROM marts.panel"')
    try:
        text = (file or sys.stdin).read() if sql in (None, "-") else sql
        text.encode()
    except UnicodeError:
        name = file.name if file else "standard input" if sql in (None, "-") else "the query"
        raise click.ClickException(f"{name} is no text in UTF-8; save the statement as such") from None
    return text


def _width() -> int | None:
    """The columns of the terminal, None where the output goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _most() -> int:
    """How wide a table may be where there is no terminal: COLUMNS, else PIPED."""
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdecimal() and int(told) else PIPED


@click.command(short_help="Write the published tables as files for other programs.")
@WAREHOUSE
@TO
@click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(FORMS),
    help="May be given more than once; dta is stata. [default: all]",
)
@click.option("--panel", is_flag=True, help="Only marts.panel, ready for a regression, with its sources.")
@click.option(
    "--zh",
    is_flag=True,
    help="Chinese headers, and words for codes, in Excel and CSV; the panel's labels in Stata.",
)
@click.option("--audit", is_flag=True, help="The workings of the checks too (schema audit).")
def export(
    warehouse: Path | None, to: Path, forms: tuple[str, ...], panel: bool, zh: bool, audit: bool
) -> None:
    """Write the published tables as files for other programs, a folder for each format.

    With --panel: the panel of all regions by all years, and each of its cells with source and trust.
    """
    from pipeline.site.words import labels
    from pipeline.warehouse.publish.export import FORMATS, export_tables, holds_others
    from pipeline.warehouse.publish.panel import export_panel

    words = {group: {code: said.zh for code, said in codes.items()} for group, codes in labels().items()}
    with told_plainly(warehouse):
        path = published(warehouse)
        asked = tuple(dict.fromkeys("stata" if form == "dta" else form for form in forms)) or FORMATS
        for folder in [to] if panel else [to / form for form in asked]:
            if holds_others(folder):
                _not_among_reports(folder)
        if panel:
            written = export_panel(path, to, asked, chinese=zh, words=words)
        else:
            written = export_tables(path, to, asked, audit, chinese=zh, words=words)
    click.echo(f"{len(written)} {'file is' if len(written) == 1 else 'files are'} in {to}")
    if panel:
        for file in written:
            click.echo(f"  {file}")
