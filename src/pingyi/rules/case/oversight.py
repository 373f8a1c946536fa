"""What the supervision office does about a case in danger, each thing once: remind, urge (催办), criticize (批评).

A breach of the rules of service becomes an entry that another person decides on (责任追究, §3.2.3).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pingyi.rules.calendar import Calendar, working_days_between
from pingyi.rules.case.stages import UNFINISHED, CaseState
from pingyi.rules.plan.conduct import HandlingRules
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
    Measure.URGE: (Recipient.HOLDER, Recipient.SECTION_HEAD, Recipient.SUPERVISION_OFFICE),
    Measure.CRITICIZE: tuple(Recipient),
}


class BreachKind(StrEnum):
    """Which rule of service was broken."""

    LATE = "late"
    OWNERLESS = "ownerless"  # an offer was left lying beyond the plan's hours
    SECOND_NOTICE = "second_notice"  # papers were asked for a second time
    FALSE_CLOSING = "false_closing"  # closed as settled, and it was not


class BreachStage(StrEnum):
    """Where a breach stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, kw_only=True, slots=True)
class BreachState:
    """What the decision on a breach depends on."""

    member: str
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
    due = _gravest(state.due_on, on=on, handling=handling, calendar=calendar)
    grave = {Measure.CRITICIZE: (Measure.URGE, Measure.CRITICIZE)}.get(due, (due,)) if due else ()
    return tuple(one for one in grave if one not in done)


def breaches_due(state: CaseState, *, at: datetime, on: date, raised: Collection[BreachKind] = ()) -> list[BreachKind]:
    """Return the breaches that have come about by now and were not raised before."""
    if state.stage not in UNFINISHED:
        return []
    found = {
        BreachKind.LATE: not state.is_stopped and on > state.due_on,
        BreachKind.OWNERLESS: state.offer_expires_at is not None and at > state.offer_expires_at,
    }
    return [kind for kind, is_due in found.items() if is_due and kind not in raised]


def decide(state: BreachState, *, is_upheld: bool, reason: str, by: str) -> BreachState:
    """Uphold or dismiss a breach, with a reason; never by the one it is raised against (§5.4)."""
    if state.stage is not BreachStage.RAISED:
        raise Refused("breach.is_decided")
    if by == state.member:
        raise Refused("breach.own_breach")
    if not reason.strip():
        raise Refused("breach.reason_needed", field="reason")
    return replace(state, stage=BreachStage.UPHELD if is_upheld else BreachStage.DISMISSED, decided_by=by)


def _gravest(due_on: date, *, on: date, handling: HandlingRules, calendar: Calendar) -> Measure | None:
    late = working_days_between(due_on, on, calendar=calendar)
    if on > due_on:
        if late >= handling.urge_days_after + handling.criticize_days_after:
            return Measure.CRITICIZE
        return Measure.URGE if late >= handling.urge_days_after else None
    return Measure.REMIND if -late <= handling.remind_days_before else None
