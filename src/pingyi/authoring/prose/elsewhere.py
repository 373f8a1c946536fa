"""Duties outside the phases: in the requirements, under 责任单位, in plans that have no phases (§4, §5.1)."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pingyi.authoring.prose.doers import BUREAU
from pingyi.authoring.prose.duties import read_sentence, read_title, untitled_duty
from pingyi.authoring.prose.offices import Offices
from pingyi.authoring.prose.page import Page
from pingyi.authoring.prose.phases import PhaseText
from pingyi.authoring.prose.sections import sections
from pingyi.authoring.prose.tables import tables_of
from pingyi.authoring.prose.topics import Topic
from pingyi.authoring.prose.walk import Duty, Walk, read_label
from pingyi.rules.plan.schedule import Phase, Task

Spans = list[tuple[int, int]]
_LABELED = re.compile(r"(?:^|[。；，（\n])\s?(?:责任|牵头|承办|主办|完成)(?:单位|部门|科室|股室|处室|人|领导)：")
# What says who and what is judged holds no duties, however it is dated.
_NO_DUTIES = (Topic.SUBJECT, Topic.CRITERIA, Topic.PREAMBLE, Topic.PRINCIPLES)


def read_elsewhere(page: Page, phases: list[PhaseText], *, offices: Offices, year: int, closed: Spans) -> list[Duty]:
    """Return duties with a doer under a label, and reports with a day and a recipient, outside the phases."""
    inside = _merged((text.start, text.end) for text in phases)
    known: list[Duty] = []
    for span in _labeled(page):
        if not _overlaps(span, inside):
            known += _placed(_labeled_duties(page, span, offices=offices, year=year, closed=closed), phases)
    starts = {duty.start for duty in known}
    for span in _spans(page, phases):
        if _overlaps(span, inside):
            continue
        others = _read(page, page.within(*span), offices=offices, year=year, closed=closed)
        dated = [one for one in others if _is_stated(one, is_alone=not phases or phases[-1].end == 0)]
        known += _placed([one for one in dated if one.start not in starts], phases)
    return known


def whole_year(page: Page, *, year: int, offices: Offices, closed: Spans) -> list[PhaseText]:
    """Return one phase for the duties of a plan that names none, or nothing where it has no duties either."""
    has_parts = any(sections(page, topic) for topic in Topic)
    has_table = any(table.is_of_duties for table in tables_of(page))
    if not (has_table or (has_parts and read_elsewhere(page, [], offices=offices, year=year, closed=closed))):
        return []
    phase = Phase(id="phase_one", name="全年", begins_on=date(year, 1, 1), ends_on=date(year, 12, 31))
    return [PhaseText(phase=phase, start=0, head_end=0, end=0)]


def _labeled(page: Page) -> Spans:
    """The innermost items that name who is responsible."""
    return [
        (node.start, node.end)
        for node in page.nodes
        if not node.children and _LABELED.search(page.flat, node.title_start, node.end)
    ]


def _labeled_duties(page: Page, span: tuple[int, int], *, offices: Offices, year: int, closed: Spans) -> list[Duty]:
    """Read one item; where none of its sentences asks for anything, its title is the duty."""
    found = _read(page, page.within(*span), offices=offices, year=year, closed=closed)
    node = page.node_starts.get(span[0])
    if found or node is None:
        return found
    walk = Walk(page, offices, "", year)
    walk.duties.append(untitled_duty(walk, node.title, node.start, node.title_end))
    for start, end in page.within(node.title_end, node.end):
        read_label(walk, start, end)
    return walk.duties


def _read(
    page: Page, sentences: Iterable[tuple[int, int]], *, offices: Offices, year: int, closed: Spans
) -> list[Duty]:
    walk = Walk(page, offices, "", year, closed=tuple(closed))
    for start, end in sentences:
        if start in page.node_starts:
            walk.doing = BUREAU
        if not read_label(walk, start, end) and not read_title(page, start, end):
            read_sentence(walk, start, end)
    return walk.duties


def _spans(page: Page, phases: list[PhaseText]) -> Spans:
    if not phases or phases[-1].end == 0:
        closed = _merged((node.start, node.end) for topic in _NO_DUTIES for node in sections(page, topic))
        return [span for span in page.sentences if not _overlaps(span, closed)]
    spans = [
        (node.start, node.end)
        for topic in (Topic.REQUIREMENTS, Topic.ORGANIZATION, Topic.METHODS, Topic.OUTCOME)
        for node in sections(page, topic)
    ]
    last = phases[-1]
    return spans + [
        (last.end, node.end) for node in sections(page, Topic.PHASES) if node.start <= last.start < last.end < node.end
    ]


def _is_stated(duty: Duty, *, is_alone: bool) -> bool:
    """A time and a recipient make a duty anywhere; a time and a doer where no phase holds the duties."""
    return bool((duty.task.due_on or duty.task.every) and (duty.task.recipient or (is_alone and duty.task.doer_text)))


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Put stretches in order and join those that touch."""
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlaps(span: tuple[int, int], merged: Spans) -> bool:
    place = bisect.bisect_left(merged, (span[1],)) - 1
    return place >= 0 and merged[place][1] > span[0]


def _placed(duties: list[Duty], phases: list[PhaseText]) -> list[Duty]:
    return [replace(duty, task=_in_phase(duty.task, phases)) for duty in duties]


def _in_phase(task: Task, phases: list[PhaseText]) -> Task:
    """Put a task where its day is; what recurs outside the phases does so from the first to the end of the last."""
    if task.every and len(phases) > 1:
        return replace(task, phase=phases[0].phase.id, due_on=task.due_on or phases[-1].phase.ends_on)
    return replace(task, phase=_phase_of(task.due_on, phases))


def _phase_of(day: date | None, phases: list[PhaseText]) -> str:
    within = (text.phase.id for text in phases if day and text.phase.begins_on <= day <= text.phase.ends_on)
    return next(within, (phases[-1] if day else phases[0]).phase.id if phases else "")
