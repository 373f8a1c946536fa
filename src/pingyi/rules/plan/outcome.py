"""What the marks lead to: rounding, ranks, grades, triggers, consequences (§4.4b, §4.4c)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from pingyi.rules.plan.conduct import DayUnit


class RoundingMode(StrEnum):
    """How the last kept digit is found."""

    HALF_EVEN = "half_even"  # GB/T 8170
    HALF_UP = "half_up"


class Comparison(StrEnum):
    """Which number is held against a limit (GB/T 8170)."""

    EXACT = "exact"  # 全数值比较法
    ROUNDED = "rounded"  # 修约值比较法


class TieRule(StrEnum):
    """How equal scores are ranked."""

    SHARE = "share"  # equal scores share the better rank
    BY_SOURCES = "by_sources"  # compare the named sources in turn, then share


class LastPlace(StrEnum):
    """Who is last when several share the lowest score."""

    ALL = "all"
    NONE = "none"


class TestKind(StrEnum):
    """One thing that a trigger looks at."""

    __test__ = False  # keeps pytest from collecting it
    LAST = "last"
    BELOW = "below"  # score
    ABOVE = "above"  # score
    BOTTOM = "bottom"  # the lowest `count`, or `share` of the class
    TOP = "top"
    VETO = "veto"
    GRADE = "grade"  # the section's grade is `grade`
    RATE_BELOW = "rate_below"  # an indicator's rate, or the share of answers that are one of `options`
    RATE_ABOVE = "rate_above"
    TIMES = "times"  # the k-th time that `trigger` fires, this year included


OF_RATES = frozenset({TestKind.RATE_BELOW, TestKind.RATE_ABOVE})


class ConsequenceKind(StrEnum):
    """What can follow (结果运用)."""

    EXPLANATION = "explanation"
    RECTIFICATION_ORDER = "rectification_order"
    ADMONITION_TALK = "admonition_talk"
    TALK = "talk"  # 约谈: a word with those in charge, no reproof
    AWARD_BAR = "award_bar"
    CIRCULAR = "circular"
    YELLOW_CARD = "yellow_card"
    HONOR = "honor"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rounding:
    """One rounding, at the end."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    digits: int = 2
    mode: RoundingMode = RoundingMode.HALF_EVEN
    comparison: Comparison = Comparison.EXACT


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """How sections are put in order within their class."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    ties: TieRule = TieRule.SHARE
    tie_sources: tuple[str, ...] = ()
    last_place: LastPlace = LastPlace.ALL
    least_class_size: int = 2  # in a smaller class nobody is last


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """A grade: the first in the list whose bounds all hold."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    minimum: Decimal | None = None
    minimum_is_inclusive: bool = True
    top_share: Decimal | None = None  # and among the best share of the class


@dataclass(frozen=True, kw_only=True, slots=True)
class Test:
    """One condition; which of the fields it uses depends on its kind."""

    __test__: ClassVar[bool] = False  # keeps pytest from collecting it
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: TestKind
    score: Decimal | None = None
    is_inclusive: bool = False  # score and rate: the limit itself meets the test
    count: int | None = None
    share: Decimal | None = None  # of the class, or the limit of a rate
    indicator: str = ""  # whose rate
    options: tuple[str, ...] = ()  # boxes of its scale: the share of the answers that count; none: its own rate
    trigger: str = ""
    grade: str = ""
    is_consecutive: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """Fires when all its tests hold; what follows is named by id (§4.4c)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    all_of: tuple[Test, ...]
    consequences: tuple[str, ...]
    at_most: int | None = None  # a quota in each class: the lowest who meet the tests; of an honor the highest
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Consequence:
    """One thing that follows, and within what time of the confirmed result."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kind: ConsequenceKind
    days: int | None = None
    unit: DayUnit = DayUnit.WORKING
    place: str = ""  # 局办公会
    addressee: str = ""  # 科室主要领导
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """From a computed to a final result: preview by the sections, objections, review."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    preview_days: int = 5
    unit: DayUnit = DayUnit.WORKING
