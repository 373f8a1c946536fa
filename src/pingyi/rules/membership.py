"""Who may hold which post, who may leave it, when a section closes, and how an invitation stands (§1.1, §5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused

# The kinds of unit that bureaus commonly have (§3.1); the adopted plan may add its own.
KINDS = {
    "office": "室",
    "section": "科",
    "station": "站",
    "brigade": "大队",
    "center": "中心",
    "division": "处",
    "subdivision": "股",
    "institute": "所",
    "branch": "分局",
    "squad": "中队",
    "detachment": "支队",
    "counter": "窗口",
    "police_station": "派出所",
    "clinic": "卫生院",
    "hospital": "医院",
    "school": "学校",
    "community": "社区",
}
OF_A_SECTION = frozenset({Role.SECTION_HEAD, Role.SECTION_STAFF})
OUTSIDE = frozenset({Role.SUPERVISOR, Role.DISTRICT_OFFICE, Role.CITY_BUREAU, Role.SURVEY_TEAM, Role.AUDITOR})
NAMED = 10  # so many matters are named in a refusal
NOBODY = frozenset({Role.MACHINE, Role.PUBLIC})


class InvitationState(StrEnum):
    """Where an invitation stands; expiry is computed, never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def kind_of(name: str) -> str | None:
    """Return the kind that a section's name ends with, such as "brigade" for 环境监察大队."""
    endings = sorted(KINDS.items(), key=lambda pair: -len(pair[1]))
    return next((kind for kind, ending in endings if name.endswith(ending)), None)


def check_post(role: Role, *, has_section: bool, is_closed: bool = False) -> None:
    """Refuse a post without the section it needs, with a section it cannot have, or in a closed one."""
    if role in NOBODY:
        raise Refused("member.no_such_post", field="role", role=role.value)
    if role in OF_A_SECTION and not has_section:
        raise Refused("member.needs_section", field="section")
    if role in OUTSIDE and has_section:
        raise Refused("member.stands_outside", field="section")
    if is_closed:
        raise Refused("section.closed", field="section")


def check_term(*, begins: date, ends: date | None) -> None:
    """Refuse a term that ends before it begins."""
    if ends is not None and ends < begins:
        raise Refused("member.term_reversed", field="active_until", begins=begins.isoformat())


def check_leaving(role: Role, *, other_officers: int, headed: Sequence[str] = ()) -> None:
    """Refuse the leaving of the last supervision officer, or of the head or stand-in of an open section (§1.1)."""
    if role is Role.SUPERVISION_OFFICE and other_officers == 0:
        raise Refused("member.last_officer")
    if headed:
        raise Refused("member.heads_section", sections="、".join(headed))


def check_handed_over(held: Sequence[str]) -> None:
    """Refuse the leaving of who still holds matters: each has exactly one holder at every instant (§3.2.3)."""
    if held:
        raise Refused("member.holds_matters", count=len(held), matters="、".join(held[:NAMED]))


def check_head(*, role: Role, is_member: bool, is_active: bool) -> None:
    """Refuse a head or stand-in who is not an active member of the section (§5.1)."""
    if role not in OF_A_SECTION or not is_member or not is_active:
        raise Refused("section.head_elsewhere", field="head")


def check_deputy(*, head: str, stand_in: str) -> None:
    """Refuse one person as both head and stand-in: an A/B post needs two (§3.2.3)."""
    if head == stand_in:
        raise Refused("section.one_person_twice", field="stand_in")


def check_closing(*, is_closed: bool, open_duties: Sequence[str], open_parts: Sequence[str]) -> None:
    """Refuse to close a section that still has duties or open parts, naming them (§1.1)."""
    if is_closed:
        raise Refused("section.closed")
    if open_parts:
        raise Refused("section.has_parts", sections="、".join(open_parts))
    if open_duties:
        raise Refused("section.has_duties", count=len(open_duties), duties="；".join(open_duties[:5]))


def invitation_state(
    *, expires_at: datetime, accepted_at: datetime | None, revoked_at: datetime | None, at: datetime
) -> InvitationState:
    """Return where an invitation stands at an instant."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.OPEN if at < expires_at else InvitationState.EXPIRED


def check_open(state: InvitationState) -> None:
    """Refuse an invitation that was used, revoked or has expired, each in its own words."""
    if state is not InvitationState.OPEN:
        raise Refused(f"invitation.{state.value}")
