"""Rows of a table → evidence, or the problems that keep them from being evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.heads import Head, Wide
from pingyi.authoring.evidence_tables.names import Item, Names, fitting_items, nearest
from pingyi.authoring.evidence_tables.problems import RowProblem
from pingyi.authoring.evidence_tables.values import (
    BadCellError,
    parsed_count,
    parsed_frame,
    parsed_operator,
    parsed_unit,
    parsed_value,
)
from pingyi.authoring.tables.cells import Cell, day, key, number, text
from pingyi.rules.evidence import Evidence

TOTALS = {key(word) for word in ("合计", "总计", "小计", "平均", "平均分", "总平均", "total", "sum", "average", "mean")}
FOOTNOTE = re.compile(r"^(注|备注|说明|填表|制表|审核|监票|计票|单位负责人|联系|note)")
T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class Reader:
    """Reads the rows of one sheet; what it has looked up once it remembers."""

    names: Names
    head: Head
    file: str
    sheet: str
    source: str = ""  # where only one source is imported
    happened_on: date | None = None  # for tables without a date column
    section_ids: dict[str, str] = field(default_factory=dict)
    item_of: dict[tuple[str, str], Item] = field(default_factory=dict)
    value_of: dict[tuple[str, type, Cell], Decimal | str] = field(default_factory=dict)
    day_of: dict[tuple[type, Cell], date] = field(default_factory=dict)

    def read(self, row: Sequence[Cell], *, number_: int) -> Iterator[Evidence | RowProblem]:
        """Yield a row's evidence, or every problem of the row."""
        seen: set[tuple[str, str]] = set()
        for wide in self._parts(row):
            faults: list[BadCellError] = []
            found = self._evidence(row, number_=number_, wide=wide, faults=faults)
            if found is not None and not faults:
                yield found
            for problem in (self._problem(bad, row=number_, wide=wide) for bad in faults):
                if (problem.column, problem.code) not in seen:
                    seen.add((problem.column, problem.code))
                    yield problem

    def is_no_row(self, row: Sequence[Cell]) -> bool:
        """Whether this is a blank row, a row of totals, a footnote or the head once more."""
        words = [text(cell) for cell in row]
        filled = [word for word in words if word]
        if not filled:
            return True
        section = self.section_word(row)
        if key(section) in TOTALS or (not section and key(filled[0]) in TOTALS):
            return True
        if len(set(filled)) == 1 and FOOTNOTE.match(filled[0].casefold()):
            return True
        return kinds.KNOWN.get(key(section)) == kinds.SECTION or key(section) == key(self._label(kinds.SECTION))

    def section_word(self, row: Sequence[Cell]) -> str:
        """Return what stands in the column of sections."""
        return text(self._cell(row, kinds.SECTION))

    def _parts(self, row: Sequence[Cell]) -> Iterator[Wide | None]:
        if not self.head.wide:
            yield None
            return
        filled = [wide for wide in self.head.wide if text(_at(row, wide.column))]
        yield from filled or self.head.wide[:1]  # a row without any number gets one problem

    def _evidence(
        self, row: Sequence[Cell], *, number_: int, wide: Wide | None, faults: list[BadCellError]
    ) -> Evidence | None:
        section = _tried(faults, lambda: self._section(self._cell(row, kinds.SECTION)))
        item = _tried(faults, lambda: self._item(row, wide))
        happened_on = _tried(faults, lambda: self._day(row))
        times = _tried(faults, lambda: self._times(row, wide))
        weight = _tried(faults, lambda: self._weight(row))
        value = _tried(faults, lambda: self._value(row, item, wide)) if item else None
        group = _tried(faults, lambda: self._group(row, item)) if item else None
        unit = _tried(faults, lambda: parsed_unit(self._cell(row, kinds.UNIT)))
        operator = _tried(faults, lambda: parsed_operator(self._cell(row, kinds.OPERATOR)))
        frame = _tried(faults, lambda: parsed_frame(self._cell(row, kinds.FRAME)))
        if section is None or item is None or happened_on is None or value is None or group is None:
            return None
        if not times or not weight:
            return None
        return Evidence(
            section=section,
            indicator=item.id,
            source=item.source,
            happened_on=happened_on,
            value=value,
            times=times,
            weight=weight,
            reference=self._reference(row, number_=number_, wide=wide),
            group=group,
            unit=unit or "",
            stratum=text(self._cell(row, kinds.STRATUM)),
            frame=frame or 0,
            cluster=text(self._cell(row, kinds.CLUSTER)),
            operator=operator or "",
            mode=text(self._cell(row, kinds.MODE)),
        )

    def _section(self, cell: Cell) -> str:
        word = text(cell)
        if word not in self.section_ids:
            if not word:
                raise BadCellError(kinds.SECTION, "section.missing")
            found = self.names.sections.get(key(word))
            if found is None:
                near = nearest(word, among=self.names.section_names)
                raise BadCellError(kinds.SECTION, "section.unknown", value=word, near=near)
            self.section_ids[word] = found
        return self.section_ids[word]

    def _item(self, row: Sequence[Cell], wide: Wide | None) -> Item:
        word = text(self._cell(row, kinds.INDICATOR)) or (wide.indicator if wide else "")
        source = text(self._cell(row, kinds.SOURCE))
        if (word, source) not in self.item_of:
            self.item_of[word, source] = self._find_item(word, source, wide)
        return self.item_of[word, source]

    def _find_item(self, word: str, source: str, wide: Wide | None) -> Item:
        wanted = self._source(source)
        if not word:
            return self._only_item(wanted, wide)
        items = self.names.items.get(key(word), ())
        fitting = [item for item in items if not wanted or item.source == wanted]
        if not items:
            near = nearest(word, among=(item.name for item in self.names.all_items()))
            raise BadCellError(kinds.INDICATOR, "indicator.unknown", value=word, near=near)
        if not fitting:
            facts = {"indicator": items[0].name, "source": self.names.source_names[items[0].source]}
            raise BadCellError(kinds.SOURCE, "source.other", value=self.names.source_names[wanted], **facts)
        if len(fitting) > 1:
            choices = "、".join(item.id for item in fitting)
            raise BadCellError(kinds.INDICATOR, "indicator.ambiguous", value=word, choices=choices)
        return fitting[0]

    def _source(self, word: str) -> str:
        if not word:
            return self.source
        found = self.names.sources.get(key(word))
        if found is None:
            near = nearest(word, among=self.names.source_names.values())
            raise BadCellError(kinds.SOURCE, "source.unknown", value=word, near=near)
        return found

    def lacking(self) -> RowProblem | None:
        """Return what the whole table lacks: the word which indicator it is, or its date."""
        head = self.head
        row = head.head_row + 1
        unsettled = head.unsettled(has_day=self.happened_on is not None)
        if unsettled:
            return replace(unsettled, row=row, sheet=self.sheet)
        if kinds.INDICATOR not in head.columns and not any(wide.indicator for wide in head.wide):
            wide = head.wide[0] if head.wide else None
            if len(self._meant(self.source, wide)) != 1 and kinds.SOURCE not in head.columns:
                choices = "、".join(
                    item.name
                    for item in fitting_items(self.names, source=self.source, option=wide.option if wide else "")
                )
                facts = {"choices": choices}
                return RowProblem(row=row, column="", code="head.no_indicator", facts=facts, sheet=self.sheet)
        if kinds.HAPPENED_ON not in head.columns and not (head.dated or self.happened_on):
            return RowProblem(row=row, column="", code="head.no_date", sheet=self.sheet)
        return None

    def _only_item(self, source: str, wide: Wide | None) -> Item:
        """Find the indicator of a table that names none: the only one that fits, or the one its title names."""
        fitting = self._meant(source, wide)
        if len(fitting) != 1:
            raise BadCellError(kinds.INDICATOR, "indicator.missing")
        return fitting[0]

    def _meant(self, source: str, wide: Wide | None) -> list[Item]:
        fitting = fitting_items(self.names, source=source, option=wide.option if wide else "")
        if len(fitting) > 1:
            titles = [key(title) for title in (*self.head.titles, self.sheet)]
            titled = [item for item in fitting if any(key(item.name) in title for title in titles)]
            fitting = titled if len(titled) == 1 else fitting
        return fitting

    def _value(self, row: Sequence[Cell], item: Item, wide: Wide | None) -> Decimal | str:
        if wide and wide.option:
            found = (item.options or {}).get(wide.option)
            if found is None:
                raise BadCellError("", "value.not_an_option", value=wide.label, choices=item.choices)
            return found
        cell = _at(row, wide.column) if wide else self._cell(row, kinds.VALUE)
        known = (f"{item.source}/{item.id}", type(cell), cell)
        if known not in self.value_of:
            self.value_of[known] = parsed_value(cell, item=item)
        return self.value_of[known]

    def _times(self, row: Sequence[Cell], wide: Wide | None) -> int:
        """Return how many equal answers the row holds; one where nothing is said."""
        if wide and wide.option:
            return parsed_count(_at(row, wide.column))
        cell = self._cell(row, kinds.TIMES)
        return parsed_count(cell, column=kinds.TIMES) if text(cell) else 1

    def _weight(self, row: Sequence[Cell]) -> Decimal:
        cell = self._cell(row, kinds.WEIGHT)
        if not text(cell):
            return Decimal(1)
        found = number(cell)
        if found is None or found[1] or found[0] < 0:
            raise BadCellError(kinds.WEIGHT, "weight.bad", value=text(cell))
        return found[0]

    def _day(self, row: Sequence[Cell]) -> date:
        cell = self._cell(row, kinds.HAPPENED_ON)
        if not text(cell):
            default = self.head.dated or self.happened_on
            if default is None:
                raise BadCellError(kinds.HAPPENED_ON, "date.missing")
            return default
        kind = (type(cell), cell)
        if kind not in self.day_of:
            found = day(cell, year=self.names.plan.year)
            if found is None or not 1990 <= found.year <= 2100:
                raise BadCellError(kinds.HAPPENED_ON, "date.bad", value=text(cell))
            self.day_of[kind] = found
        return self.day_of[kind]

    def _group(self, row: Sequence[Cell], item: Item) -> str:
        word = text(self._cell(row, kinds.GROUP))
        if item.source not in self.names.grouped_sources:
            return ""
        if not word:
            if kinds.GROUP in self.head.columns:
                raise BadCellError(kinds.GROUP, "group.missing")
            return ""
        found = self.names.groups.get(key(word))
        if found is None:
            groups = self.names.plan.assembly.groups if self.names.plan.assembly else ()
            near = nearest(word, among=[one.name for one in groups])
            raise BadCellError(kinds.GROUP, "group.unknown", value=word, near=near)
        return found

    def _reference(self, row: Sequence[Cell], *, number_: int, wide: Wide | None) -> str:
        word = text(self._cell(row, kinds.REFERENCE))
        if word:
            return word
        sheet = f"!{self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}#{_letters(wide.column) if wide else ''}{number_}"

    def _cell(self, row: Sequence[Cell], kind: str) -> Cell:
        column = self.head.columns.get(kind)
        return "" if column is None else _at(row, column)

    def _label(self, kind: str) -> str:
        column = self.head.columns.get(kind)
        return "" if column is None else self.head.labels[column]

    def _problem(self, bad: BadCellError, *, row: int, wide: Wide | None) -> RowProblem:
        label = self._label(bad.column) or (wide.label if wide else "")
        if bad.column and bad.column not in self.head.columns:
            label = kinds.COLUMNS[bad.column][0]
        return RowProblem(row=row, column=label, code=bad.code, facts=bad.facts, sheet=self.sheet)


def _tried(faults: list[BadCellError], part: Callable[[], T]) -> T | None:
    try:
        return part()
    except BadCellError as bad:
        faults.append(bad)
        return None


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
