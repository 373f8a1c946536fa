"""Breaches that dates and call-backs show by themselves, each raised once (责任追究, §3.2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from pingyi.bureau import notices
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import act
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions import supervising
from pingyi.stations.cases.actions.oversight import tell_raised
from pingyi.stations.cases.actions.supervising import MACHINE, TOGETHER, check_gone, portions
from pingyi.stations.cases.models import Breach, CallBack, Case
from pingyi.stations.cases.queries import case as cases
from pingyi.stations.cases.queries import year
from pingyi.stations.cases.queries.audience import Audience
from pingyi.stations.cases.queries.listing import OPEN

MANY = 20  # breaches of one person that are told one by one in a run


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """A kind of breach, the cases in which it has come about, what tells two apart, and against whom it is raised."""

    kind: BreachKind
    found: Callable[[datetime], QuerySet[Case]]
    once: Callable[[Case], str]
    against: Callable[[Case, Audience], tuple[Section | None, Member]]


def supervise(*, at: datetime) -> None:
    """Remind, urge, criticize and raise breaches: what the worker does every hour; nothing is done twice."""
    supervising.remind(at=at)
    supervising.write_letters(at=at)
    accuse(at=at)


def accuse(*, at: datetime) -> int:
    """Raise every breach that has come about and was not raised before."""
    audience = Audience(on=day_of(at))
    raised = [row for charge in CHARGES for row in _raise(charge, audience, at=at)]
    _tell(raised, audience, at=at)
    return len(raised)


def _raise(charge: Charge, audience: Audience, *, at: datetime) -> list[Breach]:
    known = set(Breach.objects.filter(kind=charge.kind.value).values_list("case_id", "once"))
    found = charge.found(at).defer("text", "answer", "result").order_by("pk").iterator(chunk_size=TOGETHER)
    fresh = (case.pk for case in found if (case.pk, charge.once(case)) not in known)
    return [row for keys in portions(list(fresh)) for row in _write(charge, keys, audience, at=at)]


def _write(charge: Charge, keys: Iterable[int], audience: Audience, *, at: datetime) -> list[Breach]:
    """Look again under lock: a case may have been closed or accepted meanwhile."""
    try:
        with act("breach.raise", by=MACHINE, at=at) as change:
            rows = charge.found(at).filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
            return change.save_all([_breach(charge, case, audience) for case in rows])
    except Refused as refused:
        check_gone(refused)
        return []


def _breach(charge: Charge, case: Case, audience: Audience) -> Breach:
    section, member = charge.against(case, audience)
    return Breach(
        case=case, kind=charge.kind.value, once=charge.once(case), section=section, member=member,
        raised_on=audience.on,
    )  # fmt: skip


def _tell(raised: list[Breach], audience: Audience, *, at: datetime) -> None:
    by_member: dict[int, list[Breach]] = {}
    for row in raised:
        by_member.setdefault(row.member_id, []).append(row)
    for rows in by_member.values():
        if len(rows) <= MANY:
            for row in rows:
                tell_raised(row, audience, at=at)
            continue
        until = rules.hears_until(audience.on, calendar=year.calendar()).isoformat()
        url = rows[0].get_absolute_url()
        notices.queue(
            "breach.raised_many", to=rows[0].member, about="cases", at=at, url=url, count=len(rows), until=until
        )


def _late(at: datetime) -> QuerySet[Case]:
    return cases.rows().filter(stage__in=OPEN, stopped_on=None, due_on__lt=day_of(at))


def _ownerless(at: datetime) -> QuerySet[Case]:
    return cases.rows().filter(stage__in=OPEN, is_offered=True, offer_expires_at__lt=at)


def _unsettled(at: datetime) -> QuerySet[Case]:
    """Closed cases of which the citizen said at the call-back that the matter is not settled."""
    denied = CallBack.objects.filter(is_solved=False, turn=F("case__reopenings"), case__stage=Stage.CLOSED.value)
    return cases.rows().filter(stage=Stage.CLOSED.value, pk__in=denied.values("case_id"))


def _holding(case: Case, audience: Audience) -> tuple[Section | None, Member]:
    return case.section, audience.acting(case)


def _asked(case: Case, audience: Audience) -> tuple[Section | None, Member]:
    """An offer is answered by the one named, or the head of the section; never by its giver (§3.2.3)."""
    if case.offered_member is not None:
        return case.offered_to, audience.standing_in(case.offered_member)
    asked = audience.heads(case.offered_to_id) if case.offered_to else audience.officers()
    if not asked:  # whoever offers a case to a section without people keeps it, and answers for it
        return _holding(case, audience)
    present = next((one for one in asked if audience.standing_in(one).pk == one.pk), asked[0])
    return case.offered_to, present


def _turn(case: Case) -> str:
    return str(case.reopenings)


CHARGES = (
    Charge(kind=BreachKind.LATE, found=_late, once=_turn, against=_holding),
    Charge(
        kind=BreachKind.OWNERLESS,
        found=_ownerless,
        once=lambda case: case.offered_at.isoformat(timespec="seconds") if case.offered_at else "",
        against=_asked,
    ),
    Charge(kind=BreachKind.FALSE_CLOSING, found=_unsettled, once=_turn, against=_holding),
)
