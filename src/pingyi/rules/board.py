"""A notice board (公示牌): what an edition says, whether the one that hangs is out of date, and what changed (§4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pingyi.rules.calendar import Calendar, due_date
from pingyi.rules.plan.conduct import DayUnit
from pingyi.rules.refused import Refused


class Size(StrEnum):
    """What the board is printed on; a screen always shows the newest edition."""

    A1 = "a1"
    A2 = "a2"
    A3 = "a3"
    A4 = "a4"
    SCREEN = "screen"


class Standing(StrEnum):
    """How a board looks on a day, worst first."""

    OLD = "old"  # another edition is out for longer than it takes to hang one
    OUT_OF_DATE = "out_of_date"
    NOT_HUNG = "not_hung"
    CURRENT = "current"
    TAKEN_DOWN = "taken_down"


class Part(StrEnum):
    """The parts of a board, in the order in which they are read."""

    HEAD = "head"
    SECTIONS = "sections"
    CRITERIA = "criteria"
    COMMITMENTS = "commitments"
    CHANNELS = "channels"
    SUPERVISORS = "supervisors"
    PHASES = "phases"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A commitment as a board says it; `within` and `measured_by` are already in words."""

    section: str
    what: str
    is_convenience: bool = False
    within: str = ""
    measured_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A way to complain or ask: a hotline, a column, the mail box."""

    name: str
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A phase of the year."""

    name: str
    begins_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """All that an edition says; `section` is empty on a board of the whole bureau."""

    year: int
    title: str
    bureau: str
    section: str = ""
    sections: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    commitments: tuple[Promised, ...] = ()
    channels: tuple[Way, ...] = ()
    supervisors: tuple[str, ...] = ()
    phases: tuple[Stretch, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that a newer edition says otherwise; `before` or `after` is empty where it came or went."""

    part: Part
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardState:
    """What the moves of a board depend on; `hung` is the number of the edition that hangs, 0 for none."""

    size: Size
    hung: int = 0
    hung_on: date | None = None
    taken_down_on: date | None = None


def hang(state: BoardState, *, edition: int, latest: int, has_photograph: bool, on: date) -> BoardState:
    """Say that an edition hangs at the board's place, with a photograph that shows it."""
    _hanging(state)
    if not latest:
        raise Refused("board.no_edition")
    if edition != latest:
        raise Refused("board.not_latest", field="edition", latest=latest)
    if not has_photograph:
        raise Refused("board.photograph_needed", field="photograph")
    return replace(state, hung=edition, hung_on=on)


def take_down(state: BoardState, *, reason: str, on: date) -> BoardState:
    """Say that nothing hangs there any more."""
    _hanging(state)
    if not reason.strip():
        raise Refused("board.reason_needed", field="reason")
    return replace(state, taken_down_on=on)


def standing(
    state: BoardState, *, latest: int, published_on: date | None, on: date, calendar: Calendar, rehang_days: int
) -> Standing:
    """How the board looks on this day, against the latest edition and the day it was published."""
    if state.taken_down_on is not None:
        return Standing.TAKEN_DOWN
    if not state.hung:
        return Standing.NOT_HUNG
    if state.hung >= latest or published_on is None or state.size is Size.SCREEN:
        return Standing.CURRENT
    return Standing.OLD if on > rehang_by(published_on, days=rehang_days, calendar=calendar) else Standing.OUT_OF_DATE


def rehang_by(published_on: date, *, days: int, calendar: Calendar) -> date:
    """Return the last of the plan's working days for replacing what hangs, after a newer edition was published."""
    return due_date(published_on, days=days, unit=DayUnit.WORKING, calendar=calendar).date


def publishable(content: Content, *, before: Content | None) -> None:
    """Refuse an edition that says nothing new, or nothing of what a board is for."""
    if not content.commitments:
        raise Refused("board.no_commitments")
    if before is not None and not changes(before, content):
        raise Refused("board.nothing_new")


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """Return what a newer edition says otherwise, in the order in which a board is read."""
    return tuple(_changes(before, after))


def to_plain(content: Content) -> dict[str, Any]:
    """Return the content as JSON has it."""
    plain: dict[str, Any] = _plain(asdict(content))
    return plain


def from_plain(plain: Mapping[str, Any]) -> Content:
    """Return the content that `to_plain` wrote."""
    phases = tuple(
        Stretch(
            name=one["name"],
            begins_on=date.fromisoformat(one["begins_on"]),
            ends_on=date.fromisoformat(one["ends_on"]),
        )
        for one in plain["phases"]
    )
    return Content(
        year=plain["year"],
        title=plain["title"],
        bureau=plain["bureau"],
        section=plain["section"],
        sections=tuple(plain["sections"]),
        criteria=tuple(plain["criteria"]),
        commitments=tuple(Promised(**one) for one in plain["commitments"]),
        channels=tuple(Way(**one) for one in plain["channels"]),
        supervisors=tuple(plain["supervisors"]),
        phases=phases,
    )


def _changes(before: Content, after: Content) -> Iterator[Change]:
    if _head(before) != _head(after):
        yield Change(part=Part.HEAD, before=_head(before), after=_head(after))
    for part, lines in _LINES.items():
        yield from _moved(part, lines(before), lines(after))


def _moved(part: Part, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    """Compare lines by their keys: a changed line is one change, not one gone and one come."""
    for key, words in before.items():
        if words != after.get(key):
            yield Change(part=part, before=words, after=after.get(key, ""))
    for key, words in after.items():
        if key not in before:
            yield Change(part=part, after=words)


def _head(content: Content) -> str:
    return " · ".join(word for word in (content.bureau, content.section, content.title) if word)


def _promised(one: Promised) -> str:
    said = "，".join(word for word in (one.what, one.within, one.measured_by) if word)
    return f"{one.section}：{said}" if one.section else said


_LINES: Mapping[Part, Callable[[Content], dict[str, str]]] = {
    Part.SECTIONS: lambda content: {name: name for name in content.sections},
    Part.CRITERIA: lambda content: {name: name for name in content.criteria},
    Part.COMMITMENTS: lambda content: {f"{one.section}/{one.what}": _promised(one) for one in content.commitments},
    Part.CHANNELS: lambda content: {one.name: f"{one.name} {one.number}".strip() for one in content.channels},
    Part.SUPERVISORS: lambda content: {name: name for name in content.supervisors},
    Part.PHASES: lambda content: {
        one.name: f"{one.name} {one.begins_on.isoformat()} – {one.ends_on.isoformat()}" for one in content.phases
    },
}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _hanging(state: BoardState) -> None:
    if state.taken_down_on is not None:
        raise Refused("board.is_taken_down", on=state.taken_down_on)
