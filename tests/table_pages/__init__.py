"""Tables as offices publish them, by the shape that they have as text, with what some of their cells say.

Each module beside this one has pages of a shape, each with its text and lines of digits, indicator, value,
unit and other fields; figures are invented.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from table_pages.unread import UNREAD

__all__ = ["PAGES", "UNREAD"]

PAGES: dict[str, tuple[str, list[str]]] = {}
for shape in iter_modules(__path__, "table_pages."):
    PAGES |= getattr(import_module(shape.name), "PAGES", {})
