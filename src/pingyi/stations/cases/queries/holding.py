"""Who held a case at any moment, and who acted while the holder was away (首问负责, AB角, §3.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.rules import standin
from pingyi.rules.case import custody as rules
from pingyi.rules.case.custody import Hold
from pingyi.rules.day import day_of
from pingyi.rules.standin import Part
from pingyi.stations.cases.models import Case, Handover
from pingyi.stations.cases.queries import case as cases


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A stretch of a case's history, with names."""

    holder: str
    section: str  # empty for the supervision office
    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """Who held the case at a moment, and who acted for the holder on that day, if another did."""

    stretch: Stretch
    acting: str
    part: Part


def stretches(case: Case) -> tuple[Stretch, ...]:
    """Return who held a case, from its receipt on, without gap or overlap."""
    return tuple(_named(_holds(case)))


def at_moment(case: Case, at: datetime) -> Answered | None:
    """Return who held a case at a moment; None before it was received."""
    found = rules.holder_at(_holds(case), at)
    if found is None:
        return None
    on = day_of(at)
    acting = standin.answering(found.holder, roster=bureau.roster(since=on), on=on)
    name = Member.objects.filter(reference=acting.member).values_list("name", flat=True).first()
    return Answered(stretch=_named([found])[0], acting=name or "", part=acting.part)


def _holds(case: Case) -> tuple[Hold, ...]:
    given = Handover.objects.filter(case=case).select_related("from_section", "to_section", "ended_by")
    return cases.holds(case, given.order_by("offered_at", "pk"))


def _named(holds: list[Hold] | tuple[Hold, ...]) -> list[Stretch]:
    people = dict(Member.objects.filter(reference__in={one.holder for one in holds}).values_list("reference", "name"))
    units = dict(Section.objects.filter(reference__in={one.section for one in holds}).values_list("reference", "name"))
    return [
        Stretch(
            holder=people.get(one.holder, ""),
            section=units.get(one.section, ""),
            begins_at=one.begins_at,
            ends_at=one.ends_at,
        )
        for one in holds
    ]
