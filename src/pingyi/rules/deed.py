"""An act of this house that may be the proof of a duty: it is offered, and a person says that it is (§3.2.1, §4).

Plans name a duty in their own words. The words only decide what is offered; nothing is reported by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pingyi.rules.plan.schedule import MeetingKind


class DeedKind(StrEnum):
    """What was done."""

    PLAN = "plan"  # the year's plan came into force
    COMMITMENTS = "commitments"  # commitments were published
    BOARD = "board"  # a notice board hangs, with its photograph
    MEETING = "meeting"  # a meeting was held
    FILING = "filing"  # a paper was handed to an office above


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One act that stands in the record."""

    kind: DeedKind
    title: str
    on: date
    subject: str  # of its entry in the record
    url: str
    section: str = ""  # whose it is; empty for the bureau's own
    of: str = ""  # the kind of the meeting, or the office that the paper went to
    is_received: bool = False  # the office above gave its receipt


_DUTIES: Mapping[DeedKind, re.Pattern[str]] = {
    DeedKind.PLAN: re.compile(r"(制[定订]|印发|出台|下发|拟[定订]).*方案"),
    DeedKind.COMMITMENTS: re.compile(r"(公开|公布|公示|发布|作出).*承诺|承诺.*(公开|公布|公示|上墙)"),
    DeedKind.BOARD: re.compile(r"公示[牌栏板]|公开栏"),
    DeedKind.FILING: re.compile(r"报|备案|呈"),
}
_MEETINGS: Mapping[MeetingKind, re.Pattern[str]] = {
    MeetingKind.MOBILIZATION: re.compile(r"动员(部署)?(大)?会"),
    MeetingKind.BRIEFING: re.compile(r"汇报会"),
    MeetingKind.ASSEMBLY: re.compile(r"评议(大)?会"),
    MeetingKind.FORUM: re.compile(r"座谈会"),
    MeetingKind.OFFICE_MEETING: re.compile(r"局(长)?办公会"),
}
# What a paper is about: the filing and the duty must speak of the same.
_MATTERS = ("总结", "整改", "方案", "自查", "计划", "结果")
_PREPARED = re.compile(r"准备|筹备")  # to prepare a meeting is another duty than to hold it


def fits(deed: Deed, *, title: str, section: str, recipient: str) -> bool:
    """Whether a deed may be what a duty asks for: of the same section, and by the duty's words."""
    if deed.section != section or (deed.kind is not DeedKind.BOARD and _PREPARED.search(title)):
        return False
    if deed.kind is DeedKind.MEETING:
        pattern = _MEETINGS.get(MeetingKind(deed.of))
        return pattern is not None and pattern.search(title) is not None
    if not _DUTIES[deed.kind].search(title):
        return False
    is_same = any(one in title and one in deed.title for one in _MATTERS)
    return deed.kind is not DeedKind.FILING or (deed.of == recipient and is_same)


def offered(deeds: Iterable[Deed], *, title: str, section: str, recipient: str) -> tuple[Deed, ...]:
    """Return the deeds that are offered to a duty, the newest first."""
    found = [one for one in deeds if fits(one, title=title, section=section, recipient=recipient)]
    return tuple(sorted(found, key=lambda one: (one.on, one.subject), reverse=True))
