"""Open the year's round from an adopted plan, and bring it to an amended one (§0, §4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.conf import settings

from pingyi.record.acts import act
from pingyi.rules import task as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Meeting as PlanMeeting
from pingyi.rules.recurrence import dated_tasks
from pingyi.rules.task import MOVES
from pingyi.stations.plans import queries
from pingyi.stations.plans.actions.duties import Duty, duties, next_number, row
from pingyi.stations.plans.models import Meeting, Round, Task


def open_round(plan_version: str, *, text: str, by: Actor, at: datetime) -> Round:
    """Begin the plan's year with its dated duties and meetings; an amendment brings the year's round up to date."""
    plan = queries.read(text)
    found = Round.objects.filter(year=plan.year).first()
    if found is not None:
        return _amend(found, plan, plan_version=plan_version, text=text, by=by, at=at)
    with act("round.open", by=by, at=at) as change:
        opened = change.save(
            Round(
                reference=str(plan.year),
                year=plan.year,
                plan_version=plan_version,
                plan_sha256=_digest(text),
                plan_text=text,
                opened_on=day_of(at),
                is_rehearsal=settings.PINGYI.rehearsal,
            )
        )
        _plan_tasks(opened, plan, duties(plan, on=day_of(at)), by=by, at=at)
        _plan_meetings(opened, plan, plan.meetings, by=by, at=at)
    return opened


def _amend(found: Round, plan: Plan, *, plan_version: str, text: str, by: Actor, at: datetime) -> Round:
    before = queries.plan(found)
    with act("round.amend", by=by, at=at) as change:
        opened = change.lock(Round, pk=found.pk)
        opened.plan_version, opened.plan_sha256, opened.plan_text = plan_version, _digest(text), text
        change.save(opened)
        wanted = {duty.key: duty for duty in duties(plan, on=day_of(at))}
        kept = {(task.plan_task, task.section_id) for task in _of_the_plan(opened)}
        _replan(opened, plan, before, wanted=wanted, by=by, at=at)
        _plan_tasks(opened, plan, [duty for key, duty in wanted.items() if key not in kept], by=by, at=at)
        known = set(Meeting.objects.filter(round=opened).values_list("plan_meeting", flat=True))
        _plan_meetings(opened, plan, [one for one in plan.meetings if one.id not in known], by=by, at=at)
    return opened


def _plan_tasks(opened: Round, plan: Plan, wanted: list[Duty], *, by: Actor, at: datetime) -> None:
    if not wanted:
        return
    with act("task.plan", by=by, at=at) as change:
        first = next_number(opened)
        change.save_all(row(duty, round=opened, plan=plan, number=n) for n, duty in enumerate(wanted, first))


def _replan(
    opened: Round, plan: Plan, before: Plan, *, wanted: dict[tuple[str, int | None], Duty], by: Actor, at: datetime
) -> None:
    """Move the dates that the amendment moved and drop what it dropped; a granted extension stays."""
    former = {one.id: rules.due_date(one, before) for one in dated_tasks(before)}
    stale = [task for task in _of_the_plan(opened) if _is_stale(task, plan, former, wanted=wanted)]
    if not stale:
        return
    with act("task.replan", by=by, at=at) as change:
        tasks = change.lock_all(Task.objects.filter(pk__in=[task.pk for task in stale]))
        for task in tasks:
            duty = wanted.get((task.plan_task, task.section_id))
            if duty is None:
                task.state = rules.drop(task.state)
            else:
                opens_on, due_on = rules.opening_date(duty.task, plan), rules.due_date(duty.task, plan)
                task.state = rules.replan(task.state, opens_on=opens_on, due_on=due_on)
                task.opens_on = opens_on
        change.save_all(tasks)


def _is_stale(
    task: Task, plan: Plan, former: Mapping[str, date], *, wanted: dict[tuple[str, int | None], Duty]
) -> bool:
    """Whether a task's date moved or it was dropped; `former`: the due date of each task of the plan of before."""
    if task.stage not in MOVES["replan"][0]:
        return False
    duty = wanted.get((task.plan_task, task.section_id))
    due_before = former.get(task.plan_task)
    if duty is None or due_before is None:
        return duty is None
    return rules.due_date(duty.task, plan) != due_before or task.opens_on != rules.opening_date(duty.task, plan)


def _of_the_plan(opened: Round) -> Iterable[Task]:
    return Task.objects.filter(round=opened).exclude(plan_task="")


def _plan_meetings(opened: Round, plan: Plan, wanted: Iterable[PlanMeeting], *, by: Actor, at: datetime) -> None:
    rows = [_meeting(opened, plan, one) for one in wanted]
    if not rows:
        return
    with act("meeting.plan", by=by, at=at) as change:
        for number, meeting in enumerate(rows, Meeting.objects.filter(round=opened).count() + 1):
            meeting.reference = f"{opened.year}-{number:02}"
        change.save_all(rows)


def _meeting(opened: Round, plan: Plan, one: PlanMeeting) -> Meeting:
    phase = next((phase for phase in plan.phases if phase.id == one.phase), None)
    return Meeting(
        round=opened,
        plan_meeting=one.id,
        phase=one.phase,
        title=one.title[:200],
        kind=one.kind.value,
        earliest_on=one.earliest_on or (phase.begins_on if phase else None),
        latest_on=one.latest_on or (phase.ends_on if phase else None),
        convener=one.convener,
        guests="\n".join(one.invited),
        agenda="\n".join(one.agenda),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
