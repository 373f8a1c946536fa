"""The head of a table of sections or people: what its columns are, by their cells, and by the head's words in a tie."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from pingyi.authoring import people_words as words
from pingyi.authoring.people_grids import Grid
from pingyi.authoring.tables.by_cells import ANY_YEAR, SAMPLED, are
from pingyi.authoring.tables.cells import day
from pingyi.authoring.tables.taken import TakenColumn, samples

Test = Callable[[str, str], bool]
NOTHING_CHOSEN: Mapping[int, str] = MappingProxyType({})
_WITHIN = 20  # rows of titles and notes that may stand above the head
_LONGEST = 20  # characters of a head
_UNIT = re.compile(r"..*(局|处|科|室|队|中心|所|站|股|办|院|校|社区|窗口)$")
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}")
_PHONE = re.compile(r"1[3-9]\d{9}(\.0)?|0\d{2,3}-?\d{7,8}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Days of people are many, of birth and of entry among them: only a head that tells of the post's term makes them that.
_BEGINS, _ENDS = (
    re.compile(r"(任|聘).*(起|始|自|从|日|时)|(起|始|生效)"),
    re.compile(r"(任|聘).*(止|满|至)|(止|届满|期满)"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where a sheet's rows begin, whether they are people, and the field of each column."""

    row: int  # index of the head's row
    fields: Mapping[int, str]
    is_people: bool

    @property
    def is_enough(self) -> bool:
        """Whether rows can be read by it."""
        needed = {"name", "role" if self.is_people else "kind"}
        return "name" in self.fields.values() and (needed <= set(self.fields.values()) or len(self.fields) >= 3)


def find_head(grid: Grid, *, kinds: Mapping[str, str], sections: Collection[str]) -> Head | None:
    """Find the head: the row with the most columns that are something, and whether it is of people or of sections."""
    best: Head | None = None
    for at, row in enumerate(grid.rows[:_WITHIN]):
        for is_people, known in ((True, words.PEOPLE_HEADS), (False, words.SECTION_HEADS)):
            said = _match(row, known)
            fields = _by_cells(grid, at, said, is_people=is_people, kinds=kinds, sections=sections)
            head = Head(row=at, fields=fields, is_people=is_people)
            if head.is_enough and (best is None or len(head.fields) > len(best.fields)):
                best = head
    return best


def with_chosen(
    recognized: Iterable[tuple[Grid, Head]], chosen: Mapping[int, str]
) -> tuple[list[tuple[Grid, Head]], list[TakenColumn]]:
    """Return the heads with these columns taken as a person says, and then what every column is."""
    heads: list[tuple[Grid, Head]] = []
    taken: list[TakenColumn] = []
    for grid, head in recognized:
        places = [place for place, label in enumerate(grid.rows[head.row]) if label]
        known = words.PEOPLE_HEADS if head.is_people else words.SECTION_HEADS
        given = {place: chosen[len(taken) + at] for at, place in enumerate(places) if len(taken) + at in chosen}
        given = {place: field for place, field in given.items() if not field or field in known}
        fields = {place: field for place, field in head.fields.items() if place not in given}
        now = replace(head, fields=fields | {place: field for place, field in given.items() if field})
        heads.append((grid, now))
        taken += [
            TakenColumn(
                number=len(taken) + at, sheet=grid.name,
                label=grid.rows[head.row][place], kind=now.fields.get(place, ""),
                samples=samples(_cells(grid, head.row, place)), is_known=place in now.fields,
            )
            for at, place in enumerate(places)
        ]  # fmt: skip
    return heads, taken


def _match(row: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Return what the head's own words say."""
    fields: dict[int, str] = {}
    wanted = [re.sub(r"[\s*:：]|[(（].*?[)）]", "", cell).lower() for cell in row]
    for name, spellings in known.items():
        bare = [re.sub(r"\s", "", one).lower() for one in spellings]
        at = next((at for one in bare for at, cell in enumerate(wanted) if cell == one and at not in fields), None)
        if at is not None:
            fields[at] = name
    return fields


def _by_cells(
    grid: Grid,
    at: int,
    said: Mapping[int, str],
    *,
    is_people: bool,
    kinds: Mapping[str, str],
    sections: Collection[str],
) -> dict[int, str]:
    """Give each field that no head named to the one column whose cells are it."""
    fields = dict(said)
    labels = grid.rows[at]
    if not _is_head_like(labels, kinds):
        return fields
    free = {place: _cells(grid, at, place) for place, label in enumerate(labels) if label and place not in fields}
    tests = _people_tests(sections) if is_people else _section_tests(kinds)
    for field, test in tests.items():
        fitting = [place for place, cells in free.items() if place not in fields and _fits(labels[place], cells, test)]
        if field not in fields.values() and len(fitting) == 1:
            fields[fitting[0]] = field
    return fields


def _is_head_like(labels: Sequence[str], kinds: Mapping[str, str]) -> bool:
    """Whether a row may be a head whose words nobody knows: several short words, each once, none of them data."""
    filled = [label for label in labels if label]
    if len(filled) < 2 or len(set(filled)) < len(filled) or any(len(label) > _LONGEST for label in filled):
        return False
    return not any(
        _PHONE.fullmatch(one) or _MAIL.fullmatch(one) or words.role_named(one) or one in kinds.values()
        for one in filled
    )


def _people_tests(sections: Collection[str]) -> dict[str, Test]:
    """Return for each field of a person how a head and one of its cells look that are it."""
    return {
        "role": lambda _, cell: words.role_named(cell) is not None,
        "phone": lambda _, cell: bool(_PHONE.fullmatch(cell)),
        "mail": lambda _, cell: bool(_MAIL.fullmatch(cell)),
        "section": lambda _, cell: cell in sections or bool(_UNIT.fullmatch(cell)),
        "active_until": lambda head, cell: bool(_ENDS.search(head)) and _is_day(cell),
        "active_from": lambda head, cell: bool(_BEGINS.search(head)) and _is_day(cell),
        "name": lambda _, cell: bool(_PERSON.fullmatch(cell)) and not _UNIT.fullmatch(cell),
    }


def _section_tests(kinds: Mapping[str, str]) -> dict[str, Test]:
    """Return for each field of a section how a head and one of its cells look that are it."""
    known, ends = {*kinds, *kinds.values()}, tuple(kinds.values())
    return {
        "kind": lambda _, cell: cell in known,
        "name": lambda _, cell: cell.endswith(ends) and cell not in known,
        "is_evaluated": lambda head, cell: "评" in head and cell.lower() in words.YES | words.NO,
    }


def _is_day(cell: str) -> bool:
    return day(cell, year=ANY_YEAR) is not None


def _fits(label: str, cells: Sequence[str], test: Test) -> bool:
    """Whether a column's cells are it, the first below its head among them: below a title stands the head itself."""
    return are([cell for cell in cells if cell], partial(test, label))


def _cells(grid: Grid, at: int, place: int) -> list[str]:
    return [row[place] for row in grid.rows[at + 1 : at + 1 + SAMPLED] if place < len(row)]
