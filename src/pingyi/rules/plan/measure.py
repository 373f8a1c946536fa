"""What is judged and how it is measured: criteria, sources, indicators, scales, adjustments (§3.2, §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar


class SourceKind(StrEnum):
    """Where marks come from; each kind is fed by one room, or imported."""

    SURVEY = "survey"
    ASSEMBLY = "assembly"
    INSPECTION = "inspection"
    CASES = "cases"
    RECTIFICATION = "rectification"
    TASKS = "tasks"
    COMMITMENTS = "commitments"
    OPINIONS = "opinions"
    FILE_REVIEW = "file_review"
    OTHER = "other"


class Empty(StrEnum):
    """What happens to a section that has no evidence at all from a source."""

    REFUSE = "refuse"  # no verdict until it has
    DROP = "drop"  # the source is left out and the other weights are scaled up
    ZERO = "zero"
    FULL = "full"


class Reading(StrEnum):
    """What a source's marks are taken for, which decides how sure they are (§5.2)."""

    PEOPLE = "people"  # people who were asked, or who voted: a sample of those who could have been
    VISITS = "visits"  # a few visits or files: a sample of the year's work
    CASES = "cases"  # shares of cases: the citizens who called, of those who could have
    FACTS = "facts"  # registered facts: counted, not sampled


class Measure(StrEnum):
    """How an indicator's evidence becomes a mark from 0 to 100."""

    MEAN = "mean"  # weighted mean of value / maximum
    SATISFACTION_SCORE = "satisfaction_score"  # weighted mean of the scale's values (满意度得分)
    SATISFACTION_RATE = "satisfaction_rate"  # share of satisfied among counted answers (满意率)
    DEMERITS = "demerits"  # 100 less the sum of value × weight, not under 0


class Figure(StrEnum):
    """What this house counts by itself and an indicator or a deduction may take; `rules.figures` says what each is."""

    TABLES = "tables"  # nothing: only the tables that are imported
    CASES_ON_TIME = "cases.on_time"  # closed on time ÷ (closed + overdue and open)
    CASES_ANSWERED = "cases.answered"  # answered by the due date ÷ (answered + overdue and unanswered)
    CASES_SETTLED = "cases.settled"  # a result by the due date ÷ (with a result + overdue and without)
    CASES_RESPONSE = "cases.response"  # offers taken or refused within the plan's hours
    CASES_SOLUTION = "cases.solution"  # what citizens call settled at the call-back
    CASES_SATISFACTION = "cases.satisfaction"  # the citizens' levels, as options of the indicator's scale
    CASES_BREACHES = "cases.breaches"  # one for each upheld breach of any kind
    CASES_FOUNDED = "cases.founded_complaint"  # a complaint closed as settled that was not, upheld
    CASES_LATE = "cases.late"
    CASES_OWNERLESS = "cases.ownerless"
    CASES_SECOND_NOTICE = "cases.second_notice"
    CASES_FALSE_CLOSING = "cases.false_closing"
    TASKS_IN_TIME = "tasks.in_time"  # each duty, done in time or not
    COMMITMENTS_KEPT = "commitments.kept"  # each promise, kept or not


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One of the contents judged (评议内容, §3.2)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    title: str
    text: str = ""
    principles: tuple[str, ...] = ()
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A source of marks and its share of the composite; the shares add up to 1."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    kind: SourceKind
    weight: Decimal
    empty: Empty = Empty.REFUSE
    reading: Reading | None = None  # as its kind is read, where the plan does not say


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """One measured thing: names its criterion *and* its source; the weights add up to 1 within a source."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    criterion: str
    source: str
    weight: Decimal
    measure: Measure = Measure.MEAN
    scale: str = ""  # for the two satisfaction measures
    maximum: Decimal = Decimal(100)
    minimum_count: int = 0  # fewer pieces of evidence are flagged, never hidden
    takes: Figure | None = None  # what feeds it besides tables; must be said where a room of this house counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One box of a scale; without a value it is outside numerator and denominator (不了解, 弃权)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    label: str
    value: Decimal | None = None
    is_satisfied: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The answers a voter can give, their values, and which of them count as satisfied."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Adjustment:
    """One reason to add or take points; points are for each occurrence."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    points: Decimal  # always positive
    cap: Decimal | None = None
    criterion: str = ""
    takes: Figure | None = None  # a deduction: which events of this house it takes besides tables
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bonus:
    """Points added to the composite, up to the cap."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    items: tuple[Adjustment, ...]
    cap: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deductions:
    """Points taken from the composite, up to the cap."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    items: tuple[Adjustment, ...]
    cap: Decimal | None = None


class VetoEffect(StrEnum):
    """What a proven veto event does (一票否决)."""

    SCORE_ZERO = "score_zero"
    SCORE_CAP = "score_cap"
    RANK_LAST = "rank_last"


@dataclass(frozen=True, kw_only=True, slots=True)
class Veto:
    """An event that overrides the marks (§3.2.6)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    id: str
    name: str
    effect: VetoEffect
    cap: Decimal | None = None
    quote: str = ""
