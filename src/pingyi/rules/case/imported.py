"""What a hotline's table says of a case, taken over; nothing of it moves against the citizen (§3.2.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from pingyi.rules.case.receipts import is_bare_receipt
from pingyi.rules.case.stages import CaseState, Stage, open_stage


class Judge(StrEnum):
    """By what a case that its source closed was found in time or late."""

    DATES = "dates"  # the source's own moment of closing and its own target, to the hour
    WORD = "word"  # the source's word, where it does not tell both
    LIMIT = "limit"  # nobody told: our limit and the day of closing


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one row tells of the handling; None where it tells nothing."""

    is_closed: bool | None = None
    is_on_time: bool | None = None  # by the row's own dates, or by the source's word
    due_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    answer: str = ""


def from_source(told: Told, *, due_on: date, section: str, on: date) -> CaseState:
    """Return the state of a case that a table tells for the first time; `due_on` is our own limit's.

    A reply that only confirms receipt answers nothing, so its case stays open, whatever the source calls it.
    """
    due = due_on if told.due_on is None else told.due_on if told.is_closed else min(due_on, told.due_on)
    answered = _answered_on(told, due=due, on=on)
    if not told.is_closed or answered is None:
        return CaseState(stage=open_stage(section), due_on=due, section=section, answered_on=answered)
    closed = _closed_on(told, due=due, on=on)
    late = closed > due if told.is_on_time is None else not told.is_on_time
    return CaseState(
        stage=Stage.CLOSED, due_on=due, section=section, answered_on=answered, settled_on=closed, closed_on=closed,
        has_been_late=late,
    )  # fmt: skip


def from_source_again(state: CaseState, told: Told, *, is_ours: bool, on: date) -> CaseState:
    """Return the state after the source tells something new.

    `is_ours` says that our people have acted on the case since: then the table neither closes nor reopens it. The due
    date only comes nearer, and a case that was once late stays so.
    """
    due = state.due_on if told.due_on is None else min(state.due_on, told.due_on)
    if is_ours or state.stage is Stage.MERGED:
        return replace(state, due_on=due)
    if state.answered_on and told.answer and is_bare_receipt(told.answer):
        told = replace(told, answer="", answered_on=state.answered_on)  # a receipt does not undo an answer
    fresh = from_source(told, due_on=due, section=state.section, on=on)
    was_late = state.has_been_late or fresh.has_been_late
    is_reopened = state.stage is Stage.CLOSED and fresh.stage is not Stage.CLOSED
    if is_reopened and told.is_closed is not False:
        return replace(state, due_on=due, has_been_late=was_late)  # a table that no longer tells does not reopen
    return replace(
        fresh, due_on=due, has_been_late=was_late, doers=state.doers, offer_expires_at=state.offer_expires_at,
        answered_on=fresh.answered_on or (None if is_reopened else state.answered_on),
        reopenings=state.reopenings + is_reopened, is_restricted=state.is_restricted, is_stopped=state.is_stopped,
    )  # fmt: skip


def judge(told: Told, state: CaseState) -> Judge | None:
    """Return by what a case that a table tells was judged; none while it is open."""
    if state.stage is not Stage.CLOSED:
        return None
    if told.is_on_time is None:
        return Judge.LIMIT
    return Judge.DATES if told.closed_on and told.due_on else Judge.WORD


def _answered_on(told: Told, *, due: date, on: date) -> date | None:
    if told.answer and is_bare_receipt(told.answer):
        return None
    if told.answer or told.answered_on:
        return told.answered_on or told.closed_on or (_closed_on(told, due=due, on=on) if told.is_closed else None)
    return _closed_on(told, due=due, on=on) if told.is_closed else None


def _closed_on(told: Told, *, due: date, on: date) -> date:
    """A source that tells only in time or late gets the nearest day that agrees with its word, never one to come."""
    if told.closed_on is not None:
        return told.closed_on
    return min(on, due if told.is_on_time is not False else due + timedelta(days=1))
