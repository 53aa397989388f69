"""Brings a mart up to date: only the slice that changed, where its yml says how it is cut; else all of it.

Rows are the same either way. All of a large corpus is made slice by slice too, so that memory stays bounded.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import duckdb

from pipeline.warehouse.marts.models import Model, build_model, comment_on, make_table, model_name
from pipeline.warehouse.marts.shared import Memo, beside_slice, shared
from pipeline.warehouse.marts.slices import Slice, changed_slice, costs, own_rows, whole_slices
from pipeline.warehouse.store.changes import ROWS, latest_change, published_by
from pipeline.warehouse.store.writer import transaction

SLICE = 500_000  # figures that one query looks at; its memory grows with them
MOST_CHANGED = 0.2  # of the documents; above that, all of a mart is made anew


@dataclass(frozen=True)
class Built:
    """How a mart was brought up to date: its rows, and `all` of them made, `part`, or `none`."""

    rows: int
    made: str
    documents: int


def refresh_mart(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    models: Mapping[str, Model],
    kept: bool = False,
    memo: Memo | None = None,
) -> Built:
    """Make the rows of `model` that changed since it was last built; none where it is `kept` as it is.

    The marts that it reads must have been refreshed before it. `memo` is one dictionary for all marts of a
    run, in which the tables of `ref` stay as they are: what it tells is asked once. Raises duckdb.Error; the
    mart then stands as it was, or is made anew by the next refresh.
    """
    if kept:
        return Built(_count(con, model), "none", 0)
    memo = {} if memo is None else memo
    last, known = latest_change(con), _made(con)
    upto = _known_upto(model, known, last)
    fingerprint = _fingerprint(con, model, known, memo)
    since = _known(con, model, known, fingerprint)
    part = None
    if since is not None:
        changed = _once(memo, (last, since), partial(changed_slice, con, since))
        part = _part(con, model, models, changed, memo)
    made, looked_at = "none", 0
    if part is None:
        made, looked_at = "all", _documents(con)
        if since is not None and _read_in_parts(model, models):
            with transaction(con):
                upto = _make_whole(con, model, upto)
                _note(con, model, fingerprint, upto)
        else:
            _make_all(con, model, models, memo)
            with transaction(con):
                _note(con, model, fingerprint, upto)
    elif not part.is_empty:
        made, looked_at = "part", part.documents.height
        with shared(con, model, models, part, memo) as rows, transaction(con):
            con.execute(f"DELETE FROM {model.table} WHERE {own_rows(model)}")
            con.execute(f"INSERT INTO {model.table} BY NAME FROM {rows} WHERE {own_rows(model)}")
            _note(con, model, fingerprint, upto)
    elif since != upto:
        with transaction(con):
            _note(con, model, fingerprint, upto)
    return Built(_count(con, model), made, looked_at)


def _note(con: duckdb.DuckDBPyConnection, model: Model, fingerprint: str, upto: int) -> None:
    """Note by which query a mart was made, and up to which change."""
    noted = [fingerprint, upto, model.name]
    update = "UPDATE state.marts SET fingerprint = ?, change_no = ? WHERE mart = ?"
    if not con.execute(update, noted).fetchall()[0][0]:
        con.execute("INSERT INTO state.marts (fingerprint, change_no, mart) VALUES (?, ?, ?)", noted)


def _count(con: duckdb.DuckDBPyConnection, model: Model) -> int:
    return con.execute(f"SELECT count(*) FROM {model.table}").fetchall()[0][0]


def unfinished_marts(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> list[str]:
    """Marts whose making broke off, or that were never made."""
    done = {name for (name,) in con.execute("SELECT mart FROM state.marts").fetchall()}
    return [name for name in models if name not in done]


def marts_fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """By which queries and which vocabulary all marts were made."""
    query = "SELECT coalesce(string_agg(mart || ' ' || fingerprint, ',' ORDER BY mart), '') FROM state.marts"
    return con.execute(query).fetchall()[0][0]


def as_published(con: duckdb.DuckDBPyConnection, model: Model, memo: Memo | None = None) -> bool:
    """Whether a mart was made by the same query and vocabulary for the last publication: its rows of what did
    not change since then are those that were checked then. `memo`: as of `refresh_mart`."""
    published = _once({} if memo is None else memo, ("published",), lambda: published_by(con))
    made = _made(con).get(model.name)
    return ([f"{model.name} {made[0]}"] if made else []) == [
        mart for mart in published if mart.startswith(f"{model.name} ")
    ]


def _once(memo: Memo, key: tuple, ask: Callable[[], Any]) -> Any:
    if key not in memo:
        memo[key] = ask()
    return memo[key]


def _made(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    """By which query each mart was made, and up to which change."""
    rows = con.execute("SELECT mart, fingerprint, change_no FROM state.marts").fetchall()
    return {mart: (fingerprint, change_no) for mart, fingerprint, change_no in rows}


def _part(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], part: Slice, memo: Memo
) -> Slice | None:
    """What of a mart is made anew where `part` changed, None where that is all of it."""
    if part.is_empty:
        return part
    if not model.cut_by or _once(memo, ("many", id(part)), partial(_too_many, con, part)):
        return None
    if beside_slice(con, models, part, memo) <= SLICE:
        return part
    # One report may name all counties, of which all others speak.
    return part.documents_alone() if model.cut_by == "document" else None


def _too_many(con: duckdb.DuckDBPyConnection, part: Slice) -> bool:
    many = part.documents.height > max(MOST_CHANGED * _documents(con), 1)
    return many or (not part.is_small and costs(con, part.documents) > SLICE)


def _documents(con: duckdb.DuckDBPyConnection) -> int:
    return con.execute("SELECT count(*) FROM core.documents").fetchall()[0][0]


def _make_all(con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], memo: Memo) -> None:
    """Make all of a mart. Until `state.marts` names it again, it is not whole."""
    con.execute("DELETE FROM state.marts WHERE mart = ?", [model.name])
    if not model.cut_by or costs(con) <= SLICE:
        build_model(con, model)
        return
    for number, part in enumerate(whole_slices(con, SLICE)):
        with shared(con, model, models, part, memo) as rows:
            if number == 0:
                con.execute(f"CREATE OR REPLACE TABLE {model.table} AS FROM {rows} WHERE {own_rows(model)}")
                comment_on(con, model)
            else:
                con.execute(f"INSERT INTO {model.table} BY NAME FROM {rows} WHERE {own_rows(model)}")


def _read_in_parts(model: Model, models: Mapping[str, Model]) -> bool:
    """Whether marts that are cut read one that is not."""
    return not model.cut_by and any(m.cut_by and model.table in m.reads for m in models.values())


def _make_whole(con: duckdb.DuckDBPyConnection, model: Model, upto: int) -> int:
    """Make all of such a mart, and note the regions in which its rows changed as a change of its own; those
    made before it need not know of it. Returns up to which change it knows."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE made_before AS FROM {model.table}")
    make_table(con, model)
    number = latest_change(con) + 1
    noted = con.execute(
        f"""INSERT INTO state.changes BY NAME
            SELECT DISTINCT {number} AS change_no, '' AS document_id, region_code
            FROM (
                (FROM made_before EXCEPT FROM {model.table})
                UNION ALL
                (FROM {model.table} EXCEPT FROM made_before)
            )
            WHERE region_code IS NOT NULL"""
    ).fetchall()[0][0]
    con.execute("DROP TABLE made_before")
    if not noted:
        return upto
    con.execute("UPDATE state.marts SET change_no = ? WHERE change_no = ?", [number, number - 1])
    return number if upto == number - 1 else upto


