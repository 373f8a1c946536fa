"""A broken rule of service becomes an entry that somebody else decides on, once, whoever sees it (责任追究, §3.2.3).

What dates alone show is raised by the worker every hour, and by every act that would hide it from the worker: a late
answer to an offer, a late closing, a merger. So no breach depends on the hour at which the worker looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pingyi.bureau import notices
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import act
from pingyi.rules.actor import machine
from pingyi.rules.case import oversight as rules
from pingyi.rules.case.oversight import BreachKind
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Breach, Case, Handover, MissingPapers
from pingyi.stations.cases.queries import year
from pingyi.stations.cases.queries.audience import Audience

MACHINE = machine("oversight")
MANY = 20  # breaches of one person that are told one by one in a run
Accused = tuple[Section | None, Member]


class People:
    """The bureau's people day by day, each day read once: who answered then is charged, not who does now."""

    def __init__(self) -> None:
        """Begin with no day read."""
        self._days: dict[date, Audience] = {}

    def on(self, day: date) -> Audience:
        """Return the people of a day."""
        if day not in self._days:
            self._days[day] = Audience(on=day)
        return self._days[day]


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """One breach that has come about: in which case, of what kind, and what tells it from another of that kind."""

    case: Case
    kind: BreachKind
    once: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What is raised once."""
        return self.case.pk, self.kind.value, self.once


def charge(case: Case, kind: BreachKind) -> Charge:
    """Return the charge of a kind as the case is now."""
    return Charge(case=case, kind=kind, once=_ONCE[kind](case))


def raise_due(cases: Iterable[Case], *, at: datetime) -> list[Breach]:
    """Raise what has come about by now, before an act changes the cases so that it could not be seen any more."""
    on = day_of(at)
    found = [charge(case, kind) for case in cases for kind in rules.breaches_due(case.state, at=at, on=on)]
    return raise_now(found, at=at)


def raise_now(charges: Iterable[Charge], *, at: datetime) -> list[Breach]:
    """Raise charges that were not raised before, and ask those concerned how it came about."""
    raised = raise_all(charges, People(), at=at)
    tell_all(raised, at=at)
    return raised


def raise_all(charges: Iterable[Charge], people: People, *, at: datetime) -> list[Breach]:
    """Raise charges that were not raised before; the caller tells those concerned."""
    wanted = {one.key: one for one in charges}
    if not wanted:
        return []
    raised = Breach.objects.filter(case__in={one.case.pk for one in wanted.values()})
    known = set(raised.values_list("case_id", "kind", "once"))
    fresh = [one for key, one in wanted.items() if key not in known]
    if not fresh:
        return []
    with act("breach.raise", by=MACHINE, at=at) as change:
        return change.save_all([_breach(one, people, on=day_of(at)) for one in fresh])


def tell_all(raised: Iterable[Breach], *, at: datetime) -> None:
    """Ask each person how the breaches came about: few one by one, many in one notice."""
    by_member: dict[int, list[Breach]] = {}
    for row in raised:
        by_member.setdefault(row.member_id, []).append(row)
    for rows in by_member.values():
        until = rules.hears_until(rows[0].raised_on, calendar=year.calendar()).isoformat()
        if len(rows) > MANY:
            url = rows[0].get_absolute_url()
            notices.queue(
                "breach.raised_many", to=rows[0].member, about="cases", at=at, url=url, count=len(rows), until=until
            )
            continue
        for row in rows:
            facts = {"reference": row.case.reference, "until": until}
            notices.queue("breach.raised", to=[row.member], about=row, at=at, url=row.get_absolute_url(), **facts)


def _breach(one: Charge, people: People, *, on: date) -> Breach:
    section, member = _AGAINST[one.kind](one.case, people, on)
    return Breach(case=one.case, kind=one.kind.value, once=one.once, section=section, member=member, raised_on=on)


def _on_its_first_late_day(case: Case, people: People, _on: date) -> Accused:
    return case.section, people.on(case.state.judged_on + timedelta(days=1)).acting(case)


def _holding(case: Case, _people: People, _on: date) -> Accused:
    """A closed case keeps its holder; whoever stands in today had no part in its closing."""
    return case.section, case.holder


def _asked(case: Case, people: People, on: date) -> Accused:
    """An offer is answered by the one named, or the head of the section; never by its giver (§3.2.3)."""
    audience = people.on(day_of(case.offer_expires_at) if case.offer_expires_at else on)
    if case.offered_member is not None:
        return case.offered_to, audience.standing_in(case.offered_member)
    asked = audience.heads(case.offered_to_id) if case.offered_to else audience.officers()
    if not asked:  # whoever offers a case to a section without people keeps it, and answers for it
        return case.section, audience.acting(case)
    present = next((one for one in asked if audience.standing_in(one).pk == one.pk), asked[0])
    return case.offered_to, present


def _turn(case: Case) -> str:
    return str(case.reopenings)


def _closing(case: Case) -> str:
    """The closing that is said to be false: the one that stands, or the one before the case was opened again."""
    return str(case.reopenings if case.stage == Stage.CLOSED.value else max(0, case.reopenings - 1))


def _offer(case: Case) -> str:
    """The instant of the offer: the open one, else the last."""
    last = Handover.objects.filter(case=case).order_by("-offered_at") if case.offered_at is None else None
    at = case.offered_at if last is None else last.values_list("offered_at", flat=True).first()
    return at.isoformat(timespec="seconds") if at else ""


def _list(case: Case) -> str:
    return str(MissingPapers.objects.filter(case=case).count())


_ONCE: Mapping[BreachKind, Callable[[Case], str]] = {
    BreachKind.LATE: _turn,
    BreachKind.OWNERLESS: _offer,
    BreachKind.SECOND_NOTICE: _list,
    BreachKind.FALSE_CLOSING: _closing,
}
_AGAINST: Mapping[BreachKind, Callable[[Case, People, date], Accused]] = {
    BreachKind.LATE: _on_its_first_late_day,
    BreachKind.OWNERLESS: _asked,
    BreachKind.SECOND_NOTICE: _holding,
    BreachKind.FALSE_CLOSING: _holding,
}
