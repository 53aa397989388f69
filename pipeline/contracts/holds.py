"""Whether a frame keeps its table's contract, said by polars alone.

Nearly all frames do, and of those nobody needs to know more: pandera, which tells what is wrong with the
others, takes a second to be imported and looks at one column after another.
"""

from functools import cache

import polars as pl

from pipeline.contracts.registry import Column, get_table

KEY = "the key"  # not the name of a column


def holds(frame: pl.DataFrame, name: str) -> bool:
    """Whether `frame` has exactly the columns of table `name`, in any order, with types and values as
    promised and no key twice."""
    table = get_table(name)
    if dict(frame.schema) != dict(table.schema):
        return False
    promises = _promises(name)
    if frame.is_empty() or not promises:
        return True
    return all(frame.select(promises).row(0))


@cache
def _promises(name: str) -> tuple[pl.Expr, ...]:
    """What a frame of table `name` promises: each of one value, true where it is kept."""
    table = get_table(name)
    promises = [
        kept.alias(f"{column.name} {number}")
        for column in table.columns
        for number, kept in enumerate(_of(column))
    ]
    if table.key:
        key = pl.col(table.key[0]) if len(table.key) == 1 else pl.struct(table.key)
        promises.append((key.n_unique() == pl.len()).alias(KEY))
    return tuple(promises)


def _of(column: Column) -> list[pl.Expr]:
    """Nulls are held against `nullable` alone; NaN, which polars takes for a large number, is never kept."""
    values = pl.col(column.name)
    kept = []
    if not column.nullable:
        kept.append(values.null_count() == 0)
    if column.allowed:
        kept.append(values.is_in(column.allowed).all())
    if column.minimum is not None:
        kept.append((values >= typed(column.minimum, column)).all())
    if column.maximum is not None:
        kept.append((values <= typed(column.maximum, column)).all())
    if column.pattern:
        kept.append(values.str.contains(f"^(?:{column.pattern})").all())
    if column.type == "double":
        kept.append(values.is_finite().all())
    return kept


def typed(bound: float, column: Column) -> float | int:
    """A bound of `column` as its values are."""
    return bound if column.type == "double" else int(bound)
