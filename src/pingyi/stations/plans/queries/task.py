"""Tasks as pages show them: lists, one task with its history, the files behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pingyi.bureau.models import Member
from pingyi.record import queries as record
from pingyi.record import reasons
from pingyi.record.models import Entry, Recorded
from pingyi.record.sentences import sentence
from pingyi.rules import task as rules
from pingyi.rules.actor import Actor
from pingyi.rules.permissions import may
from pingyi.rules.plan import Plan
from pingyi.rules.plan.schedule import Phase
from pingyi.rules.plan.schedule import Task as PlanTask
from pingyi.rules.recurrence import dated_tasks
from pingyi.rules.task import Stage, Standing
from pingyi.stations.plans.models import Proof, Round, Task
from pingyi.stations.plans.queries import people
from pingyi.stations.plans.queries.round import plan as plan_of

UNFINISHED = (Stage.OPEN, Stage.RETURNED, Stage.REPORTED)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A task on a day: the row, and how it stands."""

    task: Task
    standing: Standing
    days: int  # to the last day in time; negative when it has passed

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody still has to do something."""
        return self.task.stage in UNFINISHED

    @property
    def days_late(self) -> int:
        """How many days ago the due date passed."""
        return -self.days


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of a matter's history, as the record has it."""

    verb: str
    title: str
    at: str
    by: str
    ground: str
    reason: str
    leaf: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A task's page."""

    seen: Seen
    in_plan: PlanTask | None
    phase: Phase | None
    history: tuple[Step, ...]
    proofs: tuple[Proof, ...]
    may_read: bool


def tasks(round: Round) -> QuerySet[Task]:  # noqa: A002 - the glossary's word
    """Return the round's tasks with their people, in the order of their due dates."""
    rows = Task.objects.filter(round=round).select_related("section", "responsible", "checked_by", "round")
    return rows.order_by("due_on", "pk")  # as the plan lists them; pk follows the sections' order


def see(task: Task, *, on: date) -> Seen:
    """Return how a task stands on a day."""
    state = task.state
    return Seen(task=task, standing=rules.standing(state, on=on), days=(state.last_day - on).days)


def own(actor: Actor, *, on: date) -> list[Seen]:
    """Return the unfinished tasks that this member, or the member's section, carries; one's own first."""
    rows = Task.objects.filter(stage__in=UNFINISHED).select_related("section", "responsible", "checked_by", "round")
    mine = rows.filter(responsible__reference=actor.reference)
    of_the_section = rows.filter(section__reference=actor.section) if actor.section else rows.none()
    found = sorted({*mine, *of_the_section}, key=lambda task: (task.due_on, task.pk))
    return [see(task, on=on) for task in found]


def due_before(round: Round) -> QuerySet[Task]:  # noqa: A002 - the glossary's word
    """Return what the plan wanted done before the round was opened, and nobody has reported since."""
    rows = tasks(round).filter(stage__in=[Stage.OPEN, Stage.RETURNED], due_on__lt=round.opened_on)
    return rows.exclude(plan_task="")


def finished(actor: Actor, *, on: date, most: int = 50) -> list[Seen]:
    """Return what this member or section has behind it, the latest first."""
    rows = Task.objects.exclude(stage__in=UNFINISHED).select_related("section", "responsible", "checked_by", "round")
    mine = rows.filter(section__reference=actor.section) if actor.section else rows
    if not actor.section:
        mine = rows.filter(responsible__reference=actor.reference)
    return [see(task, on=on) for task in mine.order_by("-checked_on", "-pk")[:most]]


def to_check(actor: Actor, *, on: date) -> list[Seen]:
    """Return the reports that wait for this member's word."""
    rows = Task.objects.filter(stage=Stage.REPORTED).select_related("section", "responsible", "checked_by", "round")
    found = [task for task in rows.order_by("reported_on", "pk") if _may_check(task, actor)]
    return [see(task, on=on) for task in found]


def asking(actor: Actor, *, on: date) -> list[Seen]:
    """Return the tasks for which more time is asked, by somebody else than this member."""
    rows = Task.objects.exclude(asked_until=None).exclude(asked_by__in=actor.linked)
    rows = rows.select_related("section", "responsible", "checked_by", "round")
    return [see(task, on=on) for task in rows.order_by("due_on", "pk")]


def task(reference: str, *, seen_by: Actor, on: date) -> Opened:
    """Return one task's page; the report's words and files only for those who may read them."""
    row = get_object_or_404(
        Task.objects.select_related("section", "responsible", "checked_by", "round"), reference=reference
    )
    plan = plan_of(row.round)
    reads = people.may_read(seen_by, section=row.section) or seen_by.reference == row.responsible.reference
    proofs = row.proofs.filter(is_withdrawn=False).select_related("added_by").order_by("pk") if reads else ()
    return Opened(
        seen=see(row, on=on),
        in_plan=next((one for one in dated_tasks(plan) if one.id == row.plan_task), None),
        phase=phase_of(plan, row.phase),
        history=history(row, with_words=reads),
        proofs=tuple(proofs),
        may_read=reads,
    )


def phase_of(plan: Plan, key: str) -> Phase | None:
    """Return a phase of the plan by its id."""
    return next((phase for phase in plan.phases if phase.id == key), None)


def proof(reference: str, *, seen_by: Actor) -> Proof | None:
    """Return a file's row for those who may read it, else None."""
    row: Proof = get_object_or_404(
        Proof.objects.select_related("task__section", "task__responsible"), reference=reference
    )
    if row.task is None:
        return row
    own_task = row.task.responsible.reference == seen_by.reference
    return row if own_task or people.may_read(seen_by, section=row.task.section) else None


def history(row: Recorded, *, with_words: bool = True) -> tuple[Step, ...]:
    """Return what happened to a row, from the record itself, the latest first; the words only for those who may."""
    entries = Entry.objects.filter(subject=row.subject).order_by("-version", "-pk")
    words = reasons.of(row.subject) if with_words else {}
    said = [(entry, json.loads(entry.body)) for entry in entries]
    why = [record.why(entry, body, words) for entry, body in said]
    names = _names(body["by"]["member"] for _, body in said)
    return tuple(
        Step(
            verb=entry.verb,
            title=sentence(entry.verb),
            at=entry.at,
            by=names.get(body["by"]["member"], ""),
            ground=ground,
            reason=reason,
            leaf=entry.leaf,
            role=body["by"]["role"],
        )
        for (entry, body), (ground, reason) in zip(said, why, strict=True)
    )


def open_titles(section: str) -> list[str]:
    """Return the titles of a section's unfinished tasks: they keep it from being closed."""
    rows = Task.objects.filter(section__reference=section, stage__in=UNFINISHED)
    return list(rows.order_by("due_on", "pk").values_list("title", flat=True))


def proof_digests() -> Iterable[str]:
    """Return the digests of every file that a task or a meeting names."""
    return Proof.objects.values_list("sha256", flat=True)


def _names(references: Iterable[str]) -> dict[str, str]:
    rows = Member.objects.filter(reference__in=set(references))
    return dict(rows.values_list("reference", "name"))


def _may_check(row: Task, actor: Actor) -> bool:
    state = row.state
    if not may(actor, "task.accept", row.about()):
        return False
    return actor.role in rules.CHECKERS[state.setter] and not actor.did_any((state.responsible, *state.doers))
