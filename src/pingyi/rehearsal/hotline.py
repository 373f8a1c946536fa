"""The hotline's own table of the spring, as its operators send it: made in memory, looked at, brought in (§3.2.2)."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from functools import partial

import xlsxwriter

from pingyi.rehearsal import matters
from pingyi.rehearsal.agenda import Scene
from pingyi.rehearsal.cast import UNITS
from pingyi.rehearsal.hours import at_work, hour, working_days
from pingyi.rehearsal.life import work_off
from pingyi.rehearsal.play import Play
from pingyi.stations.cases.actions import custody, importing, tables
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import tables as queries

CHANNEL = "hotline_12345"
ROWS = 64
HEAD = (
    "工单编号", "受理时间", "诉求类型", "标题", "诉求内容", "事发地址", "来电人", "联系电话", "承办单位", "办理时限",
    "办理状态", "答复内容", "办结时间",
)  # fmt: skip
KINDS = {"complaint": "投诉", "inquiry": "咨询", "suggestion": "建议", "help": "求助", "praise": "表扬"}
NAMES = {unit.id: unit.name for unit in UNITS}


def put_on(play: Play) -> None:
    """Let the table come in at the end of April."""
    play.begin(hour(date(play.ends.year, 4, 27)), _bring_in)


def _bring_in(at: datetime, play: Play) -> Scene:
    """Look at the table, settle its columns and units, bring it in, and work off what is still open."""
    officer = play.people["lifang"]
    content = _workbook(play, on=at.date())
    table = tables.keep("12345热线转办工单（3—4月）.xlsx", content=content, channel_id=CHANNEL, by=officer, at=at)
    mapping = queries.opened(table).mapping
    tables.settle_columns(table.token, mapping=mapping, by=officer, at=at)
    known = {unit.name: unit.id for unit in UNITS}
    tables.settle_units(table.token, sections=known, by=officer, at=at)
    tables.start(table.token, by=officer, at=at + timedelta(minutes=6))
    at = yield at + timedelta(minutes=8)
    for _ in importing.carry_on(now=lambda: at):
        continue
    waiting = Case.objects.filter(is_offered=True, channel_id=CHANNEL, offered_at=at).order_by("pk")
    for case in list(waiting.select_related("offered_to")):
        theme = matters.draw(play.chance, theme=case.theme) if case.theme else matters.draw(play.chance)
        section = case.offered_to.reference if case.offered_to else "office"
        begins = at_work(at + timedelta(hours=play.chance.uniform(1, 7)))
        play.begin(begins, partial(_take, reference=case.reference, section=section, matter=theme))


def _take(at: datetime, play: Play, *, reference: str, section: str, matter: matters.Matter) -> Scene:
    """A section takes what the table brought it."""
    case = custody.accept(reference, by=play.staff(section), at=at)
    yield from work_off(at, play, case, matter)


def _workbook(play: Play, *, on: date) -> bytes:
    """Return the table with a title line and a totals row, as operators make it; two rows lack what a case needs."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet("转办工单")
    sheet.merge_range(0, 0, 0, len(HEAD) - 1, "清源区12345热线转办工单（演练数据）")
    sheet.write_row(1, 0, HEAD)
    for number in range(ROWS):
        sheet.write_row(2 + number, 0, _row(number, play, on=on))
    sheet.write_row(2 + ROWS, 0, ["合计", f"{ROWS}件"])
    book.close()
    return kept.getvalue()


def _row(number: int, play: Play, *, on: date) -> list[str]:
    """Most of the hotline's matters are over; those of the last days are open, and one row has no date."""
    matter, who = matters.draw(play.chance), matters.person(play.chance)
    day = on - timedelta(days=46 - 44 * number // ROWS)
    due = working_days(day, 10)
    is_open = number > ROWS - 12
    is_late = not is_open and play.happens(0.1)
    closed = working_days(due, 2) if is_late else working_days(due, -play.chance.randint(1, 5))
    closed = min(closed, on)
    received = "" if number == 20 else f"{day:%Y-%m-%d} {play.chance.randint(8, 19):02}:{play.chance.randrange(60):02}"
    return [
        f"QY{on.year}{number + 101:06}", received, KINDS[matter.kind], matter.title, matter.text, matter.place,
        who.name, who.phone, NAMES[matter.section], f"{due:%Y-%m-%d}", "办理中" if is_open else "已办结",
        "" if is_open else matter.answer, "" if is_open else f"{closed:%Y-%m-%d}",
    ]  # fmt: skip
