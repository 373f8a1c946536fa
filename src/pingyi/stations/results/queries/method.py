"""The published method: what each source estimates, and by which rules a result is called sure (§5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from pingyi.authoring.enum_words import value_word
from pingyi.rules.plan import Plan, Source
from pingyi.rules.plan.statistics import TriggerRule, reading_of, statistics_of
from pingyi.rules.rounding import shown


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceMethod:
    """How one source is read."""

    name: str
    weight: str
    reading: str  # a code: people, visits, cases, facts
    reading_word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """The rules that the plan fixed, with the defaults where it says nothing."""

    level: str
    confidence: str
    minimum_ratings: int
    minimum_ballots: int
    is_only_confirmed: bool
    weight_range: str
    is_written: bool  # the plan says it itself
    sources: tuple[SourceMethod, ...]


def method(plan: Plan) -> Method:
    """Return the method of a plan."""
    rules = statistics_of(plan)
    return Method(
        level=_percent(rules.level),
        confidence=_percent(1 - rules.level),
        minimum_ratings=rules.minimum_ratings,
        minimum_ballots=rules.minimum_ballots,
        is_only_confirmed=rules.triggers is TriggerRule.ONLY_CONFIRMED,
        weight_range=_percent(rules.weight_range),
        is_written=plan.statistics is not None,
        sources=tuple(_source(one) for one in plan.sources),
    )


def _source(one: Source) -> SourceMethod:
    reading = reading_of(one)
    return SourceMethod(
        name=one.name,
        weight=_percent(one.weight),
        reading=reading.value,
        reading_word=value_word(reading)[0 if (get_language() or "zh").startswith("zh") else 1],
    )


def _percent(share: Decimal) -> str:
    return f"{shown(Fraction(share) * 100)}%"
