"""What a citizen does through the code: opens a case again, says that the papers are in, writes (§3.2.2, §3.2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import act
from pingyi.rules.actor import Actor, Role
from pingyi.rules.case import stages, timing
from pingyi.rules.case.oversight import ALLEGATIONS, PAPERS, Ground
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.files import attach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Case, ClockStop, Message, Reopening
from pingyi.stations.cases.queries import people, year


def object_to(reference: str, *, reason: str, ground: str = Ground.OTHER, by: Actor, at: datetime) -> Case:
    """Open a closed case again because it is not settled; the reason stays out of the open record.

    Whoever says that nothing was done, though it was said to be, alleges a false closing, which others decide.
    """
    with act("case.reopen", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        if case.erased_on is not None:
            raise Refused("case.erased_already")
        turn = case.reopenings
        case.state, case.judged_by = stages.reopen(case.state, reason=reason), None
        alleged = ALLEGATIONS.get(Ground(ground))
        breach.raise_now([breach.charge(case, alleged)] if alleged else [], at=at)
        case.clock = timing.reopen(case.clock, on=day_of(at), calendar=year.calendar())
        change.save(Reopening(case=case, turn=turn, asked_on=day_of(at), ground=ground, reason=reason))
        change.save(case)
        told = {case.holder, *people.officers(on=day_of(at))}
        tell("case.reopened", case, to=told, by=by, at=at, due_on=case.due_on.isoformat())
        return case


def hand_in_papers(reference: str, *, files: Sequence[Kept] = (), by: Actor, at: datetime) -> Case:
    """Take the citizen's word that the missing papers are there: the clock runs on from today (一次性告知)."""
    with act("case.resume_clock", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        stages.allow(case.state, "resume_clock")
        stop = ClockStop.objects.filter(case=case, ends_on=None).first()
        if stop is None or stop.cause != PAPERS:
            raise Refused("case.no_papers_awaited")
        case.clock = timing.resume(case.clock, on=day_of(at), calendar=year.calendar())
        row = change.lock(ClockStop, pk=stop.pk)
        row.ends_on = day_of(at)
        change.save(row)
        change.save(case)
        attach(change, case, files, part="matter", by=by, at=at)
        tell("case.papers_in", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return case


def write(reference: str, *, text: str, by: Actor, at: datetime) -> Message:
    """Add a letter to the thread between who reported misconduct and the supervision office, neither side named."""
    with act("case.write", by=by, at=at) as change:
        case = lock(change, reference, seen=None)
        if not case.is_restricted:
            raise Refused("case.no_thread")
        if case.erased_on is not None:
            raise Refused("case.erased_already")
        if not text.strip():
            raise Refused("case.message_is_empty", field="text")
        is_from_reporter = by.role is Role.PUBLIC
        person = None if is_from_reporter else Member.objects.filter(reference=by.reference).first()
        row = Message(
            case=case, is_from_reporter=is_from_reporter, written_on=day_of(at), written_by=person, text=text.strip()
        )
        change.save(row)
        if is_from_reporter:
            tell("case.written", case, to=[case.holder], by=by, at=at)
        return row
