"""Formulas of a workbook that hold no value: what sums, differences and shares of other cells come to.

A program that writes workbooks (an export, a script) leaves them to be worked out when the file is opened.
Only what tables of figures use is worked out: numbers, cells, ranges, the four operations, a few functions.
What holds anything else has no value.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

Place = tuple[str, int, int]  # sheet, row, column
MAX_STEPS = 500_000  # cells that are looked at for all formulas of a workbook
MAX_DEPTH = 60  # formulas that hang on each other, beyond those above them
MAX_LENGTH = 1_000
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?:(?:'(?P<quoted>[^']+)'|(?P<sheet>[^\W\d]\w*))!)?"
    r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})(?::\$?(?P<last>[A-Z]{1,3})\$?(?P<end>\d{1,7}))?(?![\w(])"
    r"|(?P<function>[A-Z]+)\(|(?P<sign>[-+*/(),%]))"
)
Values = list[Decimal]


class Unknown(Exception):
    """A formula that is not understood, or hangs on one."""


FAILS = (Unknown, InvalidOperation, DivisionByZero, OverflowError, ValueError, IndexError)


def _round(values: Values) -> Decimal:
    if len(values) != 2 or abs(values[1]) > 10:
        raise Unknown
    return values[0].quantize(Decimal(1).scaleb(-int(values[1])), rounding=ROUND_HALF_UP)


def _average(values: Values) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


FUNCTIONS: dict[str, Callable[[Values], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal(0)),
    "AVERAGE": _average,
    "MAX": max,
    "MIN": min,
    "ROUND": _round,
    "SUBTOTAL": lambda values: sum(values[1:], Decimal(0)) if values[0] in (9, 109) else _unknown(),
}


def _unknown() -> Decimal:
    raise Unknown


class Formulas:
    """The cells of a workbook by their places; `value` of those that hold a formula, None where none."""

    def __init__(self, cells: Mapping[Place, object]) -> None:
        self.cells = cells
        self.known: dict[Place, Decimal | None] = {}
        self.steps = 0

    def value(self, place: Place, depth: int = 0) -> float | int | None:
        """What the formula at a place comes to."""
        number = self._number(place, depth)
        if number is None:
            return None
        whole = number == number.to_integral_value() and abs(number) < 10**15
        return int(number) if whole else float(number)

    def _number(self, place: Place, depth: int) -> Decimal | None:
        if place not in self.known:
            self.known[place] = None  # what hangs on itself has no value
            formula = str(self.cells[place])
            if depth < MAX_DEPTH and len(formula) <= MAX_LENGTH:
                with suppress(*FAILS):
                    self.known[place] = _Parser(self, formula[1:], place[0], depth).whole()
        return self.known[place]

    def cell(self, place: Place, depth: int) -> Decimal | None:
        """The number of a cell; None of one that is blank or words."""
        self.steps += 1
        content = self.cells.get(place)
        if self.steps > MAX_STEPS or isinstance(content, bool):
            raise Unknown
        if isinstance(content, int | float):
            return Decimal(repr(content))
        if isinstance(content, str) and content.startswith("="):
            number = self._number(place, depth + 1)
            if number is None:
                raise Unknown
            return number
        if content is not None and not isinstance(content, str):  # dates, formulas of arrays
            raise Unknown
        return None


class _Parser:
    def __init__(self, formulas: Formulas, text: str, sheet: str, depth: int) -> None:
        self.formulas, self.sheet, self.depth = formulas, sheet, depth
        self.tokens: list[re.Match[str]] = []
        at = 0
        while at < len(text.rstrip()):
            token = TOKEN.match(text, at)
            if not token:
                raise Unknown
            self.tokens.append(token)
            at = token.end()
        self.next = 0

    def whole(self) -> Decimal:
        value = self._sum()
        if self.next < len(self.tokens):
            raise Unknown
        return value

    def _sign(self, *signs: str) -> str | None:
        if self.next < len(self.tokens) and self.tokens[self.next]["sign"] in signs:
            self.next += 1
            return self.tokens[self.next - 1]["sign"]
        return None

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._sign("+", "-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._share()
        while sign := self._sign("*", "/"):
            other = self._share()
            value = value * other if sign == "*" else value / other
        return value

    def _share(self) -> Decimal:
        if self._sign("-"):
            return -self._share()
        self._sign("+")
        value = self._one()
        return value / 100 if self._sign("%") else value

    def _one(self) -> Decimal:
        if self._sign("("):
            value = self._sum()
            if not self._sign(")"):
                raise Unknown
            return value
        token = self.tokens[self.next]
        if token["function"]:
            return self._called(token["function"])
        values = self._of(token)
        if len(values) != 1:
            raise Unknown
        return values[0]

    def _called(self, name: str) -> Decimal:
        self.next += 1
        values: Values = []
        while not self._sign(")"):
            token = self.tokens[self.next]
            values += self._of(token) if token["last"] else [self._sum()]
            if not self._sign(",") and self.tokens[self.next]["sign"] != ")":
                raise Unknown
        if name not in FUNCTIONS or not values:
            raise Unknown
        return FUNCTIONS[name](values)

    def _of(self, token: re.Match[str]) -> Values:
        """The numbers of a cell or a range; a blank cell counts as nought where it stands alone."""
        self.next += 1
        if token["number"]:
            return [Decimal(token["number"])]
        if not token["column"]:
            raise Unknown
        sheet = token["quoted"] or token["sheet"] or self.sheet
        column, row = _column(token["column"]), int(token["row"])
        if not token["last"]:
            if (
                isinstance(content := self.formulas.cells.get((sheet, row, column)), str)
                and content[:1] != "="
            ):
                raise Unknown
            return [self.formulas.cell((sheet, row, column), self.depth) or Decimal(0)]
        rows, columns = range(row, int(token["end"]) + 1), range(column, _column(token["last"]) + 1)
        if len(rows) * len(columns) > MAX_STEPS - self.formulas.steps:
            raise Unknown
        told = (self.formulas.cell((sheet, r, c), self.depth) for r in rows for c in columns)
        return [number for number in told if number is not None]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
