"""Who stands in for whom, and who is away when: holidays, a training, an illness (AB角, §3.2.3)."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from pingyi.bureau.actions import roster
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.cast import HEADS, STAFF
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.play import Play

WORK = {
    "office": "窗口和来电", "pollution": "许可咨询", "monitoring": "监测受理",
    "brigade": "投诉查处", "information": "信息公开",
}  # fmt: skip
AWAY = (
    ("dingyi", (4, 20), (4, 24), "业务培训"), ("malin", (6, 1), (6, 5), "年休假"),
    ("zhaomin", (7, 27), (8, 7), "年休假"), ("luomin", (8, 10), (8, 14), "外出采样"),
    ("mengjie", (9, 21), (9, 25), "年休假"), ("hanbing", (10, 12), (10, 23), "病假"),
    ("zhaomin", (12, 21), (12, 31), "学习"), ("yangfan", (12, 24), (12, 30), "年休假"),
)  # fmt: skip


def put_on(play: Play) -> None:
    """Put the pairs and the absences on the agenda of the year."""
    year = play.ends.year
    play.begin(hour(date(year, 3, 12)), _pair)
    for who, begins, ends, reason in AWAY:
        first, last = date(year, *begins), date(year, *ends)
        entered = hour(date.fromordinal(first.toordinal() - 4))
        play.begin(entered, partial(_go, who=who, first=first, last=last, reason=reason))


def _pair(at: datetime, play: Play) -> Scene:
    """Each section names its pair."""
    for section, head in HEADS.items():
        staff = STAFF[section]
        first, second = (play.people[one].reference for one in ((*staff, head) if len(staff) == 1 else staff))
        at = yield at
        roster.set_post(section, first=first, second=second, work=WORK[section], by=play.people[head], at=at)


def _go(at: datetime, play: Play, *, who: str, first: date, last: date, reason: str) -> Scene:
    """Somebody's absence is entered by the section's head; the stand-in acts by itself."""
    away = play.people[who]
    roster.enter_absence(
        away.reference, begins_on=first, ends_on=last, reason=reason, by=play.people["zhouming"], at=at
    )
    yield at
