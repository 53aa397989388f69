"""Lays the user's own vocabulary over the built-in one before a run reads anything.

What a vocabulary may hold is decided in `vocabulary.check`; how it is laid over, in `vocabulary.loader`.
"""

from pathlib import Path

from pipeline import vocabulary
from pipeline.extraction.cue_examples import tied_cues, wrong_examples
from pipeline.reading.layout.folding import fold_script
from pipeline.settings import Settings
from pipeline.vocabulary.check import checked, describe, read_folder


def use_vocabulary(settings: Settings) -> None:
    """Read with the user's own words of `settings` from now on, or with the built-in ones alone.

    Raises VocabularyError, which says what is wrong and where, where the folder cannot be used.
    """
    folder = settings.own_vocabulary
    texts = read_folder(folder) if folder else {}
    if texts != vocabulary.own():
        vocabulary.adopt(checked(texts, fold_script, f"in {folder}"))


def look_through(folder: Path | None) -> tuple[bool, str]:
    """Whether a folder of the user's own (None: the built-in tables) can be used, and in words why not.

    What `describe` asks, whether cues are found in their examples, and whether no two of them tie.
    """
    fine, words = describe(folder, fold_script)
    if not fine:
        return fine, words
    in_use = vocabulary.own()
    vocabulary.adopt(read_folder(folder) if folder else {})
    wrong, ties = wrong_examples(), tied_cues()
    vocabulary.adopt(in_use)
    missed = {"yes": "is not found in", "no": "is found in"}
    told = [
        f"fields/cues.csv: {row['word'] or row['pattern']} {missed[cell]} {example!r}, its example under "
        f"{cell}. Correct the one or the other."
        for row, cell, example in wrong
    ]
    told += [
        f"fields/cues.csv: {_named(one)} and {_named(other)} both mark {word!r} and say different things of "
        "it. Give the one that shall decide a higher priority, or let one of them mark less."
        for one, other, word in ties
    ]
    return not told, "\n".join(told) or words


def _named(row: dict[str, str]) -> str:
    """A cue as its author knows it: what it marks, and what it says."""
    says = f"{row['field']} {row['value']}" if row["field"] else f"decoy in {row['decoy']}"
    return f"{row['word'] or row['pattern']} ({says})"
