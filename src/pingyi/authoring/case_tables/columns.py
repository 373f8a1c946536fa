"""What the cells of one column look like, from a sample of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pingyi.authoring.case_tables import words
from pingyi.authoring.case_tables.fields import Holds
from pingyi.authoring.case_tables.moments import day_of, is_day_first, moment
from pingyi.authoring.tables.cells import Cell

SAMPLED = 400  # cells that are looked at closely


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column's label, some of its values, and the shares of cells that look like something."""

    index: int
    label: str
    samples: tuple[str, ...]
    filled: int
    distinct: float
    length: float
    moments: float
    numeric: float
    known: dict[Holds, float]
    day_first: bool | None
    middle: date | None = None  # the day in the middle of its days
    follows: bool = False  # of a column of days: nearly none lies before the receipt of its row
    while_open: float | None = None  # share of the open rows that have a day here; None where no row is told to be
    once_closed: float | None = None  # the same of the closed rows


def look_at(index: int, label: str, cells: Sequence[Cell]) -> Column:
    """Describe a column by its cells."""
    pairs = [(cell, words.line(cell)) for cell in cells]
    filled = [pair for pair in pairs if pair[1]][:SAMPLED]
    texts = [text for _, text in filled]
    count = len(texts) or 1
    orders = {is_day_first(text) for text in texts} - {None}
    return Column(
        index=index,
        label=label,
        samples=tuple(dict.fromkeys(text[:80] for text in texts))[:4],
        filled=len(texts),
        distinct=len(set(texts)) / count,
        length=sum(map(len, texts)) / count,
        moments=sum(_is_moment(cell, text) for cell, text in filled) / count,
        numeric=sum(text.replace(".", "", 1).lstrip("-").isdigit() for text in texts) / count,
        known=_shares(texts, label),
        day_first=orders.pop() if len(orders) == 1 else None,
        middle=_middle([cell for cell, _ in filled]),
    )


def _middle(cells: Sequence[Cell]) -> date | None:
    found = sorted(day_of(one) for cell in cells if (one := moment(cell)) is not None)
    return found[len(found) // 2] if found else None


def _is_moment(cell: Cell, text: str) -> bool:
    """A plain number is a date only under a head that says so; here it does not count."""
    if isinstance(cell, int | float) or text.replace(".", "").isdigit():
        return False
    return moment(cell) is not None or moment(cell, day_first=True) is not None


def _shares(texts: Sequence[str], label: str) -> dict[Holds, float]:
    tests = {
        Holds.KIND: lambda text: words.kind(text) is not None,
        Holds.STATUS: lambda text: words.is_closed(text) is not None,
        Holds.ON_TIME: lambda text: words.on_time(text, head=label) is not None,
        Holds.FLAG: lambda text: words.flag(text) is not None,
        Holds.CHANNEL: lambda text: words.CHANNELS.search(text) is not None and len(text) <= 30,
        Holds.UNIT: lambda text: words.UNITS.search(text) is not None and len(text) <= 60,
        Holds.PHONE: lambda text: words.PHONE.fullmatch(text) is not None and len(text) >= 7,
    }
    count = len(texts) or 1
    return {holds: sum(map(test, texts)) / count for holds, test in tests.items()}
