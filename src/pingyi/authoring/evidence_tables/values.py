"""One cell as a value of its indicator: an option, a mark, a count; or why it cannot be one."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.names import Item, is_mean, is_scaled
from pingyi.authoring.tables.cells import Cell, FormulaError, key, number, text
from pingyi.rules.rounding import shown
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO
from pingyi.rules.verdict_checks import fault_of

MOST_TIMES = 10_000_000  # answers in one row: more is a slip of the pen
COUNTED_SOURCES = {BONUS, DEDUCTION, VETO}


class BadCellError(Exception):
    """One cell that cannot be used."""

    def __init__(self, column: str, code: str, **facts: str) -> None:
        """Keep the kind of column, the code and the facts."""
        super().__init__(code)
        self.column = column
        self.code = code
        self.facts = facts


def parsed_value(cell: Cell, *, item: Item) -> Decimal | str:
    """Return a cell as this item's value; raise BadCellError."""
    word = text(cell)
    if isinstance(cell, FormulaError):
        raise BadCellError(kinds.VALUE, "value.formula_error", value=word)
    if not word and item.source in COUNTED_SOURCES:
        return Decimal(1)  # a row that names a bonus, a deduction or a veto says that it happened once
    if not word:
        raise BadCellError(kinds.VALUE, "value.missing")
    if is_scaled(item):
        found = (item.options or {}).get(key(word))
        if found is None:
            raise BadCellError(kinds.VALUE, "value.not_an_option", value=word, choices=item.choices)
        return found
    parsed = number(cell)
    if parsed is None or (parsed[1] and not is_mean(item)):
        raise BadCellError(kinds.VALUE, "value.not_a_number", value=word)
    value = parsed[0]
    if parsed[1] and item.indicator:
        value = value * item.indicator.maximum / 100
    fault = fault_of(value, allowed=item.allowed)
    if fault:
        maximum = shown(Fraction(item.indicator.maximum)) if item.indicator else ""
        raise BadCellError(kinds.VALUE, f"value.{fault}", value=word, maximum=maximum)
    return value


PERSONAL = re.compile(r"1[3-9]\d{9}|\d{15}|\d{17}[\dXx]|[\u4e00-\u9fff]{2,4}")  # a telephone, an identity card, a name


def parsed_unit(cell: Cell) -> str:
    """Return the nameless key of who or what gave several marks; raise BadCellError for what tells a person."""
    word = text(cell)
    if PERSONAL.fullmatch(word.replace(" ", "").replace("-", "")):
        raise BadCellError(kinds.UNIT, "unit.personal")
    return word


def parsed_frame(cell: Cell) -> int:
    """Return how many there are in the stratum; 0 where nothing is written; raise BadCellError."""
    if not text(cell):
        return 0
    found = number(cell)
    if found is None or found[1] or found[0] != int(found[0]) or found[0] < 1:
        raise BadCellError(kinds.FRAME, "frame.bad", value=text(cell))
    return int(found[0])


def parsed_operator(cell: Cell) -> str:
    """Return the nameless key of who asked; raise BadCellError for what tells a person."""
    word = text(cell)
    if PERSONAL.fullmatch(word.replace(" ", "").replace("-", "")):
        raise BadCellError(kinds.OPERATOR, "unit.personal")
    return word


def parsed_count(cell: Cell, *, column: str = "") -> int:
    """Return a cell as a number of ballots or answers; raise BadCellError."""
    found = _plain_number(cell, column)
    if found < 0:
        raise BadCellError(column, "value.negative_value", value=text(cell))
    if found != int(found) or found > MOST_TIMES:
        code = "count.not_whole" if found != int(found) else "count.too_many"
        raise BadCellError(column, code, value=text(cell))
    return int(found)


def _plain_number(cell: Cell, column: str) -> Decimal:
    if isinstance(cell, FormulaError):
        raise BadCellError(column, "value.formula_error", value=text(cell))
    if not text(cell):
        raise BadCellError(column, "value.missing")
    parsed = number(cell)
    if parsed is None or parsed[1]:
        raise BadCellError(column, "value.not_a_number", value=text(cell))
    return parsed[0]
