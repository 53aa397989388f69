"""What columns and codes are called in other programs: Chinese for Excel, names that Stata takes."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import duckdb
import polars as pl

STATA_NAME = 32
RESIDENCE = {"_urban": "（城市）", "_rural": "（农村）"}
FOLDER = Path(__file__).parent
# Columns whose codes have words; other codes are names to look something up by.
CODED = ("level", "residence", "status", "change", "scope", "trust", "decided_by", "genre", "standing")
Words = Mapping[str, Mapping[str, str]]  # by column: the words of each code


def chinese_headers(con: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> dict[str, str]:
    """The Chinese name of each column: a headline's is that of its indicator, with its unit.

    A column that has none keeps its own; two that would be called alike get theirs behind.
    """
    named = con.execute("SELECT headline, name_zh, unit FROM ref.indicators WHERE headline IS NOT NULL")
    headlines = {headline: (name, unit) for headline, name, unit in named.fetchall()}
    headers: dict[str, str] = {}
    for column in columns:
        whole, suffix = (column[:-6], column[-6:]) if column[-6:] in RESIDENCE else (column, "")
        if whole in headlines:
            name, unit = headlines[whole]
            header = f"{name}{RESIDENCE.get(suffix, '')}（{unit}）"
        else:
            header = _headers().get(column, column)
        headers[column] = header if header not in headers.values() else f"{header}（{column}）"
    return headers


def in_words(frame: pl.DataFrame, words: Words) -> pl.DataFrame:
    """The frame with its codes as `words` have them; a code without words stays."""
    there = [name for name in CODED if words.get(name) and frame.schema.get(name) == pl.String]
    return frame.with_columns(pl.col(name).replace(words[name]) for name in there)


@cache
def _headers() -> Mapping[str, str]:
    return dict(pl.read_csv(FOLDER / "headers.csv").iter_rows())


@cache
def _short_words() -> Mapping[str, str]:
    return dict(pl.read_csv(FOLDER / "stata_words.csv").iter_rows())


def stata_names(columns: Iterable[str]) -> dict[str, str]:
    """A name of at most 32 letters for each column; of a longer one words are shortened, not its end."""
    names: dict[str, str] = {}
    for column in columns:
        names[column] = unique(_stata_word(column), STATA_NAME, set(names.values()))
    return names


def _stata_word(name: str) -> str:
    word = re.sub(r"\W", "_", name, flags=re.ASCII)
    for long, short in _short_words().items():
        if len(word) <= STATA_NAME:
            break
        word = re.sub(rf"(?<![a-z]){long}(?![a-z])", short, word)
    return f"_{word}" if word[:1].isdigit() else word


def unique(name: str, length: int, taken: set[str]) -> str:
    """`name` cut to `length`, with a number at its end where that is taken already."""
    short, number = name[:length], 1
    while short.lower() in taken or short in taken:
        number += 1
        short = f"{name[: length - 1 - len(str(number))]}_{number}"
    return short
