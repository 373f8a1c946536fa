"""Members: appoint, change, dismiss (§4.1, §5.1); for a role that checks, two persons do it: see `motion`."""

from __future__ import annotations

from datetime import date, datetime

from pingyi.bureau import hooks, logins
from pingyi.bureau.actions.section import assign
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import Change, act
from pingyi.record.references import new_reference
from pingyi.rules import membership as rules
from pingyi.rules import motion as two
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


def appoint(
    *,
    name: str,
    role: str,
    section: str = "",
    title: str = "",
    phone: str = "",
    mail: str = "",
    letter_number: str = "",
    active_from: date | None = None,
    active_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Member:
    """Appoint a person to a post; a section's head becomes the one who answers for it (§1.1, §4.1)."""
    with act("member.appoint", by=by, at=at) as opened:
        two.check_single(role)
        person = drawn_up(
            opened, name=name, role=role, section=section, title=title, phone=phone, mail=mail,
            letter_number=letter_number, active_from=active_from, active_until=active_until, at=at,
        )  # fmt: skip
        person.made_by = [by.reference]
        return seat(opened, person)


def drawn_up(
    opened: Change,
    *,
    name: str,
    role: str,
    section: str = "",
    active_from: date | None = None,
    active_until: date | None = None,
    at: datetime,
    **particulars: str,
) -> Member:
    """Return a post as it would be made within this act, or say why not; a known name and number is a known person."""
    unit = _unit(opened, section)
    begins = active_from or day_of(at)
    _check(Role(role), unit, begins=begins, ends=active_until)
    person = Member(
        name=name, role=role, section=unit, active_from=begins, active_until=active_until, made_by=[], **particulars
    )
    _check_alone(person)
    person.person = known_person(name, phone=person.phone)
    return person


def known_person(name: str, *, phone: str) -> str:
    """Return the pseudonym of who has this name and telephone number already, or a fresh one (ADR 0013)."""
    alike = Member.objects.filter(name=name).exclude(phone="").exclude(person=None).order_by("pk")
    return next((str(one.person) for one in alike if one.phone == phone), new_reference())


def seat(opened: Change, person: Member) -> Member:
    """Save a post that was drawn up or altered; a head takes the section over."""
    opened.save(person)
    _take_headship(opened, person, person.section)
    return person


def change(
    reference: str,
    *,
    name: str,
    role: str,
    section: str = "",
    title: str = "",
    phone: str = "",
    mail: str = "",
    letter_number: str = "",
    active_until: date | None = None,
    reason: str = "",
    ground: str = "",
    by: Actor,
    at: datetime,
) -> Member:
    """Change a member's post or particulars; who answers for a section must hand that over first (§1.1)."""
    with act("member.change", by=by, at=at, ground=ground, reason=reason) as opened:
        person = opened.lock(Member, reference=reference)
        two.check_single(role, person.role)
        altered(
            opened, person, name=name, role=role, section=section, title=title, phone=phone, mail=mail,
            letter_number=letter_number, active_until=active_until, at=at,
        )  # fmt: skip
        return seat(opened, person)


def altered(
    opened: Change,
    person: Member,
    *,
    role: str,
    section: str = "",
    active_until: date | None = None,
    at: datetime,
    **particulars: str,
) -> Member:
    """Give a locked post its new values, unsaved, or say why not."""
    unit = _unit(opened, section)
    _check_in_office(person)
    _check(Role(role), unit, begins=person.active_from, ends=active_until)
    if _leaves(person, role=role, unit=unit, active_until=active_until):
        check_leaving(person, at=at)
    if unit != person.section:  # another post in the same section keeps its matters
        check_handed_over(person)
    assign(person, {"role": role, "section": unit, "active_until": active_until, **particulars})
    return person


def dismiss(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Member:
    """End a membership today; the last supervision officer and a section's head cannot leave (§1.1, §5.1)."""
    with act("member.dismiss", by=by, at=at, ground=ground, reason=reason) as opened:
        person = opened.lock(Member, reference=reference)
        _check_in_office(person)
        check_leaving(person, at=at)
        check_handed_over(person)
        person.dismissed_on = day_of(at)
        return opened.save(person)


def withdraw_login(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Member:
    """Part a post from its login, after a forgotten password or a theft; the person is then invited anew."""
    with act("member.withdraw_login", by=by, at=at, ground=ground, reason=reason) as opened:
        person = opened.lock(Member, reference=reference)
        two.check_single(person.role)
        return opened.save(parted(person, at=at))


def parted(person: Member, *, at: datetime) -> Member:
    """Part a locked post from its login, unsaved, or say why not; whose it was stays known."""
    _check_in_office(person)
    if person.login is None:
        raise Refused("member.no_login")
    rules.check_leaving(Role(person.role), other_officers=_other_officers(person, at=at))
    person.person = person.person or logins.person_of(person.login)
    person.login = None
    return person


def _unit(opened: Change, reference: str) -> Section | None:
    return opened.lock(Section, reference=reference) if reference else None


def _check(role: Role, unit: Section | None, *, begins: date, ends: date | None) -> None:
    closed = unit is not None and unit.closed_on is not None
    rules.check_post(role, has_section=unit is not None, is_closed=closed)
    rules.check_term(begins=begins, ends=ends)


def _check_alone(person: Member) -> None:
    same = Member.objects.filter(role=person.role, section=person.section, dismissed_on=None)
    if any((other.name, other.phone) == (person.name, person.phone) for other in same):
        raise Refused("member.twice", field="name", name=person.name)


def _check_in_office(person: Member) -> None:
    if person.dismissed_on is not None:
        raise Refused("member.dismissed")


def check_leaving(person: Member, *, at: datetime) -> None:
    """Refuse the leaving of the last officer who can sign in, and of who answers for an open section."""
    posts = Section.objects.filter(closed_on=None)
    headed = [row.name for row in posts if person.pk in {row.head_id, row.stand_in_id}]
    rules.check_leaving(Role(person.role), other_officers=_other_officers(person, at=at), headed=headed)


def check_handed_over(person: Member) -> None:
    """Refuse the leaving of who still holds matters of citizens."""
    rules.check_handed_over([one.reference for one in hooks.held(person.reference)])


def _other_officers(person: Member, *, at: datetime) -> int:
    """Count the other supervision officers who can sign in and stay; their rows are locked against leaving too."""
    officers = Member.objects.select_for_update(of=("self",)).filter(
        role=Role.SUPERVISION_OFFICE.value, dismissed_on=None
    )
    able = [one for one in officers if one.login_id and (one.active_until is None or one.active_until >= day_of(at))]
    return sum(one.pk != person.pk for one in able)


def _leaves(person: Member, *, role: str, unit: Section | None, active_until: date | None) -> bool:
    """Whether the change takes the person out of the post; an officer's new last day is a leaving too."""
    officer = person.role == Role.SUPERVISION_OFFICE.value
    ends = officer and active_until is not None and active_until != person.active_until
    promoted = role == Role.SECTION_HEAD.value and unit == person.section
    moved = (role, unit) != (person.role, person.section) and not promoted
    return ends or moved


def _take_headship(opened: Change, person: Member, unit: Section | None) -> None:
    if unit is None or person.role != Role.SECTION_HEAD.value or unit.head_id == person.pk:
        return
    if unit.head_id is not None:
        raise Refused("section.has_head", field="role", section=unit.name, head=unit.head.name if unit.head else "")
    unit.head = person
    if unit.stand_in_id == person.pk:
        unit.stand_in = None
    opened.save(unit)
