"""Labelled texts written otherwise with the same meaning: what is read of them should stay the same.

A variation takes a labelled text and a die and returns the text with its labels where the numbers now stand.
"""

from __future__ import annotations

import random
from functools import partial

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.beside import BESIDE
from pipeline.tools.variants.form import FORMS, Vary
from pipeline.tools.variants.moved import MOVED
from pipeline.tools.variants.order import ORDERS
from pipeline.tools.variants.phrases import other_phrases, phrases
from pipeline.tools.variants.words import families, other_words

__all__ = ["variations", "vary"]


def variations() -> dict[str, Vary]:
    """All variations by name, those of words as `word:FAMILY`, of phrases as `phrase:NAME`."""
    words = {f"word:{name}": partial(other_words, family=name) for name in families()}
    said = {f"phrase:{name}": partial(other_phrases, name=name) for name in phrases()}
    return {**words, **said, **ORDERS, **FORMS, **BESIDE, **MOVED}


def vary(labelled: Labelled, name: str, seed: int = 0) -> Labelled:
    return variations()[name](labelled, random.Random(f"{seed} {name} {labelled.name}"))
