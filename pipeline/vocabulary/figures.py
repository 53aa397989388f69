"""Figures that users keep beside their documents, to hold what reports say against them.

`raw/population.csv` (columns `region_code, year, population`, and if you like `source`) adds to the census
figures of `ref/population.csv`, or takes their place. `raw/reference.csv` (columns `region_code, year,
indicator_id, value`, and if you like `residence, source`) holds published series, such as the quarterly
statistics of the ministry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.vocabulary import table
from pipeline.vocabulary.indicators import load_indicators
from pipeline.vocabulary.lists import read_lines, stands
from pipeline.vocabulary.problem import near

POPULATION, SERIES = "population.csv", "reference.csv"
YEARS = range(1949, 2101)
RESIDENCES = ("total", "urban", "rural")
SHOWN = 10  # lines that cannot be used, of those that are told
Row = Mapping[str, str | None]  # the cells of a line by column


class FiguresError(ValueError):
    """A list of figures cannot be used; the message names each line and says what to write."""


def load_population(raw: Path | None = None) -> pl.DataFrame:
    """`ref.population`: the census by province, and what `raw/population.csv` says, which wins.

    Raises FiguresError for lines with an unknown region, a year or a number that can't be meant, or that
    another line has said already.
    """
    schema = polars_schema("ref.population")
    built_in = table("ref/population.csv").with_columns(given=pl.lit(False)).select(list(schema)).cast(schema)

    def read(at: str, row: Row) -> dict[str, Any]:
        return {
            "region_code": _region(at, row), "year": _year(at, row),
            "population": int(_number(at, row, "population", whole=True)),
            "source": row["source"], "given": True,
        }  # fmt: skip

    rows = _rows(
        raw, POPULATION, ("region_code", "year", "population"), ("source",), read, ("region_code", "year")
    )
    given = pl.DataFrame(rows, schema=schema)
    return pl.concat([built_in.join(given, on=["region_code", "year"], how="anti"), given]).sort(
        "region_code", "year"
    )


def load_reference_series(raw: Path | None = None) -> pl.DataFrame:
    """`ref.reference_series`: what `raw/reference.csv` says, in units of `ref.indicators`; empty without it.

    Raises FiguresError as `load_population` does, and for unknown indicators.
    """
    units = dict(load_indicators().select("indicator_id", "unit").iter_rows())

    def read(at: str, row: Row) -> dict[str, Any]:
        indicator, residence = row["indicator_id"] or "", row["residence"] or "total"
        if indicator not in units:
            raise FiguresError(
                f"{at}: indicator {indicator!r} is not in ref.indicators{near(indicator, units)}; "
                "write subject.measure, such as dibao.persons"
            )
        if residence not in RESIDENCES:
            raise FiguresError(f"{at}: residence {residence!r}; there are {', '.join(RESIDENCES)}")
        return {
            "region_code": _region(at, row), "year": _year(at, row), "indicator_id": indicator,
            "residence": residence, "value": _number(at, row, "value"), "unit": units[indicator],
            "source": row["source"],
        }  # fmt: skip

    keys = ("region_code", "year", "indicator_id", "residence")
    needed = ("region_code", "year", "indicator_id", "value")
    rows = _rows(raw, SERIES, needed, ("residence", "source"), read, keys)
    return pl.DataFrame(rows, schema=polars_schema("ref.reference_series")).sort(keys)


def _rows(
    raw: Path | None,
    name: str,
    needed: tuple[str, ...],
    optional: tuple[str, ...],
    read: Callable[[str, Row], dict[str, Any]],
    keys: Sequence[str],
) -> list[dict[str, Any]]:
    """The lines of a list as `read` makes rows of them, each key once; none where there is no list.

    Raises FiguresError that names every line that cannot be used, at most `SHOWN`, with what to write.
    """
    if raw is None or not stands(raw / name, FiguresError):
        return []
    made: dict[tuple[Any, ...], dict[str, Any]] = {}
    wrong: list[str] = []
    for line, cells in read_lines(raw / name, FiguresError, needed, optional):
        at = f"{name} line {line}"
        try:
            if empty := [column for column in needed if not cells[column]]:
                raise FiguresError(f"{at}: {', '.join(empty)} is empty; fill it in or remove the line")
            row = read(at, cells)
            key = tuple(row[column] for column in keys)
            if key in made:
                raise FiguresError(f"{at}: {', '.join(map(str, key))} stands in two lines; keep one")
            made[key] = row
        except FiguresError as error:
            wrong.append(str(error))
    if wrong:
        more = f"\nand {len(wrong) - SHOWN} more lines" if len(wrong) > SHOWN else ""
        raise FiguresError("\n".join(wrong[:SHOWN]) + more)
    return list(made.values())


def _region(at: str, row: Row) -> str:
    regions, code = table("regions/regions.csv"), row["region_code"] or ""
    if code in regions["region_code"]:
        return code
    named = regions.filter((pl.col("name") == code) | (pl.col("full_name") == code))
    meant = " or ".join(f"{r['region_code']} ({r['full_name']})" for r in named.head(3).iter_rows(named=True))
    raise FiguresError(
        f"{at}: region {code!r} is no code of ref.regions; "
        + (
            f"write {meant}"
            if meant
            else "write six digits of GB/T 2260, such as 341802, or 100000 for the country"
        )
    )


def _year(at: str, row: Row) -> int:
    year = int(_number(at, row, "year", whole=True))
    if year not in YEARS:
        raise FiguresError(f"{at}: year {year} can't be meant; write one from {YEARS[0]} to {YEARS[-1]}")
    return year


def _number(at: str, row: Row, column: str, whole: bool = False) -> float:
    kind: Callable[[str], float] = int if whole else float
    try:
        number = kind(row[column] or "")
    except ValueError:
        digits = "digits only" if whole else "a plain number"
        raise FiguresError(
            f"{at}: {column} {row[column]!r} is no number; write {digits}, in base units: "
            "12303500, not 1230.35万"
        ) from None
    if not 0 <= number < float("inf") or (column == "population" and number == 0):
        raise FiguresError(f"{at}: {column} {row[column]} can't be meant; write a number above 0")
    return number
