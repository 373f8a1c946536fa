"""Stages and moves of a plan task: who reports, who checks, when it is late (§3.2.1, §4, §5.1, §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules.actor import Role
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Task as PlanTask
from pingyi.rules.recurrence import period_begins
from pingyi.rules.refused import Refused


class Stage(StrEnum):
    """Where a task stands; PLANNED is an open task whose phase has not begun, and is never stored."""

    PLANNED = "planned"
    OPEN = "open"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WAIVED = "waived"


class Setter(StrEnum):
    """The office that set a task; its own check is what counts (§3.2.1)."""

    PLAN = "plan"
    BUREAU = "bureau"
    MEETING = "meeting"  # a resolution
    DISTRICT_COMMITTEE = "district_committee"
    DISTRICT_GOVERNMENT = "district_government"


class Standing(StrEnum):
    """How a task looks on a given day, worst first; computed from dates, never stored."""

    LATE = "late"
    RETURNED = "returned"
    DUE_SOON = "due_soon"
    WAITING = "waiting"  # reported, to be checked
    OPEN = "open"
    PLANNED = "planned"
    DONE_LATE = "done_late"
    DONE = "done"
    WAIVED = "waived"


# Verb → the stages it may start from, and the stage it leads to. Printed as the diagram in the docs.
MOVES: Mapping[str, tuple[frozenset[Stage], Stage | None]] = {
    "report": (frozenset({Stage.OPEN, Stage.RETURNED}), Stage.REPORTED),
    "withdraw_report": (frozenset({Stage.REPORTED}), Stage.OPEN),
    "accept": (frozenset({Stage.REPORTED}), Stage.ACCEPTED),
    "return": (frozenset({Stage.REPORTED}), Stage.RETURNED),
    "waive": (frozenset({Stage.OPEN, Stage.RETURNED}), Stage.WAIVED),
    "take_over": (frozenset({Stage.OPEN, Stage.RETURNED}), Stage.ACCEPTED),
    "assign": (frozenset({Stage.OPEN, Stage.RETURNED}), None),
    "extend_ask": (frozenset({Stage.OPEN, Stage.RETURNED}), None),
    "extend_grant": (frozenset({Stage.OPEN, Stage.RETURNED}), None),
    "extend_deny": (frozenset({Stage.OPEN, Stage.RETURNED}), None),
    "replan": (frozenset({Stage.OPEN, Stage.RETURNED}), None),
    "drop": (frozenset({Stage.OPEN, Stage.RETURNED}), Stage.WAIVED),
}

SOON = 7  # days before the due date from which a task counts as due soon

OFFICES = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER})
CHECKERS: Mapping[Setter, frozenset[Role]] = {
    Setter.PLAN: OFFICES,
    Setter.BUREAU: OFFICES,
    Setter.MEETING: OFFICES,
    Setter.DISTRICT_COMMITTEE: OFFICES | {Role.DISTRICT_OFFICE},
    Setter.DISTRICT_GOVERNMENT: OFFICES | {Role.DISTRICT_OFFICE},
}
OUTSIDE = frozenset({Setter.DISTRICT_COMMITTEE, Setter.DISTRICT_GOVERNMENT})


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskState:
    """What the moves of a task depend on; `doers` are all who ever reported it."""

    stage: Stage
    opens_on: date
    due_on: date
    setter: Setter = Setter.PLAN
    responsible: str = ""
    doers: tuple[str, ...] = ()
    reported_on: date | None = None  # day of the report that stands; lateness is judged by it
    checked_by: str = ""
    asked_until: date | None = None
    asked_by: str = ""
    begun_on: date | None = None  # when the round was opened: what was due before is late only from then on

    @property
    def last_day(self) -> date:
        """The last day on which it is not late."""
        return max(self.due_on, self.begun_on or self.due_on)

    @property
    def was_due_before(self) -> bool:
        """Whether it was due before its round was opened, when nobody could report it here."""
        return self.begun_on is not None and self.due_on < self.begun_on


def report(state: TaskState, *, text: str, proofs: int, proof_needed: bool, by: str, on: date) -> TaskState:
    """Say that the task is done; a word of what was done is always needed, and a proof where the plan names one."""
    _allow(state, "report")
    if not text.strip():
        raise Refused("task.report_is_empty", field="text")
    if proof_needed and proofs == 0:
        raise Refused("task.proof_needed", field="proofs")
    doers = tuple(sorted({*state.doers, by}))
    return replace(state, stage=Stage.REPORTED, reported_on=on, doers=doers, asked_until=None, asked_by="")


def withdraw_report(state: TaskState, *, by: str) -> TaskState:
    """Take a report back before it is checked; those who made it remain its doers."""
    _allow(state, "withdraw_report")
    if by not in state.doers:
        raise Refused("task.not_your_report")
    return replace(state, stage=Stage.OPEN, reported_on=None)


def accept(state: TaskState, *, by: str, role: Role, reason: str = "") -> TaskState:
    """Accept the report; by another person than any who did it, for the office that set the task (§3.2.1, §5.4)."""
    _allow(state, "accept")
    _check(state, by=by, role=role)
    if state.setter in OUTSIDE and role is not Role.DISTRICT_OFFICE and not reason.strip():
        raise Refused("task.setters_word_needed", field="reason")
    return replace(state, stage=Stage.ACCEPTED, checked_by=by)


def send_back(state: TaskState, *, by: str, role: Role, reason: str) -> TaskState:
    """Return the report with a reason that says what is missing."""
    _allow(state, "return")
    _check(state, by=by, role=role)
    if not reason.strip():
        raise Refused("task.reason_needed", field="reason")
    return replace(state, stage=Stage.RETURNED, reported_on=None)


def waive(state: TaskState, *, by: str, reason: str) -> TaskState:
    """Say that the task need not be done; never by the person who is responsible for it."""
    _allow(state, "waive")
    if by == state.responsible or by in state.doers:
        raise Refused("task.own_waiver")
    if not reason.strip():
        raise Refused("task.reason_needed", field="reason")
    return replace(state, stage=Stage.WAIVED, asked_until=None, asked_by="")


def take_over(state: TaskState, *, done_on: date, words: str, by: str, on: date) -> TaskState:
    """Take over as done what was due before the round began; by another person than who answers for it (§5.4)."""
    _allow(state, "take_over")
    if not state.was_due_before:
        raise Refused("task.not_before_the_round")
    if by in state.doers or by == state.responsible:
        raise Refused("task.own_work")
    if done_on > on:
        raise Refused("task.done_later", field="done_on")
    if not words.strip():
        raise Refused("task.taken_over_without_words", field="reason")
    return replace(
        state, stage=Stage.ACCEPTED, reported_on=done_on, checked_by=by, asked_until=None, asked_by=""
    )  # fmt: skip


def assign(state: TaskState, *, to: str) -> TaskState:
    """Make another person responsible; there is exactly one at every moment (§1.1)."""
    _allow(state, "assign")
    if not to:
        raise Refused("task.nobody_named", field="to")
    if to == state.responsible:
        raise Refused("task.already_responsible", field="to")
    return replace(state, responsible=to)


def extend_ask(state: TaskState, *, until: date, reason: str, by: str, on: date) -> TaskState:
    """Ask for more time, before the time is over."""
    _allow(state, "extend_ask")
    if on > state.due_on:
        raise Refused("task.asked_too_late", due_on=state.due_on)
    if until <= state.due_on:
        raise Refused("task.not_later", field="until", due_on=state.due_on)
    if not reason.strip():
        raise Refused("task.reason_needed", field="reason")
    return replace(state, asked_until=until, asked_by=by)


def extend_grant(state: TaskState, *, by: str) -> TaskState:
    """Give the time that was asked for; never by the person who asked."""
    asked = _asked(state, "extend_grant", by=by)
    return replace(state, due_on=asked, asked_until=None, asked_by="")


def extend_deny(state: TaskState, *, by: str, reason: str) -> TaskState:
    """Refuse the time that was asked for, with a reason; never by the person who asked."""
    _asked(state, "extend_deny", by=by)
    if not reason.strip():
        raise Refused("task.reason_needed", field="reason")
    return replace(state, asked_until=None, asked_by="")


def replan(state: TaskState, *, opens_on: date, due_on: date) -> TaskState:
    """Follow an amended plan's dates; what is reported or checked keeps the dates it was done under."""
    _allow(state, "replan")
    return replace(state, opens_on=opens_on, due_on=due_on)


