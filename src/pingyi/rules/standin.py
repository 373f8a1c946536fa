"""Who acts for whom: A/B posts, absences, and the section head where both are away (AB角工作制, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pingyi.rules.refused import Refused

LONGEST = 1100  # days; a longer absence is a slip of the pen


class Part(StrEnum):
    """In which part somebody answers for a member's work."""

    SELF = "self"
    STAND_IN = "stand_in"  # the other of the A/B post
    HEAD = "head"  # both of the post are away
    NOBODY_ELSE = "nobody_else"  # away, and nobody is left to stand in; the member still answers


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """Two people who do the same work, and the head of their section."""

    first: str
    second: str
    head: str = ""
    begins_on: date = date.min
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Days on which one member is away, both ends included."""

    member: str
    begins_on: date
    ends_on: date
    is_head_standing_in: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answering:
    """Who acts and answers for a member's work on a day, and as what."""

    member: str
    part: Part


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """The posts and absences of a bureau."""

    posts: tuple[Post, ...] = ()
    absences: tuple[Absence, ...] = ()

    def is_away(self, member: str, *, on: date) -> bool:
        """Whether a member is away on this day."""
        return any(one.member == member and one.begins_on <= on <= one.ends_on for one in self.absences)

    def partners(self, member: str, *, on: date) -> tuple[tuple[str, str], ...]:
        """Return the others of a member's posts on this day, each with the head of the section."""
        in_force = (one for one in self.posts if one.begins_on <= on and (one.ends_on is None or on <= one.ends_on))
        return tuple(
            (one.second if one.first == member else one.first, one.head)
            for one in in_force
            if member in {one.first, one.second}
        )


def answering(member: str, *, roster: Roster, on: date) -> Answering:
    """Return the one person who answers for a member's work: there is always exactly one (§1.1)."""
    if not roster.is_away(member, on=on):
        return Answering(member=member, part=Part.SELF)
    pairs = roster.partners(member, on=on)
    for partner, _ in pairs:
        if not roster.is_away(partner, on=on):
            return Answering(member=partner, part=Part.STAND_IN)
    for _, head in pairs:
        if head and head != member and not roster.is_away(head, on=on):
            return Answering(member=head, part=Part.HEAD)
    return Answering(member=member, part=Part.NOBODY_ELSE)


def check_post(*, first: str, second: str, same_section: bool) -> None:
    """Refuse a pair that is one person, or of two sections."""
    if first == second:
        raise Refused("post.one_person_twice", field="second")
    if not same_section:
        raise Refused("post.of_two_sections", field="second")


def check_absence(new: Absence, *, roster: Roster, on: date) -> None:
    """Refuse days that are wrong, entered twice, or on which nobody of a post would be left (§3.2.3).

    Both of a post may be away only where the head of the section is there and stands in.
    """
    if new.ends_on < new.begins_on:
        raise Refused("absence.reversed", field="ends_on")
    if (new.ends_on - new.begins_on).days > LONGEST:
        raise Refused("absence.too_long", field="ends_on")
    if new.ends_on < on:
        raise Refused("absence.is_past", field="ends_on")
    if _overlapping(new, of=[new.member], absences=roster.absences):
        raise Refused("absence.twice", field="begins_on")
    for day in _begins(new, roster):
        for partner, head in roster.partners(new.member, on=day):
            _check_pair(new, partner=partner, head=head, roster=roster)
    for day in _days(new):
        if any(post.head == new.member and _is_empty(post, roster, on=day) for post in roster.posts):
            raise Refused("absence.nobody_left", field="begins_on", begins_on=day, ends_on=new.ends_on)


def _is_empty(post: Post, roster: Roster, *, on: date) -> bool:
    in_force = post.begins_on <= on and (post.ends_on is None or on <= post.ends_on)
    return in_force and roster.is_away(post.first, on=on) and roster.is_away(post.second, on=on)


def _days(new: Absence) -> Iterable[date]:
    return (new.begins_on + timedelta(days=number) for number in range((new.ends_on - new.begins_on).days + 1))


def _check_pair(new: Absence, *, partner: str, head: str, roster: Roster) -> None:
    clash = _overlapping(new, of=[partner], absences=roster.absences)
    if clash is None:
        return
    dates = {"begins_on": max(clash.begins_on, new.begins_on), "ends_on": min(clash.ends_on, new.ends_on)}
    if not head or head in {new.member, partner} or _overlapping(new, of=[head], absences=roster.absences):
        raise Refused("absence.nobody_left", field="begins_on", **dates)
    if not new.is_head_standing_in:
        raise Refused("absence.both_away", field="is_head_standing_in", **dates)


def _begins(new: Absence, roster: Roster) -> Sequence[date]:
    """Posts may change within an absence: look on its first day, and on each day that a post begins in it."""
    return [new.begins_on, *(one.begins_on for one in roster.posts if new.begins_on < one.begins_on <= new.ends_on)]


def _overlapping(new: Absence, *, of: Iterable[str], absences: Iterable[Absence]) -> Absence | None:
    people = set(of)
    return next(
        (
            one
            for one in absences
            if one.member in people and one.begins_on <= new.ends_on and new.begins_on <= one.ends_on
        ),
        None,
    )
