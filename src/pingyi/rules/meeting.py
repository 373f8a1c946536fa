"""Stages and moves of a meeting: planned, convened, held, written down (§4.1, §4.3b)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pingyi.rules.refused import Refused


class MeetingStage(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CONVENED = "convened"
    HELD = "held"
    MINUTED = "minuted"
    CANCELLED = "cancelled"


# Verb → the stages it may start from, and the stage it leads to.
MOVES: Mapping[str, tuple[frozenset[MeetingStage], MeetingStage]] = {
    "convene": (frozenset({MeetingStage.PLANNED, MeetingStage.CONVENED}), MeetingStage.CONVENED),
    "record_attendance": (frozenset({MeetingStage.CONVENED, MeetingStage.HELD}), MeetingStage.HELD),
    "minute": (frozenset({MeetingStage.HELD, MeetingStage.MINUTED}), MeetingStage.MINUTED),
    "cancel": (frozenset({MeetingStage.PLANNED, MeetingStage.CONVENED}), MeetingStage.CANCELLED),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """Who came, as counts: a proxy sits for somebody who is absent."""

    invited: int = 0
    present: int = 0
    proxies: int = 0

    @property
    def absent(self) -> int:
        """Those who neither came nor sent anybody."""
        return self.invited - self.present - self.proxies


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingState:
    """What the moves of a meeting depend on."""

    stage: MeetingStage
    earliest_on: date | None = None
    latest_on: date | None = None
    held_on: date | None = None
    attendance: Attendance = Attendance()


def convene(state: MeetingState, *, held_on: date, place: str) -> MeetingState:
    """Set date and place, within the days that the plan gives."""
    _allow(state, "convene")
    if not place.strip():
        raise Refused("meeting.place_needed", field="place")
    if state.earliest_on and held_on < state.earliest_on:
        raise Refused("meeting.too_early", field="held_at", earliest_on=state.earliest_on)
    if state.latest_on and held_on > state.latest_on:
        raise Refused("meeting.too_late", field="held_at", latest_on=state.latest_on)
    return replace(state, stage=MeetingStage.CONVENED, held_on=held_on)


def record_attendance(state: MeetingState, *, attendance: Attendance, on: date) -> MeetingState:
    """Write down who came, once the day has come; the counts must fit together."""
    _allow(state, "record_attendance")
    if state.held_on is None or on < state.held_on:
        raise Refused("meeting.not_yet_held", held_on=state.held_on)
    if min(attendance.invited, attendance.present, attendance.proxies) < 0 or attendance.absent < 0:
        raise Refused("meeting.more_came_than_invited", field="present", invited=attendance.invited)
    if attendance.present + attendance.proxies == 0:
        raise Refused("meeting.nobody_came", field="present")
    return replace(state, stage=MeetingStage.HELD, attendance=attendance)


def minute(state: MeetingState, *, text: str) -> MeetingState:
    """Write the minutes, once attendance is known."""
    _allow(state, "minute")
    if not text.strip():
        raise Refused("meeting.minutes_are_empty", field="text")
    return replace(state, stage=MeetingStage.MINUTED)


def cancel(state: MeetingState, *, reason: str) -> MeetingState:
    """Call the meeting off, with a reason."""
    _allow(state, "cancel")
    if not reason.strip():
        raise Refused("meeting.reason_needed", field="reason")
    return replace(state, stage=MeetingStage.CANCELLED)


def _allow(state: MeetingState, move: str) -> None:
    starts, _ = MOVES[move]
    if state.stage not in starts:
        raise Refused(f"meeting.is_{state.stage.value}", move=move)
