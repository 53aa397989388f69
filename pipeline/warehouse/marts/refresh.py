"""Brings a mart up to date: only the slice that changed, where its yml says how it is cut; else all of it.

Rows are the same either way. All of a large corpus is made slice by slice too, so that memory stays bounded.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from pipeline.warehouse.marts.models import Model, build_model, comment_on, make_table, model_name
from pipeline.warehouse.marts.shared import beside_slice, shared
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
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], kept: bool = False
) -> Built:
    """Make the rows of `model` that changed since it was last built; none where it is `kept` as it is.

    The marts that it reads must have been refreshed before it. Raises duckdb.Error; the mart then stands as
    it was, or is made anew by the next refresh.
    """
    if kept:
        return Built(_count(con, model), "none", 0)
    upto = _known_upto(con, model)
    fingerprint = _fingerprint(con, model)
    since = _known(con, model, fingerprint)
    part = _part(con, model, models, since) if since is not None else None
    made, looked_at = "none", 0
    if part is None:
        made, looked_at = "all", _documents(con)
        if since is not None and _read_in_parts(model, models):
            with transaction(con):
                upto = _make_whole(con, model, upto)
                _note(con, model, fingerprint, upto)
        else:
            _make_all(con, model, models)
            with transaction(con):
                _note(con, model, fingerprint, upto)
    elif not part.is_empty:
        made, looked_at = "part", part.documents.height
        with shared(con, model, models, part) as rows, transaction(con):
            con.execute(f"DELETE FROM {model.table} WHERE {own_rows(model)}")
            con.execute(f"INSERT INTO {model.table} BY NAME FROM {rows} WHERE {own_rows(model)}")
            _note(con, model, fingerprint, upto)
    elif since != upto:
        with transaction(con):
            _note(con, model, fingerprint, upto)
    return Built(_count(con, model), made, looked_at)


def _note(con: duckdb.DuckDBPyConnection, model: Model, fingerprint: str, upto: int) -> None:
    """Note by which query a mart was made, and up to which change."""
    con.execute("DELETE FROM state.marts WHERE mart = ?", [model.name])
    con.execute("INSERT INTO state.marts VALUES (?, ?, ?)", [model.name, fingerprint, upto])


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


def as_published(con: duckdb.DuckDBPyConnection, model: Model) -> bool:
    """Whether a mart was made by the same query and vocabulary for the last publication: its rows of what did
    not change since then are those that were checked then."""
    made_by = con.execute("SELECT fingerprint FROM state.marts WHERE mart = ?", [model.name]).fetchall()
    return [f"{model.name} {fingerprint}" for (fingerprint,) in made_by] == [
        mart for mart in published_by(con) if mart.startswith(f"{model.name} ")
    ]


def _part(
    con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model], since: int
) -> Slice | None:
    """What of a mart is made anew after change number `since`, None where that is all of it."""
    part = changed_slice(con, since)
    if part.is_empty:
        return part
    if not model.cut_by or _too_many(con, part):
        return None
    if beside_slice(con, models, part) <= SLICE:
        return part
    # One report may name all counties, of which all others speak.
    return part.documents_alone() if model.cut_by == "document" else None


def _too_many(con: duckdb.DuckDBPyConnection, part: Slice) -> bool:
    many = part.documents.height > max(MOST_CHANGED * _documents(con), 1)
    return many or (not part.is_small and costs(con, part.documents) > SLICE)


def _documents(con: duckdb.DuckDBPyConnection) -> int:
    return con.execute("SELECT count(*) FROM core.documents").fetchall()[0][0]


def _make_all(con: duckdb.DuckDBPyConnection, model: Model, models: Mapping[str, Model]) -> None:
    """Make all of a mart. Until `state.marts` names it again, it is not whole."""
    con.execute("DELETE FROM state.marts WHERE mart = ?", [model.name])
    if not model.cut_by or costs(con) <= SLICE:
        build_model(con, model)
        return
    for number, part in enumerate(whole_slices(con, SLICE)):
        with shared(con, model, models, part) as rows:
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


def _known(con: duckdb.DuckDBPyConnection, model: Model, fingerprint: str) -> int | None:
    """The change up to which a mart was built by the same query, None where it must be made anew."""
    row = con.execute(
        "SELECT change_no FROM state.marts WHERE mart = ? AND fingerprint = ?", [model.name, fingerprint]
    ).fetchall()
    try:
        con.execute(f"FROM {model.table} LIMIT 0")
    except duckdb.CatalogException:
        return None
    return row[0][0] if row else None


def _known_upto(con: duckdb.DuckDBPyConnection, model: Model) -> int:
    """The change that all that a mart reads knows of: the last one, but for marts not refreshed since."""
    above = [name for table in model.reads if (name := model_name(table))]
    behind = con.execute("SELECT min(change_no) FROM state.marts WHERE mart = ANY(?)", [above]).fetchall()[0][
        0
    ]
    last = latest_change(con)
    return last if behind is None else min(last, behind)


def _fingerprint(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    """What decides a mart's rows beside the `core` tables: its query, those it reads, and the vocabulary."""
    said = [model.sql, model.description, str(model.columns), str(model.cut_by), ROWS if model.cut_by else ""]
    for table in model.reads:
        if name := model_name(table):
            made_by = con.execute("SELECT fingerprint FROM state.marts WHERE mart = ?", [name]).fetchall()
            said.append(f"{table} {made_by}")
        elif table.startswith("ref."):
            rows = con.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table} AS t").fetchall()
            said.append(f"{table} {rows}")
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]
