"""Sums of several things that were named one by one: 低保300万元、特困供养50万元,合计350万元."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.subjects.in_order import combined
from pipeline.extraction.words import subjects_of
from pipeline.reading.layout.compute import beside
from pipeline.vocabulary import pattern

# what several benefits of a domain are together
SUMS = {"social_assistance": "hardship_household", "elderly_care": "elder_subsidies"}
TERMS = range(2, 25)  # numbers that a sum adds up
EXACT = 0.006  # of the sum: what rounding leaves


def sum_of_all(rows: pl.DataFrame) -> pl.DataFrame:
    """Set `subject` of money that sums up what stands before it, of several benefits: what two make together
    (combined.csv), `SUMS` where all are of one domain, else other.

    `rows`: in the order of the text, with at, sentence, unit_class, value, subject and quote_before. That it
    is a sum is said (三项合计) or follows from the values (合计, and they add up to it).
    """
    subject, sentence = pl.col("subject"), pl.col("sentence")
    text = pl.col("at") // DOCUMENT
    money = pl.col("unit_class") == "money"
    said = money & pl.col("quote_before").str.contains(pattern("sum_of_all"))
    said &= (beside(sentence, 2, text) == sentence) & (beside(subject, 1, text) != beside(subject, 2, text))
    for domain, together in SUMS.items():
        of_it = pl.all_horizontal(beside(subject, n, text).is_in(subjects_of(domain)) for n in (1, 2))
        subject = pl.when((said & of_it).fill_null(False)).then(pl.lit(together)).otherwise(subject)
    rows = rows.with_columns(subject=subject)
    summed = rows.select(money & pl.col("quote_before").str.contains(pattern("sum_before"))).to_series()
    asked = rows.select("value", "unit_class", "subject", text=text)
    places = summed.fill_null(False).arg_true().to_list()
    columns = asked.get_columns()
    added = {place: found for place in places if (found := _added(place, *columns))}
    if not added:
        return rows
    told = pl.repeat(None, len(rows), dtype=pl.String, eager=True)
    told = told.scatter(list(added), list(added.values()))
    return rows.with_columns(subject=pl.coalesce(told, "subject"))


def _added(
    place: int, value: pl.Series, unit_class: pl.Series, subject: pl.Series, text: pl.Series
) -> str | None:
    """What the sums of money right before a row are together, where they add up to it and are of several
    things; else None."""
    whole = value[place]
    total = 0.0
    subjects: set[str] = set()
    for n in range(1, min(place + 1, TERMS.stop + 1)):
        row = place - n
        if text[row] != text[place] or unit_class[row] != "money" or value[row] is None:
            return None
        total, subjects = total + value[row], {*subjects, subject[row]}
        if n in TERMS and abs(total - whole) <= EXACT * whole:
            if len(subjects) == 1 or subject[place] not in subjects:
                return None
            pairs = (both for pair, both in combined().items() if subjects == {*pair.split("+")})
            if (both := next(pairs, None)) is not None:
                return both
            domains = (together for domain, together in SUMS.items() if subjects <= {*subjects_of(domain)})
            return next(domains, "other")
        if total > whole * (1 + EXACT):
            return None
    return None
