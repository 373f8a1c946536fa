"""What the supervision office does about a case in danger, each thing once: remind, urge (催办), criticize (批评).

A breach of the rules of service becomes an entry that another person decides on (责任追究, §3.2.3).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from pingyi.rules.calendar import Calendar, due_date, latest_receipt, working_days_between
from pingyi.rules.case.stages import UNFINISHED, CaseState, allow
from pingyi.rules.plan.conduct import DayUnit, HandlingRules
from pingyi.rules.refused import Refused


class Measure(StrEnum):
    """What is done, from mild to grave."""

    REMIND = "remind"
    URGE = "urge"
    CRITICIZE = "criticize"


class Recipient(StrEnum):
    """Who hears of it."""

    HOLDER = "holder"
    SECTION_HEAD = "section_head"
    SUPERVISION_OFFICE = "supervision_office"
    BUREAU_LEADER = "bureau_leader"


RECIPIENTS: dict[Measure, tuple[Recipient, ...]] = {
    Measure.REMIND: (Recipient.HOLDER,),
    Measure.URGE: tuple(Recipient),  # the leader gets a copy, as of the criticism
    Measure.CRITICIZE: tuple(Recipient),
}
HEARING_DAYS = 3  # working days in which the one who held the case may say how it came about
PAPERS = "papers"  # the cause of a stop that waits for the citizen, and that the citizen ends


class BreachKind(StrEnum):
    """Which rule of service was broken."""

    LATE = "late"
    OWNERLESS = "ownerless"  # an offer was left lying beyond the plan's hours
    SECOND_NOTICE = "second_notice"  # papers were asked for a second time
    FALSE_CLOSING = "false_closing"  # closed as settled, and it was not


class Ground(StrEnum):
    """Why a citizen has a closed case opened again."""

    NOT_DONE = "not_done"  # it was said to be done, and it was not
    CAME_BACK = "came_back"  # it was done, and is as bad as before
    ANSWER = "answer"  # the answer leaves something open, or is not agreed with
    OTHER = "other"


ALLEGATIONS = {Ground.NOT_DONE: BreachKind.FALSE_CLOSING}  # a breach to be heard and decided, never upheld by itself


class BreachStage(StrEnum):
    """Where a breach stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BreachState:
    """What the decision on a breach depends on."""

    member: str
    raised_on: date
    raised_by: str = ""  # empty where the house's own machine did
    is_heard: bool = False  # the one who held the case has said how it came about
    stage: BreachStage = BreachStage.RAISED
    decided_by: str = ""


def measures_due(
    state: CaseState, *, on: date, handling: HandlingRules, calendar: Calendar, done: Collection[Measure] = ()
) -> tuple[Measure, ...]:
    """Return what is to be done about a case on this day and was not done before, the mildest first.

    After silence of days only the gravest is left to say; who was not reminded in time is urged, not reminded.
    """
    if state.stage not in UNFINISHED or state.is_stopped:
        return ()
    due = _gravest(state, on=on, handling=handling, calendar=calendar)
    grave = {Measure.CRITICIZE: (Measure.URGE, Measure.CRITICIZE)}.get(due, (due,)) if due else ()
    return tuple(one for one in grave if one not in done)


def breaches_due(state: CaseState, *, at: datetime, on: date, raised: Collection[BreachKind] = ()) -> list[BreachKind]:
    """Return the breaches that have come about by now and were not raised before.

    Who asked for more time in time is not charged for the office's silence: only once it is refused, or let pass.
    """
    if state.stage not in UNFINISHED:
        return []
    found = {
        BreachKind.LATE: on > state.judged_on and not state.is_stopped and not state.awaits_extension,
        BreachKind.OWNERLESS: state.offer_expires_at is not None and at > state.offer_expires_at,
    }
    return [kind for kind, is_due in found.items() if is_due and kind not in raised]


def check_by_hand(measure: Measure, state: CaseState, *, on: date, done: Collection[Measure]) -> None:
    """Refuse a letter that the supervision office may not write: twice, to a stopped clock, or too grave too early."""
    allow(state, "answer")
    if state.is_stopped:
        raise Refused("case.is_stopped")
    if measure in done:
        raise Refused("case.urged_already" if measure is Measure.URGE else "case.criticized_already")
    if measure is Measure.CRITICIZE and (on <= state.judged_on or Measure.URGE not in done):
        raise Refused("case.urge_first")


def hears_until(raised_on: date, *, calendar: Calendar) -> date:
    """Return the last day on which a breach is left undecided for the one who held the case to be heard."""
    return due_date(raised_on, days=HEARING_DAYS, unit=DayUnit.WORKING, calendar=calendar).date


def heard_out(on: date, *, calendar: Calendar) -> date:
    """Return the latest day of raising from which the days to be heard are over by now: the inverse of the above."""
    yesterday = on - timedelta(days=1)
    return latest_receipt(yesterday, days=HEARING_DAYS, unit=DayUnit.WORKING, calendar=calendar)


def hear(state: BreachState, *, words: str, by: str) -> BreachState:
    """Take what the one who held the case says about it, and nobody else's word for it."""
    if state.stage is not BreachStage.RAISED:
        raise Refused("breach.is_decided")
    if by != state.member:
        raise Refused("breach.not_yours")
    if not words.strip():
        raise Refused("breach.words_needed", field="words")
    return replace(state, is_heard=True)


def decide(state: BreachState, *, is_upheld: bool, reason: str, by: str, on: date, calendar: Calendar) -> BreachState:
    """Uphold or dismiss a breach, with a reason; never by whom it is raised against or who raised it (§5.4).

    It is upheld only after the one who held the case was heard, or let the days for it pass.
    """
    if state.stage is not BreachStage.RAISED:
        raise Refused("breach.is_decided")
    if by == state.member:
        raise Refused("breach.own_breach")
    if by == state.raised_by:
        raise Refused("breach.own_accusation")
    if not reason.strip():
        raise Refused("breach.reason_needed", field="reason")
    until = hears_until(state.raised_on, calendar=calendar)
    if is_upheld and not state.is_heard and on <= until:
        raise Refused("breach.not_heard", until=until)
    return replace(state, stage=BreachStage.UPHELD if is_upheld else BreachStage.DISMISSED, decided_by=by)


def is_unlooked(since: date, *, on: date, handling: HandlingRules, calendar: Calendar) -> bool:
    """Whether a stopped clock waits for the office's eye: nobody looked at it for the plan's term.

    `since` is the day on which it was stopped, or last looked at. A stop that waits for the citizen's papers is looked
    at as well: a list that asks for too much is the easiest way to stop a clock.
    """
    return working_days_between(since, on, calendar=calendar) >= handling.look_days_after


def let_stand(state: CaseState, *, handlers: Collection[str], note: str, by: str) -> None:
    """Let a stopped clock stand, saying why; never by whoever stopped it or holds the case (§5.4)."""
    allow(state, "let_stand")
    if not state.is_stopped:
        raise Refused("case.is_running")
    if by in handlers:
        raise Refused("case.own_stop")
    if not note.strip():
        raise Refused("case.reason_needed", field="note")


def _gravest(state: CaseState, *, on: date, handling: HandlingRules, calendar: Calendar) -> Measure | None:
    late = working_days_between(state.judged_on, on, calendar=calendar)
    if on > state.judged_on:
        if late >= handling.urge_days_after + handling.criticize_days_after:
            return Measure.CRITICIZE
        return Measure.URGE if late >= handling.urge_days_after else None
    left = working_days_between(on, state.due_on, calendar=calendar)
    return Measure.REMIND if left <= handling.remind_days_before else None
