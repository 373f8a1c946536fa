"""Independent call-backs: drawn by a lot that anyone can repeat, asked by one who never handled the case (§3.2.2)."""

from __future__ import annotations

import json
import math
import secrets
from datetime import date, datetime

from pingyi.record.acts import Change, act
from pingyi.record.models import Entry
from pingyi.rules import draw as rules
from pingyi.rules.actor import Actor
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.rating import Level
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.breach import Charge
from pingyi.stations.cases.models import CallBack, CallBackDraw, Case
from pingyi.stations.cases.queries import people, year

DRAWN, REACHED, UNREACHED = "drawn", "reached", "unreached"
LONGEST_SOURCE = 40  # numbers of one published draw


def announce(
    *, since: date, until: date, source: str, source_on: date, secret: bytes = b"", by: Actor, at: datetime
) -> CallBackDraw:
    """Publish the pool, the commitment to a secret and whose numbers will decide, before those numbers exist.

    The secret is made here; only a rehearsal brings one of its own, so that its year is the same on every machine.
    """
    with act("case.draw_call_backs", by=by, at=at) as change:
        on = day_of(at)
        if not since <= until <= on:
            raise Refused("call_back.period", field="until")
        if source_on <= on:
            raise Refused("call_back.numbers_known", field="source_on")
        pool = sorted(_pool(since, until))
        if not pool:
            raise Refused("call_back.pool_empty", field="since")
        secret = secret or secrets.token_bytes(32)
        share = year.handling(year.round_on(until)).call_back_share
        row = CallBackDraw(
            since=since,
            until=until,
            pool=pool,
            count=max(1, math.ceil(len(pool) * share)),
            secret=secret.hex(),
            commitment=rules.commitment(secret, links=1).hex(),
            source=source,
            source_on=source_on,
            announced_on=on,
            announced_by=people.acting(by),
        )
        return change.save(row)


def draw(reference: str, *, numbers: str, by: Actor, at: datetime) -> CallBackDraw:
    """Draw with the numbers that were published meanwhile, and reveal the secret: everybody can repeat the lot."""
    with act("case.draw_call_backs", by=by, at=at) as change:
        row = change.lock(CallBackDraw, reference=reference)
        if row.drawn_on is not None:
            raise Refused("call_back.drawn_already")
        if day_of(at) < row.source_on:
            raise Refused("call_back.too_early", source_on=row.source_on)
        row.randomness = rules.randomness([_read(numbers)])
        code = rules.code(bytes.fromhex(row.secret), links=1)
        row.drawn = rules.drawn(row.pool, count=row.count, code=code, randomness=row.randomness)
        row.code, row.drawn_on, row.drawn_by = code.hex(), day_of(at), people.acting(by)
        change.save(row)
        _note(change, row, on=day_of(at))
        return row


def call_back(
    reference: str, *, is_reached: bool, level: int | None = None, is_solved: bool | None = None, words: str = "",
    by: Actor, at: datetime,
) -> CallBack:  # fmt: skip
    """Write down what the citizen said; never by anybody whose hand was on the case."""
    with act("case.call_back", by=by, at=at) as change:
        row = change.lock(CallBack, case__reference=reference, stage=DRAWN)
        if by.did_any(hands(row.case)):
            raise Refused("call_back.own_case")
        if is_reached and level not in {one.value for one in Level}:
            raise Refused("case.no_such_level", field="level")
        if is_reached and is_solved is None:
            raise Refused("call_back.solved_unsaid", field="is_solved")
        row.operator, row.asked_on = people.acting(by), day_of(at)
        row.stage = REACHED if is_reached else UNREACHED
        row.level, row.is_solved = (level, is_solved) if is_reached else (None, None)
        row.words = words
        change.save(row)
        if row.is_solved is False:
            case = change.lock(Case, pk=row.case_id)
            breach.raise_now([Charge(case=case, kind=BreachKind.FALSE_CLOSING, once=str(row.turn))], at=at)
        return row


def hands(case: Case) -> set[str]:
    """Return everybody who ever did anything to a case, as the record has it; opening the data is no handling."""
    said = Entry.objects.filter(subject=case.subject).exclude(verb__in=("case.identify", "case.call_back"))
    return {json.loads(body)["by"]["member"] for body in said.values_list("body", flat=True)}


def _pool(since: date, until: date) -> list[str]:
    """Cases closed in the period that can be asked about: somebody is known, and this closing was not drawn before."""
    closed = Case.objects.filter(
        stage=Stage.CLOSED.value,
        is_restricted=False,
        closed_on__range=(since, until),
        erased_on=None,
        complainant__erased_on=None,
    ).exclude(complainant=None)
    drawn = set(CallBack.objects.filter(case__in=closed).values_list("case__reference", "turn"))
    found = closed.values_list("reference", "reopenings")
    return [reference for reference, turn in found if (reference, turn) not in drawn]


def _note(change: Change, row: CallBackDraw, *, on: date) -> None:
    """Write the call-backs; a case that was opened again or erased meanwhile is passed over, and stands as drawn."""
    cases = Case.objects.filter(reference__in=row.drawn, stage=Stage.CLOSED.value, erased_on=None)
    rows = [CallBack(case=case, turn=case.reopenings, drawn_on=on, draw=row.reference) for case in cases]
    if rows:
        change.save_all(rows)


def _read(numbers: str) -> list[int]:
    words = numbers.replace(",", " ").replace("，", " ").replace("、", " ").split()
    if not words or len(words) > LONGEST_SOURCE or not all(word.isdecimal() and len(word) < 10 for word in words):
        raise Refused("call_back.numbers_unreadable", field="numbers")
    return [int(word) for word in words]
