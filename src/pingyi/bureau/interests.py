"""Who declared which interests, who did not yet, and how many are recused (§5.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pingyi.bureau import queries
from pingyi.bureau.models import Interest, Member, Section
from pingyi.rules.actor import Actor
from pingyi.rules.interest import DECLARE


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A member who declares each year, and the declaration for it, None while there is none."""

    member: Member
    interest: Interest | None
    sections: tuple[str, ...]


def year() -> int | None:
    """Return the year for which declarations are made."""
    house = queries.bureau()
    return house.year if house else None


def own(actor: Actor, *, year: int) -> Interest | None:
    """Return the latest declaration of this person for a year, made in whatever post."""
    rows = Interest.objects.filter(member__reference__in=actor.posts | {actor.reference}, year=year)
    return rows.order_by("-pk").first()


def is_due(actor: Actor) -> int | None:
    """Return the year for which this person still has to declare, None where nothing is due."""
    current = year() if actor.role in DECLARE else None
    return current if current is not None and own(actor, year=current) is None else None


def listed(*, year: int, on: date) -> list[Declared]:
    """Return everybody in office who declares, those who did not yet first."""
    named = dict(Section.objects.values_list("reference", "name"))
    latest = {row.member_id: row for row in _latest(year)}
    of_person = {row.member.person: row for row in latest.values() if row.member.person}
    lines = []
    for one in queries.members(on=on).filter(role__in=[role.value for role in DECLARE]):
        row = latest.get(one.pk) or of_person.get(one.person or "")
        names = tuple(named.get(name, name) for name in row.sections) if row else ()
        lines.append(Declared(member=one, interest=row, sections=names))
    return sorted(lines, key=lambda line: line.interest is not None)


def counts(*, year: int) -> dict[str, object]:
    """Return what the public is told: how many declared, how many had none, and for each section how many recused."""
    rows = list(_latest(year))
    bound = {name for row in rows for name in row.sections}
    named = Section.objects.filter(reference__in=bound).order_by("order", "pk")
    by_section = [{"name": one.name, "count": sum(one.reference in row.sections for row in rows)} for one in named]
    return {"declared": len(rows), "none": sum(row.is_none for row in rows), "sections": by_section}


def recused(section: str) -> set[str]:
    """Return the members whose person declared an interest in this section, by their latest declaration."""
    bound = [row for row in _latest(None) if section in row.sections]
    people = [row.member.person for row in bound if row.member.person]
    same = Member.objects.filter(person__in=people).values_list("reference", flat=True)
    return {row.member.reference for row in bound} | set(same)


def _latest(year: int | None) -> Iterable[Interest]:
    """The latest declaration of each person."""
    rows = Interest.objects.select_related("member").order_by("pk")
    found: dict[str, Interest] = {}
    for row in rows if year is None else rows.filter(year=year):
        found[row.member.person or row.member.reference] = row
    return found.values()
