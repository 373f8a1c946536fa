"""What rooms put on the desk (今日工作台) and on the front page; the pages in `web` show what was registered here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pingyi.rules.actor import Actor


class DeskKind(StrEnum):
    """Why something lies on the desk."""

    LATE = "late"
    DUE = "due"
    WAITING = "waiting"  # for this person's word: to check, to answer, to adopt
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskItem:
    """One matter on somebody's desk; `title` is already in the reader's language."""

    kind: DeskKind
    title: str
    url: str
    room: str
    due_on: date | None = None
    section: str = ""
    is_alarm: bool = False  # stands before everything else of its kind: the house itself does not work


Source = Callable[[Actor, datetime], Sequence[DeskItem]]
_SOURCES: list[Source] = []


def register_desk(source: Source) -> None:
    """Add a room's source of desk items; called once, from its AppConfig.ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def items(actor: Actor, *, at: datetime) -> dict[DeskKind, list[DeskItem]]:
    """Return everything on this person's desk, by kind: alarms first, then the nearest date."""
    found = [item for source in _SOURCES for item in source(actor, at)]
    found.sort(key=lambda item: (not item.is_alarm, item.due_on or date.max, item.title))
    return {kind: [item for item in found if item.kind is kind] for kind in DeskKind}


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontItem:
    """Something published, for the front page; `said` is one sentence about it."""

    title: str
    url: str
    published_on: date
    said: str = ""


FrontSource = Callable[[datetime], Sequence[FrontItem]]
_FRONT: list[FrontSource] = []


def register_front(source: FrontSource) -> None:
    """Add a room's source of published matters; called once, from its AppConfig.ready."""
    if source not in _FRONT:
        _FRONT.append(source)


def front(*, at: datetime) -> list[FrontItem]:
    """Return what the front page announces, the newest first."""
    found = [item for source in _FRONT for item in source(at)]
    return sorted(found, key=lambda item: item.published_on, reverse=True)
