"""Reads the published file the way that analysts do, and guards it: one statement that only reads.

Three walls, each of which would do: the statement is parsed and must be one that reads; the file is opened
read-only; and once it is open the file system is closed to the engine, because DuckDB lets a statement write
the attached file's own paths (the file as root, its `.wal`) even where access to other files is off.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

CHUNK = 10_000  # rows fetched at a time

CLOSED = """
    SET temp_directory = '';
    SET enable_external_access = false;
    SET disabled_filesystems = 'LocalFileSystem';
    SET lock_configuration = true;
"""
READING = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
# No quote can stand bare within a string of JSON, so that this matches the tree's nodes and no text.
NODE = re.compile(r'"type":"(\w+_NODE)"')
EXPLAIN = re.compile(r"\s*EXPLAIN\s+(?:ANALYZE\s+|\((?:\s*(?:ANALYZE|FORMAT)\b[^()]*)\))?", re.IGNORECASE)


class QueryRefused(ValueError):
    """The text is not one statement that only reads, or it asked for more time or memory than it may have."""


def open_published(path: Path, memory: str = "2GB") -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach neither files nor the network, nor be told otherwise.

    `memory` is what DuckDB may take, such as `2GB`; nothing is spilled to disk. Raises duckdb.Error.
    """
    con = duckdb.connect(str(path), read_only=True, config={"memory_limit": memory})
    try:
        con.execute(CLOSED)
    except duckdb.Error:
        con.close()
        raise
    return con


@contextmanager
def query_published(
    path: Path, sql: str, timeout: float, memory: str
) -> Iterator[tuple[list[str], Iterator[tuple]]]:
    """Column names and rows of one reading statement on the published file, while the file is open.

    `timeout` is in seconds that DuckDB may work, until the last row; `memory` as in `open_published`. Raises
    QueryRefused (in the middle of the rows too), duckdb.Error.
    """
    with _opened(path, sql, timeout, memory) as (con, bounds):
        cursor = bounds.within(lambda: con.execute(sql))
        names = [column[0] for column in cursor.description or ()]
        pieces = iter(lambda: bounds.within(lambda: cursor.fetchmany(CHUNK)), [])
        yield names, (row for piece in pieces for row in piece)


@contextmanager
def query_batches(path: Path, sql: str, timeout: float, memory: str) -> Iterator[tuple[Any, Iterator[Any]]]:
    """The same as an Arrow schema and batches, which keep types."""
    with _opened(path, sql, timeout, memory) as (con, bounds):
        reader = bounds.within(lambda: con.sql(sql).to_arrow_reader(CHUNK))
        yield reader.schema, iter(lambda: bounds.within(lambda: next(reader, None)), None)


@contextmanager
def _opened(
    path: Path, sql: str, timeout: float, memory: str
) -> Iterator[tuple[duckdb.DuckDBPyConnection, "_Bounds"]]:
    con = open_published(path, memory)
    try:
        check_reading(con, sql)
        yield con, _Bounds(con, timeout, memory)
    finally:
        con.close()


class _Bounds:
    """Ends the work of DuckDB after so many seconds in all, rows included, for they are made as they are
    fetched; what becomes of them meanwhile does not count."""

    def __init__(self, con: duckdb.DuckDBPyConnection, seconds: float, memory: str):
        self.con, self.seconds, self.memory, self.left = con, seconds, memory, seconds

    def within(self, work: Callable[[], Any]) -> Any:
        """What `work` gives. Raises QueryRefused where it takes more than is left."""
        began = time.monotonic()
        timer = Timer(max(self.left, 0), self.con.interrupt)
        timer.start()
        try:
            answer = work()
        except duckdb.InterruptException:
            raise self._too_long() from None
        except (ValueError, OSError) as error:  # what Arrow makes of an interrupt while it takes rows
            if "INTERRUPT" in str(error):
                raise self._too_long() from None
            raise
        except duckdb.OutOfMemoryException:
            raise QueryRefused(
                f"the query needs more memory than {self.memory}; allow more with --memory, as in "
                "--memory 8GB"
            ) from None
        finally:
            timer.cancel()
            self.left -= time.monotonic() - began
        if self.left < 0 and answer:
            raise self._too_long()
        return answer

    def _too_long(self) -> QueryRefused:
        return QueryRefused(
            f"the query took longer than {self.seconds:g} seconds; allow more with --timeout SECONDS"
        )


def check_reading(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raises QueryRefused unless DuckDB's own parser finds exactly one statement, and only reading in it."""
    try:
        statements = duckdb.extract_statements(sql)
    except ValueError:  # a kind that the Python client has no name for
        raise QueryRefused("only statements that read are run, and this one is of an unknown kind") from None
    if len(statements) != 1:
        found = f"are {len(statements)} statements" if statements else "is none"
        raise QueryRefused(
            f'a query is exactly one statement, as "FROM marts.panel" is one, and here {found}'
        )
    kind = statements[0].type.name
    if kind == "EXPLAIN":
        inner = EXPLAIN.sub("", statements[0].query, count=1)
        if inner != statements[0].query:
            return check_reading(con, inner)
    # Of a PIVOT without IN the parser makes several steps and shows none of them; the other walls hold it.
    if kind == "MULTI" or (kind == "SELECT" and _nodes(con, sql) <= READING):
        return
    does = "writes" if kind == "SELECT" else f"is of the kind {kind}"
    raise QueryRefused(f"only statements that read are run (SELECT, FROM, DESCRIBE …), and this one {does}")


def _nodes(con: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """The kinds of query in a statement's tree: `WITH x AS (COPY …) SELECT …` is a SELECT that writes."""
    tree = con.execute("SELECT json_serialize_sql(?)", [sql]).fetchall()[0][0]
    return set(NODE.findall(tree)) or {"unknown"}
