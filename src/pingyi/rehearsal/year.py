"""A whole year by the same acts as a real one: founding, adoption, duties, cases, verdict, consequences (§4)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings

from pingyi import clock
from pingyi.bureau import notices
from pingyi.record import seals, sequence, software
from pingyi.rehearsal import (
    closing,
    crowds,
    duties,
    hotline,
    judging,
    openly,
    overseeing,
    promises,
    protected,
    roster,
    scenes,
    watching,
    witnesses,
)
from pingyi.rehearsal.founding import found
from pingyi.rehearsal.hours import hour
from pingyi.rehearsal.play import Play
from pingyi.rules.actor import Actor
from pingyi.stations.cases import indexing, learning
from pingyi.stations.cases.actions import drawing_up
from pingyi.stations.plans import queries as plans
from pingyi.stations.plans.actions.remind import remind
from pingyi.stations.plans.actions.round import open_round
from pingyi.stations.publication.actions.publish import publish_plan

SEED = 2026
MATTERS_A_WEEK = 5.5
LASTS = timedelta(days=10)  # from the settled verdict to the day on which the year is left as it is
Told = Callable[[str, float], None]  # what is happening, and how much of the year is done


class NotARehearsalError(RuntimeError):
    """A rehearsal was asked for where a real round lives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """What a played year leaves: who acts, by user name."""

    people: dict[str, Actor]


def play(plan_text: str, *, told: Told, seed: int = SEED, matters_a_week: float = MATTERS_A_WEEK) -> Rehearsed:
    """Play the plan's year from its first day to the published verdict; `told` hears of each step."""
    if not settings.PINGYI.rehearsal:
        raise NotARehearsalError("a year is played only in a rehearsal's own folder (PINGYI_REHEARSAL=true)")
    plan_text = witnesses.introduce(plan_text)
    plan = plans.read(plan_text)
    told("founding", 0.0)
    founded = hour(date(plan.year, 2, 16))
    software.deployed(at=founded)
    people = found(year=plan.year, at=founded)
    told("adopting", 0.02)
    opened = hour(date(plan.year, 3, 10))
    round_ = open_round("rehearsal", text=plan_text, by=people["zhouming"], at=opened)
    publish_plan(plan.year, by=people["zhouming"], at=opened)
    chance = random.Random(seed)  # noqa: S311 - a rehearsal's chance must be repeatable
    played = Play(round=round_, people=people, chance=chance, ends=date(plan.year, 12, 14))
    _put_on(played, seed=seed, matters_a_week=matters_a_week)
    _carry(played, told=told, seed=seed)
    _leave(played, told=told)
    return Rehearsed(people=people)


def _put_on(played: Play, *, seed: int, matters_a_week: float) -> None:
    """Put everything that happens on the agenda."""
    for step in duties.steps(played.round, until=played.ends, seed=seed):
        played.agenda.put(hour(step.on), partial(duties.take, step=step, people=played.people))
    for step in closing.steps(played.round, until=played.ends):
        filing = partial(closing.take, step=step, round_=played.round, people=played.people)
        played.agenda.put(hour(step.on, time(15)), filing)
    for room in (roster, promises, openly, hotline, scenes, protected, overseeing, watching):
        room.put_on(played)
    crowds.put_on(played, matters_a_week=matters_a_week)


def _carry(played: Play, *, told: Told, seed: int) -> None:
    """Let the days pass; reminders go out every month, and the verdict is settled on the last day."""
    first, last = played.round.year, hour(played.ends + LASTS, time(17))
    settles = hour(played.ends)
    month, is_settled = 0, False
    begun = hour(date(first, 3, 10))
    for at in played.agenda.run(until=last):
        if at.month != month:
            month = at.month
            _read_and_remind(played, at=at)
            told(f"month-{month}", 0.05 + 0.85 * ((at - begun) / (last - begun)))
        if at >= settles and not is_settled:
            is_settled = True
            told("verdict", 0.88)
            judging.bring_evidence(played, seed=seed)
            played.begin(settles + timedelta(hours=1), judging.judge)


def _read_and_remind(played: Play, *, at: datetime) -> None:
    """At the month's turn everybody reads what came, but for the last one, and is reminded of what is due."""
    if at.month < 12:
        for person in played.people.values():
            notices.read(person.reference, at=at)
    remind(at=at)
    witnesses.sign(at=at)


def _leave(played: Play, *, told: Told) -> None:
    """Seal the record, see the whole of the cases, and leave the clock on the last day."""
    at: datetime = hour(played.ends + LASTS, time(17))
    told("record", 0.92)
    seals.keep_up(at=at)
    sequence.sequence(at=at)
    told("seeing", 0.95)
    indexing.fill_all()
    learning.surface(at=at)
    drawing_up.draw_up(at=at)
    drawing_up.issue_last(at=at)
    clock.move_to(at)
    told("done", 1.0)
