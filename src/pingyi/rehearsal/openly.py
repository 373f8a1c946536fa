"""What the sections keep open to everybody, and the boards on their walls (§3.2.3, §4.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pingyi.record import sequence
from pingyi.rehearsal import photographs
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.play import Play
from pingyi.rules.board import Size
from pingyi.stations.commitments.actions import board, openness
from pingyi.stations.commitments.models import NoticeBoard, OpennessItem

SITE = "https://www.pingyi.example/open/"
INFORMATION = ("office_duties", "office_people", "complaint_ways")
ITEMS = {
    "office": INFORMATION,
    "pollution": (*INFORMATION, "license_items", "license_basis", "license_conditions", "license_papers"),
    "monitoring": (*INFORMATION, "fee_items", "fee_basis", "fee_rates"),
    "brigade": (*INFORMATION, "penalty_decisions"),
    "information": (*INFORMATION, "license_results"),
}  # fmt: skip
BOARDS = (
    ("", "一楼大厅正门右侧", Size.A1), ("office", "办事大厅窗口上方", Size.A3), ("pollution", "二楼许可窗口", Size.A3),
    ("monitoring", "监测站样品接收处", Size.A3), ("brigade", "执法大队值班室门口", Size.A2),
    ("brigade", "石桥镇执法中队", Size.A3), ("information", "三楼走廊", Size.A4), ("", "大厅电子屏", Size.SCREEN),
)  # fmt: skip
WAYS = {"mailbox": "清源区和平路8号 行风评议信箱", "telephone": "0500-5550123"}
NOT_YET = "石桥镇执法中队"  # where an old edition still hangs in December


def put_on(play: Play) -> None:
    """Put the checklist and the boards on the agenda of the year."""
    year = play.ends.year
    play.begin(hour(date(year, 3, 19)), _open)
    play.begin(hour(date(year, 7, 20)), _look_again)
    play.begin(hour(date(year, 11, 9)), _look_again)
    play.begin(hour(date(year, 4, 2)), _hang_all)
    play.begin(hour(date(year, 7, 13)), _hang_anew)


def _open(at: datetime, play: Play) -> Scene:
    """Each section shows its items; an officer looks at each, sends one back and drops one that does not apply."""
    officer = play.people["lifang"]
    rows = [
        row for unit, items in ITEMS.items() for row in openness.add(sections=[unit], items=items, by=officer, at=at)
    ]
    for row in rows:
        at = yield at + timedelta(minutes=9)
        url = f"{SITE}{row.section.reference}/{row.template_id}"
        openness.show(row.reference, url=url, by=play.head(row.section.reference), at=at)
    at = yield hour(date(at.year, 3, 27))
    for row in rows:
        at = yield at + timedelta(minutes=4)
        if row.template_id == "license_conditions":
            reason = "页面只写了法律名称，没有写条件，请补充。"
            openness.send_back(row.reference, reason=reason, by=officer, at=at)
            url = f"{SITE}pollution/license_conditions"
            openness.show(row.reference, url=url, by=play.head("pollution"), at=at + timedelta(minutes=2))
        if row.template_id == "license_results" and row.section.reference == "information":
            openness.drop(row.reference, reason="许可结果由污染控制科公开，本中心不重复。", by=officer, at=at)
            continue
        openness.accept(row.reference, by=officer, at=at + timedelta(minutes=3))


def _look_again(at: datetime, play: Play) -> Scene:
    """An officer looks at the items again; in the autumn a dead address is found, and one section is left out."""
    officer, is_autumn = play.people["lifang"], at.month > 9
    rows = OpennessItem.objects.filter(stage="checked").select_related("section").order_by("pk")
    for row in list(rows):
        at = yield at + timedelta(minutes=4)
        if is_autumn and row.section.reference == "monitoring" and row.template_id.startswith("fee"):
            continue
        if is_autumn and row.template_id == "penalty_decisions":
            reason = "网址已失效，处罚决定书打不开。"
            openness.send_back(row.reference, reason=reason, by=officer, at=at)
            continue
        openness.accept(row.reference, by=officer, at=at)


def _hang_all(at: datetime, play: Play) -> Scene:
    """The bureau's and the sections' boards are published, hung and photographed."""
    sequence.sequence(at=at)  # a board shows the record's latest root
    officer = play.people["zhouming"]
    for section, place, size in BOARDS:
        board.place(place=place, section=section, size=size.value, by=officer, at=at)
    for section in ("", *ITEMS):
        board.publish(section=section, **WAYS, by=officer, at=at)
    at = yield at + timedelta(days=1)
    for number, row in enumerate(_boards(), 1):
        at = yield at + timedelta(minutes=25)
        _hang(row, 1, number, play=play, at=at)


def _hang_anew(at: datetime, play: Play) -> Scene:
    """The brigade promised more: its boards and the bureau's say so, but for one that hangs out of town."""
    sequence.sequence(at=at)
    for section in ("", "brigade"):
        board.publish(section=section, **WAYS, by=play.people["zhouming"], at=at)
    at = yield at + timedelta(days=2)
    for number, row in enumerate(_boards(), 11):
        is_meant = row.section is None or row.section.reference == "brigade"
        if is_meant and row.place != NOT_YET and row.size != Size.SCREEN.value:
            at = yield at + timedelta(minutes=30)
            _hang(row, 2, number, play=play, at=at)


def _hang(row: NoticeBoard, edition: int, number: int, *, play: Play, at: datetime) -> None:
    by = play.head(row.section.reference) if row.section else play.people["zhouming"]
    photograph = photographs.board(number, chance=play.chance)
    board.hang(row.reference, edition=edition, photograph=photograph, by=by, at=at)


def _boards() -> list[NoticeBoard]:
    return list(NoticeBoard.objects.select_related("section").order_by("pk"))
