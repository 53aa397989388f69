"""Looks a vocabulary through and says in plain words what is wrong, where, and what to do.

For the built-in tables and for a user's own: whether every table, column and cell is what the schema says,
whether what a row names exists, whether a word stands twice, and whether a new subject or unit is complete.
Whether a word is a good word, only texts can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.vocabulary.across import Whole
from pipeline.vocabulary.cells import Fold, Lines, read_lines, repeated_rows, wrong_cells
from pipeline.vocabulary.loader import FOLDER
from pipeline.vocabulary.problem import Problem, VocabularyError, near
from pipeline.vocabulary.schema import files

SHOWN = 12  # problems that an error lists


def read_folder(folder: Path) -> dict[str, str]:
    """The tables of a folder of the user's own: text by name. VocabularyError for what can't be read."""
    if not folder.is_dir():
        raise VocabularyError(f"There is no folder {folder}.")
    texts = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix.lower() == ".csv" and not path.name.startswith((".", "~")):
            try:
                texts[name] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError):
                raise VocabularyError(f"{path} cannot be read. Save it as CSV in UTF-8.") from None
    return texts


def built_in() -> dict[str, str]:
    """The built-in tables: text by name."""
    return {name: (FOLDER / name).read_text(encoding="utf-8") for name in files()}


def describe(folder: Path | None, fold: Fold) -> tuple[bool, str]:
    """Whether a folder of the user's own (None: the built-in tables) can be used, and in words why not."""
    try:
        texts = built_in() if folder is None else read_folder(folder)
        found = problems(texts, fold, alone=folder is None)
    except VocabularyError as error:
        return False, str(error)
    if found:
        return False, "\n".join(map(str, found))
    tables = {name: read_lines(files()[name], text)[0] for name, text in texts.items()}
    rows = sum(map(len, tables.values()))
    told = f"{len(texts)} table{'s' * (len(texts) != 1)} with {rows:,} row{'s' * (rows != 1)}"
    where = f" in {folder}" if folder else " of the built-in vocabulary"
    hints = Whole(tables, built_in()).hints() if folder else ()
    return True, "\n".join([f"{told}{where}: nothing is wrong", *map(str, hints)])


def checked(texts: Mapping[str, str], fold: Fold, where: str = "") -> dict[str, str]:
    """A user's own tables, as they came. Raises VocabularyError that lists what is wrong with them."""
    if found := problems(texts, fold):
        more = f"\nand {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        listed = "\n".join(map(str, found[:SHOWN]))
        raise VocabularyError(f"The vocabulary {where} cannot be used.\n{listed}{more}".replace("  ", " "))
    return dict(texts)


def problems(texts: Mapping[str, str], fold: Fold, alone: bool = False) -> list[Problem]:
    """What is wrong with tables (CSV text by name) that are laid over the built-in ones, or stand `alone`.

    `fold` brings a column to the script in which texts are read.
    """
    found: list[Problem] = []
    tables: dict[str, Lines] = {}
    for name, text in texts.items():
        if name not in files():
            found.append(Problem(name, 0, f"The vocabulary has no such table{near(name, files())}."))
            continue
        lines, wrong = read_lines(files()[name], text)
        found += wrong
        if not wrong:
            tables[name] = lines
            found += wrong_cells(files()[name], lines, fold)
            found += repeated_rows(files()[name], lines)
    whole = Whole(tables, {} if alone else {name: text for name, text in built_in().items()})
    found += whole.unknown()
    found += whole.unresolved()
    found += whole.repeated()
    found += whole.incomplete()
    return sorted(found, key=lambda problem: (list(texts).index(problem.file), problem.line))