def _known(
    con: duckdb.DuckDBPyConnection, model: Model, made: Mapping[str, tuple[str, int]], fingerprint: str
) -> int | None:
    """The change up to which a mart was built by the same query, None where it must be made anew."""
    made_by, change_no = made.get(model.name, ("", 0))
    if made_by != fingerprint:
        return None
    try:
        con.execute(f"FROM {model.table} LIMIT 0")
    except duckdb.CatalogException:
        return None
    return change_no


def _known_upto(model: Model, made: Mapping[str, tuple[str, int]], last: int) -> int:
    """The change that all that a mart reads knows of: the last one, but for marts not refreshed since."""
    above = {model_name(table) for table in model.reads}
    return min([last, *(change_no for name, (_, change_no) in made.items() if name in above)])


def _fingerprint(
    con: duckdb.DuckDBPyConnection, model: Model, made: Mapping[str, tuple[str, int]], memo: Memo
) -> str:
    """What decides a mart's rows beside the `core` tables: its query, those it reads, and the vocabulary."""
    said = [model.sql, model.description, str(model.columns), str(model.cut_by), ROWS if model.cut_by else ""]
    for table in model.reads:
        if name := model_name(table):
            said.append(f"{table} {[(made[name][0],)] if name in made else []}")
        elif table.startswith("ref."):
            said.append(f"{table} {_once(memo, (table,), partial(_rows, con, table))}")
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple]:
    """What tells the rows of a table from others."""
    return con.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t").fetchall()
