"""What others have to look at: stopped clocks, offers taken back or late, a breach by hand, keys, receipts (§3.2.3)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import hour, working_days
from pingyi.rehearsal.life import Ways, carrier, pass_on, receive, taken, work_off
from pingyi.rehearsal.play import Play
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import clock, custody, keys, oversight, receipts
from pingyi.stations.cases.models import Case

SEED = 113  # a chance of its own: what is added here changes nothing of the rest of the year
CHANNEL = "hotline_12345"
TOO_LATE = 24.6  # hours: half an hour after the plan's, and before the worker looks again


def put_on(play: Play) -> None:
    """Put the scenes on the agenda of the year."""
    own = replace(play, chance=random.Random(SEED))  # noqa: S311 - a rehearsal's chance must be repeatable
    scenes = (
        (_keyed, 3, 18), (_sealed, 3, 18), (_taken_late, 4, 15), (_taken_back, 4, 22), (_tested, 5, 6), (_ended, 6, 3),
        (_accused, 7, 15), (_tested, 9, 2), (_before_court, 12, 9),
    )  # fmt: skip
    for scene, month, day in scenes:
        own.begin(hour(working_days(date(play.ends.year, month, day), 0), time(9, 10)), scene)


def _tested(at: datetime, play: Play) -> Scene:
    """The clock waits for a test; the office looks after the plan's term and lets it stand until the report comes."""
    matter = matters.draw(play.chance, theme="工业异味")
    case = yield from taken(at, play, matter)
    at = yield hour(working_days(day_of(at), 1))
    by, reason = carrier(case.reference, at=at), "已委托有资质的机构采样检测。"
    clock.stop_clock(case.reference, cause="expert", reason=reason, by=by, at=at)
    at = yield hour(working_days(day_of(at), 5), time(10, 20))
    note = "已查看委托单和采样记录，报告预计四日内出具，可以继续停止计时。"
    clock.let_stand(case.reference, note=note, by=play.people["lifang"], at=at)
    at = yield hour(working_days(day_of(at), 4))
    case = clock.resume_clock(case.reference, by=carrier(case.reference, at=at), at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=working_days(case.due_on, -2), level=4))


def _ended(at: datetime, play: Play) -> Scene:
    """The clock was stopped for no good reason, and the office lets it run on."""
    matter = matters.draw(play.chance, theme="道路扬尘")
    case = yield from taken(at, play, matter)
    at = yield hour(working_days(day_of(at), 2))
    by = carrier(case.reference, at=at)
    clock.stop_clock(case.reference, cause="other", reason="近期人手紧张。", by=by, at=at)
    at = yield hour(working_days(day_of(at), 5), time(10, 40))
    case = clock.resume_clock(case.reference, by=play.people["zhouming"], at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=case.due_on, level=3))


def _before_court(at: datetime, play: Play) -> Scene:
    """At the year's end a clock waits for a court, and nobody has looked at it yet."""
    matter = matters.draw(play.chance, theme="施工噪声")
    case = yield from taken(at, play, matter)
    at = yield hour(working_days(day_of(at), 1))
    by, reason = carrier(case.reference, at=at), "双方已就噪声扰民提起诉讼，等待法院判决。"
    clock.stop_clock(case.reference, cause="court", reason=reason, by=by, at=at)


def _taken_back(at: datetime, play: Play) -> Scene:
    """An offer went to the wrong section, and is taken back before anybody answers it."""
    matter = matters.draw(play.chance, theme="排污许可")
    case = receive(at, play, matter, channel="counter")
    officer = play.people["lifang"]
    custody.assign(case.reference, to="information", by=officer, at=at)
    at = yield at + timedelta(minutes=35)
    custody.recall(case.reference, reason="选错了科室。", by=officer, at=at)
    at = yield at + timedelta(minutes=5)
    yield from pass_on(at, play, case, matter, ways=Ways(takes=1))


def _taken_late(at: datetime, play: Play) -> Scene:
    """A section takes an offer half an hour too late, between two looks of the worker: it was left lying."""
    matter = matters.draw(play.chance, theme="污水排放")
    case = receive(at, play, matter, channel="phone")
    yield from pass_on(at, play, case, matter, ways=Ways(takes=TOO_LATE))


def _accused(at: datetime, play: Play) -> Scene:
    """On an inspection the bureau's leader finds undone what was closed as settled, and raises the breach by hand."""
    matter = matters.draw(play.chance, theme="餐饮油烟")
    case = yield from taken(at, play, matter)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=working_days(day_of(at), 4), level=0))
    at = yield hour(working_days(day_of(at), 9), time(15, 30))
    note = "现场检查发现油烟净化器未按结果所述安装。"
    oversight.raise_by_hand(case.reference, kind="false_closing", note=note, by=play.people["sunwei"], at=at)


def _keyed(at: datetime, play: Play) -> Scene:
    """The hotline's system gets a key, and another one when its operator changes."""
    officer = play.people["zhouming"]
    first = keys.issue(channel=CHANNEL, label="热线平台（承建单位甲）", by=officer, at=at)
    at = yield hour(working_days(day_of(at), 70))
    keys.issue(channel=CHANNEL, label="热线平台（承建单位乙）", by=officer, at=at)
    at = yield at + timedelta(hours=1)
    keys.revoke(first.key.reference, by=officer, at=at)


def _sealed(at: datetime, play: Play) -> Scene:
    """The counter gets its sealed receipts, one of them spoiled; a caller is sent one by who never had the case."""
    officer, other = play.people["zhouming"], play.people["lifang"]
    made = receipts.print_roll(count=100, place="办事大厅窗口", by=officer, at=at)
    at = yield at + timedelta(minutes=40)
    receipts.void(made.roll.reference, receipt=made.leaves[-1][0], reason="spoiled", by=officer, at=at)
    at = yield hour(working_days(day_of(at), 60))
    closed = Case.objects.filter(channel_id="phone", merged_into=None, erased_on=None).exclude(closed_on=None)
    for case in closed.order_by("pk").select_related("holder"):
        if other.reference not in {case.holder.reference, *case.doers}:
            receipts.bind(case.reference, receipt=made.leaves[-2][0], by=other, at=at)
            break
