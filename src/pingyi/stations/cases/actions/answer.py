"""A case is answered, settled, closed by another, and opened again (答复、办结, §3.2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.case import receipts, stages, timing
from pingyi.rules.day import day_of
from pingyi.rules.permissions import may
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.files import attach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.actions.telling import tell
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import people, year


def answer(
    reference: str,
    *,
    text: str,
    reason: str = "",
    files: Sequence[Kept] = (),
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """Send the citizen an answer; every case gets one (件件有回音, §3.2.2).

    One that looks like a bare receipt needs a `reason` why it is an answer all the same, sealed beside the entry.
    """
    with act("case.answer", by=by, at=at, reason=receipts.kept_reason(text, reason=reason)) as change:
        case = lock(change, reference, seen=seen)
        people.check_carrier(case, by=by, on=day_of(at))
        case.state = stages.answer(case.state, text=text, reason=reason, by=by.reference, on=day_of(at))
        case.answer = text
        change.save(case)
        attach(change, case, files, part="answer", by=by, at=at)
        _tell_if_ready(case, by=by, at=at)
        return case


def settle(
    reference: str, *, result: str, files: Sequence[Kept] = (), seen: int | None = None, by: Actor, at: datetime
) -> Case:
    """Write down what came of the matter (事事有结果, §3.2.2)."""
    with act("case.settle", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        people.check_carrier(case, by=by, on=day_of(at))
        case.state = stages.settle(case.state, result=result, by=by.reference, on=day_of(at))
        case.result = result
        change.save(case)
        attach(change, case, files, part="result", by=by, at=at)
        _tell_if_ready(case, by=by, at=at)
        return case


def close(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Close a case that has an answer and a result, as another person than gave them (§3.2.2, §5.4)."""
    with act("case.close", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        breach.raise_due([case], at=at)
        case.state = stages.close(case.state, by=by.known_as(*case.doers), on=day_of(at))
        case.judged_by = None  # by its own limit, like every case that is closed here
        change.save(case)
        tell("case.closed", case, to=[case.holder], by=by, at=at)
        return case


def reopen(reference: str, *, reason: str, ground: str = "", seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Take a closed case up again: the limit starts anew, the earlier lateness stays."""
    with act("case.reopen", by=by, at=at, ground=ground, reason=reason) as change:
        case = lock(change, reference, seen=seen)
        case.state, case.judged_by = stages.reopen(case.state, reason=reason), None
        case.clock = timing.reopen(case.clock, on=day_of(at), calendar=year.calendar())
        change.save(case)
        tell("case.reopened", case, to=[case.holder], by=by, at=at, due_on=case.due_on.isoformat())
        return case


def _tell_if_ready(case: Case, *, by: Actor, at: datetime) -> None:
    """Whoever may close it is told once both halves are there: the section's head, or the supervision office."""
    if case.state.is_ready:
        tell("case.ready", case, to=_closers(case, at=at), by=by, at=at)


def _closers(case: Case, *, at: datetime) -> list[Member]:
    officers = people.officers(on=day_of(at))
    heads = people.leading(case.section, on=day_of(at)) if case.section else []
    return _fit(case, heads) or _fit(case, officers)


def _fit(case: Case, members: list[Member]) -> list[Member]:
    """Those among them who may close it and, in whatever post, neither answered nor settled it."""
    about, people_ = case.about(), [(one, one.actor()) for one in members]
    return [one for one, actor in people_ if may(actor, "case.close", about) and not actor.did_any(case.doers)]