def drop(state: TaskState) -> TaskState:
    """Let go of a duty that the amended plan no longer has."""
    _allow(state, "drop")
    return replace(state, stage=Stage.WAIVED, asked_until=None, asked_by="")


def standing(state: TaskState, *, on: date) -> Standing:
    """How the task looks on this day."""
    if state.stage is Stage.WAIVED:
        return Standing.WAIVED
    if state.stage is Stage.ACCEPTED:
        return Standing.DONE_LATE if was_late(state) else Standing.DONE
    if state.stage is Stage.REPORTED:
        return Standing.WAITING
    if on > state.last_day:
        return Standing.LATE
    if state.stage is Stage.RETURNED:
        return Standing.RETURNED
    return _ahead(state, on=on)


def stage_on(state: TaskState, *, on: date) -> Stage:
    """The stage as people see it: an open task is only planned until its phase begins."""
    return Stage.PLANNED if state.stage is Stage.OPEN and on < state.opens_on else state.stage


def was_late(state: TaskState) -> bool:
    """Whether the report that stands came after the due date."""
    return state.reported_on is not None and state.reported_on > state.last_day


def due_date(task: PlanTask, plan: Plan) -> date:
    """The day a plan's task is due: its own date, or the last day of its phase."""
    if task.due_on is not None:
        return task.due_on
    return next(phase.ends_on for phase in plan.phases if phase.id == task.phase)


def opening_date(task: PlanTask, plan: Plan) -> date:
    """The day a plan's task opens: the first day of its phase, or its due date where that is earlier.

    One date of a task that recurs opens with its month, quarter or half-year.
    """
    begins = next((phase.begins_on for phase in plan.phases if phase.id == task.phase), None)
    due = due_date(task, plan)
    if task.every is not None and begins is not None:
        begins = max(begins, period_begins(due, task.every))
    return due if begins is None else min(begins, due)


def _ahead(state: TaskState, *, on: date) -> Standing:
    if on < state.opens_on:
        return Standing.PLANNED
    return Standing.DUE_SOON if (state.last_day - on).days <= SOON else Standing.OPEN


def _allow(state: TaskState, move: str) -> None:
    starts, _ = MOVES[move]
    if state.stage not in starts:
        raise Refused(f"task.is_{state.stage.value}", move=move)


def _check(state: TaskState, *, by: str, role: Role) -> None:
    if by in state.doers or by == state.responsible:
        raise Refused("task.own_work")
    if role not in CHECKERS[state.setter]:
        raise Refused("task.not_the_checker", setter=state.setter.value)


def _asked(state: TaskState, move: str, *, by: str) -> date:
    _allow(state, move)
    if state.asked_until is None:
        raise Refused("task.nothing_asked")
    if by == state.asked_by:
        raise Refused("task.own_request")
    return state.asked_until
