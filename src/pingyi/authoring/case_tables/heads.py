"""Where a hotline's table begins: its head in one row or two, under title lines, on any sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pingyi.authoring.case_tables.fields import FIELDS, UNREAD, head_key
from pingyi.authoring.case_tables.moments import moment
from pingyi.authoring.case_tables.words import line
from pingyi.authoring.tables.cells import Cell
from pingyi.authoring.tables.sheets import Sheet

SEARCHED_ROWS = 30
LONGEST_HEAD = 40
KNOWN = {head_key(word): field.id for field in FIELDS for word in field.heads}
TEMPLATE_SHEETS = {"填写说明", "示例", "选项", "说明", "instructions", "example", "choices"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The head of one sheet: its labels column by column, and the row under it where the table begins."""

    sheet: str
    first_row: int  # of the table's rows, as the spreadsheet numbers them
    labels: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many of the labels are heads that hotlines use."""
        return sum(head_key(label) in KNOWN for label in self.labels)


def find_head(sheet: Sheet) -> Head | None:
    """Return the head of a sheet; None where no row looks like one."""
    if sheet.name.casefold() in TEMPLATE_SHEETS:
        return None
    rows = [list(row) for row in islice(sheet.rows(), SEARCHED_ROWS)]
    found = [head for index in range(len(rows)) for head in _heads_at(index, rows, sheet.name)]
    return max(found, key=lambda head: (head.known, -head.first_row), default=None)


def _heads_at(index: int, rows: Sequence[Sequence[Cell]], sheet: str) -> list[Head]:
    upper = [line(cell) for cell in rows[index]]
    if not _is_head_like(upper):
        return []
    heads = [Head(sheet=sheet, first_row=index + 2, labels=_unique(upper))]
    lower = [line(cell) for cell in rows[index + 1]] if index + 1 < len(rows) else []
    if _is_second_row(upper, lower):
        heads.insert(0, Head(sheet=sheet, first_row=index + 3, labels=_unique(_joined(upper, lower))))
    return heads


def _is_head_like(cells: Sequence[str]) -> bool:
    """Short words that are neither numbers nor dates, in at least two columns; a title merged over all is one word."""
    filled = [cell for cell in cells if cell]
    if len(set(filled)) < 2 or any(len(cell) > LONGEST_HEAD for cell in filled):
        return False
    return not any(cell.replace(".", "").isdigit() or moment(cell) is not None for cell in filled)


def _is_second_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """The second row of a head divides a wide cell of the first, and leaves or repeats the others."""
    if not any(lower) or any(moment(cell) is not None for cell in lower if cell):
        return False
    pairs = [(above, below) for above, below in zip(upper, lower, strict=False) if below]
    new = [below for above, below in pairs if below != above]
    repeats = [above for above, below in pairs if below == above]
    known = sum(head_key(below) in KNOWN for below in new)
    spare = [above for above, below in zip(upper, lower, strict=False) if not below]
    return bool(known) and known * 2 >= len(new) and (bool(repeats) or bool(spare) or not all(upper))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    labels = []
    last = ""
    for column in range(max(len(upper), len(lower))):
        above = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        last = above or (last if below else "")  # a merged cell of a text file stands only over its first column
        is_plain = not below or below == last
        labels.append(last if is_plain else below if head_key(below) in KNOWN or not last else f"{last} {below}")
    return labels


def _unique(labels: Sequence[str]) -> tuple[str, ...]:
    """Tell columns of the same name apart: they are remembered and corrected by their names."""
    seen: dict[str, int] = {}
    unique = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        unique.append(label if not label or seen[label] == 1 else f"{label} ({seen[label]})")
    while unique and not unique[-1]:
        unique.pop()
    return tuple(unique)


def is_unread(label: str) -> bool:
    """Whether a column says nothing of the case: line numbers, remarks, our own reasons of another day."""
    return not label or label in UNREAD or label.casefold() in UNREAD
