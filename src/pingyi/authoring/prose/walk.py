"""What carries over from clause to clause while the duties of a phase are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from pingyi.authoring.prose.clauses import without_dates
from pingyi.authoring.prose.dates import When, find_dates
from pingyi.authoring.prose.doers import BUREAU, Doing, stated_doer
from pingyi.authoring.prose.draft import Doubt
from pingyi.authoring.prose.offices import Offices
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.recurrences import Recurrence, find_recurrence, is_of_what_stands_before
from pingyi.rules.plan.schedule import Task

_LABEL = re.compile(
    r"[（ ]*(?:(?:配合|协助|协办)(?:单位|部门|科室)：[^，。；）\n]*"
    r"|(?:责任|牵头|承办|负责|主办|实施)(?:单位|部门|科室|股室|处室|人)?：\s?(?P<who>[^，。；）\n：]{2,40})"
    r"|(?:完成)?(?:时限|时间|期限)(?:要求)?：)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """A task as read, with its place; `due_is_own` tells a stated day from one carried over."""

    task: Task
    start: int
    end: int


@dataclass(slots=True)
class Walk:
    """What carries over from clause to clause while a phase is read."""

    page: Page
    offices: Offices
    phase: str
    year: int
    doing: Doing = BUREAU
    duties: list[Duty] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    closed: tuple[tuple[int, int], ...] = ()
    begins: date | None = None
    recurs: Recurrence | None = None  # how often what the clause at hand asks for recurs
    leading: Recurrence | None = None  # 每季度末，监察室……，……: it stands before all that its sentence asks for
    labeled: tuple[int, int] = (0, 0)  # the duties that the last label spoke of

    def placed(self, when: When) -> When:
        """January in a phase that begins in December is of the next year."""
        if self.begins is None or when.year_is_stated or (when.ends or when.begins or self.begins) >= self.begins:
            return when
        if self.begins.year == self.year and self.begins.month <= 9:
            return when
        year = max(self.begins.year, self.year + (self.begins.year == self.year))
        # Read again rather than moved: 2月底 of the next year may be the 29th.
        return next(iter(find_dates(self.page.flat, when.start, when.end, year=year)), when)


def read_label(walk: Walk, start: int, end: int) -> bool:
    """责任单位：办公室 and 完成时限：6月25日 on their own belong to the duties before them."""
    label = _LABEL.match(walk.page.flat, start, end)
    if label is None or not walk.duties:
        return label is not None
    if walk.labeled[1] != len(walk.duties):
        open_ones = [
            place for place in range(walk.labeled[1], len(walk.duties)) if not walk.duties[place].task.doer_text
        ]
        walk.labeled = (open_ones[0] if open_ones else len(walk.duties) - 1, len(walk.duties))
    places = [place for place in range(*walk.labeled) if place in range(len(walk.duties))]
    if label["who"]:
        doing = stated_doer(f"责任单位：{label['who']}", walk.offices)
        for place in places if doing else ():
            walk.duties[place] = assigned(walk.duties[place], doing or BUREAU)
        walk.duties[-1] = replace(walk.duties[-1], end=end)
        return True
    dates = find_dates(walk.page.flat, start, end, year=walk.year)
    recurs = find_recurrence(walk.page.flat, label.end(), end)
    if not dates and not recurs:
        walk.duties[-1] = replace(walk.duties[-1], end=end)
    for place in places if dates or recurs else ():
        one = walk.duties[place]
        due = day_of(walk.placed(dates[-1])) if dates else one.task.due_on
        walk.duties[place] = replace(one, task=recurring(replace(one.task, due_on=due), recurs), end=end)
    return True


def hear_how_often(walk: Walk, start: int, end: int, *, begins: int, dates: list[When]) -> bool:
    """Take how often a clause's duty recurs, and tell whether the clause says nothing else."""
    flat = walk.page.flat
    here = find_recurrence(flat, start, end)
    if start - begins <= 1:
        is_bare = here is not None and not without_dates(walk.page, here.end, end, dates).strip()
        walk.leading, walk.recurs = here if is_bare else None, None
    follows = walk.leading or (walk.recurs if flat.startswith("并", start) else None)
    walk.recurs = here or (None if dates else follows)
    has_duty = bool(walk.duties) and walk.duties[-1].start >= begins
    if here is None or not has_duty or not is_of_what_stands_before(flat, start, end, recurs=here):
        return False
    walk.duties[-1] = replace(walk.duties[-1], task=recurring(walk.duties[-1].task, here), end=end)
    return True


def recurring(task: Task, recurs: Recurrence | None) -> Task:
    """Return a duty with how often it recurs, where something says so."""
    return replace(task, every=recurs.every, every_day=recurs.day) if recurs else task


def assigned(duty: Duty, doing: Doing) -> Duty:
    """Give a duty to another doer."""
    task = replace(duty.task, doer=doing.doer, doer_text=doing.written, section=doing.section)
    return replace(duty, task=task)


def day_of(when: When | None) -> date | None:
    """Return the last day that a date means."""
    return (when.ends or when.begins) if when else None
