"""A round with time limits, and cases at any place on their way."""

from __future__ import annotations

import inspect
from collections.abc import Callable
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


# Fixtures that every test with a play has, besides pytest-django's own.
BESIDE = {
    "_fail_for_invalid_template_variable", "_live_server_helper", "_nothing_is_counted_yet", "_refusals_can_be_said",
    "_template_string_if_invalid_marker", "_tests_may_empty_the_record", "_the_keys_are_begun", "cast", "db",
    "monkeypatch", "play", "request", "settings", "snapshot_check", "tmp_path", "tmp_path_factory",
    "django_assert_num_queries", "pytestconfig",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Play:
    """The cast with a round and cases."""

    cast: Cast
    round: Round
    is_remembered: bool  # whether a case that was made before may be laid out in place of making one

    def actor(self, who: str) -> Actor:
        """A member as who acts."""
        return self.cast.actor(who)

    def received(self, *, who: str = "zhou", kind: str = "complaint", at: datetime = MONDAY, **more: Any) -> Case:
        """A complaint about noise, just received."""
        told = {"channel": "phone", "title": "工地夜间施工噪声", "text": "柳溪路工地连续三晚施工", "contact": CALLER}

        def receive() -> Case:
            return intake.receive(kind=kind, **{**told, **more}, by=self.actor(who), at=at)

        return self._scene("received", receive, who, kind, at, more)

    def offered(self, *, to: str = "brigade", member: str = "", at: datetime = MONDAY, **more: Any) -> Case:
        """A case on offer to a section."""

        def offer() -> Case:
            case = self.received(at=at, **more)
            who = self.cast.member(member).reference if member else ""
            return custody.assign(case.reference, to=to, member=who, by=self.actor("zhou"), at=at)

        return self._scene("offered", offer, to, member, at, more)

    def held(self, *, who: str = "zhao", at: datetime = MONDAY, **more: Any) -> Case:
        """A case that somebody of the brigade has taken."""

        def take() -> Case:
            case = self.offered(at=at, **more)
            return custody.accept(case.reference, by=self.actor(who), at=at)

        return self._scene("held", take, who, at, more)

    def done(self, *, who: str = "zhao", at: datetime = MONDAY, **more: Any) -> Case:
        """A case with an answer and a result."""

        def settle() -> Case:
            case = self.held(who=who, at=at, **more)
            answer.answer(case.reference, text=REPLY, by=self.actor(who), at=at)
            return answer.settle(case.reference, result=RESULT, by=self.actor(who), at=at)

        return self._scene("done", settle, who, at, more)

    def closed(self, *, at: datetime = MONDAY, **more: Any) -> Case:
        """A closed case."""

        def close() -> Case:
            return answer.close(self.done(at=at, **more).reference, by=self.actor("zhou"), at=at)

        return self._scene("closed", close, at, more)

    def _scene(self, name: str, make: Callable[[], Case], *told: object) -> Case:
        words = repr(told)
        if not self.is_remembered or " object at 0x" in words:  # a file is another each time
            return make()
        return remembered(f"case {name} {words}", play=make)

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


def _asks_for_nothing_else(request: pytest.FixtureRequest) -> bool:
    """Whether a test has the play alone: whoever patches anything sees cases made under what was patched."""
    drawn = set(request.node.callspec.params) if hasattr(request.node, "callspec") else set()
    own = set(inspect.signature(request.function).parameters) - drawn
    others = {name for name in request.fixturenames if not name.startswith(("_dj", "django_"))}
    return own <= {"play", "django_assert_num_queries"} and others - drawn <= BESIDE


@pytest.fixture
def play(cast: Cast, settings: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Play:
    """A round in its first days, files kept in a folder of this test alone."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]  # made anew after the change of settings
    opened = remembered("a round with cases", play=lambda: open_round(cast))
    return Play(cast=cast, round=opened, is_remembered=_asks_for_nothing_else(request))


@pytest.fixture
def key(play: Play) -> str:
    """The secret of the hotline's key."""
    return keys.issue(channel="hotline_12345", label="热线平台", by=play.actor("zhou"), at=OPENED).secret


@pytest.fixture
def hotline(key: str, live_server: Any) -> Caller:
    """A caller with the hotline's key."""
    return Caller(address=live_server.url, key=key)


__all__ = ["CALLER", "DAY", "HOUR", "MONDAY", "OFFICE", "REPLY", "RESULT", "Play", "hotline", "key", "noon", "play"]
