"""The registry as SQL text: typed tables and comments. Names come from the registry, never from data."""

from collections.abc import Iterator

from pipeline.contracts.registry import Table, load_tables

MODEL_SCHEMAS = ("marts", "audit")  # what analysts ask, and the workings of the checks


def create_table(table: Table, or_replace: bool = False) -> str:
    """`CREATE TABLE` with types and NOT NULL. Keys are checked in SQL afterwards: an index over millions of
    mentions would cost more memory than all the rest."""
    columns = ",\n".join(
        f'  "{c.name}" {c.duckdb_type}{"" if c.nullable else " NOT NULL"}' for c in table.columns
    )
    create = "CREATE OR REPLACE TABLE" if or_replace else "CREATE TABLE IF NOT EXISTS"
    return f"{create} {table.name} (\n{columns}\n)"


def comments(table: Table) -> Iterator[str]:
    """`COMMENT ON` statements for the table and each of its columns."""
    yield f"COMMENT ON TABLE {table.name} IS {quoted(table.comment)}"
    for column in table.columns:
        yield f'COMMENT ON COLUMN {table.name}."{column.name}" IS {quoted(column.comment)}'


def schemas() -> list[str]:
    """Names of the schemas that hold stored tables, those of the models included."""
    stored = dict.fromkeys(t.name.split(".")[0] for t in load_tables().values() if t.stored)
    return [*stored, *MODEL_SCHEMAS]


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
