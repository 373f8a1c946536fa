"""A whole year by the same acts as a real one: founding, adoption, duties, evidence, verdict, consequences (§4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.conf import settings

from pingyi import clock
from pingyi.record import sequence
from pingyi.rehearsal import closing, duties
from pingyi.rehearsal.cast import UNITS
from pingyi.rehearsal.duties import responsible_of
from pingyi.rehearsal.founding import found
from pingyi.rehearsal.marks import marks
from pingyi.rules.actor import Actor
from pingyi.rules.day import BUREAU_TIME
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.actions.remind import remind
from pingyi.stations.plans.actions.round import open_round
from pingyi.stations.plans.models import Round
from pingyi.stations.publication.actions.publish import publish_plan
from pingyi.stations.results.actions import consequence, evidence, objection, verdict
from pingyi.stations.results.models import ConsequenceOrder
from pingyi.stations.results.queries import evidence as gathering

SEED = 2026
Told = Callable[[str, float], None]  # what is happening, and how much of the year is done


class NotARehearsalError(RuntimeError):
    """A rehearsal was asked for where a real round lives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """What a played year leaves: who acts, by user name."""

    people: dict[str, Actor]


def play(plan_text: str, *, told: Told, seed: int = SEED) -> Rehearsed:
    """Play the plan's year from its first day to the published verdict; `told` hears of each step."""
    if not settings.PINGYI.rehearsal:
        raise NotARehearsalError("a year is played only in a rehearsal's own folder (PINGYI_REHEARSAL=true)")
    plan = plans.read(plan_text)
    told("founding", 0.0)
    people = found(year=plan.year, at=_hour(date(plan.year, 2, 16)))
    told("adopting", 0.05)
    opened = _hour(date(plan.year, 3, 10))
    round_ = open_round("rehearsal", text=plan_text, by=people["zhouming"], at=opened)
    publish_plan(plan.year, by=people["zhouming"], at=opened)
    ends = date(plan.year, 12, 14)
    _carry(round_, people, ends=ends, told=told, seed=seed)
    told("evidence", 0.8)
    _bring_evidence(round_, people, on=ends, seed=seed)
    told("verdict", 0.9)
    closed = _judge(people, on=ends) + timedelta(days=1)
    told("publication", 0.95)
    closing.make_known(plan.year, people=people, at=closed)
    told("record", 0.97)
    sequence.sequence(at=closed)
    clock.move_to(closed)
    told("done", 1.0)
    return Rehearsed(people=people)


def _carry(round_: Round, people: dict[str, Actor], *, ends: date, told: Told, seed: int) -> None:
    planned = [*duties.steps(round_, until=ends, seed=seed), *closing.steps(round_, until=ends)]
    planned.sort(key=lambda step: step.on)
    month = 0
    for number, step in enumerate(planned):
        if step.on.month != month:
            month = step.on.month
            remind(at=_hour(step.on))
            told(f"month-{month}", 0.1 + 0.7 * number / len(planned))
        if step.kind in closing.KINDS:
            closing.take(step, round_=round_, people=people)
        else:
            duties.take(step, people=people)


def _bring_evidence(round_: Round, people: dict[str, Actor], *, on: date, seed: int) -> None:
    plan = plans.plan(round_)
    fed = {piece.indicator for piece in gathering.gathered(round_, on=on)}  # what the rooms know themselves
    for source in plan.sources:
        drawn = marks(plan, UNITS, source=source.id, on=on - timedelta(days=60), seed=seed)
        rows = [row for row in drawn if row.indicator not in fed]
        if rows:
            digest = sha256(repr(rows).encode()).hexdigest()
            name = f"{source.name}.xlsx"
            evidence.import_rows(rows, file_name=name, sha256=digest, by=people["lifang"], at=_hour(on))


def _judge(people: dict[str, Actor], *, on: date) -> datetime:
    """Settle, preview, hear an objection, confirm, order what follows; return the last instant."""
    settled = verdict.settle(by=people["lifang"], at=_hour(on))
    shown = verdict.open_preview(settled.number, by=people["lifang"], at=_hour(on))
    heard = objection.file_objection(
        text="暗访当日该岗位有两人在现场执法，请核对考勤。",
        by=responsible_of("brigade"),
        at=_hour(on + timedelta(days=1)),
    )
    answer = "已调取派工单和考勤记录核对，检查结果不变。"
    objection.answer(
        heard.reference, is_upheld=False, answer=answer, by=people["zhouming"], at=_hour(on + timedelta(days=2))
    )
    confirmed = _hour((shown.preview_ends_on or on) + timedelta(days=1))
    verdict.confirm(settled.number, by=people["sunwei"], at=confirmed)
    verdict.apply(settled.number, by=people["zhouming"], at=confirmed + timedelta(hours=2))
    return _first_explanation(people, at=confirmed + timedelta(days=1))


def _first_explanation(people: dict[str, Actor], *, at: datetime) -> datetime:
    order = ConsequenceOrder.objects.filter(kind_id="explanation").select_related("section").first()
    if order is not None:
        head = responsible_of(order.section.reference)
        consequence.report(order.reference, text="已在局办公会上说明情况。", by=head, at=at)
        consequence.accept(order.reference, by=people["lifang"], at=at + timedelta(hours=3))
    return at + timedelta(hours=4)


def _hour(on: date) -> datetime:
    return datetime.combine(on, time(10, 0), BUREAU_TIME)
