"""Matters that take an unusual way: a loop, a bounce, a late one, more time, papers, a second opening (§3.2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import at_work, hour, working_days
from pingyi.rehearsal.life import Ways, carrier, open_again, pass_on, receive, taken, work_off
from pingyi.rehearsal.play import Play
from pingyi.rules.actor import citizen
from pingyi.rules.case.oversight import Ground
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.actions import clock, custody, group, intake
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case


def put_on(play: Play) -> None:
    """Put every scene on the agenda of the year."""
    scenes = (
        (_loop, 4, 21), (_left_lying, 5, 12), (_told_twice, 5, 19), (_bounce, 6, 9), (_more_time, 6, 23),
        (_papers, 7, 7), (_two_in_one, 7, 21), (_papers_twice, 8, 11), (_left_lying, 9, 8), (_second_opening, 9, 15),
        (_no_more_time, 10, 13), (_left_lying, 12, 2), (_asked_now, 12, 10), (_papers, 12, 15), (_loop, 12, 22),
    )  # fmt: skip
    for scene, month, day in scenes:
        play.begin(at_work(hour(date(play.ends.year, month, day))), scene)


def _loop(at: datetime, play: Play) -> Scene:
    """Two sections pass a matter to each other until the office offers it to the first again; the loop is marked."""
    matter = matters.draw(play.chance, theme="工业异味", place="北塘工业园")
    case = receive(at, play, matter, channel="hotline_12345")
    refusals = (
        ("brigade", "该企业已取得排污许可证，属于许可管理事项，应由污染控制科处理。"),
        ("pollution", "反映的是现场违法排放，应由环境监察大队执法检查。"),
    )
    for section, reason in refusals:
        at = yield at_work(at + timedelta(hours=1))
        custody.assign(case.reference, to=section, by=play.people["lifang"], at=at)
        at = yield at_work(at + timedelta(hours=6))
        custody.decline(case.reference, reason=reason, by=play.head(section), at=at)
    at = yield at_work(at + timedelta(hours=18))
    takes = 3 if at.month < 12 else 20  # the last one still waits to be taken when the year is left
    yield from pass_on(at, play, case, replace(matter, section="brigade"), ways=Ways(takes=takes, level=3))


def _bounce(at: datetime, play: Play) -> Scene:
    """A matter goes to the wrong section first, which says whose it is."""
    matter = matters.draw(play.chance, theme="监测申请", place="云锦坊")
    case = receive(at, play, matter, channel="counter")
    at = yield at + timedelta(minutes=30)
    custody.assign(case.reference, to="information", note="请先研究。", by=play.people["lifang"], at=at)
    at = yield at_work(at + timedelta(hours=2))
    reason = "上门监测需要持证人员和仪器，本中心没有监测资质，建议转环境监测站。"
    custody.decline(case.reference, reason=reason, by=play.head("information"), at=at)
    at = yield at_work(at + timedelta(hours=2))
    yield from pass_on(at, play, case, matter, ways=Ways(takes=1))


def _left_lying(at: datetime, play: Play) -> Scene:
    """The brigade leaves a matter lying until it is urged and criticized."""
    matter = matters.draw(play.chance, theme="施工噪声", place="建设大道")
    case = yield from taken(at, play, matter, channel="hotline_12345")
    ways = Ways(closes_on=working_days(case.due_on, 8), level=1)
    at = yield hour(working_days(case.due_on, 7))
    yield from work_off(at, play, case, matter, ways=ways)


def _more_time(at: datetime, play: Play) -> Scene:
    """More time is asked for while there is some left, and the bureau's leader grants it."""
    matter = matters.draw(play.chance, theme="污水排放", place="澄江河")
    case = yield from taken(at, play, matter)
    at = yield hour(working_days(case.due_on, -3))
    until, by = working_days(case.due_on, 6), carrier(case.reference, at=at)
    reason = "溯源需要对三处管网做闭水试验，降雨后才能取样。"
    clock.extend_ask(case.reference, until=until, reason=reason, by=by, at=at)
    at = yield at + timedelta(hours=3)
    words = "同意延期，请先书面告知反映人。"
    case = clock.extend_grant(case.reference, decision=words, by=play.people["sunwei"], at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=working_days(until, -1)))


def _no_more_time(at: datetime, play: Play) -> Scene:
    """More time is asked for without a good reason, and refused."""
    matter = matters.draw(play.chance, theme="道路扬尘", place="金桥物流园")
    case = yield from taken(at, play, matter)
    at = yield hour(working_days(case.due_on, -2))
    until, by = working_days(case.due_on, 5), carrier(case.reference, at=at)
    clock.extend_ask(case.reference, until=until, reason="近期检查任务较多。", by=by, at=at)
    at = yield at + timedelta(hours=2)
    words = "任务多不是延期的理由，请按期办结。"
    case = clock.extend_deny(case.reference, decision=words, by=play.people["lifang"], at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=case.due_on))


