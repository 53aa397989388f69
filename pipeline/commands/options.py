"""What commands share: options, errors told plainly, the published file, and hints that run as printed."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.runs.hints import named, program
from pipeline.settings import project_settings

WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The published DuckDB file. [default: warehouse/minzheng.duckdb of your folder]",
)
RAW = click.option(
    "--raw",
    metavar="DIR",
    help="The folder of report files, or for Ray an address such as s3://… [default: raw of your folder]",
)
VOCABULARY = click.option(
    "--vocabulary",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of your own words, laid over the built-in ones. [default: vocabulary of the raw folder]",
)
TO = click.option(
    "--to", "to", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder."
)


@contextmanager
def told_plainly(warehouse: Path | None = None) -> Iterator[None]:
    """Errors of the outside world as one line, without a stack. `warehouse`: as given, for what to do."""
    import duckdb

    from pipeline.warehouse.publish.catalog import NoTable
    from pipeline.warehouse.publish.render import visible_lines

    try:
        yield
    except BrokenPipeError:  # whoever read it (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (duckdb.Error, OSError, ValueError) as error:
        hint = ""
        if isinstance(error, duckdb.CatalogException | NoTable):
            hint = f"\n`{program()} tables{named(warehouse)}` lists what is there."
        elif isinstance(error, duckdb.BinderException):
            hint = f"\n`{program()} tables{named(warehouse)} NAME` lists the columns of a table."
        elif isinstance(error, UnicodeEncodeError):
            hint = "\nThe output takes fewer characters than the texts have: set PYTHONIOENCODING=utf-8."
        elif "not a valid DuckDB database" in str(error):
            hint = "\nName the file that a refresh has published: --warehouse FILE."
        raise click.ClickException(visible_lines(str(error)) + hint) from None


def published(warehouse: Path | None) -> Path:
    """The published file that is meant. Raises click.ClickException where there is none."""
    path = project_settings(warehouse=warehouse).warehouse
    if not path.is_file():
        refresh = f"{program()} refresh{named(path if warehouse else None)}"
        raise click.ClickException(f"nothing is published at {path}; run `{refresh}` first")
    return path
