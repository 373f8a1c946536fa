"""Rows of evidence as a page shows them: names for ids, the answer's word for an option (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pingyi.bureau import queries as bureau
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.stations.results.queries.sheet import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class RowShown:
    """One piece of evidence in words."""

    section: str
    indicator: str
    group: str
    happened_on: date
    value: str
    times: int
    weight: str
    reference: str


class _Words:
    def __init__(self, plan: Plan) -> None:
        self.names = Names(plan)
        self.sections = {section.id: section.name for section in bureau.section_facts()}
        options = {scale.id: {one.id: one.label for one in scale.options} for scale in plan.scales}
        self.options = {one.id: options.get(one.scale, {}) for one in plan.indicators}

    def row(self, row: Evidence) -> RowShown:
        value = str(row.value)
        return RowShown(
            section=self.sections.get(row.section, row.section),
            indicator=self.names.gap(row.source, row.indicator),
            group=self.names.groups.get(row.group, row.group),
            happened_on=row.happened_on,
            value=self.options.get(row.indicator, {}).get(value, value),
            times=row.times,
            weight=str(row.weight),
            reference=row.reference,
        )


def shown(rows: Iterable[Evidence], *, plan: Plan) -> list[RowShown]:
    """Return rows in words."""
    words = _Words(plan)
    return [words.row(row) for row in rows]


def numbered(rows: Sequence[tuple[int, Evidence]], *, plan: Plan) -> list[tuple[int, RowShown]]:
    """Return numbered rows in words."""
    words = _Words(plan)
    return [(number, words.row(row)) for number, row in rows]
