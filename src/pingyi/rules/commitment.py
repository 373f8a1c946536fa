"""What a section promises (服务承诺, 便民措施), how a promise is published, and whether it is kept (§3.2.3, §4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules.actor import Role
from pingyi.rules.plan.conduct import CaseKind, CommitmentRules, DayUnit, TimeLimit
from pingyi.rules.refused import Refused


class Kind(StrEnum):
    """A service commitment says what, within what time and measured by what; a convenience measure makes it easier."""

    COMMITMENT = "commitment"
    CONVENIENCE = "convenience"


class Unit(StrEnum):
    """What the promised time is counted in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING = "working"
    CALENDAR = "calendar"


class Stage(StrEnum):
    """Where one version of a commitment stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"  # waits for another person's check
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


# Verb → the stages it may start from, and the stage it leads to. Printed as the diagram in the docs.
MOVES: Mapping[str, tuple[frozenset[Stage], Stage]] = {
    "edit": (frozenset({Stage.DRAFT}), Stage.DRAFT),
    "propose": (frozenset({Stage.DRAFT}), Stage.PROPOSED),
    "return": (frozenset({Stage.PROPOSED}), Stage.DRAFT),
    "publish": (frozenset({Stage.PROPOSED}), Stage.PUBLISHED),
    "amend": (frozenset({Stage.PUBLISHED}), Stage.PUBLISHED),
    "replace": (frozenset({Stage.PUBLISHED}), Stage.REPLACED),
    "withdraw": (frozenset({Stage.DRAFT, Stage.PROPOSED, Stage.PUBLISHED}), Stage.WITHDRAWN),
}
DAYS = {Unit.WORKING: DayUnit.WORKING, Unit.CALENDAR: DayUnit.CALENDAR}
WEEK = {DayUnit.WORKING: 7, DayUnit.CALENDAR: 5}  # what a day of the one weighs against a day of the other
OFFICES = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER})
FEW = 10  # under so many, a share is shown with a warning


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A published commitment about cases: so many days, shorter than or as long as the plan's own limit."""

    reference: str  # the commitment's version, which an outcome names again
    days: int
    unit: DayUnit


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of the cases that a promise held for: closed in time, not in time, or still within it."""

    reference: str
    kept: int
    broken: int
    running: int = 0

    @property
    def count(self) -> int:
        """How many are decided: the n of the share."""
        return self.kept + self.broken

    @property
    def is_few(self) -> bool:
        """Whether so few are decided that the share says little."""
        return 0 < self.count < FEW


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One entered measurement: of so many occasions in a stretch of days, so many kept the commitment."""

    begins_on: date
    ends_on: date
    total: int
    kept: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitmentState:
    """What the moves of a version depend on."""

    stage: Stage
    kind: Kind = Kind.COMMITMENT
    what: str = ""
    amount: int | None = None
    unit: Unit | None = None
    case_kind: CaseKind | None = None
    measured_by: str = ""
    doers: tuple[str, ...] = ()  # all who ever wrote it; none of them publishes it

    @property
    def is_measurable(self) -> bool:
        """Whether it says within what time and measured by what."""
        return self.amount is not None and self.unit is not None and bool(self.measured_by.strip())


def edit(state: CommitmentState, *, by: str) -> CommitmentState:
    """Change the draft's words; whoever does so is one of its doers."""
    _allow(state, "edit")
    return replace(state, doers=_with(state.doers, by))


def propose(
    state: CommitmentState, *, rules: CommitmentRules | None, limits: Iterable[TimeLimit], by: str
) -> CommitmentState:
    """Hand a draft to another person's check; it says what the plan wants of a commitment (§3.2.3)."""
    _allow(state, "propose")
    if not state.what.strip():
        raise Refused("commitment.says_nothing", field="what")
    if state.kind is Kind.COMMITMENT and (rules is None or rules.must_be_measurable) and not state.is_measurable:
        field = "measured_by" if state.amount is not None and state.unit is not None else "amount"
        raise Refused("commitment.not_measurable", field=field)
    _within_limit(state, limits)
    return replace(state, stage=Stage.PROPOSED, doers=_with(state.doers, by))


