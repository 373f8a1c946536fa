"""Plans that count to a thousand (千分制): every mark becomes its share of a hundred, and a doubt says so (§4.4c)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pingyi.authoring.prose.adjustments import Adjustments
from pingyi.authoring.prose.draft import Doubt, Span
from pingyi.authoring.prose.fact_kinds import THOUSAND
from pingyi.authoring.prose.page import Found, Page
from pingyi.authoring.prose.triggers import Outcome
from pingyi.rules.plan.measure import Adjustment
from pingyi.rules.plan.outcome import Grade, Test, Trigger

_MOST = 100


def in_hundreds(
    page: Page, grades: list[Found[Grade]], outcome: Outcome, adjustments: Adjustments
) -> tuple[list[Found[Grade]], list[Doubt]]:
    """Return the grades on a scale of 100, with triggers and adjustments converted in place, and the doubt about it."""
    found = THOUSAND.search(page.flat)
    if found is None:
        return grades, []
    outcome.triggers = [Found(_trigger(one.value), one.start, one.end) for one in outcome.triggers]
    for adjusted in (adjustments.bonus, adjustments.deductions):
        adjusted[:] = [Found(_adjustment(one.value), one.start, one.end) for one in adjusted]
    adjustments.bonus_cap = _tenth(adjustments.bonus_cap)
    adjustments.deductions_cap = _tenth(adjustments.deductions_cap)
    span = Span(start=found.start(), end=found.end())
    converted = [Found(replace(one.value, minimum=_tenth(one.value.minimum)), one.start, one.end) for one in grades]
    return converted, [Doubt(code="marks.thousand", span=span, path="grades")]


def _trigger(one: Trigger) -> Trigger:
    return replace(one, all_of=tuple(_test(test) for test in one.all_of))


def _test(one: Test) -> Test:
    return replace(one, score=_tenth(one.score)) if one.score is not None and one.score > _MOST else one


def _adjustment(one: Adjustment) -> Adjustment:
    return replace(one, points=one.points / 10, cap=_tenth(one.cap))


def _tenth(value: Decimal | None) -> Decimal | None:
    return None if value is None else value / 10
