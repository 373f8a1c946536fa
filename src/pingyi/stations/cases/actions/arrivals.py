"""Matters that no person received become cases: many in one act, by a number of statements that stays (§3.2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from pingyi.bureau import notices
from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import act
from pingyi.rules.actor import Actor
from pingyi.rules.case import timing
from pingyi.rules.case.clock import Limit
from pingyi.rules.case.custody import OFFICE
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed, numbers
from pingyi.stations.cases.actions.files import attachment
from pingyi.stations.cases.actions.intake import complainant_of, new_case
from pingyi.stations.cases.contact import NOBODY, Contact
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import people, year
from pingyi.stations.cases.queries.numbered import numbered


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """What the public form or a channel's system told; `not_after` is the hotline's own deadline."""

    kind: str
    channel: str
    title: str
    text: str = ""
    place: str = ""
    contact: Contact = NOBODY
    files: Sequence[Kept] = ()
    external_number: str = ""
    not_after: date | None = None
    follow_code: str = ""
    received_at: datetime
    key_name: str = ""

    @property
    def external_key(self) -> str:
        """The key of the outside number within its channel; empty without one."""
        return keyed.external_key(self.channel, self.external_number)


def receive(arrivals: Sequence[Arrival], *, by: Actor, at: datetime) -> list[Case]:
    """Make the cases of what arrived, each held by the officer on duty; a number that is known refuses them all."""
    with act("case.receive", by=by, at=at) as change:
        _check_numbers(arrivals)
        cases = _Terms(holder=people.duty_officer(on=day_of(at))).cases(arrivals)
        _number(cases)
        change.save_all(cases)
        pairs = list(zip(cases, arrivals, strict=True))
        change.save_all(complainant_of(case, one.contact) for case, one in pairs if not one.contact.is_empty)
        change.save_all(
            attachment(case, kept, part="matter", person=None, at=at)
            for case, one in pairs
            for kept in {kept.sha256: kept for kept in one.files}.values()
        )
        _tell(cases, at=at)
        return cases


class _Terms:
    """What arrivals share: their holder, and the round and the limits of a day, each asked for once."""

    def __init__(self, *, holder: Member) -> None:
        self.holder = holder
        self._calendar = year.calendar()
        self._round = cache(year.round_on)
        self._limit = cache(self._asked_limit)

    def cases(self, arrivals: Sequence[Arrival]) -> list[Case]:
        return [self._case(one) for one in arrivals]

    def _case(self, one: Arrival) -> Case:
        day = day_of(one.received_at)
        case = new_case(
            kind=one.kind, channel=one.channel, day=day, holder=self.holder, at=one.received_at, year_of=self._round
        )
        case.follow_code, case.key_name = one.follow_code or case.follow_code, one.key_name or case.key_name
        case.title, case.text, case.place = one.title, one.text, one.place
        case.is_anonymous = one.contact.is_empty
        case.external_number, case.external_key = one.external_number, one.external_key
        limit = self._limit(one.kind, day)
        case.clock = timing.start(day, limit=limit, calendar=self._calendar, not_after=one.not_after)
        return case

    def _asked_limit(self, kind: str, day: date) -> Limit:
        return year.limit(self._round(day), kind=kind, section=OFFICE, on=day)


def _check_numbers(arrivals: Sequence[Arrival]) -> None:
    keys = Counter(key for one in arrivals if (key := one.external_key))
    found = numbered(list(keys)).first() if keys else None
    if found is not None:
        code = "case.number_erased" if found.erased_on else "case.number_known"
        raise Refused(code, field="external_number", reference=found.reference)
    if any(count > 1 for count in keys.values()):
        raise Refused("case.number_known", field="external_number", reference="")


def _number(cases: Sequence[Case]) -> None:
    """Number the cases in their order, each in the year in which it was received."""
    years = Counter(case.received_on.year for case in cases)
    taken: dict[int, Iterator[str]] = {one: iter(numbers.take(one, count=count)) for one, count in years.items()}
    for case in cases:
        case.reference = next(taken[case.received_on.year])


def _tell(cases: Sequence[Case], *, at: datetime) -> None:
    told = [
        notices.Told(
            to=case.holder,
            about=case,
            url=case.get_absolute_url(),
            facts={"reference": case.reference, "due_on": case.due_on.isoformat()},
        )
        for case in cases
    ]
    notices.queue_each("case.received", told, at=at)
