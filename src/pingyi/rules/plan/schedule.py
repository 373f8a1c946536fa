"""The year: phases, duties, meetings, what is published and filed, who witnesses (§4, §5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pingyi.rules.plan.people import Doer


class MeetingKind(StrEnum):
    """Meetings that a plan can call."""

    MOBILIZATION = "mobilization"  # 动员会
    BRIEFING = "briefing"  # 汇报会
    ASSEMBLY = "assembly"  # 集中评议大会
    FORUM = "forum"  # 座谈会
    OFFICE_MEETING = "office_meeting"  # 局办公会
    OTHER = "other"


class Scope(StrEnum):
    """How far something is made known."""

    BUREAU = "bureau"
    DISTRICT = "district"
    PUBLIC = "public"


class Product(StrEnum):
    """The papers of the close that a duty can make; how the year is summed up is drafted from them (§4.4a)."""

    SUMMARY = "summary"  # 总结
    DIGEST = "digest"  # 汇总
    REPORT = "report"  # 报告


class Period(StrEnum):
    """How often a duty recurs."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """A dated stretch of the round (§4.1–4.4); both days belong to it."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    begins_on: date
    ends_on: date
    text: str = ""
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A duty with its doer, due date, proof and recipient (§3.2.1, §4)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    phase: str
    doer: Doer
    due_on: date | None = None  # without it, the last day of the phase
    every: Period | None = None  # it recurs, until `due_on`
    every_day: int | None = None  # of the period's last month; without it, that month's last day
    proof: str = ""  # what shows that it is done
    product: Product | None = None  # the paper of the close that it makes
    recipient: str = ""  # "supervision_office", "public", or an authority's id
    section: str = ""  # the unit's name where the doer is NAMED_SECTION
    doer_text: str = ""  # the doer as the source text calls it
    criterion: str = ""
    text: str = ""
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting the plan calls: agenda and those invited; the date may be a span (a bare August)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    kind: MeetingKind
    phase: str
    earliest_on: date | None = None
    latest_on: date | None = None
    convener: str = ""
    invited: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What is made known, and how far: circulars, rectification, the result (§4.3a, §4.3d)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    scope: Scope
    days: int | None = None  # 公示期
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """What is filed with which authority, by when (§4.3d, §4.4a)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    recipient: str  # an authority's id
    due_on: date | None = None
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Witness:
    """An outside keeper of checkpoints; `key` is its C2SP verifier key."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    key: str = ""
    is_outside: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Witnessing:
    """Who countersigns the record, and how many must have done so for a valid result (§5.4)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    witnesses: tuple[Witness, ...] = ()
    needed: int = 0
