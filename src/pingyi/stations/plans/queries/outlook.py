"""What adopting a plan would do today, without doing it: its duties, how many are past, how many nobody would carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Section
from pingyi.ready import Occasion
from pingyi.rules import task as rules
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Task as PlanTask
from pingyi.rules.readiness import Step
from pingyi.rules.recurrence import dated_tasks
from pingyi.rules.version import VersionStage
from pingyi.stations.plans.models import PlanVersion, Round
from pingyi.stations.plans.queries import people
from pingyi.stations.plans.queries.version import checked


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What an adoption would make."""

    duties: int
    late: int
    unowned: int  # of a section where nobody is in office, or of one that the bureau does not have
    meetings: int


def outlook(plan: Plan, *, on: date) -> Outlook:
    """Return what adopting the plan on this day would make."""
    staffed = {section.pk: people.answering(section, on=on) is not None for section in bureau.sections(evaluated=True)}
    dated = dated_tasks(plan)
    counted = [_counted(task, staffed) for task in dated]
    is_past = [rules.due_date(task, plan) < on for task in dated]
    return Outlook(
        duties=sum(number for number, _ in counted),
        late=sum(number for (number, _), past in zip(counted, is_past, strict=True) if past),
        unowned=sum(unowned for _, unowned in counted),
        meetings=len(plan.meetings),
    )


def classes(plan: Plan) -> dict[str, str]:
    """Return each evaluated section's name with the id of the class that this plan puts it in; empty where none."""
    subject = plan.subject
    rows = bureau.sections(evaluated=True)
    return {row.name: subject.class_of(said=row.section_class, kind=row.kind_id) for row in rows}


def is_known(name: str) -> bool:
    """Whether exactly one section of the bureau is meant by a name in the plan."""
    return named(name, list(bureau.sections(evaluated=True))) is not None


def named(name: str, sections: list[Section]) -> Section | None:
    """Plans shorten names: 监察大队 is the bureau's 环境监察大队, but only where no other section fits."""
    exact = [section for section in sections if section.name == name]
    close = [section for section in sections if name and (section.name.endswith(name) or name.endswith(section.name))]
    found = exact or close
    return found[0] if len(found) == 1 else None


def occasions(at: datetime) -> list[Occasion]:
    """Return the versions that may be adopted next: those proposed, then the drafts; none brought is one too."""
    rows = PlanVersion.objects.order_by("-pk")
    found = [*rows.filter(stage=VersionStage.PROPOSED), *rows.filter(stage=VersionStage.DRAFT)]
    if not found and not Round.objects.exists():
        return [Occasion(step=Step.ADOPT, about="none", title="", year=at.year, plan=None, url="", at=at)]
    return [occasion(row, at=at) for row in found]


def occasion(row: PlanVersion, *, at: datetime) -> Occasion:
    """Return the adoption of one version."""
    plan, url = checked(row.text).located.plan, reverse("plans:version", args=[row.reference])
    return Occasion(
        step=Step.ADOPT, about=row.reference, title=row.title or _("The plan"), year=row.year, plan=plan, url=url, at=at
    )


def _counted(task: PlanTask, staffed: dict[int, bool]) -> tuple[int, int]:
    """Return how many duties a task makes, and how many of them nobody of a section would carry."""
    if task.doer is Doer.EVERY_SECTION:
        return len(staffed), sum(not one for one in staffed.values())
    if task.doer is Doer.NAMED_SECTION:
        section = named(task.section, list(bureau.sections(evaluated=True)))
        return 1, int(section is None or not staffed.get(section.pk, False))
    return 1, 0