def send_back(state: CommitmentState, *, reason: str, by: str) -> CommitmentState:
    """Return a proposed version to its section with a reason."""
    _allow(state, "return")
    _another(state, by)
    _reason(reason)
    return replace(state, stage=Stage.DRAFT)


def publish(state: CommitmentState, *, by: str) -> CommitmentState:
    """Put a proposed version in force; never by a person who wrote it (§5.4)."""
    _allow(state, "publish")
    _another(state, by)
    return replace(state, stage=Stage.PUBLISHED)


def amend(state: CommitmentState) -> CommitmentState:
    """Begin a new version; this one holds until the new one is published."""
    _allow(state, "amend")
    return state


def replaced(state: CommitmentState) -> CommitmentState:
    """Let a newer version take this one's place."""
    _allow(state, "replace")
    return replace(state, stage=Stage.REPLACED)


def withdraw(
    state: CommitmentState, *, reason: str, remaining: int, rules: CommitmentRules | None, role: Role
) -> CommitmentState:
    """Take a version back, unless its section would promise less than the plan asks; `remaining` is without it.

    A section gives up its own drafts; what the public was promised is withdrawn by the office alone.
    """
    _allow(state, "withdraw")
    _reason(reason)
    if state.stage is Stage.PUBLISHED and role not in OFFICES:
        raise Refused("commitment.withdrawn_by_the_office")
    least = rules.minimum_per_section if rules else 0
    if state.stage is Stage.PUBLISHED and state.kind is Kind.COMMITMENT and remaining < least:
        raise Refused("commitment.below_minimum", minimum=least)
    return replace(state, stage=Stage.WITHDRAWN)


def dissolve(state: CommitmentState) -> CommitmentState:
    """End what a section promised because the section itself is closed; no minimum binds it any more."""
    _allow(state, "withdraw")
    return replace(state, stage=Stage.WITHDRAWN)


def promise(state: CommitmentState, *, reference: str) -> Promise | None:
    """Return what the version promises for cases; None for one that is not about cases."""
    if state.case_kind is None or state.amount is None or state.unit not in DAYS:
        return None
    return Promise(reference=reference, days=state.amount, unit=DAYS[state.unit])


def check_measured(one: Measured, *, on: date) -> None:
    """Refuse a measurement that cannot be: more kept than there were, days that run backwards or lie ahead."""
    if one.total < 1:
        raise Refused("measurement.nothing_counted", field="total")
    if one.kept > one.total:
        raise Refused("measurement.more_than_all", field="kept", total=one.total)
    if one.ends_on < one.begins_on:
        raise Refused("measurement.days_reversed", field="ends_on")
    if one.ends_on > on:
        raise Refused("measurement.in_the_future", field="ends_on")


def tally(reference: str, *, outcomes: Iterable[Outcome] = (), measured: Iterable[Measured] = ()) -> Outcome:
    """Add up what is known of a commitment: its cases, and what was measured (§3.2.3)."""
    cases, entered = list(outcomes), list(measured)
    return Outcome(
        reference=reference,
        kept=sum(one.kept for one in cases) + sum(one.kept for one in entered),
        broken=sum(one.broken for one in cases) + sum(one.total - one.kept for one in entered),
        running=sum(one.running for one in cases),
    )


def _within_limit(state: CommitmentState, limits: Iterable[TimeLimit]) -> None:
    """A promise longer than the plan's limit promises nothing; a week is five working days."""
    if state.case_kind is None:
        return
    if state.unit not in DAYS:
        raise Refused("commitment.cases_in_days", field="unit")
    limit = next((one for one in limits if one.kind is state.case_kind), None)
    if limit is None or state.amount is None:
        return
    promised = state.amount * WEEK[DAYS[state.unit]]
    if promised > limit.days * WEEK[limit.unit]:
        raise Refused("commitment.longer_than_limit", field="amount", days=limit.days)


def _allow(state: CommitmentState, move: str) -> None:
    if state.stage not in MOVES[move][0]:
        raise Refused(f"commitment.is_{state.stage.value}", move=move)


def _another(state: CommitmentState, by: str) -> None:
    if by in state.doers:
        raise Refused("commitment.own_work")


def _reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("commitment.reason_needed", field="reason")


def _with(doers: tuple[str, ...], by: str) -> tuple[str, ...]:
    return tuple(sorted({*doers, by}))
