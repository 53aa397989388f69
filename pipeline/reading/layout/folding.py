"""Texts brought to one script, so that one pattern finds a word however it was typed.

Folding replaces characters one by one, so an offset into the folded text is the same offset into the text
as it was written. Traditional characters become Simplified; full-width letters, digits and punctuation
half-width; digits of other scripts those of ours; the radicals and compatibility ideographs that converted
PDFs hold become the characters that they look like; blanks of any width a space; the lines that are drawn
around cells bars, and so the commas between cells tabs; strokes and waves of any font - and ~; what nobody
says (`unsaid`) characters of no width.
`。` and other Chinese punctuation stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import overload

import polars as pl
from opencc_pyo3 import OpenCC

from pipeline.reading.layout.compute import changed_where
from pipeline.reading.layout.separated import STROKES, with_cells_apart
from pipeline.reading.layout.unsaid import without_unsaid
from pipeline.vocabulary import rows

DRAWN = dict.fromkeys(STROKES, "|") | dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝", "+")
BRACKETS = dict(zip("〖〗", "【】", strict=True))
# signs that stand between the ends of a range, however they were typed: 50〜80张, 1‐6月
BETWEEN = dict.fromkeys("〜∼∽⁓˜﹏〰", "~") | dict.fromkeys("‐‑‒﹣﹘⁃➖", "-") | dict.fromkeys("ー⸺", "—")
WRONG_BEHIND = "([救补资扶帮援协互辅] ?)劣"  # 资劣: a character that stands for itself elsewhere
BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
IDEOGRAPHS = range(0x4E00, 0xA000)
DIGITS = range(0x0660, 0x1FC00)  # where decimal digits of other scripts and of mathematics stand (٣, १, 𝟙)
LOOKALIKES = (range(0xFF01, 0xFF5F), range(0xFF61, 0xFF65), range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
SHORT = 50_000  # bytes; in so little text characters are sooner looked up than a pattern of all of them made
NAMES = ("folded_title", "folded_issuer")


def _to_simplified(text: str) -> str:
    folded = _converter().convert(text)
    return folded if len(folded) == len(text) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def traditional_only() -> str:
    """A regular-expression class of the characters that no Simplified text holds (`[個們…]`).

    GB 2312 is the repertoire of Simplified print: what it holds (著, 乾, 于) tells nothing of the script.
    """
    every = "".join(map(chr, IDEOGRAPHS))
    # A line each: in running text neighbours would be read as words.
    simplified = _converter().convert("\n".join(every)).split("\n")
    return (
        "[" + "".join(a for a, b in zip(every, simplified, strict=True) if a != b and not _in_print(a)) + "]"
    )


def _in_print(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _lookalikes() -> dict[str, str]:
    """Characters and the single character that each stands for."""
    pairs = {chr(c): unicodedata.normalize("NFKC", chr(c)) for codes in LOOKALIKES for c in codes}
    pairs = {a: b for a, b in pairs.items() if a != b and len(b) == 1}
    pairs |= {chr(c): str(unicodedata.decimal(chr(c))) for c in DIGITS if chr(c).isdecimal()}
    wrong = {row["wrong"]: row["right"] for row in rows("layout/wrong_characters.csv")}
    return pairs | DRAWN | BRACKETS | BETWEEN | wrong | dict.fromkeys(BLANKS, " ")


@cache
def _lookalike_class() -> str:
    return "[" + "".join(re.escape(char) for char in _lookalikes()) + "]"


def _holding(texts: pl.Series, one_of: Callable[[], str]) -> pl.Series:
    """Which texts hold a character of a class."""
    if (texts.str.len_bytes().sum() or 0) > SHORT:
        return texts.str.contains(one_of()).fill_null(False)
    characters = _members(one_of)
    return pl.Series([not characters.isdisjoint(text or "") for text in texts], dtype=pl.Boolean)


@cache
def _members(one_of: Callable[[], str]) -> frozenset[str]:
    return frozenset(re.sub(r"\\(.)", r"\1", one_of()[1:-1]))


def _fold_series(texts: pl.Series) -> pl.Series:
    texts = texts.cast(pl.String)
    wide = _holding(texts, _lookalike_class)
    if wide.any():
        table = _lookalikes()
        if (texts.str.len_bytes().sum() or 0) <= SHORT:  # of a short text what it holds
            table = {char: table[char] for char in set("".join(texts.filter(wide))) & table.keys()}
        plain = texts.filter(wide).str.replace_many(list(table), list(table.values()))
        texts = texts.scatter(wide.arg_true(), plain)
    traditional = _holding(texts, traditional_only)
    if traditional.any():
        simplified = [_to_simplified(text) for text in texts.filter(traditional)]
        texts = texts.scatter(traditional.arg_true(), pl.Series(simplified, dtype=pl.String))
    return changed_where(texts, WRONG_BEHIND, lambda some: some.str.replace_all(WRONG_BEHIND, "${1}助"))


@overload
def fold_script(texts: pl.Expr) -> pl.Expr: ...
@overload
def fold_script(texts: pl.Series) -> pl.Series: ...
def fold_script(texts: pl.Expr | pl.Series) -> pl.Expr | pl.Series:
    """Fold a column of texts (nulls stay null); every text keeps its length in code points."""
    if isinstance(texts, pl.Series):
        return _fold_series(texts)
    return texts.map_batches(_fold_series, return_dtype=pl.String, is_elementwise=True)


def with_folded(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents (`text`) with `folded`, their text folded; as they came where it stands there already.

    A batch is folded once: who hands documents on hands on this column, and who reads them asks for it here.
    """
    if "folded" in documents.columns:
        return documents
    folded = fold_script(with_cells_apart(documents["text"]))
    return documents.with_columns(folded=without_unsaid(folded))


def with_folded_names(reports: pl.DataFrame) -> pl.DataFrame:
    """Reports (`title`, `issuer`) with `NAMES`, both folded; as they came where these stand there already.

    They are folded once a batch, as the texts are: headings, years and tables ask for them here.
    """
    if set(NAMES) <= set(reports.columns):
        return reports
    return reports.with_columns(fold_script(reports[n.removeprefix("folded_")]).alias(n) for n in NAMES)
