"""Which field of a plan may hold which kind of fact: the table is the rule, and a value in another field is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pingyi.authoring.prose.fact_kinds import FactKind, Found
from pingyi.authoring.prose.flat import flatten
from pingyi.authoring.prose.numerals import DAYS_OF
from pingyi.authoring.prose.recurrences import find_recurrence
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.plan.schedule import Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One value of an item: the field it stands in, the class that has the field, the unit beside it."""

    field: str
    value: object
    of: str = ""
    unit: DayUnit | None = None


DAYS = frozenset({"days", "extension_days", "preview_days", "rehang_days", "keep_table_days"})
SHARES = frozenset({"weight", "share", "top_share", "quorum", "margin", "confidence", "call_back_share"})
_RATES = frozenset({"quorum", "margin", "confidence", "satisfaction_floor", "call_back_share"})
_MARKS = frozenset({"score", "minimum", "maximum", "points", "cap", "value", "weight"})
_COUNTS = frozenset(
    {"count", "minimum", "minimum_per_section", "minimum_count", "size", "tellers", "at_most", "needed", "number"}
)
NUMBERS = {
    FactKind.PERCENT: SHARES
    | {"minimum", "score", "satisfaction_floor"},  # a limit written in per cent is doubted by itself
    FactKind.RATE: _RATES | {"minimum", "share"},  # of a grade: 满意率90%以上为优秀; of a trigger: 满意率低于60%
    FactKind.VOTES: _RATES | {"share"},
    FactKind.SCORE: _MARKS,
    FactKind.COUNT: _COUNTS,
}
_DOERS = frozenset({"doer_text", "section", "lead"})
_WORKING = "工作日"


def leaves(value: object, *, field: str = "", of: str = "", unit: DayUnit | None = None) -> Iterator[Leaf]:
    """Yield every value of an item."""
    if is_dataclass(value):
        for entry in fields(value):
            beside = getattr(value, "unit", None)
            yield from leaves(getattr(value, entry.name), field=entry.name, of=type(value).__name__, unit=beside)
    elif isinstance(value, tuple):
        for one in value:
            yield from leaves(one, field=field, of=of, unit=unit)
    elif value is not None and value != "" and field not in {"quote", "clause", "id"}:
        yield Leaf(field=field, value=value, of=of, unit=unit)


def holds(leaf: Leaf, fact: Found) -> bool:
    """Tell whether a leaf is this fact, in a field that may hold its kind."""
    if fact.kind is FactKind.DATE:
        return isinstance(leaf.value, date) and fact.month in {0, leaf.value.month} and fact.day in {0, leaf.value.day}
    if fact.kind is FactKind.TERM:
        return _is_term(leaf, fact)
    if fact.kind is FactKind.RECURRENCE:
        return leaf.field == "every" and leaf.value == _period_of(fact.words)
    if fact.kind in NUMBERS:
        return leaf.field in NUMBERS[fact.kind] and _is_number(leaf.value, fact)
    return _is_named(leaf, fact)


def _period_of(words: str) -> Period | None:
    found = find_recurrence(words, 0, len(words))
    return found.every if found else None


def _is_named(leaf: Leaf, fact: Found) -> bool:
    if fact.kind is FactKind.MEASURE:
        return isinstance(leaf.value, ConsequenceKind) and leaf.value.value == fact.name
    is_place = (
        (fact.kind is FactKind.SECTION_CLASS and leaf.of == "SectionClass")
        or (fact.kind is FactKind.UNIT and leaf.field in _DOERS)
    )  # fmt: skip
    return is_place and isinstance(leaf.value, str) and fact.name in leaf.value


def misreads(leaf: Leaf, fact: Found) -> bool:
    """Tell whether a leaf has this fact's value in a field that is for another kind."""
    if fact.kind in {FactKind.RATE, FactKind.VOTES}:
        return leaf.of == "Test" and leaf.field == "score" and _is_number(leaf.value, fact)
    if fact.kind is FactKind.MEASURE:
        return fact.name == "talk" and leaf.value is ConsequenceKind.ADMONITION_TALK
    if fact.kind is FactKind.TERM and leaf.field in DAYS and leaf.value == fact.value:
        return leaf.unit is not None and (leaf.unit is DayUnit.WORKING) != (fact.name == _WORKING)
    return False


def says(leaf: Leaf, fact: Found) -> bool:
    """Tell whether a leaf only repeats a fact in words; how often a duty recurs is lost if only its title says so."""
    if fact.kind is FactKind.RECURRENCE and leaf.of == "Task":
        return False
    return isinstance(leaf.value, str) and not isinstance(leaf.value, StrEnum) and fact.words in flatten(leaf.value)


def _is_number(value: object, fact: Found) -> bool:
    """Tell whether a number is the fact's; a share of a whole may be written in per cent."""
    if fact.value is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return value == fact.value or (fact.kind is not FactKind.COUNT and value * 100 == fact.value)


def _is_term(leaf: Leaf, fact: Found) -> bool:
    if fact.value is None or not isinstance(leaf.value, int) or isinstance(leaf.value, bool):
        return False
    if fact.name == "小时":
        return leaf.field == "accept_hours" and leaf.value == fact.value
    if leaf.field not in DAYS:
        return False
    days = fact.value * DAYS_OF.get(fact.name, 1)
    return leaf.value == days and (leaf.unit is None or (leaf.unit is DayUnit.WORKING) == (fact.name == _WORKING))
