"""What pages and other rooms may know of the bureau; a phone number is seen by few."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from pingyi.authoring.people_tables import PeopleTable
from pingyi.bureau.hooks import kinds
from pingyi.bureau.incoming import Incoming, compare
from pingyi.bureau.models import Absence, Bureau, Invitation, Login, Member, Post, Section
from pingyi.rules import standin
from pingyi.rules.actor import Actor, Role
from pingyi.rules.evidence import SectionFacts
from pingyi.rules.membership import InvitationState

Members = QuerySet[Member]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A section on the overview: its people in office, and what its kind is called."""

    section: Section
    kind: str
    depth: int
    people: tuple[Member, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """An invitation with where it stands now."""

    invitation: Invitation
    state: InvitationState


def bureau() -> Bureau | None:
    """Return the bureau, or None before the first run."""
    return Bureau.objects.first()


def sections(*, evaluated: bool | None = None, closed: bool = False) -> QuerySet[Section]:
    """Return the open sections (or the closed ones) in their order, with head, stand-in and parent."""
    rows = Section.objects.filter(closed_on__isnull=not closed)
    if evaluated is not None:
        rows = rows.filter(is_evaluated=evaluated)
    return rows.select_related("head", "stand_in", "parent").order_by("order", "pk")


def section(reference: str) -> Section:
    """Return one section, closed ones too; an unknown one is a page that does not exist."""
    rows = Section.objects.select_related("head", "stand_in", "parent")
    row: Section = get_object_or_404(rows, reference=reference)
    return row


def section_facts() -> tuple[SectionFacts, ...]:
    """Return the evaluated sections as scoring sees them (§3.1)."""
    return tuple(
        SectionFacts(id=row.reference, name=row.name, kind=row.kind_id, section_class=row.section_class)
        for row in sections(evaluated=True)
    )


def members(*, role: Role | None = None, section: str | None = None, on: date | None = None) -> Members:
    """Return the members in office, by role and section; with `on`, those whose term covers that day."""
    rows = Member.objects.filter(dismissed_on=None).select_related("section", "login")
    if role is not None:
        rows = rows.filter(role=role.value)
    if section is not None:
        rows = rows.filter(section__reference=section)
    if on is not None:
        rows = rows.filter(Q(active_until=None) | Q(active_until__gte=on), active_from__lte=on)
    return rows.order_by("section__order", "section_id", "pk")


def member(reference: str) -> Member:
    """Return one member, dismissed ones too."""
    row: Member = get_object_or_404(Member.objects.select_related("section", "login"), reference=reference)
    return row


def memberships(login: Login, *, on: date) -> Members:
    """Return the posts that a login may act in on this day."""
    return members(on=on).filter(login=login)


def responsible(section: str) -> Member | None:
    """Return who answers for a section: its head, or the stand-in while there is no head (§1.1, §5.1)."""
    row = sections().filter(reference=section).first()
    return (row.head or row.stand_in) if row else None


def units() -> list[Unit]:
    """Return the open sections as the organisation table shows them: parts under their parents."""
    named = kinds()
    people: dict[int | None, list[Member]] = {}
    for person in members():
        people.setdefault(person.section_id, []).append(person)
    return [
        Unit(
            section=row,
            kind=named.get(row.kind_id, row.kind_id),
            depth=depth,
            people=tuple(people.get(row.pk, ())),
        )
        for row, depth in _nested(list(sections()))
    ]


def outside_sections() -> list[Member]:
    """Return the members in office who belong to no section: leaders, supervisors, the offices above."""
    return list(members().filter(section=None))


def sees_phone(person: Member, *, seen_by: Actor) -> bool:
    """Whether this reader may see a member's phone number: the supervision office, and the member."""
    return seen_by.role is Role.SUPERVISION_OFFICE or seen_by.reference == person.reference


def invitations(*, at: datetime) -> list[Invited]:
    """Return all invitations, the newest first, with their state at this instant."""
    rows = Invitation.objects.select_related("member", "member__section").order_by("-issued_at", "-pk")
    return [Invited(invitation=row, state=row.state(at=at)) for row in rows]


def invitation(token_sha256: str) -> Invitation:
    """Return the invitation that a token opens."""
    rows = Invitation.objects.select_related("member", "member__section")
    row: Invitation = get_object_or_404(rows, token_sha256=token_sha256)
    return row


def uninvited(*, at: datetime) -> list[Member]:
    """Return the members in office who have neither a login nor an open invitation."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)
    return list(members().filter(login=None).exclude(pk__in=waiting.values("member_id")))


def invitation_of(reference: str) -> Invitation:
    """Return an invitation by its reference."""
    row: Invitation = get_object_or_404(Invitation.objects.select_related("member"), reference=reference)
    return row


def posts(person: Member) -> list[str]:
    """Return the names of the open sections that a member answers for or stands in for."""
    rows = Section.objects.filter(Q(head=person) | Q(stand_in=person), closed_on=None)
    return list(rows.order_by("order").values_list("name", flat=True))


def pairs(*, on: date) -> QuerySet[Post]:
    """Return the A/B posts in force on a day (§3.2.3)."""
    rows = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), begins_on__lte=on)
    return rows.select_related("section", "first", "second").order_by("section__order", "work", "pk")


def absences(*, since: date) -> QuerySet[Absence]:
    """Return the absences that stand and end on this day or later, the nearest first."""
    rows = Absence.objects.filter(Q(cancelled_on=None) | Q(cancelled_on__gt=F("begins_on")), ends_on__gte=since)
    return rows.select_related("member", "member__section").order_by("begins_on", "pk")


@dataclass(frozen=True, kw_only=True, slots=True)
class Away:
    """Somebody who is away on a day, and who acts in that person's place."""

    absence: Absence
    acting: Member
    part: standin.Part


def away(*, on: date) -> list[Away]:
    """Return who is away on this day and who acts for each (§3.2.3)."""
    known = roster(since=on)
    there = list(absences(since=on).filter(begins_on__lte=on))
    acting = {row.pk: standin.answering(row.member.reference, roster=known, on=on) for row in there}
    people = {
        one.reference: one for one in Member.objects.filter(reference__in=[one.member for one in acting.values()])
    }
    return [Away(absence=row, acting=people[acting[row.pk].member], part=acting[row.pk].part) for row in there]


def absence(reference: str) -> Absence:
    """Return one absence."""
    row: Absence = get_object_or_404(Absence.objects.select_related("member", "member__section"), reference=reference)
    return row


def roster(*, since: date = date.min) -> standin.Roster:
    """Return who stands in for whom and who is away, as the rules see it; a section's head and stand-in are a pair."""
    leading = Section.objects.exclude(head=None).exclude(stand_in=None)
    pairs_set = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=F("begins_on"))).order_by("pk")
    away_then = absences(since=since).select_related(None)  # asked many times a day, so only the columns that count
    return standin.Roster(
        posts=(
            *(
                standin.Post(first=first, second=second, head=head or "", begins_on=begins_on, ends_on=ends_on)
                for first, second, head, begins_on, ends_on in pairs_set.values_list(
                    "first__reference", "second__reference", "section__head__reference", "begins_on", "ends_on"
                )
            ),
            *(
                standin.Post(first=head, second=other)
                for head, other in leading.values_list("head__reference", "stand_in__reference")
            ),
        ),
        absences=tuple(
            standin.Absence(member=member, begins_on=begins_on, ends_on=ends_on, is_head_standing_in=is_head)
            for member, begins_on, ends_on, is_head in away_then.values_list(
                "member__reference", "begins_on", "ends_on", "is_head_standing_in"
            )
        ),
    )


def count_by_role() -> dict[str, int]:
    """Count the members in office by role."""
    rows = Member.objects.filter(dismissed_on=None).values_list("role").annotate(count=Count("pk"))
    return dict(rows)


def incoming(table: PeopleTable) -> Incoming:
    """Return what a table would change as the bureau is now."""
    return compare(table, sections=list(sections()), members=list(members()))


def _nested(rows: list[Section]) -> Iterable[tuple[Section, int]]:
    """Yield every section once, parts after their parent; a part of a closed section stands by itself."""
    open_ones = {row.pk for row in rows}
    parts: dict[int | None, list[Section]] = {}
    for row in rows:
        parts.setdefault(row.parent_id if row.parent_id in open_ones else None, []).append(row)

    def below(parent: int | None, depth: int) -> Iterable[tuple[Section, int]]:
        for row in parts.get(parent, ()):
            yield row, depth
            yield from below(row.pk, depth + 1)

    return below(None, 0)
