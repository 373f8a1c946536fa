"""Rows of evidence as a page shows them: names for ids, the answer's word for an option (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from pingyi.bureau import queries as bureau
from pingyi.rules import rounding as fractions
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.sheet import BONUS, DEDUCTION
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
    effect: str = ""  # of a bonus or deduction: how often × how many points each


class _Words:
    def __init__(self, plan: Plan) -> None:
        self.names = Names(plan)
        self.sections = {section.id: section.name for section in bureau.section_facts()}
        options = {scale.id: {one.id: one.label for one in scale.options} for scale in plan.scales}
        self.each = {
            (source, item.id): sign * item.points
            for source, part, sign in ((BONUS, plan.bonus, 1), (DEDUCTION, plan.deductions, -1))
            for item in (part.items if part else ())
        }
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
            effect=self._effect(row),
        )

    def _effect(self, row: Evidence) -> str:
        each = self.each.get((row.source, row.indicator))
        if each is None or isinstance(row.value, str):
            return ""
        often = Fraction(row.value) * row.times * Fraction(row.weight)
        facts = {"times": fractions.shown(often), "each": fractions.shown(abs(Fraction(each)))}
        points = fractions.shown(abs(often * Fraction(each)))
        sign = "−" if each < 0 else "+"
        return _("%(times)s times × %(each)s points = %(sign)s%(points)s") % {**facts, "sign": sign, "points": points}


def shown(rows: Iterable[Evidence], *, plan: Plan) -> list[RowShown]:
    """Return rows in words."""
    words = _Words(plan)
    return [words.row(row) for row in rows]


def numbered(rows: Sequence[tuple[int, Evidence]], *, plan: Plan) -> list[tuple[int, RowShown]]:
    """Return numbered rows in words."""
    words = _Words(plan)
    return [(number, words.row(row)) for number, row in rows]
