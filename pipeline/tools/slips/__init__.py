"""Where a labelled text could hold a slip that its readers would see, and the text with that slip in it.

Each kind of slip takes figures that the labels give as clear: read in prose, of the whole region, where the
sum, rate or order that the slip breaks holds in the clean text. A `Slip` also knows the same text without the
slip (`clean`), for kinds that tell something once more: what the audit says of that is a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.evaluation.labels import Labelled
from pipeline.tools.slips.page import Page, Slip
from pipeline.tools.slips.rates import average, direction, growth, rate
from pipeline.tools.slips.sums import part_over_whole, parts_elsewhere, told_twice, total, urban_and_rural
from pipeline.tools.slips.values import (
    as_of,
    extra_wan,
    lost_wan,
    people,
    standard_order,
    standard_range,
    tekun_line,
)

__all__ = ["Slip", "slips"]


def slips(labelled: Labelled, level: str, published: str | None) -> list[Slip]:
    """One slip of each kind that the text has room for. `level`: of its region; `published`: its day."""
    page = Page(labelled)
    plain: tuple[Callable[[Page], Iterator[Slip]], ...] = (
        total, urban_and_rural, parts_elsewhere, told_twice, growth, direction, rate, average,
        part_over_whole, lost_wan, extra_wan, standard_order, tekun_line, standard_range,
    )  # fmt: skip
    found = [slip for kind in plain for slip in kind(page)]
    found += [*people(page, level), *as_of(page, published)]
    chosen: dict[str, list[Slip]] = {}
    for slip in found:
        if slip.text != page.text:
            chosen.setdefault(slip.kind, []).append(slip)
    return [page.dice.choice(some) for some in chosen.values()]
