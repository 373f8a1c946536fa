"""A round with time limits, and cases at any place on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from pingyi.bureau.tests.cast import Cast, enlist
from pingyi.bureau.tests.remembered import remembered
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case.custody import OFFICE
from pingyi.stations.cases.actions import answer, clock, custody, intake, keys
from pingyi.stations.cases.actions import answer as answer_actions
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.tests.calls import Caller
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Round
from pingyi.stations.plans.tests.plan_2026 import PLAN

CASES = """\
channels:
  - {id: hotline_12345, name: 12345市民服务热线, kind: hotline, number: "12345"}
time_limits:
  - {kind: inquiry, days: 3}
  - {kind: complaint, days: 13, extension_days: 10}
  - {kind: misconduct, days: 15, extension_days: 15}
handling: {remind_days_before: 2, accept_hours: 24}
"""
REPLY = "经现场监测，夜间噪声未超过标准，已要求工地22时后停工。"
RESULT = "工地已加装隔声屏障，复测达标。"
CALLER = Contact(name="林先生", phone="138-0000-0001", address="柳溪路8号")


def noon(day: date) -> datetime:
    """Noon where the bureau is."""
    return datetime.combine(day, time(4), tzinfo=UTC)


OPENED = noon(date(2026, 1, 15))  # nothing of the record lies before
MONDAY = noon(date(2026, 3, 16))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Play:
    """The cast with a round and cases."""

    cast: Cast
    round: Round

    def actor(self, who: str) -> Actor:
        """A member as who acts."""
        return self.cast.actor(who)

    def received(self, *, who: str = "zhou", kind: str = "complaint", at: datetime = MONDAY, **more: Any) -> Case:
        """A complaint about noise, just received."""
        told = {"channel": "phone", "title": "工地夜间施工噪声", "text": "柳溪路工地连续三晚施工", "contact": CALLER}
        return intake.receive(kind=kind, **{**told, **more}, by=self.actor(who), at=at)

    def offered(self, *, to: str = "brigade", member: str = "", at: datetime = MONDAY, **more: Any) -> Case:
        """A case on offer to a section."""
        case = self.received(at=at, **more)
        who = self.cast.member(member).reference if member else ""
        return custody.assign(case.reference, to=to, member=who, by=self.actor("zhou"), at=at)

    def held(self, *, who: str = "zhao", at: datetime = MONDAY, **more: Any) -> Case:
        """A case that somebody of the brigade has taken."""
        case = self.offered(at=at, **more)
        return custody.accept(case.reference, by=self.actor(who), at=at)

    def done(self, *, who: str = "zhao", at: datetime = MONDAY, **more: Any) -> Case:
        """A case with an answer and a result."""
        case = self.held(who=who, at=at, **more)
        answer.answer(case.reference, text=REPLY, by=self.actor(who), at=at)
        return answer.settle(case.reference, result=RESULT, by=self.actor(who), at=at)

    def closed(self, *, at: datetime = MONDAY, **more: Any) -> Case:
        """A closed case."""
        return answer.close(self.done(at=at, **more).reference, by=self.actor("zhou"), at=at)

    def close_it(self, reference: str, *, papers: str = "", answer: str = REPLY, at: datetime = MONDAY) -> Case:
        """Take a case that came in by itself through the brigade to its end."""
        zhao = self.actor("zhao")
        custody.assign(reference, to="brigade", by=self.actor("zhou"), at=at)
        custody.accept(reference, by=zhao, at=at)
        if papers:
            clock.notify(reference, papers=papers, by=zhao, at=at)
            clock.resume_clock(reference, by=zhao, at=at)
        answer_actions.answer(reference, text=answer, by=zhao, at=at)
        answer_actions.settle(reference, result=RESULT, by=zhao, at=at)
        return answer_actions.close(reference, by=self.actor("wang"), at=at)

    def fresh(self, case: Case) -> Case:
        """The row as it is now."""
        found: Case = Case.objects.get(pk=case.pk)
        return found

    def newcomer(self, who: str = "qian", *, name: str = "钱立", section: str = "brigade") -> Actor:
        """One more person of a section."""
        made = enlist(who, name=name, role=Role.SECTION_STAFF, section=section, by=self.actor("zhou"), at=MONDAY)
        return made.actor()


def open_round(cast: Cast) -> Round:
    """Open the small plan's round."""
    return rounds.open_round("version-1", text=PLAN + CASES, by=cast.actor("zhou"), at=OPENED)


@pytest.fixture
def play(cast: Cast, settings: Any, tmp_path: Path) -> Play:
    """A round in its first days, files kept in a folder of this test alone."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]  # made anew after the change of settings
    opened = remembered("a round with cases", play=lambda: open_round(cast))
    return Play(cast=cast, round=opened)


@pytest.fixture
def key(play: Play) -> str:
    """The secret of the hotline's key."""
    return keys.issue(channel="hotline_12345", label="热线平台", by=play.actor("zhou"), at=OPENED).secret


@pytest.fixture
def hotline(key: str, live_server: Any) -> Caller:
    """A caller with the hotline's key."""
    return Caller(address=live_server.url, key=key)


__all__ = ["CALLER", "DAY", "HOUR", "MONDAY", "OFFICE", "REPLY", "RESULT", "Play", "hotline", "key", "noon", "play"]
