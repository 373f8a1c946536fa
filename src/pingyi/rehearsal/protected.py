"""Matters of protection: a report of misconduct with its thread, a name that was looked up, words destroyed (§5.4)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import at_work, hour, working_days
from pingyi.rehearsal.life import Ways, carrier, taken, work_off
from pingyi.rehearsal.play import Play
from pingyi.rules.actor import citizen
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import answer as acts
from pingyi.stations.cases.actions import citizen as citizens
from pingyi.stations.cases.actions import inbox, protection
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import Case

REPORTS = (
    (
        "检查人员暗示安排吃饭",
        "我是一家小印刷厂的负责人。来检查的人说“晚上边吃边谈”，我没有接话，之后连着来查了三次。",
        (
            (False, "收到您的反映。请问大概是哪几天？有没有留下检查单？不用说您是谁，我们也看不到。"),
            (True, "三月中旬一次，四月初两次。检查单有，可是我怕一拿出来就知道是我。"),
            (False, "不必交检查单。我们会调全部检查台账，按抽查的名义逐户回访，不单独问您这一户。"),
            (True, "这样可以。谢谢。"),
        ),
        "经调取执法记录和逐户回访，反映的暗示吃请情况基本属实，未实际发生吃请。已对当事人谈话提醒并调离执法岗位。",
        "当事人受到批评教育并调岗；全队开展一次执法纪律教育，检查单一律上传系统。",
    ),
    (
        "检测报告收了钱没有发票", "在窗口托人做井水检测，收了三百元现金，说是加急费，没有给票据。",
        (
            (False, "请您说一说是哪个窗口、大约几点。按规定监测不收加急费。"),
            (True, "上午十点多，靠里面的那个窗口，是个外聘的人。"),
        ),
        "", "",
    ),
)  # fmt: skip


def put_on(play: Play) -> None:
    """Put the scenes on the agenda of the year."""
    year = play.ends.year
    for (month, day), report in zip(((4, 15), (12, 8)), REPORTS, strict=True):
        play.begin(hour(date(year, month, day), time(21, 5)), partial(_reported, report=report))
    play.begin(at_work(hour(date(year, 6, 2))), _looked_up)
    play.begin(at_work(hour(date(year, 4, 8))), _destroyed)


def _reported(at: datetime, play: Play, *, report: tuple[str, str, tuple[tuple[bool, str], ...], str, str]) -> Scene:
    """Somebody reports misconduct without a name, and writes with the supervision office through the code."""
    title, text, letters, answer, result = report
    made = inbox.submit(kind="misconduct", channel="web", title=title, text=text, contact=NOBODY, at=at)
    inbox.drain(at=at)  # as the worker does a moment later
    made.refresh_from_db()
    assert made.case is not None  # noqa: S101 - nobody else hands anything in meanwhile
    reference, officer = made.case.reference, play.people["zhouming"]
    for is_theirs, words in letters:
        at = yield hour(working_days(day_of(at), 1), time(20, 30) if is_theirs else time(9, 40))
        citizens.write(reference, text=words, by=citizen(reference) if is_theirs else officer, at=at)
    if not answer:
        return
    at = yield hour(working_days(day_of(at), 3))
    acts.answer(reference, text=answer, by=carrier(reference, at=at), at=at)
    at = yield hour(working_days(day_of(at), 1))
    acts.settle(reference, result=result, by=carrier(reference, at=at), at=at)
    at = yield at + timedelta(hours=2)
    acts.close(reference, by=play.people["lifang"], at=at)


def _looked_up(at: datetime, play: Play) -> Scene:
    """Whoever works on a case opens the name with a reason, to make an appointment."""
    matter, who = matters.draw(play.chance, theme="监测申请"), Contact(name="潘国庆", phone="13800001818")
    case = yield from taken(at, play, matter, who=who)
    at = yield at_work(at + timedelta(hours=2))
    reason = "约定上门监测的时间。"
    protection.identify(case.reference, purpose="contact", reason=reason, by=carrier(case.reference, at=at), at=at)
    yield from work_off(at, play, case, matter, ways=Ways(level=5))


def _destroyed(at: datetime, play: Play) -> Scene:
    """A citizen has everything told destroyed after the matter is over; the record still verifies."""
    matter = matters.draw(play.chance, theme="窗口服务")
    case = yield from taken(at, play, matter, channel="web", who=Contact(name="苏立新", phone="13800005150"))
    yield from work_off(at, play, case, matter, ways=Ways(closes_on=working_days(day_of(at), 5), level=0))
    closed = Case.objects.get(reference=case.reference).closed_on or day_of(at)
    at = yield hour(working_days(closed, 30), time(20, 10))
    protection.erase(case.reference, by=citizen(case.reference), at=at)
