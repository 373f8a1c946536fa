"""What the supervision office does by hand: urge, criticize, raise a breach; and who decides (§3.2.3)."""

from __future__ import annotations

from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau.models import Member
from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import BreachKind, Measure
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import breach
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.models import Breach, Case, SupervisionLetter
from pingyi.stations.cases.queries import people, year
from pingyi.stations.cases.queries.audience import Audience

CODES = {Measure.URGE: "case.urged", Measure.CRITICIZE: "case.criticized"}


def urge(reference: str, *, note: str = "", seen: int | None = None, by: Actor, at: datetime) -> SupervisionLetter:
    """Urge a case formally (催办通知书), once for each closing."""
    with act("case.urge", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        return change.save(_written(case, Measure.URGE, note=note, by=by, at=at))


def criticize(reference: str, *, note: str = "", seen: int | None = None, by: Actor, at: datetime) -> SupervisionLetter:
    """Criticize in writing whoever let an urging pass, once for each closing."""
    with act("case.criticize", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        return change.save(_written(case, Measure.CRITICIZE, note=note, by=by, at=at))


def letter(case: Case, measure: Measure, audience: Audience, *, by: Member | None, note: str = "") -> SupervisionLetter:
    """Return a letter about a case as it is; the act that writes it saves it."""
    acting = audience.acting(case)
    return SupervisionLetter(
        case=case,
        turn=case.reopenings,
        measure=measure.value,
        issued_on=audience.on,
        issued_by=by,
        section=case.section,
        member=case.holder,
        acting=acting if acting.pk != case.holder_id else None,
        due_on=case.due_on,
        note=note,
    )


def raise_by_hand(reference: str, *, kind: str, note: str, by: Actor, at: datetime) -> Breach:
    """Raise a breach against whoever holds the case; the machine raises those that dates alone show."""
    with act("breach.raise", by=by, at=at) as change:
        found = lock(change, reference, seen=None)
        if not note.strip():
            raise Refused("breach.note_needed", field="note")
        made = breach.charge(found, BreachKind(kind))
        if Breach.objects.filter(case=found, kind=kind, once=made.once).exists():
            raise Refused("breach.raised_already", field="kind")
        row = Breach(
            case=found, kind=kind, once=made.once, section=found.section, member=found.holder,
            raised_on=day_of(at), raised_by=people.acting(by), note=note,
        )  # fmt: skip
        change.save(row)
        breach.tell_all([row], at=at)
        return row


def hear(reference: str, *, words: str, by: Actor, at: datetime) -> Breach:
    """Write down how it came about, as the one who held the case says."""
    with act("breach.hear", by=by, at=at) as change:
        row = change.lock(Breach, reference=reference)
        rules.hear(row.state, words=words, by=by.reference)
        row.statement, row.heard_on = words, day_of(at)
        change.save(row)
        _tell("breach.heard", row, to=Audience(on=day_of(at)).officers(), at=at, but=by)
        return row


def decide(reference: str, *, is_upheld: bool, decision: str, by: Actor, at: datetime) -> Breach:
    """Uphold or dismiss a breach with a reason; never by whom it is raised against, nor by who raised it (§5.4)."""
    with act("breach.decide", by=by, at=at) as change:
        row = change.lock(Breach, reference=reference)
        on, state = day_of(at), row.state
        hand = by.known_as(state.member, state.raised_by)
        decided = rules.decide(state, is_upheld=is_upheld, reason=decision, by=hand, on=on, calendar=year.calendar())
        row.stage, row.decision = decided.stage.value, decision
        row.decided_on, row.decided_by = on, people.acting(by)
        change.save(row)
        code = "breach.upheld" if is_upheld else "breach.dismissed"
        _tell(code, row, to=[row.member, *Audience(on=on).heads(row.section_id)], at=at, but=by)
        return row


def _written(case: Case, measure: Measure, *, note: str, by: Actor, at: datetime) -> SupervisionLetter:
    on = day_of(at)
    letters = SupervisionLetter.objects.filter(case=case, turn=case.reopenings)
    done = {Measure(one) for one in letters.values_list("measure", flat=True)}
    rules.check_by_hand(measure, case.state, on=on, done=done)
    audience = Audience(on=on)
    row = letter(case, measure, audience, by=people.acting(by), note=note)
    told = [one for one in audience.of(case, measure) if one.reference != by.reference]
    facts = {"reference": case.reference, "due_on": case.due_on.isoformat()}
    notices.queue(CODES[measure], to=told, about=case, at=at, url=row.get_absolute_url(), **facts)
    return row


def _tell(code: str, row: Breach, *, to: list[Member], at: datetime, but: Actor | None = None, **facts: str) -> None:
    others = [one for one in to if but is None or one.reference != but.reference]
    url = row.get_absolute_url()
    notices.queue(code, to=others, about=row, at=at, url=url, reference=row.case.reference, **facts)
