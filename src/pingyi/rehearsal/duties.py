"""How the rehearsal's people carry out the plan's tasks and meetings: mostly in time, now and then late."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pingyi.bureau import shelf
from pingyi.bureau.models import Member
from pingyi.documents import handed_in
from pingyi.rehearsal.cast import MERITS
from pingyi.rules.actor import Actor, Role
from pingyi.stations.plans.actions import check
from pingyi.stations.plans.actions import meeting as meetings
from pingyi.stations.plans.actions import task as tasks
from pingyi.stations.plans.models import Meeting, Round, Task


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that happens on a day of the rehearsal."""

    on: date
    kind: str
    subject: str


def steps(round_: Round, *, until: date, seed: int) -> list[Step]:
    """Return what happens to the round's tasks and meetings, in the order of the days."""
    found = [*_of_tasks(round_, seed=seed), *_of_meetings(round_)]
    return sorted((step for step in found if step.on <= until), key=lambda step: step.on)


def take(at: datetime, *, step: Step, people: dict[str, Actor]) -> None:
    """Do what the step says, as the person whose part it is."""
    {"report": _report, "return": _return, "accept": _accept, "convene": _convene, "minute": _minute}[step.kind](
        step.subject, at, people
    )


def _of_tasks(round_: Round, *, seed: int) -> Iterator[Step]:
    chance = random.Random(seed)  # noqa: S311 - a rehearsal's chance must be repeatable
    for task in Task.objects.filter(round=round_).select_related("section").order_by("due_on", "reference"):
        merit = MERITS.get(task.section.reference if task.section else "", 0.95)
        late = chance.random() > merit + 0.12
        reported = max(
            task.opens_on, task.due_on + timedelta(days=chance.randint(2, 6) if late else -chance.randint(1, 5))
        )
        yield Step(on=reported, kind="report", subject=task.reference)
        if late and chance.random() < 0.4:
            yield Step(on=reported + timedelta(days=1), kind="return", subject=task.reference)
            reported += timedelta(days=3)
            yield Step(on=reported, kind="report", subject=task.reference)
        yield Step(on=reported + timedelta(days=1), kind="accept", subject=task.reference)


def _of_meetings(round_: Round) -> Iterator[Step]:
    for meeting in Meeting.objects.filter(round=round_):
        latest = meeting.latest_on or meeting.earliest_on
        if latest is not None:
            held = max(meeting.earliest_on or latest, latest - timedelta(days=3))
            yield Step(on=held - timedelta(days=7), kind="convene", subject=meeting.reference)
            yield Step(on=held + timedelta(days=1), kind="minute", subject=meeting.reference)


def _report(reference: str, at: datetime, _people: dict[str, Actor]) -> None:
    task = Task.objects.select_related("responsible").get(reference=reference)
    note = f"演练材料：{task.title}\n经办：{task.responsible.name}\n"
    paper = shelf.put(handed_in.accept(note.encode(), name=f"{task.title[:20]}.txt"))
    text = f"{task.title}已完成，{task.product or '材料'}见附件。"
    tasks.report(reference, text=text, proofs=[paper], by=task.responsible.actor(), at=at)


def _return(reference: str, at: datetime, people: dict[str, Actor]) -> None:
    check.send_back(reference, reason="佐证不全，请补充后重新报送。", by=_checker(reference, people), at=at)


def _accept(reference: str, at: datetime, people: dict[str, Actor]) -> None:
    task = Task.objects.get(reference=reference)
    reason = "" if task.setter == "plan" else "交办单位已认可。"
    check.accept(reference, reason=reason, by=_checker(reference, people), at=at)


def _checker(reference: str, people: dict[str, Actor]) -> Actor:
    """Return a supervision officer who is none of the doers."""
    task = Task.objects.select_related("responsible").get(reference=reference)
    doers = {task.responsible.reference, *task.doers}
    officers = [one for one in people.values() if one.role is Role.SUPERVISION_OFFICE]
    return next(one for one in officers if one.reference not in doers)


def _convene(reference: str, at: datetime, people: dict[str, Actor]) -> None:
    held = at.replace(hour=9, minute=30) + timedelta(days=7)
    officer = people["zhouming"]
    meeting = Meeting.objects.get(reference=reference)
    meetings.convene(
        reference,
        held_at=held,
        planned_minutes=120,
        place="局机关三楼会议室",
        convener=meeting.convener or "监察室",
        guests=meeting.guests,
        agenda=meeting.agenda,
        by=officer,
        at=at,
    )


def _minute(reference: str, at: datetime, people: dict[str, Actor]) -> None:
    officer = people["lifang"]
    meetings.record_attendance(reference, invited=46, present=43, proxies=2, by=officer, at=at)
    meetings.minute(reference, text="会议按议程进行。与会人员提出的意见已逐条登记，交各科室办理。", by=officer, at=at)


def responsible_of(section: str) -> Actor:
    """Return the head of a section as who acts."""
    return Member.objects.get(section__reference=section, role=Role.SECTION_HEAD.value).actor()
