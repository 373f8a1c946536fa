"""A task's way to its report: added, assigned, reported, taken back, given more time, waived (§1.1, §3.2.1, §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from pingyi.bureau import interests, notices
from pingyi.bureau.models import Member, Section
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import Change, act
from pingyi.rules import task as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.plan.people import Doer
from pingyi.rules.refused import Refused
from pingyi.rules.task import Setter
from pingyi.stations.plans.actions.duties import next_number
from pingyi.stations.plans.models import Proof, Round, Task
from pingyi.stations.plans.queries import people


def add(
    *,
    title: str,
    section: str,
    setter: str,
    due_on: date,
    text: str = "",
    product: str = "",
    origin: str = "",
    criterion: str = "",
    by: Actor,
    at: datetime,
) -> Task:
    """Add a task beside the plan's: set by the district, the government, the bureau or a meeting (§3.2.1)."""
    with act("task.add", by=by, at=at) as change:
        opened = Round.objects.select_for_update().order_by("-year").first()
        if opened is None:
            raise Refused("round.none")
        unit = _section(section)
        person = people.answering(unit, on=day_of(at)) if unit else None
        task = Task(
            reference=f"{opened.year}-{next_number(opened):04}", round=opened, title=title, text=text,
            carrier=(Doer.NAMED_SECTION if unit else Doer.SUPERVISION_OFFICE).value, section=unit,
            responsible=person or people.acting(by), setter=Setter(setter).value, origin=origin, criterion=criterion,
            product=product, recipient=setter, opens_on=min(day_of(at), due_on), due_on=due_on,
        )  # fmt: skip
        if due_on < day_of(at):
            raise Refused("task.due_in_the_past", field="due_on")
        change.save(task)
        _tell("task.added", task, to=[task.responsible], by=by, at=at, due_on=due_on.isoformat())
    return task


def assign(reference: str, *, to: str, reason: str = "", ground: str = "", by: Actor, at: datetime) -> Task:
    """Make another person of the section responsible (§1.1, §5.1)."""
    with act("task.assign", by=by, at=at, ground=ground, reason=reason) as change:
        task = change.lock(Task, reference=reference)
        person = next((one for one in people.candidates(task.section, on=day_of(at)) if one.reference == to), None)
        if person is None:
            raise Refused("task.not_of_this_section", field="to")
        if task.section and person.reference in interests.recused(task.section.reference):
            raise Refused("task.taker_is_recused", field="to", name=person.name)
        task.state = rules.assign(task.state, to=to)
        task.responsible = person
        change.save(task)
        _tell("task.assigned", task, to=[person], by=by, at=at, due_on=task.due_on.isoformat())
    return task


def report(
    reference: str, *, text: str, proofs: Sequence[Kept] = (), drop: Sequence[str] = (), by: Actor, at: datetime
) -> Task:
    """Say that the task is done, with its proofs (§4)."""
    with act("task.report", by=by, at=at) as change:
        task = change.lock(Task, reference=reference)
        standing = [one for one in task.proofs.filter(is_withdrawn=False) if one.reference not in drop]
        known = {one.sha256 for one in standing}
        fresh = [kept for kept in _distinct(proofs) if kept.sha256 not in known]
        task.state = rules.report(
            task.state,
            text=text,
            proofs=len(standing) + len(fresh),
            proof_needed=bool(task.product),
            by=by.reference,
            on=day_of(at),
        )
        task.report, task.check_note = text, ""
        change.save(task)
        _withdraw(change, task, drop)
        _attach(change, task, fresh, by=people.acting(by), on=day_of(at))
        _tell("task.reported", task, to=people.officers(on=day_of(at)), by=by, at=at)
    return task


def withdraw_report(reference: str, *, by: Actor, at: datetime) -> Task:
    """Take a report back before it is checked."""
    with act("task.withdraw_report", by=by, at=at) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.withdraw_report(task.state, by=by.reference)
        change.save(task)
    return task


def extend_ask(reference: str, *, until: date, reason: str, by: Actor, at: datetime) -> Task:
    """Ask for more time before the due date has passed."""
    with act("task.extend_ask", by=by, at=at) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.extend_ask(task.state, until=until, reason=reason, by=by.reference, on=day_of(at))
        task.asked_reason = reason
        change.save(task)
        _tell("task.extension_asked", task, to=people.officers(on=day_of(at)), by=by, at=at, until=until.isoformat())
    return task


def extend_grant(reference: str, *, by: Actor, at: datetime) -> Task:
    """Give the time that was asked for."""
    with act("task.extend_grant", by=by, at=at) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.extend_grant(task.state, by=by.known_as(task.asked_by))
        change.save(task)
        _tell("task.extension_granted", task, to=[task.responsible], by=by, at=at, due_on=task.due_on.isoformat())
    return task


def extend_deny(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Task:
    """Refuse the time that was asked for, saying why."""
    with act("task.extend_deny", by=by, at=at, ground=ground, reason=reason) as change:
        task = change.lock(Task, reference=reference)
        task.state = rules.extend_deny(task.state, by=by.known_as(task.asked_by), reason=reason)
        change.save(task)
        _tell("task.extension_denied", task, to=[task.responsible], by=by, at=at, due_on=task.due_on.isoformat())
    return task


def waive(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Task:
    """Say that the task need not be done, with a reason; never one's own."""
    with act("task.waive", by=by, at=at, ground=ground, reason=reason) as change:
        task = change.lock(Task, reference=reference)
        doers = (task.responsible.reference, *task.doers)
        task.state = rules.waive(task.state, by=by.known_as(*doers), reason=reason)
        task.check_note = reason
        change.save(task)
        _tell("task.waived", task, to=[task.responsible], by=by, at=at)
    return task


def _section(reference: str) -> Section | None:
    if not reference:
        return None
    row: Section | None = Section.objects.filter(reference=reference, closed_on=None).first()
    if row is None:
        raise Refused("task.no_such_section", field="section")
    return row


def _distinct(proofs: Iterable[Kept]) -> list[Kept]:
    return list({kept.sha256: kept for kept in proofs}.values())


def _withdraw(change: Change, task: Task, drop: Sequence[str]) -> None:
    """A proof that was replaced stays in the record, and out of sight."""
    rows = change.lock_all(Proof.objects.filter(task=task, reference__in=drop, is_withdrawn=False)) if drop else []
    for row in rows:
        row.is_withdrawn = True
    if rows:
        change.save_all(rows)


def _attach(change: Change, task: Task, fresh: list[Kept], *, by: Member, on: date) -> None:
    rows = [
        Proof(
            task=task, name=kept.name, mime=kept.mime, sha256=kept.sha256, size=kept.size, added_on=on, added_by=by
        )
        for kept in fresh
    ]  # fmt: skip
    if rows:
        change.save_all(rows)


def _tell(code: str, task: Task, *, to: Iterable[Member], by: Actor, at: datetime, **facts: str) -> None:
    """Nobody is told of what they did themselves."""
    others = [one for one in to if one.reference != by.reference]
    notices.queue(code, to=others, about=task, at=at, url=task.get_absolute_url(), title=task.title, **facts)
