"""The rows of a table of answers, ballots, visits or cases → typed values, each fault at its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pingyi.authoring.estimate_tables.heads import Column, Head, Kind
from pingyi.authoring.estimate_tables.problems import EstimateProblem
from pingyi.authoring.tables.cells import Cell, key, number, text
from pingyi.rules.rating import Rating

LEVELS: dict[str, float] = {
    "5": 100, "4": 80, "3": 60, "2": 30, "1": 0, "非常满意": 100, "很满意": 100, "满意": 80, "比较满意": 80,
    "基本满意": 60, "一般": 60, "不满意": 30, "不太满意": 30, "非常不满意": 0, "很不满意": 0,
}  # fmt: skip
DONT_KNOW = {key(word) for word in ("不了解", "不清楚", "不知道", "弃权", "don't know", "dk", "na", "n/a", "nan", "/")}
NO = {"0", "否", "no", "n", "false", "未评价"}
MOST_MARK = 100
WHOSE = (Column.STRATUM, Column.POPULATION, Column.WEIGHT, Column.CLUSTER)  # a person's, not an answer's


@dataclass(kw_only=True, slots=True)
class Found:
    """What was read so far."""

    ratings: list[Rating] = field(default_factory=list)
    visits: list[tuple[str, float]] = field(default_factory=list)
    cases: list[tuple[str, int, int]] = field(default_factory=list)
    problems: list[EstimateProblem] = field(default_factory=list)


class Reader:
    """Reads one table's rows one after the other."""

    def __init__(self, *, head: Head, sheet: str, levels: Mapping[str, float]) -> None:
        """Keep where the columns are, and what a level is worth."""
        self.head, self.sheet = head, sheet
        self.levels = {key(word): value for word, value in levels.items()}
        self.words = "、".join(levels)
        self.found = Found()
        self._seen: dict[tuple[str, ...], int] = {}
        self._people: dict[str, tuple[int, tuple[str, ...]]] = {}

    def read(self, at: int, row: Sequence[Cell]) -> None:
        """Read one row; an empty one is passed over."""
        if not any(text(cell) for cell in row):
            return
        if self.head.kind is Kind.CASES:
            self._case(at, row)
        elif self.head.kind is Kind.VISITS:
            self._visit(at, row)
        elif self.head.kind is Kind.BALLOT_GRID:
            self._ballot(at, row)
        else:
            self._rating(at, row)

    def _case(self, at: int, row: Sequence[Cell]) -> None:
        section = self._word(at, row, Column.SECTION)
        closed, satisfied = (self._count(at, row, column) for column in (Column.CLOSED, Column.SATISFIED))
        if not section or closed is None or satisfied is None:
            return
        if satisfied > closed:
            facts = {"satisfied": str(satisfied), "closed": str(closed)}
            self._fault(at, Column.SATISFIED, "cases.more_satisfied", **facts)
        elif self._is_first(at, (section,), Column.SECTION, "section.again"):
            self.found.cases.append((section, closed, satisfied))

    def _visit(self, at: int, row: Sequence[Cell]) -> None:
        section = self._word(at, row, Column.SECTION)
        good, mark, _ = self._mark(at, row)
        if good and mark is None:
            self._fault(at, Column.MARK, "cell.empty")
        elif good and section and mark is not None:
            self.found.visits.append((section, mark))

    def _ballot(self, at: int, row: Sequence[Cell]) -> None:
        voter = self._word(at, row, Column.VOTER)
        if not voter or not self._is_first(at, (voter,), Column.VOTER, "row.again"):
            return
        for place, section in self.head.sections.items():
            good, mark, dont_know = self._value(at, section, row[place] if place < len(row) else None)
            if good:
                self.found.ratings.append(
                    Rating(person=voter, section=section, mark=mark, is_dont_know=dont_know)
                )  # fmt: skip

    def _rating(self, at: int, row: Sequence[Cell]) -> None:
        who = Column.VOTER if self.head.kind is Kind.BALLOTS else Column.PERSON
        person, section = self._word(at, row, who), self._word(at, row, Column.SECTION)
        indicator = text(self._cell(row, Column.INDICATOR))
        good, mark, dont_know = self._mark(at, row)
        weight, size = (self._positive(at, row, column) for column in (Column.WEIGHT, Column.POPULATION))
        if not (person and section and good):
            return
        if self._is_first(at, (person, section, indicator), who, "row.again") and self._is_same(at, row, person):
            self.found.ratings.append(
                Rating(
                    person=person, section=section, mark=mark, indicator=indicator, is_dont_know=dont_know,
                    weight=weight, population=size, stratum=text(self._cell(row, Column.STRATUM)),
                    cluster=text(self._cell(row, Column.CLUSTER)),
                )
            )  # fmt: skip

    def _mark(self, at: int, row: Sequence[Cell]) -> tuple[bool, float | None, bool]:
        """Return whether the row is good, its mark, and whether 不了解 was said."""
        if Column.RATED in self.head.columns and key(text(self._cell(row, Column.RATED))) in NO:
            return True, None, True
        if Column.MARK in self.head.columns:
            return self._value(at, self.head.label(Column.MARK), self._cell(row, Column.MARK))
        cell = text(self._cell(row, Column.LEVEL))
        if not cell or key(cell) in DONT_KNOW:
            return True, None, bool(cell)
        value = self.levels.get(key(cell))
        if value is None:
            self._fault(at, Column.LEVEL, "level.unknown", value=cell, levels=self.words)
        return value is not None, value, False

    def _value(self, at: int, label: str, cell: Cell) -> tuple[bool, float | None, bool]:
        words = text(cell)
        if not words or key(words) in DONT_KNOW:
            return True, None, bool(words)
        found = number(cell)
        if found is None:
            self._said(at, label, "mark.not_a_number", value=words)
            return False, None, False
        if not 0 <= found[0] <= MOST_MARK:
            self._said(at, label, "mark.out_of_range", value=words)
            return False, None, False
        return True, float(found[0]), False

    def _positive(self, at: int, row: Sequence[Cell], column: Column) -> float | None:
        cell = self._cell(row, column)
        if column not in self.head.columns or not text(cell):
            return None
        found = number(cell)
        if found is None or found[0] <= 0:
            self._fault(at, column, "number.not_positive", value=text(cell))
            return None
        return float(found[0])

    def _count(self, at: int, row: Sequence[Cell], column: Column) -> int | None:
        words, found = text(self._cell(row, column)), number(self._cell(row, column))
        if found is None or found[0] < 0 or found[0] % 1 != Decimal(0):
            self._fault(at, column, "count.not_whole" if words else "cell.empty", value=words)
            return None
        return int(found[0])

    def _word(self, at: int, row: Sequence[Cell], column: Column) -> str:
        words = text(self._cell(row, column))
        if not words:
            self._fault(at, column, "cell.empty")
        return words

    def _is_first(self, at: int, place: tuple[str, ...], column: Column, code: str) -> bool:
        first = self._seen.setdefault(place, at)
        if first != at:
            self._fault(at, column, code, first=str(first))
        return first == at

    def _is_same(self, at: int, row: Sequence[Cell], person: str) -> bool:
        """Whether the person's own columns are as in the person's first row."""
        own = tuple(text(self._cell(row, column)) for column in WHOSE)
        first, before = self._people.setdefault(person, (at, own))
        for column, now, then in zip(WHOSE, own, before, strict=True):
            if now != then:
                self._fault(at, column, "person.differs", whose=self.head.label(column), first=str(first), value=then)
                return False
        return True

    def _cell(self, row: Sequence[Cell], column: Column) -> Cell:
        place = self.head.columns.get(column)
        return row[place] if place is not None and place < len(row) else None

    def _fault(self, at: int, column: Column, code: str, **facts: str) -> None:
        self._said(at, self.head.label(column), code, **facts)

    def _said(self, at: int, label: str, code: str, **facts: str) -> None:
        self.found.problems.append(
            EstimateProblem(row=at, column=label, code=code, facts=facts, sheet=self.sheet)
        )  # fmt: skip
