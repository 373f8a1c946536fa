"""What a plan (方案) is: text first, then this data; whatever differs between bureaus or years stands here.

Values are frozen; ids are short ASCII words that other parts of the plan refer to. Every item may carry the sentence
of the source text that it came from (`quote`) and that text's own clause number (`clause`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pingyi.rules.plan.conduct import Channel, CommitmentRules, HandlingRules, SolicitationForm, TimeLimit, WorkRule
from pingyi.rules.plan.measure import Bonus, Criterion, Deductions, Indicator, Scale, Source, Veto
from pingyi.rules.plan.outcome import Confirmation, Consequence, Grade, Ranking, Rounding, Trigger
from pingyi.rules.plan.people import Authority, Organizer, Principle, Subject
from pingyi.rules.plan.schedule import Filing, Meeting, Phase, Publication, Task, Witnessing
from pingyi.rules.plan.statistics import Statistics
from pingyi.rules.plan.voting import Assembly, Survey

__all__ = [
    "FORMAT",
    "Assembly",
    "Authority",
    "Bonus",
    "Channel",
    "Choice",
    "CommitmentRules",
    "Confirmation",
    "Consequence",
    "Criterion",
    "Deductions",
    "Filing",
    "Grade",
    "HandlingRules",
    "Indicator",
    "Meeting",
    "Organizer",
    "Original",
    "Phase",
    "Plan",
    "Principle",
    "Publication",
    "Ranking",
    "Rounding",
    "Scale",
    "SolicitationForm",
    "Source",
    "Statistics",
    "Subject",
    "Survey",
    "Task",
    "TimeLimit",
    "Trigger",
    "Veto",
    "Witnessing",
    "WorkRule",
]

FORMAT = "pingyi-plan/1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value that the source text never gave: taken from a preset and still to be confirmed by a person."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    path: str  # e.g. "sources[0].weight" or "rounding"
    preset: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The document that the plan was read from: its digest, and the sentences that nothing in the plan covers."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    name: str
    sha256: str
    uncovered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()  # passages in which bytes were lost, as found
    set_aside: tuple[str, ...] = ()  # uncovered sentences that a person has looked at and needs nothing for


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One year's adopted text as data (§0)."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    format: str
    title: str
    year: int
    issuer: str
    organizer: Organizer
    subject: Subject
    criteria: tuple[Criterion, ...]
    phases: tuple[Phase, ...]
    sources: tuple[Source, ...]
    indicators: tuple[Indicator, ...]
    rounding: Rounding
    ranking: Ranking
    statistics: Statistics | None = None  # how sure a result must be; the defaults where nothing is said (§5.2)
    number: str = ""  # 文号
    issued_on: date | None = None
    preamble: str = ""  # 指导思想; shown, never computed
    maxims: tuple[str, ...] = ()  # 谁主管谁负责 …
    authorities: tuple[Authority, ...] = ()
    principles: tuple[Principle, ...] = ()
    work_rules: tuple[WorkRule, ...] = ()
    channels: tuple[Channel, ...] = ()
    solicitations: tuple[SolicitationForm, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    handling: HandlingRules | None = None
    commitments: CommitmentRules | None = None
    tasks: tuple[Task, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    scales: tuple[Scale, ...] = ()
    assembly: Assembly | None = None
    survey: Survey | None = None
    bonus: Bonus | None = None
    deductions: Deductions | None = None
    vetoes: tuple[Veto, ...] = ()
    grades: tuple[Grade, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    confirmation: Confirmation | None = None
    result_uses: tuple[str, ...] = ()  # appraisals that the result enters (§4.4b)
    publications: tuple[Publication, ...] = ()
    filings: tuple[Filing, ...] = ()
    witnessing: Witnessing | None = None
    requirements: tuple[str, ...] = ()  # 工作要求, shown
    original: Original | None = None
    choices: tuple[Choice, ...] = ()
