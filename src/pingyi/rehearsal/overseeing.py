"""The supervision office's year: letters that write themselves, breaches decided, citizens called back (§3.2.3)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django.db.models import Q

from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.cast import MERITS
from pingyi.rehearsal.hours import at_work, hour, is_open, working_days
from pingyi.rehearsal.play import Play
from pingyi.rules.day import day_of
from pingyi.stations.cases.actions import accusing, calling_back, oversight
from pingyi.stations.cases.models import Breach, CallBack, Case, Rating

CAUSES = {
    "late": ("现场取证用了较长时间，没有及时申请延期。", "经办人请假，交接不到位。", "当事企业拖延提供材料。"),
    "ownerless": ("工单派到时在外执法，没有看到提醒。", "以为由另一组签收。"),
    "second_notice": ("第一次核对材料时漏看了一项。",),
    "false_closing": ("办结时现场已改正，之后又有反复。", "以电话核实代替了现场核查。"),
}
UPHELD = ("事实清楚，予以认定，计入科室考核。", "理由不足以免责，予以认定，责成科室提醒经办人。")
DISMISSED = ("经核实，延误由反映人改期造成，不予认定。", "系统记录显示已在时限内处理，不予认定。")
ANSWERING, REACHED, DISCORDANT = 0.7, 0.85, 0.4  # shares: who is heard, who is reached, the worst section's discord
LASTING = 12  # working days from the raising to the decision, at most
SAID = {
    True: ("说已经解决了。", "满意，没有别的意见。", "问题解决了，就是等得久一点。"),
    False: ("说没有解决，还是老样子。", "只来过一次电话。"),
}


def put_on(play: Play) -> None:
    """Put the office's working days and its monthly call-backs on the agenda."""
    year, day, last = play.ends.year, date(play.ends.year, 3, 12), play.ends + timedelta(days=10)
    while day <= last:
        if is_open(day):
            play.agenda.put(hour(day, time(8, 30)), _supervise)
            if day.weekday() == 3:
                play.begin(hour(day, time(14, 20)), _decide)
        day += timedelta(days=1)
    for month in range(5, 13):
        until = date(year, month, 1) - timedelta(days=1)
        since = until.replace(day=1) if month > 5 else date(year, 3, 1)
        play.begin(at_work(hour(date(year, month, 3))), partial(_call_back, since=since, until=until))
    since, until = date(year, 12, 1), date(year, 12, 18)
    play.begin(hour(date(year, 12, 21)), partial(_call_back, since=since, until=until, waits=True))


def _supervise(at: datetime) -> None:
    """Do what the worker does every hour, on the days on which a term or an offer has run out: it costs a while."""
    on = day_of(at)
    ran_out = [working_days(on, -days) for days in (1, 5, 6)]
    offers = Q(is_offered=True, offer_expires_at__range=(hour(working_days(on, -1), time(8, 30)), at))
    if Case.objects.filter(Q(due_on__in=ran_out) | offers, closed_on=None, merged_into=None).exists():
        accusing.supervise(at=at)


def _decide(at: datetime, play: Play) -> Scene:
    """Hear those who held a case late, and decide as another person; the latest wait for the next week."""
    settled = working_days(day_of(at), -4)
    for row in list(Breach.objects.filter(stage="raised", raised_on__lt=settled).select_related("member")):
        at = yield at + timedelta(minutes=7)
        by = row.member.actor()
        if play.happens(ANSWERING):
            oversight.hear(row.reference, words=play.chance.choice(CAUSES[row.kind]), by=by, at=at)
        is_upheld = play.happens(0.75)
        decision = play.chance.choice(UPHELD if is_upheld else DISMISSED)
        officer = play.people["sunwei" if by.reference == play.people["lifang"].reference else "lifang"]
        at = yield at + timedelta(minutes=20)
        oversight.decide(row.reference, is_upheld=is_upheld, decision=decision, by=officer, at=at)


def _call_back(at: datetime, play: Play, *, since: date, until: date, waits: bool = False) -> Scene:
    """Announce a lot, draw it with the numbers published meanwhile, and ask the citizens drawn; the last lot waits."""
    officer, drawn_on = play.people["zhouming"], working_days(day_of(at), 2)
    secret = play.chance.randbytes(32)
    announced = calling_back.announce(
        since=since,
        until=until,
        source="当期全国体育彩票大乐透开奖号码",
        source_on=drawn_on,
        secret=secret,
        by=officer,
        at=at,
    )
    at = yield hour(drawn_on)
    numbers = " ".join(str(play.chance.randint(1, 35)) for _ in range(7))
    calling_back.draw(announced.reference, numbers=numbers, by=officer, at=at)
    if waits:
        return
    asked = CallBack.objects.filter(draw=announced.reference).select_related("case__section")
    for row in list(asked.order_by("case__reference")):
        at = yield at_work(at + timedelta(minutes=35))
        if CallBack.objects.get(pk=row.pk).case.stage == "closed":
            _ask(at, play, row)


def _ask(at: datetime, play: Play, row: CallBack) -> None:
    """Ask one citizen; of a section of less merit people say something else on the telephone than they marked."""
    by = play.people["xukun"]
    if not play.happens(REACHED):
        calling_back.call_back(row.case.reference, is_reached=False, words="两次未接通。", by=by, at=at)
        return
    marked = Rating.objects.filter(case=row.case, turn=row.turn).values_list("level", flat=True).first()
    merit = MERITS[row.case.section.reference] if row.case.section else 1.0
    level = marked or max(1, min(5, round(play.chance.gauss(1.6 + 3.4 * merit, 0.9))))
    if play.happens((1 - merit) * DISCORDANT):
        level = max(1, level - play.chance.randint(2, 3))
    is_solved = level >= 3
    words = play.chance.choice(SAID[is_solved])
    calling_back.call_back(
        row.case.reference, is_reached=True, level=level, is_solved=is_solved, words=words, by=by, at=at
    )
