"""Duties that a table lists: 工作任务｜责任单位｜完成时限 (§1.1, §4)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pingyi.authoring.prose.dates import find_dates
from pingyi.authoring.prose.doers import BUREAU, Doing, leading_doer
from pingyi.authoring.prose.offices import Offices
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.phases import PhaseText
from pingyi.authoring.prose.recipients import find_recipients
from pingyi.authoring.prose.recurrences import find_recurrence
from pingyi.authoring.prose.tables import Cell, Table, tables_of
from pingyi.authoring.prose.verbs import product_of, proof_of
from pingyi.authoring.prose.walk import Duty, day_of, recurring
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task


def read_tabled_duties(page: Page, phases: list[PhaseText], *, offices: Offices, year: int) -> list[Duty]:
    """Return a duty for every row of a table of duties."""
    found: list[Duty] = []
    for table in tables_of(page):
        if table.is_of_duties and phases:
            found += [duty for row in table.rows for duty in _duties(page, table, row, phases, offices, year)]
    return found


def _duties(
    page: Page, table: Table, row: tuple[Cell, ...], phases: list[PhaseText], offices: Offices, year: int
) -> list[Duty]:
    what = _cell(row, table.task)
    if what is None or len(what.words) < 3 or re.fullmatch(r"[\d.、]+", what.words):
        return []
    when, who = _cell(row, table.when), _cell(row, table.who)
    dates = find_dates(page.flat, when.start, when.end, year=year) if when else []
    due = day_of(dates[-1]) if dates else None
    doing = _doing(who.words, offices) if who and who.words else BUREAU
    recipients = find_recipients(page, what.start, what.end, offices)
    task = Task(
        id="",
        title=what.words.rstrip("。；")[:60],
        phase=_phase_of(due, phases),
        doer=doing.doer,
        due_on=due,
        proof=proof_of(what.words),
        product=product_of(what.words),
        recipient=recipients[0].id if recipients else "",
        section=doing.section,
        doer_text=doing.written,
        text=what.words,
        quote=page.text[row[0].start : row[-1].end],
    )
    named = [replace(task, recipient=one.id) for one in recipients[1:]]
    recurs = (find_recurrence(page.flat, when.start, when.end) if when else None) or (
        find_recurrence(page.flat, what.start, what.end) if not dates else None
    )
    return [Duty(task=recurring(one, recurs), start=row[0].start, end=row[-1].end) for one in (task, *named)]


def _cell(row: tuple[Cell, ...], at: int | None) -> Cell | None:
    return row[at] if at is not None and at < len(row) else None


def _doing(written: str, offices: Offices) -> Doing:
    doing, _ = leading_doer(f"{written}负责", offices)
    return Doing(doing.doer, written, doing.section) if doing else Doing(Doer.NAMED_SECTION, written, written)


def _phase_of(day: date | None, phases: list[PhaseText]) -> str:
    within = (text.phase.id for text in phases if day and text.phase.begins_on <= day <= text.phase.ends_on)
    return next(within, (phases[-1] if day else phases[0]).phase.id)
