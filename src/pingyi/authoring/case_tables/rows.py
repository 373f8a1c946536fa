"""The rows under a head → typed rows, each with its problems at their cells; one row in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Any

from pingyi.authoring.case_tables.heads import Head
from pingyi.authoring.case_tables.mapping import ColumnMapping
from pingyi.authoring.case_tables.moments import CHINA, Moment, day_of, in_time
from pingyi.authoring.case_tables.parsers import BadCellError, Parse, parser
from pingyi.authoring.case_tables.problems import RowProblem
from pingyi.authoring.case_tables.words import line
from pingyi.authoring.tables.cells import Cell
from pingyi.authoring.tables.sheets import Sheet

TOTALS = ("合计", "总计", "小计", "共计", "总数", "total", "grand total", "subtotal", "sum")
FOOTERS = ("制表", "填报", "备注", "说明", "注:", "注：", "审核", "统计时间", "导出时间", "共")
KEPT_PARSES = 20_000  # cells whose meaning is kept; more different ones are parsed each time
NOT_COMPARED = {"sheet", "row", "cells", "problems", "fingerprint", "said"}
STATES = frozenset({"status", "on_time", "closed_late", "closed_in_time", "pending"})


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """One matter as a hotline's table tells it; what the table does not say is empty or None."""

    sheet: str
    row: int  # as the spreadsheet numbers it
    cells: Sequence[Cell]
    problems: tuple[RowProblem, ...] = ()
    fingerprint: str = ""
    number: str = ""
    received_at: Moment | None = None
    due_at: Moment | None = None
    closed_at: Moment | None = None
    answered_at: Moment | None = None
    title: str = ""
    text: str = ""
    answer: str = ""
    result: str = ""
    kind: str | None = None  # complaint, inquiry, suggestion, misconduct, help or praise
    channel: str = ""
    unit: str = ""
    unit_id: str = ""
    theme: tuple[str, ...] = ()
    place: str = ""
    is_closed: bool | None = None
    is_on_time: bool | None = None  # by the row's own dates; by the source's word where it has no dates
    person: str = ""
    phone: str = ""
    email: str = ""
    home: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    rating: str = ""
    said: tuple[tuple[str, str], ...] = ()  # what it says of its state, as it stands: head and cell

    @property
    def is_set_aside(self) -> bool:
        """Whether the row cannot be taken as it is."""
        return any(problem.is_blocking for problem in self.problems)


# What a row says, and what it says where it tells nothing: two rows with one fingerprint say the same.
COMPARED = tuple((field.name, field.default) for field in fields(CaseRow) if field.name not in NOT_COMPARED)


def _fingerprint(values: dict[str, Any]) -> str:
    """Return what stands for what a row says; columns in another order say the same."""
    place, theme = values.get("place", ""), values.get("theme", ())
    alike = values | {"place": sorted(place), "theme": sorted(theme)}
    said = "\x1f".join([str(alike.get(name, default)) for name, default in COMPARED])
    return blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


