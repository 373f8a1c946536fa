"""Who in the bureau carries, takes, checks and hears of a case."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from pingyi.bureau import queries as bureau
from pingyi.bureau.models import Member, Section
from pingyi.rules import standin
from pingyi.rules.actor import Actor, Role
from pingyi.rules.refused import Refused
from pingyi.rules.standin import Answering
from pingyi.stations.cases.models import Case, Handover
from pingyi.stations.plans.queries import people as plans

acting, officers = plans.acting, plans.officers  # who acts, and who oversees, is one question in every room
READERS = frozenset({Role.SUPERVISION_OFFICE, Role.BUREAU_LEADER, Role.AUDITOR})


def duty_officer(*, on: date) -> Member:
    """Return the officer who holds what no person received: the first in office who is not away."""
    there = officers(on=on)
    if not there:
        raise Refused("case.no_officer")
    roster = bureau.roster(since=on)
    return next((one for one in there if not roster.is_away(one.reference, on=on)), there[0])


def answering(case: Case, *, on: date) -> Answering:
    """Return who answers for a case on this day: the holder, or the stand-in while the holder is away (§3.2.3)."""
    return standin.answering(case.holder.reference, roster=bureau.roster(since=on), on=on)


def check_carrier(case: Case, *, by: Actor, on: date) -> None:
    """Refuse anybody but the holder, the stand-in, the section's head, and for its own cases the supervision office."""
    if by.is_machine or by.reference == case.holder.reference:
        return
    holding = case.section or case.holder.section
    if by.role is Role.SUPERVISION_OFFICE:
        if holding is None:
            return
        raise Refused("case.held_by_section", section=holding.name)
    if by.role is Role.SECTION_HEAD and holding is not None and by.section == holding.reference:
        return
    if answering(case, on=on).member != by.reference:
        raise Refused("case.not_the_holder", name=case.holder.name)


def taking(section: Section | None, member: Member | None, *, on: date) -> list[Member]:
    """Return who is asked to take an offer: the person named, the section's head and stand-in, or the office."""
    if member is not None:
        acting_for = standin.answering(member.reference, roster=bureau.roster(since=on), on=on)
        return list({member, *Member.objects.filter(reference=acting_for.member)})
    return officers(on=on) if section is None else leading(section, on=on)


def leading(section: Section, *, on: date) -> list[Member]:
    """Return those who lead a section: head and stand-in, or everybody in it where nobody is named."""
    staff = list(bureau.members(section=section.reference, on=on))
    named = [one for one in staff if one.pk in {section.head_id, section.stand_in_id}]
    heads = [one for one in staff if one.role == Role.SECTION_HEAD.value]
    return named or heads or staff


def may_read(actor: Actor, case: Case) -> bool:
    """Whether this reader sees a case: those who oversee, the section that holds it, and the one it is offered to."""
    if case.is_restricted:
        return actor.role is Role.SUPERVISION_OFFICE
    about = case.about()
    own = actor.section is not None and actor.section in {about["section"], about["offered"]}
    return own or actor.role in READERS or actor.reference == case.holder.reference


def was_asked(actor: Actor, case: Case) -> bool:
    """Whether a case that this reader does not see any more was once offered to the own section, or held by it."""
    if case.is_restricted or actor.section is None:
        return False
    mine = Q(to_section__reference=actor.section) | Q(from_section__reference=actor.section)
    return Handover.objects.filter(mine, case=case).exists()
