"""Who in the bureau carries, checks and hears of a task."""

from __future__ import annotations

from datetime import date

from pingyi.bureau import interests
from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused

READERS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR, Role.DISTRICT_OFFICE, Role.CITY_BUREAU})


def acting(actor: Actor) -> Member:
    """Return the member who acts; work on tasks is never done by nobody."""
    found: Member | None = Member.objects.filter(reference=actor.reference).first()
    if found is None:
        raise Refused("forbidden", verb="", role=actor.role.value)
    return found


def officers(*, on: date) -> list[Member]:
    """Return the supervision officers in office."""
    return list(bureau.members(role=Role.SUPERVISION_OFFICE, on=on))


def leaders(*, on: date) -> list[Member]:
    """Return the bureau's leaders in office."""
    return list(bureau.members(role=Role.BUREAU_LEADER, on=on))


def answering(section: Section, *, on: date) -> Member | None:
    """Return the one person who answers for a section: head, stand-in, or anybody else in it (§1.1, §5.1)."""
    staff = list(bureau.members(section=section.reference, on=on))
    named = [one for one in (section.head, section.stand_in) if one is not None and one in staff]
    heads = [one for one in staff if one.role == Role.SECTION_HEAD.value]
    return next(iter([*named, *heads, *staff]), None)


def candidates(section: Section | None, *, on: date) -> list[Member]:
    """Return those who may be made responsible: the section's people, or those of the supervision office."""
    if section is None:
        return [*officers(on=on), *leaders(on=on)]
    return list(bureau.members(section=section.reference, on=on))


def free_candidates(section: Section | None, *, on: date) -> list[Member]:
    """Return those of them who declared no ties with the section (§5.4)."""
    bound = interests.recused(section.reference) if section else set()
    return [one for one in candidates(section, on=on) if one.reference not in bound]


def may_read(actor: Actor, *, section: Section | None) -> bool:
    """Whether this reader sees a report's words and files: the section itself, and those who oversee it."""
    return actor.role in READERS or (section is not None and actor.section == section.reference)
