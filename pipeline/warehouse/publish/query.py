"""Reads the published file the way that analysts do, and guards it: one statement that only reads.

Three walls, each of which would do: the statement is parsed and must be one that reads; the file is opened
read-only; and once it is open the file system is closed to the engine, because DuckDB lets a statement write
the attached file's own paths (the file as root, its `.wal`) even where access to other files is off.
"""

import io
import json
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from pipeline.warehouse.publish.bounded import Bounded, Ended, Failed, NoProcess, TooLong, TooMuch
from pipeline.warehouse.publish.render import render
from pipeline.warehouse.store.damage import is_damage, is_sound, note_damage

VECTOR = 2048  # rows that DuckDB makes at a time, the least that Arrow gets of it
GROUP_BYTES, GROUP_ROWS = 16 * 2**20, 100_000  # of a Parquet file, which are gathered before they are written
WORDS = 20_000  # characters of an error that are told
SIZE = re.compile(r"\s*([0-9]{1,15}(?:\.[0-9]{1,9})?)\s*([KMGT]?)(I?)B?\s*", re.IGNORECASE)
CLOSED = """
    SET temp_directory = '';
    SET arrow_large_buffer_size = true;
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


_KINDS = {
    kind.__name__: kind
    for kind in (QueryRefused, OSError, ValueError, *vars(duckdb).values())
    if isinstance(kind, type) and issubclass(kind, Exception)
}


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
def answer(
    path: Path,
    sql: str,
    form: str,
    width: int | None,
    timeout: float,
    memory: str,
    widest: int | None = None,
) -> Iterator[Iterator[bytes]]:
    """The answer to one reading statement on the published file, as pieces of `form`: text in UTF-8 as
    `render` makes it for a terminal of `width`, or where there is none not above `widest`; or `parquet`.

    It is made in a process of its own, which may take `timeout` seconds, until the last piece, and `memory`
    (such as `2GB`). Raises QueryRefused (in the middle of the pieces too), duckdb.Error.
    """
    most = size_in_bytes(memory)
    try:
        process = Bounded(partial(_pieces, path, sql, form, width, f"{most}B", widest), timeout, most, _told)
    except NoProcess as error:
        raise QueryRefused(
            f"a query runs in a process of its own, which bounds it, and none can be started here: {error}"
        ) from None
    try:
        yield _understood(process, path, timeout, memory)
    finally:
        process.end()


def size_in_bytes(size: str) -> int:
    """`500MB`, `8 GB` or `1.5GiB` as bytes. Raises QueryRefused where it is no size."""
    most = 0
    if found := SIZE.fullmatch(size):
        base, power = (1024 if found[3] else 1000), " KMGT".index(found[2].upper() or " ")
        most = round(float(found[1]) * base**power)
    if not 0 < most < 2**60:
        raise QueryRefused(f"{size} is no size of memory; give one like 500MB or 8GB")
    return most


def _understood(process: Bounded, path: Path, timeout: float, memory: str) -> Iterator[bytes]:
    """The pieces, and what ended them too early in words that say what to do."""
    more = "allow more with --memory, as in --memory 8GB"
    try:
        yield from process
    except TooLong:
        seconds = f"{timeout:g} second{'' if timeout == 1 else 's'}"
        raise QueryRefused(
            f"the query took longer than {seconds}; allow more with --timeout SECONDS"
        ) from None
    except TooMuch:
        raise QueryRefused(f"the query needs more memory than {memory}; {more}") from None
    except Ended as error:
        raise QueryRefused(
            f"the process of the query ended early ({error}), most likely for want of memory; ask for less, "
            "or free some"
        ) from None
    except Failed as error:
        told = json.loads(str(error))
        words = told["words"]
        if told["damage"] and not is_sound(path):
            with suppress(OSError):  # who only reads may not be allowed to; the refresh looks by itself
                note_damage(path)
            words += f"\n{path} is damaged: the next refresh replaces it."
        raise _KINDS.get(told["kind"], RuntimeError)(words) from None


def _told(error: BaseException) -> str:
    """What was raised, for the parent: the nearest kind that it knows, and the words."""
    kinds = (kind.__name__ for kind in type(error).__mro__ if kind.__name__ in _KINDS)
    known = next(kinds, None)
    words = str(error) if known else "".join(traceback.format_exception(error))
    return json.dumps({"kind": known, "words": words[:WORDS], "damage": is_damage(error)})


def _pieces(
    path: Path, sql: str, form: str, width: int | None, memory: str, widest: int | None
) -> Iterator[bytes]:
    """Asks and puts into form. Runs in the process of its own."""
    try:
        con = open_published(path, memory)
        check_reading(con, sql)
        if form == "parquet":
            yield from _parquet(con, sql)
            return
        cursor = con.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        rows = iter(cursor.fetchone, None)  # DuckDB has 2,048 at hand, and of these one becomes Python's
        for piece in render(names, rows, form, width, widest):
            yield piece.encode()
    except duckdb.PermissionException:
        raise QueryRefused(
            "other files and the network are out of reach of a query: it reads the published file alone"
        ) from None
    except duckdb.OutOfMemoryException:
        raise MemoryError from None


def _parquet(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[bytes]:
    """The answer as one Parquet file, which keeps types."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    reader = con.sql(sql).to_arrow_reader(VECTOR)
    written = _Written()
    with pq.ParquetWriter(pa.PythonFile(written, "w"), reader.schema, compression="zstd") as writer:
        gathered: list[Any] = []
        for batch in reader:
            gathered.append(batch)
            if sum(b.nbytes for b in gathered) >= GROUP_BYTES or len(gathered) * VECTOR >= GROUP_ROWS:
                writer.write_table(pa.Table.from_batches(gathered))
                gathered = []
                yield written.taken()
        if gathered:
            writer.write_table(pa.Table.from_batches(gathered))
    yield written.taken()


class _Written(io.RawIOBase):
    """A file that is handed on as it grows."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


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
