"""A plan's tasks as dated duties, each with one section and one person (§1.1, §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.rules import task as rules
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task as PlanTask
from pingyi.rules.recurrence import dated_tasks
from pingyi.rules.refused import Refused
from pingyi.stations.plans.models import Round, Task
from pingyi.stations.plans.queries import outlook, people

OUTSIDE = frozenset({Doer.DISTRICT_OFFICE, Doer.CITY_BUREAU, Doer.SURVEY_TEAM, Doer.SUPERVISORS})


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One task of the plan for one section (or for the bureau)."""

    task: PlanTask
    section: Section | None
    responsible: Member

    @property
    def key(self) -> tuple[str, int | None]:
        """What makes it the same duty in an amended plan."""
        return self.task.id, self.section.pk if self.section else None


def duties(plan: Plan, *, on: date) -> list[Duty]:
    """Return everything that the plan asks, of whom, in the plan's order."""
    officers = people.officers(on=on)
    if not officers:
        raise Refused("round.no_officer")
    sections = list(bureau.sections(evaluated=True))
    return [duty for task in dated_tasks(plan) for duty in _of(task, sections=sections, officer=officers[0], on=on)]


def row(duty: Duty, *, round: Round, plan: Plan, number: int) -> Task:  # noqa: A002 - the glossary's word
    """Return the new row of a duty."""
    task = duty.task
    return Task(
        reference=f"{round.year}-{number:04}",
        round=round,
        plan_task=task.id,
        phase=task.phase,
        title=task.title[:200],
        text=task.text,
        carrier=task.doer.value,
        section=duty.section,
        responsible=duty.responsible,
        criterion=task.criterion,
        product=task.proof[:200],
        recipient=task.recipient,
        is_outside=task.doer in OUTSIDE,
        opens_on=rules.opening_date(task, plan),
        due_on=rules.due_date(task, plan),
    )


def next_number(round: Round) -> int:  # noqa: A002 - the glossary's word
    """Return the first free number of the year's tasks; the round's row is locked by the caller."""
    last = Task.objects.filter(round=round).order_by("-pk").values_list("reference", flat=True).first()
    return int(last.rpartition("-")[2]) + 1 if last else 1


def _of(task: PlanTask, *, sections: list[Section], officer: Member, on: date) -> list[Duty]:
    if task.doer is Doer.EVERY_SECTION:
        return [_for(task, section, officer=officer, on=on) for section in sections]
    if task.doer is Doer.NAMED_SECTION:
        return [_for(task, outlook.named(task.section, sections), officer=officer, on=on)]
    leaders = people.leaders(on=on) if task.doer is Doer.BUREAU_LEADER else []
    return [Duty(task=task, section=None, responsible=(leaders or [officer])[0])]


def _for(task: PlanTask, section: Section | None, *, officer: Member, on: date) -> Duty:
    """A section without people leaves its duty with the supervision office, which assigns it further."""
    person = people.answering(section, on=on) if section else None
    return Duty(task=task, section=section, responsible=person or officer)
