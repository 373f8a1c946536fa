"""Stages and moves of a case: answered and settled are two facts, and only both together close it (§3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pingyi.rules.case.receipts import is_bare_receipt
from pingyi.rules.day import day_of
from pingyi.rules.plan.conduct import CaseKind
from pingyi.rules.refused import Refused


class Stage(StrEnum):
    """Where a case is; that it was answered or settled is a fact beside the stage."""

    RECEIVED = "received"  # with the one who received it, or the supervision office; no section has taken it yet
    HELD = "held"  # a section has taken it
    CLOSED = "closed"
    MERGED = "merged"  # it goes on in another case


class Standing(StrEnum):
    """How a case looks at an instant, worst first; computed, never stored."""

    LATE = "late"
    UNACCEPTED = "unaccepted"  # an offer was not taken up within the plan's hours
    STOPPED = "stopped"
    DUE_SOON = "due_soon"
    ANSWERED = "answered"  # an answer, but no result yet
    READY = "ready"  # both, and it waits to be closed by another
    OPEN = "open"
    CLOSED_LATE = "closed_late"
    CLOSED = "closed"
    MERGED = "merged"


UNFINISHED = frozenset({Stage.RECEIVED, Stage.HELD})
_CLOSED = frozenset({Stage.CLOSED})

# Verb → the stages it may start from, and the stage it leads to; None where the stage stays, or follows from who
# holds the case (`open_stage`). Printed as the diagram in the docs.
MOVES: Mapping[str, tuple[frozenset[Stage], Stage | None]] = {
    "classify": (UNFINISHED, None),
    "correct_kind": (UNFINISHED, None),
    "assign": (UNFINISHED, None),
    "accept": (UNFINISHED, None),
    "decline": (UNFINISHED, None),
    "recall": (UNFINISHED, None),
    "answer": (UNFINISHED, None),
    "settle": (UNFINISHED, None),
    "close": (UNFINISHED, Stage.CLOSED),
    "reopen": (_CLOSED, None),
    "hold": (UNFINISHED | _CLOSED, None),
    "release": (UNFINISHED | _CLOSED, None),
    "stop_clock": (UNFINISHED, None),
    "resume_clock": (UNFINISHED, None),
    "let_stand": (UNFINISHED, None),
    "extend_ask": (UNFINISHED, None),
    "extend_grant": (UNFINISHED, None),
    "extend_deny": (UNFINISHED, None),
    "notify": (UNFINISHED, None),
    "split": (UNFINISHED, None),
    "merge": (UNFINISHED, Stage.MERGED),
}

SOON = 2  # days before the due date from which a case counts as due soon, where the plan does not say


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseState:
    """What the moves of a case depend on; `doers` are all who ever answered or settled it."""

    stage: Stage
    due_on: date
    section: str = ""  # empty while no section has taken it
    answered_on: date | None = None
    settled_on: date | None = None
    closed_on: date | None = None
    doers: tuple[str, ...] = ()
    has_been_late: bool = False  # it was once closed after its due date; reopening does not wash that off
    reopenings: int = 0
    is_stopped: bool = False
    awaits_extension: bool = False  # more time was asked for in time, and nobody has decided yet
    offer_expires_at: datetime | None = None  # set while an offer is open
    is_restricted: bool = False
    merged_into: str = ""
    lawful_on: date | None = None  # where the limit itself ends later than the citizen was told

    @property
    def judged_on(self) -> date:
        """The last day on which it is in time (`Clock.judged_on`)."""
        return self.lawful_on or self.due_on

    @property
    def is_ready(self) -> bool:
        """Whether it has both an answer and a result and waits only to be closed."""
        return self.stage in UNFINISHED and self.answered_on is not None and self.settled_on is not None


def open_stage(section: str) -> Stage:
    """Return the stage of an unfinished case: held by a section, or still with the one who received it."""
    return Stage.HELD if section else Stage.RECEIVED


def is_restricted_kind(kind: str) -> bool:
    """Whether cases of this kind are for the supervision office alone: reports of misconduct (§5.4)."""
    return kind == CaseKind.MISCONDUCT.value


def answer(state: CaseState, *, text: str, by: str, on: date, reason: str = "") -> CaseState:
    """Send an answer to the citizen; a bare receipt answers nothing (§3.2.2).

    What only looks like one is taken for a `reason`, which whoever closes the case reads and judges.
    """
    allow(state, "answer")
    if not text.strip():
        raise Refused("case.answer_is_empty", field="text")
    if is_bare_receipt(text) and not reason.strip():
        raise Refused("case.bare_receipt", field="text")
    return replace(state, answered_on=on, doers=_with(state.doers, by))


def settle(state: CaseState, *, result: str, by: str, on: date) -> CaseState:
    """Write down what came of the matter; that is another thing than answering it (§3.2.2)."""
    allow(state, "settle")
    if not result.strip():
        raise Refused("case.result_is_empty", field="result")
    return replace(state, settled_on=on, doers=_with(state.doers, by))


def close(state: CaseState, *, by: str, on: date) -> CaseState:
    """Close a case that has both an answer and a result; never by one who gave them (§3.2.2, §5.4)."""
    allow(state, "close")
    if state.answered_on is None:
        raise Refused("case.unanswered")
    if state.settled_on is None:
        raise Refused("case.unsettled")
    if state.offer_expires_at is not None:
        raise Refused("case.is_offered")
    if state.is_stopped:
        raise Refused("case.is_stopped")
    if by in state.doers:
        raise Refused("case.own_work")
    late = state.has_been_late or on > state.judged_on
    return replace(state, stage=Stage.CLOSED, closed_on=on, has_been_late=late)


def still_late(state: CaseState) -> bool:
    """Whether a closed case stays late once its lawful day is known; what an earlier turn was is not washed off."""
    is_in_time = state.closed_on is not None and state.closed_on <= state.judged_on
    return state.has_been_late and not (is_in_time and state.lawful_on is not None and not state.reopenings)


def reopen(state: CaseState, *, reason: str) -> CaseState:
    """Take a closed case up again: it needs a new answer and a new result."""
    allow(state, "reopen")
    if not reason.strip():
        raise Refused("case.reason_needed", field="reason")
    return replace(
        state,
        stage=open_stage(state.section),
        answered_on=None,
        settled_on=None,
        closed_on=None,
        reopenings=state.reopenings + 1,
    )


def merge(state: CaseState, *, into: CaseState, reference: str) -> CaseState:
    """Let a case go on in another one, which must itself be unfinished."""
    allow(state, "merge")
    allow(into, "merge")
    if state.offer_expires_at is not None:
        raise Refused("case.is_offered")
    if state.is_restricted != into.is_restricted:
        raise Refused("case.restricted_apart")
    return replace(state, stage=Stage.MERGED, merged_into=reference)


def standing(state: CaseState, *, at: datetime, soon: int = SOON) -> Standing:
    """Say how the case looks at this instant."""
    if state.stage is Stage.MERGED:
        return Standing.MERGED
    if state.stage is Stage.CLOSED:
        return Standing.CLOSED_LATE if state.has_been_late else Standing.CLOSED
    on = day_of(at)
    if not state.is_stopped and on > state.judged_on:
        return Standing.LATE
    if state.offer_expires_at is not None and at > state.offer_expires_at:
        return Standing.UNACCEPTED
    if state.is_stopped:
        return Standing.STOPPED
    return _ahead(state, on=on, soon=soon)


def is_overdue(state: CaseState, *, on: date) -> bool:
    """Whether it is unfinished after its due date; a stopped clock does not run out."""
    return state.stage in UNFINISHED and not state.is_stopped and on > state.judged_on


def taken_over(
    *, due_on: date, section: str, answered_on: date | None, settled_on: date | None, closed_on: date | None
) -> CaseState:
    """Return the state of a case from elsewhere, such as a hotline's table; without answer and result it is open."""
    is_done = closed_on is not None and answered_on is not None and settled_on is not None
    return CaseState(
        stage=Stage.CLOSED if is_done else open_stage(section),
        due_on=due_on,
        section=section,
        answered_on=answered_on,
        settled_on=settled_on,
        closed_on=closed_on if is_done else None,
        has_been_late=is_done and closed_on is not None and closed_on > due_on,
    )


def allow(state: CaseState, move: str) -> None:
    """Refuse a move that the stage does not allow."""
    starts, _ = MOVES[move]
    if state.stage in starts:
        return
    if state.stage is Stage.MERGED:
        raise Refused("case.is_merged", into=state.merged_into)
    raise Refused("case.is_closed" if state.stage is Stage.CLOSED else "case.is_not_closed")


def _ahead(state: CaseState, *, on: date, soon: int) -> Standing:
    if (state.due_on - on).days <= soon:
        return Standing.DUE_SOON
    if state.is_ready:
        return Standing.READY
    return Standing.ANSWERED if state.answered_on is not None else Standing.OPEN


def _with(doers: tuple[str, ...], by: str) -> tuple[str, ...]:
    return tuple(sorted({*doers, by}))
