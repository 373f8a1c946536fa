"""The clock of a case: stopped and resumed, more time asked and decided, missing papers named once (§3.2.3)."""

from __future__ import annotations

from datetime import date, datetime

from pingyi.record.acts import Change, act
from pingyi.rules.actor import Actor
from pingyi.rules.case import oversight, stages, timing
from pingyi.rules.case.oversight import PAPERS, BreachKind
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Case, ClockStop, Extension, MissingPapers, StopLook
from pingyi.stations.cases.queries import people, stops, year


def stop_clock(
    reference: str, *, cause: str, reason: str = "", seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Stop the clock while others must act first; one that has run out is not stopped any more."""
    with act("case.stop_clock", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        _check(case, "stop_clock", by=by, at=at)
        _stop(change, case, cause=cause, reason=reason, by=by, at=at)
        return change.save(case)


def resume_clock(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Let the clock run on; the due date moves by the days that it stood still.

    The supervision office may end any stop but one that waits for the citizen's papers.
    """
    with act("case.resume_clock", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "resume_clock")
        if not stops.ends_as_office(case, by=by):
            people.check_carrier(case, by=by, on=day_of(at))
        case.clock = timing.resume(case.clock, on=day_of(at), calendar=year.calendar())
        row = change.lock(ClockStop, case=case, ends_on=None)
        row.ends_on, row.ended_by = day_of(at), people.acting(by)
        change.save(row)
        tell("case.clock_resumed", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return change.save(case)


def let_stand(reference: str, *, note: str, seen: int | None = None, by: Actor, at: datetime) -> StopLook:
    """Look at a stopped clock and let it stand, as another person than stopped it or holds the case (§5.4)."""
    with act("case.let_stand", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        handlers = stops.handlers(case)
        oversight.let_stand(case.state, handlers=handlers, note=note, by=by.known_as(*handlers))
        stop = stops.running(case)
        row = StopLook(case=case, stop=stop, looked_on=day_of(at), looked_by=people.acting(by), note=note.strip())
        change.save(row)
        change.save(case)
        return row


def extend_ask(reference: str, *, until: date, reason: str, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Ask for more time before it is over (延期)."""
    with act("case.extend_ask", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        _check(case, "extend_ask", by=by, at=at)
        on = day_of(at)
        case.clock = timing.extend_ask(
            case.clock, until=until, reason=reason, by=by.reference, on=on, calendar=year.calendar()
        )
        change.save(Extension(case=case, asked_on=on, asked_by=people.acting(by), until=until, reason=reason))
        change.save(case)
        tell("case.extension_asked", case, to=people.officers(on=on), by=by, at=at, until=until.isoformat())
        return case


def extend_grant(reference: str, *, decision: str = "", seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Give the time that was asked for; never by the person who asked (§5.4)."""
    with act("case.extend_grant", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "extend_grant")
        case.clock = timing.extend_grant(case.clock, by=by.known_as(case.asked_by), on=day_of(at))
        _decide(change, case, is_granted=True, decision=decision, by=by, at=at)
        tell("case.extension_granted", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return change.save(case)


def extend_deny(reference: str, *, decision: str, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Refuse the time that was asked for, saying why."""
    with act("case.extend_deny", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        stages.allow(case.state, "extend_deny")
        case.clock = timing.extend_deny(case.clock, by=by.known_as(case.asked_by), reason=decision)
        _decide(change, case, is_granted=False, decision=decision, by=by, at=at)
        tell("case.extension_denied", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return change.save(case)


def notify(
    reference: str, *, papers: str, basis: str = "", seen: int | None = None, by: Actor, at: datetime
) -> MissingPapers:
    """Give the citizen the whole list of what is missing, once (一次性告知); the clock waits for it.

    A second list is possible, but it is a breach, and it stops no clock.
    """
    with act("case.notify", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        _check(case, "notify", by=by, at=at)
        listed = [line.strip() for line in papers.splitlines() if line.strip()]
        if not listed:
            raise Refused("case.no_papers", field="papers")
        number = MissingPapers.objects.filter(case=case).count() + 1
        row = MissingPapers(
            case=case,
            number=number,
            given_on=day_of(at),
            given_by=people.acting(by),
            is_repeated=number > 1,
            papers="\n".join(listed),
            basis=basis,
        )
        change.save(row)
        if number > 1:
            breach.raise_now([breach.charge(case, BreachKind.SECOND_NOTICE)], at=at)
        elif case.stopped_on is None and day_of(at) <= case.due_on:
            _stop(change, case, cause=PAPERS, reason="", by=by, at=at)
        change.save(case)
        return row


def _check(case: Case, move: str, *, by: Actor, at: datetime) -> None:
    stages.allow(case.state, move)
    people.check_carrier(case, by=by, on=day_of(at))


def _stop(change: Change, case: Case, *, cause: str, reason: str, by: Actor, at: datetime) -> None:
    case.clock = timing.stop(case.clock, on=day_of(at))
    change.save(ClockStop(case=case, cause=cause, reason=reason, begins_on=day_of(at), begun_by=people.acting(by)))


def _decide(change: Change, case: Case, *, is_granted: bool, decision: str, by: Actor, at: datetime) -> None:
    row = change.lock(Extension, case=case, decided_on=None)
    row.is_granted, row.decision = is_granted, decision
    row.decided_on, row.decided_by = day_of(at), people.acting(by)
    change.save(row)
