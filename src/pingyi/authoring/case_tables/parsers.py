"""How the cells of each kind of column are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import tzinfo

from pingyi.authoring.case_tables import words
from pingyi.authoring.case_tables.fields import BY_ID, Holds
from pingyi.authoring.case_tables.moments import Moment, day_of, moment
from pingyi.authoring.tables.cells import Cell, number

LONGEST_TEXT, LONGEST_LINE = 20_000, 500
LONGEST = {"number": 64, "person": 60, "phone": 40, "email": 120, "home": 200, "unit": 120, "result": 500}
GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
ROUNDED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
MOST_EXACT = 10**15  # beyond it a spreadsheet's number has lost digits
NOTES = frozenset({"kind.unknown", "status.unknown", "time.unknown", "count.bad"})

Parse = Callable[[Cell], object]


class BadCellError(Exception):
    """One cell that cannot be used as it is."""

    def __init__(self, code: str, **facts: str) -> None:
        """Keep the code and the facts of its sentence."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def is_blocking(self) -> bool:
        """Whether its row must be set aside."""
        return self.code not in NOTES


def parser(field: str, *, head: str, day_first: bool, zone: tzinfo) -> Parse:
    """Return how the cells of a field are read: to a value, None or "" for nothing, or BadCellError."""
    read = _parser(field, head=head, day_first=day_first, zone=zone)
    most = LONGEST.get(field)
    return read if most is None else lambda cell: _short(read(cell), most=most)


def _parser(field: str, *, head: str, day_first: bool, zone: tzinfo) -> Parse:
    holds = BY_ID[field].holds
    if holds is Holds.MOMENT:
        return lambda cell: _moment(cell, day_first=day_first, zone=zone)
    if holds is Holds.ON_TIME:
        return lambda cell: _known(cell, lambda text: words.on_time(text, head=head), "time.unknown")
    return _PARSERS.get(holds, _line)


def _short(value: object, *, most: int) -> object:
    if isinstance(value, str) and len(value) > most:
        raise BadCellError("text.too_long", most=str(most))
    return value


def _line(cell: Cell) -> str:
    text = words.line(cell)
    if text.startswith("#") and words.ERRORS.fullmatch(text):
        raise BadCellError("cell.error", value=text)
    if len(text) > LONGEST_LINE:
        raise BadCellError("text.too_long", most=str(LONGEST_LINE))
    return text


def _prose(cell: Cell) -> str:
    text = words.prose(cell)
    if len(text) > LONGEST_TEXT:
        raise BadCellError("text.too_long", most=str(LONGEST_TEXT))
    if text.startswith("#") and words.ERRORS.fullmatch(text):
        raise BadCellError("cell.error", value=text)
    return text


def _number(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", _line(cell)).strip()
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]  # 20190001.0 is a number that a spreadsheet mistook
    if GROUPED.fullmatch(text):
        text = text.replace(",", "")  # 20,190,001 is one that it parted by thousands
    if ROUNDED.fullmatch(text) or (isinstance(cell, float) and abs(cell) >= MOST_EXACT):
        raise BadCellError("number.rounded", value=text)
    return text


def _moment(cell: Cell, *, day_first: bool, zone: tzinfo) -> Moment | None:
    text = _line(cell)
    if not text:
        return None
    found = moment(cell, day_first=day_first, zone=zone)
    if found is None:
        raise BadCellError("date.bad", value=text)
    if not 1990 <= day_of(found).year <= 2100:
        raise BadCellError("date.far", value=text)
    return found


def _known(cell: Cell, read: Callable[[str], object], code: str) -> object:
    text = _line(cell)
    found = read(text) if text else None
    if text and found is None:
        raise BadCellError(code, value=text)
    return found


def _kind(cell: Cell) -> object:
    return (
        None if words.key(words.line(cell)) in {"其他", "其它", "other"} else _known(cell, words.kind, "kind.unknown")
    )


def _phone(cell: Cell) -> str:
    text = unicodedata.normalize("NFKC", _line(cell))
    return re.sub(r"\.0+$", "", re.sub(r"[\s()]", "", text))


def _count(cell: Cell) -> int | None:
    text = _line(cell)
    found = number(text)
    if text and (found is None or found[0] != int(found[0])):
        raise BadCellError("count.bad", value=text)
    return int(found[0]) if found else None


_PARSERS: dict[Holds, Parse] = {
    Holds.NUMBER: _number,
    Holds.PROSE: _prose,
    Holds.KIND: _kind,
    Holds.STATUS: lambda cell: _known(cell, words.is_closed, "status.unknown"),
    Holds.FLAG: lambda cell: _known(cell, words.flag, "flag.bad"),
    Holds.PHONE: _phone,
    Holds.COUNT: _count,
}
