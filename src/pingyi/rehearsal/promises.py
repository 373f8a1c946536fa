"""What the sections promise in public, who looks after it, and how a promise is made better (§3.2.3, §4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.play import Play
from pingyi.stations.commitments.actions import commitment, measurement
from pingyi.stations.commitments.models import Commitment


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One promise of a section, and how often a quarter keeps it, of how many."""

    section: str
    what: str
    amount: int | None = None
    unit: str = ""
    case_kind: str = ""
    measured_by: str = ""
    kept: int = 0
    total: int = 0

    @property
    def words(self) -> dict[str, Any]:
        """What a draft says."""
        said = {"what": self.what, "amount": self.amount, "unit": self.unit, "case_kind": self.case_kind}
        return said | {"measured_by": self.measured_by, "kind": "commitment" if self.amount else "convenience"}


SYSTEM = "工单系统记录"
FILE = Path(__file__).with_name("promises.yaml")
BETTER = 45  # minutes to a reported noise, from July on
QUARTERS = ((4, 6, 7, 6), (7, 9, 10, 12), (10, 11, 12, 4))  # first and last month, and the day of counting


def put_on(play: Play) -> None:
    """Put the promises of the year on the agenda."""
    year = play.ends.year
    play.begin(hour(date(year, 3, 18)), _promise)
    play.begin(hour(date(year, 7, 8)), _promise_better)
    play.begin(hour(date(year, 12, 11)), _draft_next)
    for first, last, month, day in QUARTERS:
        begins, ends = date(year, first, 1), date(year, last + 1, 1) - timedelta(days=1)
        play.begin(hour(date(year, month, day)), partial(_count, begins=begins, ends=ends))


def _promise(at: datetime, play: Play) -> Scene:
    """Draft, propose, return one, publish: the writer is never the publisher."""
    drafts = []
    for place, promise in enumerate(_promises()):
        at = yield at + timedelta(minutes=12)
        by = play.head(promise.section) if place % 3 else play.staff(promise.section)
        row = commitment.draft(section=promise.section, **promise.words, by=by, at=at)
        commitment.propose(row.reference, by=by, at=at)
        drafts.append((row.reference, promise, by))
    at = yield hour(date(at.year, 3, 24))
    for place, (reference, promise, by) in enumerate(drafts):
        if place == 10:
            reason = "请写明从哪一天起算、以什么记录为准。"
            commitment.send_back(reference, reason=reason, by=play.people["lifang"], at=at)
            at = yield at + timedelta(hours=3)
            said = promise.words | {"measured_by": "工单系统记录，从受理之日起算"}
            commitment.edit(reference, **said, by=by, at=at)
            commitment.propose(reference, by=by, at=at)
        at = yield at + timedelta(minutes=6)
        commitment.publish(reference, by=play.people["lifang"], at=at)


def _promise_better(at: datetime, play: Play) -> Scene:
    """The brigade promises to be there sooner: a new version replaces the old one."""
    now = Commitment.objects.get(section__reference="brigade", stage="published", unit="minutes")
    by = play.head("brigade")
    row = commitment.amend(now.reference, by=by, at=at)
    promise = next(one for one in _promises() if one.what == now.what)
    said = promise.words | {"what": "夜间噪声举报四十五分钟内到场", "amount": BETTER}
    commitment.edit(row.reference, **said, by=by, at=at + timedelta(minutes=5))
    commitment.propose(row.reference, by=by, at=at + timedelta(minutes=9))
    at = yield at + timedelta(days=1)
    commitment.publish(row.reference, by=play.people["zhouming"], at=at)


def _draft_next(at: datetime, play: Play) -> Scene:
    """At the year's end one draft waits to be proposed, and one to be checked."""
    by, words = play.head("information"), "公开申请收到当日发出受理回执"
    commitment.draft(section="information", what=words, amount=1, unit="working", measured_by=SYSTEM, by=by, at=at)
    at = yield at + timedelta(hours=2)
    by, words = play.head("monitoring"), "监测预约电话两小时内回复"
    row = commitment.draft(
        section="monitoring", what=words, amount=2, unit="hours", measured_by="话务系统记录", by=by, at=at
    )
    commitment.propose(row.reference, by=by, at=at)


def _count(at: datetime, play: Play, *, begins: date, ends: date) -> Scene:
    """Count a quarter: entered by the section's head, checked by an officer."""
    known = {promise.what: promise for promise in _promises() if promise.total}
    rows = Commitment.objects.filter(stage="published", case_kind="").exclude(amount=None).select_related("section")
    for row in rows.order_by("pk"):
        promise = known.get(
            row.what, next(one for one in _promises() if one.section == row.section.reference and one.total)
        )
        at = yield at + timedelta(minutes=15)
        begun = max(begins, row.published_on or begins)
        total = promise.total - play.chance.randint(0, 12)
        kept = min(total, round(total * promise.kept / promise.total) + play.chance.randint(-1, 1))
        one = measurement.measure(
            row.reference, begins_on=begun, ends_on=ends, total=total, kept=kept, source=promise.measured_by,
            by=play.head(row.section.reference), at=at,
        )  # fmt: skip
        if ends.month < 11 or row.section.reference != "office":
            measurement.accept(one.reference, by=play.people["lifang"], at=at + timedelta(minutes=4))


@cache
def _promises() -> tuple[Promise, ...]:
    kept = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    return tuple(Promise(**one) for one in kept)
