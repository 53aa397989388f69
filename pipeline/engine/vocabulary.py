"""Lays the user's own vocabulary over the built-in one before a run reads anything.

What a vocabulary may hold is decided in `vocabulary.check`; how it is laid over, in `vocabulary.loader`.
"""

from pipeline import vocabulary
from pipeline.reading.layout.folding import fold_script
from pipeline.settings import Settings
from pipeline.vocabulary.check import checked, read_folder


def use_vocabulary(settings: Settings) -> None:
    """Read with the user's own words of `settings` from now on, or with the built-in ones alone.

    Raises VocabularyError, which says what is wrong and where, where the folder cannot be used.
    """
    folder = settings.own_vocabulary
    texts = read_folder(folder) if folder else {}
    if texts != vocabulary.own():
        vocabulary.adopt(checked(texts, fold_script, f"in {folder}"))
