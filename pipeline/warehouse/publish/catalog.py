"""What is in the published file, for `minzheng tables`: its tables, and the columns of one."""

from difflib import get_close_matches
from pathlib import Path

from pipeline.warehouse.publish.query import open_published

FIRST = "array_position(['marts', 'ref', 'core', 'audit', 'meta'], table_schema)"


class NoTable(ValueError):
    """The file holds no table of that name."""


def list_tables(path: Path) -> tuple[list[str], list[tuple]]:
    """The tables of the file at `path`, what analysts ask first: their names, rows and meaning."""
    con = open_published(path)
    try:
        rows = con.execute(
            f"""SELECT table_schema || '.' || table_name, row_count, comment
                FROM meta.tables ORDER BY {FIRST}, table_name"""
        ).fetchall()
    finally:
        con.close()
    return ["table", "rows", "what it holds"], rows


def describe_table(path: Path, name: str) -> tuple[str, str, tuple[list[str], list[tuple]]]:
    """The table `name`, with or without its schema: its whole name, its meaning and key, its columns.

    Raises NoTable where there is none, naming those that are called alike.
    """
    con = open_published(path)
    try:
        known = con.execute(
            f"""SELECT table_schema || '.' || table_name, table_name, row_count, key_columns, comment
                FROM meta.tables ORDER BY {FIRST}, table_name"""
        ).fetchall()
        wanted = name.strip().strip('"').lower()
        found = next((row for row in known if wanted in (row[0], row[1])), None)
        if not found:
            names = [row[0] for row in known]
            short = {row[1]: row[0] for row in known}
            near = get_close_matches(wanted, names, 3) or [
                short[word] for word in get_close_matches(wanted.rpartition(".")[2], short, 3)
            ]
            near = near or [whole for whole in names if wanted.rpartition(".")[2] in whole]
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise NoTable(f"there is no table {name}{hint}")
        columns = con.execute(
            """SELECT column_name, data_type,
                 concat_ws(' ', comment, '[' || replace(allowed, '|', ', ') || ']')
               FROM meta.columns WHERE table_schema || '.' || table_name = ? ORDER BY ordinal""",
            [found[0]],
        ).fetchall()
    finally:
        con.close()
    said = f"{found[4]}\n{found[2]:,} row{'' if found[2] == 1 else 's'}"
    said += f"; key: {found[3]}" if found[3] else ""
    return found[0], said, (["column", "type", "what it holds"], columns)