def _asked_now(at: datetime, play: Play) -> Scene:
    """At the year's end a request for more time waits to be decided."""
    matter = matters.draw(play.chance, theme="工业异味", place="锦绣新城")
    case = yield from taken(at, play, matter)
    at = yield hour(date(play.ends.year, 12, 22))
    until, reason = working_days(case.due_on, 4), "需要等第三方检测机构出具异味溯源报告。"
    clock.extend_ask(case.reference, until=until, reason=reason, by=carrier(case.reference, at=at), at=at)


def _papers(at: datetime, play: Play) -> Scene:
    """What is missing is told once; the clock stands still until the citizen has handed it in by the code."""
    matter = matters.draw(play.chance, theme="排污许可", place="北塘工业园")
    case = yield from taken(at, play, matter, channel="web")
    at = yield at_work(at + timedelta(hours=3))
    papers, basis = "营业执照复印件\n生产设备清单\n上一年度自行监测报告", "《排污许可管理办法》第二章"
    clock.notify(case.reference, papers=papers, basis=basis, by=carrier(case.reference, at=at), at=at)
    at = yield hour(working_days(day_of(at), 7), time(20, 15))
    case = citizens.hand_in_papers(case.reference, by=citizen(case.reference), at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=case.due_on, level=5))


def _papers_twice(at: datetime, play: Play) -> Scene:
    """Papers are asked for a second time, which is a breach and stops no clock."""
    matter = matters.draw(play.chance, theme="环评手续", place="光华路")
    case = yield from taken(at, play, matter, channel="counter")
    at = yield at_work(at + timedelta(minutes=80))
    by = carrier(case.reference, at=at)
    clock.notify(case.reference, papers="房屋租赁合同\n平面布置图", by=by, at=at)
    at = yield hour(working_days(day_of(at), 3))
    case = citizens.hand_in_papers(case.reference, by=citizen(case.reference), at=at)
    at = yield at + timedelta(minutes=70)
    clock.notify(case.reference, papers="隔壁商户的书面意见", by=by, at=at)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=working_days(case.due_on, 0), level=2))


def _second_opening(at: datetime, play: Play) -> Scene:
    """A citizen opens a closed matter again, because nothing had changed."""
    matter, who = (
        matters.draw(play.chance, theme="餐饮油烟", place="枫林公寓"),
        Contact(name="柏雨桐", phone="13800009127"),
    )
    case = yield from taken(at, play, matter, channel="web", who=who)
    closes = working_days(day_of(at), 5)
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=closes, level=0))
    at = yield hour(working_days(closes, 3), time(19, 40))
    yield from open_again(at, play, case.reference, reason="排烟口还是对着窗户，没有改到楼顶。", ground=Ground.ANSWER)


def _told_twice(at: datetime, play: Play) -> Scene:
    """One person tells the same matter twice, and the second goes on in the first; a neighbor's is seen with it."""
    matter, who = matters.draw(play.chance, theme="社会生活噪声"), Contact(name="范秀英", phone="13800003344")
    first = yield from taken(at, play, matter, channel="hotline_12345", who=who)
    at = yield hour(working_days(day_of(at), 2), time(10, 20))
    second = receive(at, play, matters.again(matter, play.chance), channel="web", who=who)
    at = yield at + timedelta(minutes=50)
    near = matters.draw(play.chance, theme="社会生活噪声", place=matter.place)
    third = receive(at, play, near, channel="phone")
    at = yield at + timedelta(minutes=25)
    officer, title = play.people["lifang"], f"{matter.place}的噪声"
    group.group(third.reference, other=first.reference, title=title, by=officer, at=at)
    intake.merge(second.reference, into=first.reference, by=officer, at=at + timedelta(minutes=4))
    play.begin(at + timedelta(minutes=30), lambda at, play: pass_on(at, play, third, near))
    yield from work_off(at, play, Case.objects.get(reference=first.reference), matter)


def _two_in_one(at: datetime, play: Play) -> Scene:
    """One letter holds two matters; they become two cases with the same deadline."""
    matter = matters.draw(play.chance, theme="道路扬尘", place="石桥镇")
    case = receive(at, play, matter, channel="letter")
    at = yield at + timedelta(minutes=30)
    title, text = "石桥镇河边倾倒建筑垃圾", "同一封信里还反映：夜里有车往河滩倒建筑垃圾，已经堆成小山。"
    by = play.people["malin"]
    part = intake.split(case.reference, title=title, text=text, kind="complaint", by=by, at=at)
    dumped = replace(
        matter, title=title, text=text, answer="经查，倾倒车辆已锁定，责令运输企业三日内清运并恢复河滩原状。",
        result="河滩垃圾已全部清运，水务部门复查确认。",
    )  # fmt: skip
    at = yield at + timedelta(minutes=30)
    play.begin(at, lambda at, play: pass_on(at, play, part, dumped))
    yield from pass_on(at, play, case, matter, ways=Ways(takes=5))