class CaseReader:
    """Reads the rows of one sheet under a settled mapping."""

    def __init__(self, head: Head, mapping: ColumnMapping, *, on: date, zone: tzinfo = CHINA) -> None:
        """`on` is the day of reading: what lies after it has not happened."""
        self._head = head
        self._tomorrow = on + timedelta(days=1)
        self.skipped = 0  # rows so far that were no matters: blank, totals, repeated heads, footers
        self._seen: dict[str, tuple[int, str]] = {}
        self._closes_answered = not mapping.answered_stays_open
        self._has_numbers = bool(mapping.columns("number"))
        self._parsers: list[tuple[int, str, str, Parse, dict[Cell, object]]] = [
            (index, field, label, parser(field, head=label, day_first=mapping.day_first, zone=zone), {})
            for index, (field, label) in enumerate(zip(mapping.fields, mapping.labels, strict=True))
            if field
        ]

    def read(self, sheet: Sheet) -> Iterator[CaseRow]:
        """Yield the sheet's matters in order; rows that are none are counted and left out."""
        for number, cells in enumerate(sheet.rows(), 1):
            if number < self._head.first_row:
                continue
            if self._is_no_row(cells):
                self.skipped += 1
            else:
                yield self.row(cells, number=number)

    def row(self, cells: Sequence[Cell], *, number: int) -> CaseRow:
        """Read one row."""
        values: dict[str, Any] = {}
        problems: list[RowProblem] = []
        for index, field, label, parse, known in self._parsers:
            cell = cells[index] if index < len(cells) else None
            try:
                value = known[cell]
            except (KeyError, TypeError):
                value = self._parsed(cell, parse, known)
            if isinstance(value, BadCellError):
                problems.append(self._problem(number, label, value))
            elif value is not None and value != "":
                values[field] = (*values.get(field, ()), value) if field in _MANY else value
                if field in STATES:
                    values["said"] = (*values.get("said", ()), (label, line(cell)))
        return self._built(cells, number, values, problems)

    def _parsed(self, cell: Cell, parse: Parse, known: dict[Cell, object]) -> object:
        value: object
        try:
            value = parse(cell)
        except BadCellError as bad:
            value = bad
        if len(known) < KEPT_PARSES and not (isinstance(cell, str) and len(cell) > 60):
            known[cell] = value
        return value

    def _built(self, cells: Sequence[Cell], number: int, values: dict[str, Any], problems: list[RowProblem]) -> CaseRow:
        self._check(number, values, problems)
        is_unclear = any(one.code == "status.unknown" for one in problems)
        if self._closes_answered and not is_unclear:
            _close_answered(values)
        _settle(values, lambda code, **facts: problems.append(self._note(number, code, **facts)))
        values["fingerprint"] = _fingerprint(values)
        if "place" in values:
            values["place"] = " ".join(dict.fromkeys(values["place"]))
        built = CaseRow(sheet=self._head.sheet, row=number, cells=cells, problems=tuple(problems), **values)
        return self._once(built)

    def _check(self, number: int, values: Mapping[str, Any], problems: list[RowProblem]) -> None:
        if "received_at" not in values and not any(one.column == self._label("received_at") for one in problems):
            problems.append(self._problem(number, self._label("received_at"), BadCellError("date.missing")))
        if self._has_numbers and "number" not in values and not any(one.code == "number.rounded" for one in problems):
            problems.append(self._problem(number, self._label("number"), BadCellError("number.missing")))
        if not (values.get("title") or values.get("text") or values.get("theme")):
            problems.append(self._problem(number, "", BadCellError("content.missing")))
        for field in ("received_at", "closed_at", "answered_at"):
            if field in values and day_of(values[field]) > self._tomorrow:
                fault = BadCellError("date.future", value=str(values[field]))
                problems.append(self._problem(number, self._label(field), fault))

    def _once(self, row: CaseRow) -> CaseRow:
        """A number that stands twice must say the same twice."""
        if not row.number:
            return row
        first, fingerprint = self._seen.setdefault(row.number, (row.row, row.fingerprint))
        if first == row.row or fingerprint == row.fingerprint:
            return row
        fault = self._problem(row.row, self._label("number"), BadCellError("number.repeated", first=str(first)))
        return _with_problem(row, fault)

    def _label(self, field: str) -> str:
        return next((label for _, one, label, _, _ in self._parsers if one == field), "")

    def _problem(self, row: int, column: str, bad: BadCellError) -> RowProblem:
        return RowProblem(
            row=row, column=column, code=bad.code, facts=bad.facts, sheet=self._head.sheet, is_blocking=bad.is_blocking
        )

    def _note(self, row: int, code: str, **facts: str) -> RowProblem:
        return RowProblem(row=row, column="", code=code, facts=facts, sheet=self._head.sheet, is_blocking=False)

    def _is_no_row(self, cells: Sequence[Cell]) -> bool:
        """Blank rows, totals, footers, and heads repeated on every printed page."""
        filled = [cell for cell in cells if cell is not None and cell != ""]
        if len(filled) <= 3:
            words = [text for cell in filled if (text := line(cell))]
            if not words or (len(words) <= 2 and words[0].startswith((*FOOTERS, *TOTALS))):
                return True
        first = line(filled[0])
        if first.casefold().rstrip(":：") in TOTALS:
            return True
        return first in self._head.labels and len(filled) > 1 and all(line(one) in self._head.labels for one in filled)


_MANY = {"theme", "place"}


def _close_answered(values: dict[str, Any]) -> None:
    """A row with an answer that tells no state was closed with it, on the day of the answer (§3.2.2)."""
    if "closed_at" in values or not STATES.isdisjoint(values) or not ("answer" in values or "answered_at" in values):
        return
    values["status"] = True
    if "answered_at" in values:
        values["closed_at"] = values["answered_at"]


def _settle(values: dict[str, Any], note: Callable[..., None]) -> None:
    """Bring together what a source says in several columns: closed or not, in time or late."""
    flags = [values.pop(name, None) for name in ("closed_late", "closed_in_time", "pending")]
    status, said = values.pop("status", None), values.pop("on_time", None)
    closed, due = values.get("closed_at"), values.get("due_at")
    if any(flag is not None for flag in flags):
        said = True if flags[1] else False if flags[0] else said
        status = True if flags[0] or flags[1] else False if flags[2] else status
    values["is_closed"] = status if status is not None else (True if closed else None)
    by_dates = in_time(closed, due) if closed and due else None
    values["is_on_time"] = said if by_dates is None else by_dates
    received = values.get("received_at")
    if closed and received and _is_before(closed, received):
        note("closed.early", value=str(closed))
    if by_dates is not None and said is not None and said != by_dates:
        note("time.disagrees", value="按期" if said else "超期")


def _is_before(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one) < day_of(other)


def _with_problem(row: CaseRow, problem: RowProblem) -> CaseRow:
    values = {field.name: getattr(row, field.name) for field in fields(CaseRow)}
    return CaseRow(**values | {"problems": (*row.problems, problem)})
