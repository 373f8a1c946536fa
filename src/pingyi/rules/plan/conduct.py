"""How the public is heard and answered: channels, time limits, work rules, commitments (§3.2.2, §3.2.3, §4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class CaseKind(StrEnum):
    """Kinds of matter that the public raises (§3.2.2)."""

    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    MISCONDUCT = "misconduct"
    HELP = "help"
    PRAISE = "praise"


class DayUnit(StrEnum):
    """What a time limit counts."""

    WORKING = "working"
    CALENDAR = "calendar"


class ChannelKind(StrEnum):
    """Where matters come in."""

    HOTLINE = "hotline"
    COLUMN = "column"
    LETTER = "letter"
    VISIT = "visit"
    WEB = "web"
    MEDIA = "media"


class SolicitationKind(StrEnum):
    """Ways of asking for opinions (§4.2)."""

    FORUM = "forum"
    LETTER = "letter"
    ONLINE_CALL = "online_call"
    HOUSE_CALL = "house_call"
    OTHER = "other"


class WorkRuleKind(StrEnum):
    """The rules of service (§3.2.3)."""

    FIRST_CONTACT = "first_contact"
    TIME_LIMIT = "time_limit"
    COMMITMENT = "commitment"
    STAND_IN = "stand_in"
    ONE_TIME_NOTICE = "one_time_notice"
    ACCOUNTABILITY = "accountability"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """A hotline or column by which matters reach the bureau."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kind: ChannelKind
    number: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SolicitationForm:
    """One way of asking, and how often each section must use it."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kind: SolicitationKind
    minimum: int = 0
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRule:
    """A rule of service that the plan names."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kind: WorkRuleKind
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeLimit:
    """Days to answer one kind of case; the day of receipt is not counted."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: CaseKind
    days: int
    unit: DayUnit = DayUnit.WORKING
    extension_days: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class HandlingRules:
    """Reminders, call-backs and floors of case handling, and how long what people told is kept."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    remind_days_before: int = 1
    urge_days_after: int = 1
    criticize_days_after: int = 5
    accept_hours: int = 24
    call_back_share: Decimal = Decimal("0.2")
    satisfaction_floor: Decimal = Decimal("85")
    look_days_after: int = 5  # working days until somebody else looks at a stopped clock
    keep_years: int = 3  # after the closing, until what people told is destroyed
    keep_table_days: int = 90  # a hotline's table after it was last moved: time to mend and send its rows again


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitmentRules:
    """What a service commitment must have."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    minimum_per_section: int = 1
    must_be_measurable: bool = True
    rehang_days: int = 5  # working days after a new edition in which an old board is replaced
