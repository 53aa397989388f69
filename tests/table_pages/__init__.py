"""Tables as offices publish them, by the shape that they have as text, with what some of their cells say.

Each has its text and lines of digits, indicator, value, unit and other fields; figures are invented.
"""

from __future__ import annotations

from table_pages import (
    bars,
    bars_of_tasks,
    beside,
    broken,
    spaces,
    stacks,
    stacks_copied,
    stacks_uneven,
    tabs,
    yearbooks,
)
from table_pages.unread import UNREAD

__all__ = ["PAGES", "UNREAD"]

PAGES: dict[str, tuple[str, list[str]]] = {}
for shape in (
    bars,
    bars_of_tasks,
    beside,
    broken,
    spaces,
    stacks,
    stacks_copied,
    stacks_uneven,
    tabs,
    yearbooks,
):
    PAGES |= shape.PAGES
