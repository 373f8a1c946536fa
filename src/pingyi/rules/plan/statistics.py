"""How the marks are read as statistics: written in the plan before the first answer comes in (§5.2).

A plan that says nothing follows the defaults below, so that older plans keep their text and their digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from pingyi.rules.plan.measure import Reading, SourceKind

if TYPE_CHECKING:
    from pingyi.rules.plan import Plan, Source


class TriggerRule(StrEnum):
    """What a penalty for the last place or a low score asks of the evidence."""

    PLAIN = "plain"  # the raw scores decide; the statistical state is printed beside, the bureau meeting decides
    ONLY_CONFIRMED = "only_confirmed"  # 经检验确认的才适用


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """Level, least evidence, what triggers ask of it, and how far weights may be moved to see what hangs on them."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    level: Decimal = Decimal("0.05")
    minimum_ratings: int = 30  # survey answers of a section
    minimum_ballots: int = 15  # ballots of a section
    triggers: TriggerRule = TriggerRule.PLAIN
    weight_range: Decimal = Decimal("0.25")  # each source's weight times 1 ± this


DEFAULTS = Statistics()
READINGS = {
    SourceKind.SURVEY: Reading.PEOPLE,
    SourceKind.ASSEMBLY: Reading.PEOPLE,
    SourceKind.OPINIONS: Reading.PEOPLE,
    SourceKind.INSPECTION: Reading.VISITS,
    SourceKind.FILE_REVIEW: Reading.VISITS,
    SourceKind.CASES: Reading.CASES,
    SourceKind.RECTIFICATION: Reading.FACTS,
    SourceKind.TASKS: Reading.FACTS,
    SourceKind.COMMITMENTS: Reading.FACTS,
    SourceKind.OTHER: Reading.FACTS,
}


def statistics_of(plan: Plan) -> Statistics:
    """Return the plan's rules, or the defaults."""
    return plan.statistics or DEFAULTS


def reading_of(source: Source) -> Reading:
    """Return how a source is read: as the plan says, or as sources of its kind are."""
    return source.reading or READINGS[source.kind]
