"""The search index: names of indicators, regions and reports with how much each is used, what else an
indicator's subject is called, and, while reports are few, the words inside them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from unicodedata import normalize

import polars as pl
from opencc_pyo3 import OpenCC

from pipeline.site.names import indicator_page, region_page, report_page
from pipeline.site.reference import Reference
from pipeline.vocabulary import loader

CERTAIN = 2  # strength of a word from which it is a name of its subject
MOST_TEXTS = 2_000  # reports; beyond, their words are left to `minzheng query`
PARTS = 128  # files among which the words of the texts are spread


def search_entries(
    reports: pl.DataFrame, uses: Mapping[str, int], covers: Mapping[str, str], reference: Reference
) -> list[list]:
    """Rows of [kind (`i`ndicator, `r`egion, `d`ocument), page, Chinese, English, words, uses, subject].

    `uses` is the number of values by indicator and by region code.
    """
    return [
        *_indicators(uses, covers, reference),
        *_regions(uses, reference),
        *_reports(reports, reference),
    ]


def synonyms(reference: Reference) -> dict[str, str]:
    """By subject that has a page: the words of the vocabulary that stand for it."""
    subjects = {reference.indicator(key).subject for key in reference.indicator_pages} - {"other"}
    found: dict[str, list[str]] = {}
    for row in loader.rows("subjects/subject_words.csv"):
        if row["subject"] in subjects and int(row["strength"] or 0) >= CERTAIN:
            found.setdefault(row["subject"], []).append(row["word"])
    return {subject: " ".join(words) for subject, words in found.items()}


def words_in_texts(texts: Iterable[str]) -> Iterator[dict[str, str]]:
    """`PARTS` indices of reports by every two characters in a row: the reports' numbers in base 36.

    `texts` in the order of the reports' entries; each is looked for as written and in Simplified script.
    """
    simplified = OpenCC("t2s")
    postings: list[dict[str, list[str]]] = [{} for _ in range(PARTS)]
    for number, text in enumerate(texts):
        folded, code = normalize("NFKC", text).lower(), _base36(number)
        pairs = set(map("".join, pairwise(folded)))
        other = simplified.convert(folded)
        if other != folded:
            pairs.update(map("".join, pairwise(other)))
        for pair in pairs:
            if not any(char.isspace() for char in pair):
                postings[ord(pair[0]) % PARTS].setdefault(pair, []).append(code)
    for part in postings:
        yield {pair: " ".join(part[pair]) for pair in sorted(part)}


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits


def _indicators(uses: Mapping[str, int], covers: Mapping[str, str], reference: Reference) -> Iterable[list]:
    for indicator_id in sorted(reference.indicator_pages):
        about = reference.indicator(indicator_id)
        words = f"{indicator_id} {covers.get(about.subject) or ''}"
        used = uses.get(indicator_id, 0)
        yield ["i", indicator_page(indicator_id), about.zh, about.en, words, used, about.subject]


def _regions(uses: Mapping[str, int], reference: Reference) -> Iterable[list]:
    for code in sorted(reference.region_pages):
        name = reference.region_name(code)
        yield ["r", region_page(code), name.zh, name.en, code, uses.get(code, 0)]


def _reports(reports: pl.DataFrame, reference: Reference) -> Iterable[list]:
    simplified = OpenCC("t2s")
    for row in reports.iter_rows(named=True):
        title = row["title"] or row["file_name"] or row["report_id"]
        words = " ".join(
            str(word)
            for word in (
                simplified.convert(title), row["issuer"], row["document_no"], row["index_no"], row["year"],
                reference.region_name(row["region_code"]).zh, row["file_name"],
            )
            if word
        )  # fmt: skip
        about = " ".join(filter(None, (row["issuer"], str(row["year"] or ""))))
        yield ["d", report_page(row["report_id"]), title, about, words]
