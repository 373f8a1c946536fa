"""A survey of two questions with persons, and visits: what the tests of certainty share."""

from __future__ import annotations

import random
from decimal import Decimal

from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Indicator, Plan, Source
from pingyi.rules.plan.measure import Empty, Measure, SourceKind
from pingyi.rules.tests import verdict_cast as cast

BOXES = ("good", "fair", "bad", "unknown")


def survey_plan(**changes: object) -> Plan:
    """Survey 70 on two questions, visits 30."""
    fields: dict[str, object] = {
        "sources": (
            Source(id="survey", name="满意度调查", kind=SourceKind.SURVEY, weight=Decimal("0.7")),
            Source(
                id="visits", name="明察暗访", kind=SourceKind.INSPECTION, weight=Decimal("0.3"), empty=Empty.DROP
            ),
        ),
        "indicators": (
            Indicator(
                id="served", name="办事", criterion="style", source="survey", weight=Decimal("0.6"), scale="four",
                measure=Measure.SATISFACTION_SCORE,
            ),
            Indicator(
                id="honest", name="廉洁", criterion="style", source="survey", weight=Decimal("0.4"), scale="four",
                measure=Measure.SATISFACTION_RATE,
            ),
            Indicator(id="seen", name="检查", criterion="style", source="visits", weight=Decimal(1)),
        ),
    }  # fmt: skip
    return cast.plan(**(fields | changes))


def answer(section: str, box: str, *, indicator: str = "served", unit: str = "", times: int = 1) -> Evidence:
    return Evidence(
        section=section, indicator=indicator, source="survey", happened_on=cast.DAY, value=box,
        times=times, unit=unit,
    )  # fmt: skip


def visit(section: str, mark: int) -> Evidence:
    return Evidence(
        section=section, indicator="seen", source="visits", happened_on=cast.DAY, value=Decimal(mark)
    )  # fmt: skip


def people(many: int = 60, *, seed: int = 1, leniency: float = 0.0) -> list[Evidence]:
    """Persons who each rate every section on both questions; the generous are generous to all."""
    chance = random.Random(seed)
    rows = []
    for person in range(many):
        mood = chance.gauss(0, leniency)
        for place, section in enumerate(cast.NAMES):
            for indicator in ("served", "honest"):
                luck = chance.random() + mood - 0.05 * place
                box = "unknown" if chance.random() < 0.05 else BOXES[0 if luck > 0.4 else 1 if luck > 0.15 else 2]
                rows.append(answer(section, box, indicator=indicator, unit=f"p{person}"))
    return rows + [visit(section, mark) for section in cast.NAMES for mark in (80, 86, 92)]
