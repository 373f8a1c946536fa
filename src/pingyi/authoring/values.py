"""A plan's single values in the words of an official: dates, shares, fixed words, and ids by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.places import name_of
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer

# A field that holds ids of another part of the plan → that part.
HOLDERS = {
    "criterion": "criteria",
    "source": "sources",
    "scale": "scales",
    "phase": "phases",
    "recipient": "authorities",
    "trigger": "triggers",
    "grade": "grades",
    "indicator": "indicators",
    "principles": "principles",
    "consequences": "consequences",
    "tie_sources": "sources",
}
_SHARES = {"weight", "share", "top_share", "quorum", "margin", "confidence", "call_back_share", "level", "weight_range"}
RECIPIENTS = {"public": ("社会", "the public"), "supervision_office": ("监察室", "the supervision office")}


def is_english(language: str) -> bool:
    """Whether a language code means English; everything else reads Chinese."""
    return language.startswith("en")


def say_date(day: date, *, language: str = "zh") -> str:
    """Write a date as officials do."""
    return day.isoformat() if is_english(language) else f"{day.year}年{day.month}月{day.day}日"


def say_number(value: Decimal, *, field: str = "") -> str:
    """Write a number; weights and shares as a percentage."""
    if field in _SHARES:
        return f"{(value * 100).normalize():f}%"
    return f"{value:f}"


def say_value(value: object, *, field: str, plan: Plan, language: str = "zh") -> str:
    """Write any single value of the plan."""
    if isinstance(value, tuple) and value:
        parts = [say_value(item, field=field, plan=plan, language=language) for item in value]
        return (", " if is_english(language) else "、").join(parts)
    if isinstance(value, str) and value and not isinstance(value, StrEnum):
        return say_id(value, field=field, plan=plan, language=language)
    return _say_plain(value, field=field, language=language)


def _say_plain(value: object, *, field: str, language: str) -> str:
    english = is_english(language)
    if isinstance(value, bool):
        return (("否", "no"), ("是", "yes"))[value][english]
    if isinstance(value, StrEnum):
        return value_word(value)[english]
    if isinstance(value, date):
        return say_date(value, language=language)
    if isinstance(value, Decimal):
        return say_number(value, field=field)
    if is_dataclass(value):
        return name_of(value, language=language)
    return str(value) if isinstance(value, int) else ("无", "none")[english]


def say_id(value: str, *, field: str, plan: Plan, language: str = "zh") -> str:
    """Write an id by the name of what it stands for; other words stay as they are."""
    holder = HOLDERS.get(field)
    if holder is None:
        return value
    items: Iterable[object] = getattr(plan, holder)
    found = next((name_of(item) for item in items if getattr(item, "id", None) == value), None)
    if found or field != "recipient":
        return found or value
    return say_recipient(value, plan=plan, language=language)


def say_recipient(value: str, *, plan: Plan, language: str = "zh") -> str:
    """Write who receives something: the bureau's own office by the name that the plan gives it."""
    if value in {"", "supervision_office"} and plan.organizer.supervision_office:
        return plan.organizer.supervision_office
    if value in RECIPIENTS:
        return RECIPIENTS[value][is_english(language)]
    known = {doer.value: doer for doer in Doer}
    return value_word(known[value])[is_english(language)] if value in known else value
