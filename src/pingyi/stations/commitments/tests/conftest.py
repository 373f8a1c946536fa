"""A year in which sections promise: the cast, a round under the small plan, files in a folder of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from pingyi.bureau import shelf
from pingyi.bureau.tests.cast import Cast
from pingyi.bureau.tests.remembered import remembered
from pingyi.documents.handed_in import HandedIn
from pingyi.rules.actor import Actor
from pingyi.stations.commitments.actions import commitment as commitments
from pingyi.stations.commitments.models import Commitment
from pingyi.stations.plans.actions import round as rounds
from pingyi.stations.plans.models import Round
from pingyi.stations.plans.tests.conftest import noon
from pingyi.stations.plans.tests.plan_2026 import PLAN

BEGIN = noon(date(2026, 3, 16))
PROMISING_PLAN = PLAN + (
    "commitments: {minimum_per_section: 1, must_be_measurable: true}\n"
    "time_limits:\n"
    "  - {kind: complaint, days: 15}\n"
    "  - {kind: inquiry, days: 5}\n"
    "channels:\n"
    '  - {id: hotline, name: 12345热线, kind: hotline, number: "12345"}\n'
)
PROMISING_PLAN = PROMISING_PLAN.replace(
    '  - {id: survey, name: 满意度调查, kind: survey, weight: "0.6"}\n',
    '  - {id: survey, name: 满意度调查, kind: survey, weight: "0.4"}\n'
    '  - {id: promises, name: 服务承诺, kind: commitments, weight: "0.2"}\n',
).replace(
    "rounding: {}",
    '  - {id: kept, name: 承诺兑现, criterion: service, source: promises, weight: "1"}\nrounding: {}',
)
WORDS = {"what": "投诉办结并答复", "amount": 10, "unit": "working", "measured_by": "工单办结日期"}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The cast with a round, and shortcuts for what a test begins with."""

    cast: Cast

    def actor(self, who: str) -> Actor:
        """A member as who acts."""
        return self.cast.actor(who)

    def draft(self, *, section: str = "brigade", who: str = "wang", at: datetime = BEGIN, **more: Any) -> Commitment:
        """A draft of a section."""
        return commitments.draft(section=section, **{**WORDS, **more}, by=self.actor(who), at=at)

    def proposed(self, **more: Any) -> Commitment:
        """A draft that was handed in."""
        row = self.draft(**more)
        return commitments.propose(row.reference, by=self.actor(more.get("who", "wang")), at=more.get("at", BEGIN))

    def published(self, *, checker: str = "zhou", **more: Any) -> Commitment:
        """A commitment in force."""
        row = self.proposed(**more)
        return commitments.publish(row.reference, by=self.actor(checker), at=more.get("at", BEGIN))

    def picture(self, name: str = "照片.jpg", content: bytes = b"one") -> shelf.Kept:
        """A photograph on the shelf."""
        return shelf.put(HandedIn(name=name, mime="image/jpeg", content=content))


def open_round(cast: Cast) -> Round:
    """Open the small plan's round."""
    return rounds.open_round("version-1", text=PROMISING_PLAN, by=cast.actor("zhou"), at=BEGIN)


@pytest.fixture
def stage(cast: Cast, settings: Any, tmp_path: Path) -> Stage:
    """A round in its first days."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    storages["default"]  # made anew after the change of settings
    remembered("a round with promises", play=lambda: open_round(cast))
    return Stage(cast=cast)
