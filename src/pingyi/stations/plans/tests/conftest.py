"""The year under way: the cast, a round opened from the small plan, and its tasks at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.remembered import remembered
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.actor import Actor
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Meeting, Round, Task
from pingyi.stations.plans.tests.plan_2026 import PLAN


def noon(day: date) -> datetime:
    """Noon where the bureau is."""
    return datetime.combine(day, time(4), tzinfo=UTC)


BEGIN = noon(date(2026, 3, 16))


@dataclass(frozen=True, kw_only=True)
class Play:
    """The cast with a round."""

    cast: Cast
    round: Round

    def actor(self, who: str) -> Actor:
        """A member as who acts."""
        return self.cast.actor(who)

    def task(self, plan_task: str, section: str | None = None) -> Task:
        """One of the round's tasks, fresh."""
        rows = Task.objects.filter(round=self.round, plan_task=plan_task)
        found: Task = rows.get(section__reference=section) if section else rows.get()
        return found

    def meeting(self, plan_meeting: str) -> Meeting:
        """One of the round's meetings, fresh."""
        return Meeting.objects.get(round=self.round, plan_meeting=plan_meeting)

    def file(self, name: str = "照片.txt", content: bytes = b"one") -> shelf.Kept:
        """A file on the shelf."""
        return shelf.put(HandedIn(name=name, mime="text/plain", content=content))


def open_round(cast: Cast) -> Round:
    """Open the small plan's round."""
    return rounds.open_round("version-1", text=PLAN, by=cast.actor("zhou"), at=BEGIN)


@pytest.fixture
def play(cast: Cast, settings: Any, tmp_path: Path) -> Play:
    """A round in its first days, files kept in a folder of this test alone."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]  # made anew after the change of settings
    opened = remembered("a round", play=lambda: open_round(cast))
    return Play(cast=cast, round=opened)
