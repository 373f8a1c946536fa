"""Carrying out what was ordered: reported with proof, checked by another person (§4.4c, §5.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau import queries as bureau
from pingyi.documents.handed_in import HandedIn
from pingyi.record.acts import act
from pingyi.rules import result as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.stations.results.models import ConsequenceOrder


def report(reference: str, *, text: str, proof: HandedIn | None = None, by: Actor, at: datetime) -> ConsequenceOrder:
    """Say how the consequence was carried out, with a proof where there is one."""
    with act("consequence.report", by=by, at=at) as change:
        order = change.lock(ConsequenceOrder, reference=reference)
        order.stage = rules.report(order.order_stage, text=text).value
        order.report, order.reported_on, order.note = text, day_of(at), ""
        order.doers = sorted({*order.doers, by.reference})
        if proof is not None:
            order.proof, order.proof_name, order.proof_sha256 = proof.content, proof.name, proof.sha256
        change.save(order)
        _tell_officers("consequence.reported", order, at=at)
    return order


def accept(reference: str, *, by: Actor, at: datetime) -> ConsequenceOrder:
    """Accept the report; the checker is never the doer."""
    with act("consequence.accept", by=by, at=at) as change:
        order = change.lock(ConsequenceOrder, reference=reference)
        order.stage = rules.accept(order.order_stage, by=by.reference, doers=tuple(order.doers)).value
        order.checked_by, order.closed_on = by.reference, day_of(at)
        change.save(order)
    return order


def send_back(reference: str, *, reason: str, by: Actor, at: datetime) -> ConsequenceOrder:
    """Return the report with a reason that says what is missing."""
    with act("consequence.return", by=by, at=at) as change:
        order = change.lock(ConsequenceOrder, reference=reference)
        stage = rules.send_back(order.order_stage, by=by.reference, doers=tuple(order.doers), reason=reason)
        order.stage, order.note, order.checked_by = stage.value, reason, by.reference
        change.save(order)
        _tell_section("consequence.returned", order, at=at)
    return order


def waive(reference: str, *, reason: str, by: Actor, at: datetime) -> ConsequenceOrder:
    """Decide for the bureau, with reasons, that a consequence is not carried out."""
    with act("consequence.waive", by=by, at=at) as change:
        order = change.lock(ConsequenceOrder, reference=reference)
        order.stage = rules.waive(order.order_stage, reason=reason).value
        order.note, order.closed_on, order.checked_by = reason, day_of(at), by.reference
        change.save(order)
        _tell_section("consequence.waived", order, at=at)
        _ask_for_correction(order, at=at)
    return order


def lift(reference: str, *, reason: str, by: Actor, at: datetime) -> ConsequenceOrder:
    """End for the bureau, with reasons, what is in force, such as an award bar after a review."""
    with act("consequence.lift", by=by, at=at) as change:
        order = change.lock(ConsequenceOrder, reference=reference)
        order.stage = rules.lift(order.order_stage, kind=order.consequence_kind, reason=reason).value
        order.note, order.closed_on, order.checked_by = reason, day_of(at), by.reference
        change.save(order)
        _tell_section("consequence.lifted", order, at=at)
        _ask_for_correction(order, at=at)
    return order


def _tell_officers(code: str, order: ConsequenceOrder, *, at: datetime) -> None:
    officers = bureau.members(role=Role.SUPERVISION_OFFICE, on=day_of(at))
    notices.queue(code, to=officers, about=order, at=at, url=_url(order), name=order.name, section=order.section.name)


def _tell_section(code: str, order: ConsequenceOrder, *, at: datetime) -> None:
    person = bureau.responsible(order.section.reference)
    if person is not None:
        notices.queue(code, to=person, about=order, at=at, url=_url(order), name=order.name)


def _ask_for_correction(order: ConsequenceOrder, *, at: datetime) -> None:
    """A bar that the public still reads of is corrected by those who publish."""
    is_read = order.verdict.stage == rules.Stage.PUBLISHED.value
    if is_read and order.consequence_kind is ConsequenceKind.AWARD_BAR:
        officers = bureau.members(role=Role.SUPERVISION_OFFICE, on=day_of(at))
        url = f"/publications/verdict/{order.verdict.round.year}/correct/"
        name = order.section.name
        notices.queue("consequence.correct", to=officers, about=order, at=at, url=url, name=order.name, section=name)


def _url(order: ConsequenceOrder) -> str:
    return f"/results/consequences/{order.reference}/"
