"""Posts, leaving, heads, closing, invitations: each rule allows and refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pingyi.rules import membership as rules
from pingyi.rules.actor import Role
from pingyi.rules.refused import Refused

NOON = datetime(2026, 3, 15, 4, tzinfo=UTC)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("办公室", "office"),
        ("污染控制科", "section"),
        ("环境监察大队", "brigade"),
        ("信息中心", "center"),
        ("党委", None),
    ],
)
def test_a_sections_kind_is_told_by_its_ending(name: str, kind: str | None) -> None:
    assert rules.kind_of(name) == kind


def test_a_head_needs_a_section_and_a_supervisor_has_none() -> None:
    rules.check_post(Role.SECTION_HEAD, has_section=True)
    rules.check_post(Role.SUPERVISION_OFFICE, has_section=True)
    with refused("member.needs_section"):
        rules.check_post(Role.SECTION_HEAD, has_section=False)
    with refused("member.stands_outside"):
        rules.check_post(Role.SUPERVISOR, has_section=True)


@pytest.mark.parametrize("role", [Role.MACHINE, Role.PUBLIC])
def test_nobody_is_appointed_machine_or_public(role: Role) -> None:
    with refused("member.no_such_post"):
        rules.check_post(role, has_section=False)


def test_nobody_is_appointed_to_a_closed_section() -> None:
    with refused("section.closed"):
        rules.check_post(Role.SECTION_STAFF, has_section=True, is_closed=True)


def test_a_term_may_last_one_day_but_not_end_before_it_begins() -> None:
    rules.check_term(begins=date(2026, 3, 1), ends=date(2026, 3, 1))
    with refused("member.term_reversed"):
        rules.check_term(begins=date(2026, 3, 2), ends=date(2026, 3, 1))


def test_the_last_supervision_officer_stays() -> None:
    rules.check_leaving(Role.SUPERVISION_OFFICE, other_officers=1)
    rules.check_leaving(Role.SUPERVISOR, other_officers=0)
    with refused("member.last_officer"):
        rules.check_leaving(Role.SUPERVISION_OFFICE, other_officers=0)


def test_who_answers_for_a_section_hands_it_over_first() -> None:
    with refused("member.heads_section"):
        rules.check_leaving(Role.SECTION_HEAD, other_officers=2, headed=["办公室"])


def test_a_head_is_an_active_member_of_the_section() -> None:
    rules.check_head(role=Role.SECTION_STAFF, is_member=True, is_active=True)
    for role, is_member, is_active in (
        (Role.SECTION_STAFF, False, True),
        (Role.SECTION_STAFF, True, False),
        (Role.BUREAU_LEADER, True, True),
    ):
        with refused("section.head_elsewhere"):
            rules.check_head(role=role, is_member=is_member, is_active=is_active)


def test_a_section_with_duties_or_parts_stays_open() -> None:
    rules.check_closing(is_closed=False, open_duties=[], open_parts=[])
    with refused("section.has_duties"):
        rules.check_closing(is_closed=False, open_duties=["阶段总结"], open_parts=[])
    with refused("section.has_parts"):
        rules.check_closing(is_closed=False, open_duties=[], open_parts=["一中队"])


def test_an_invitation_is_open_until_the_instant_it_expires() -> None:
    def state(at: datetime, *, accepted: datetime | None = None, revoked: datetime | None = None) -> str:
        return rules.invitation_state(expires_at=NOON, accepted_at=accepted, revoked_at=revoked, at=at).value

    assert state(NOON - timedelta(seconds=1)) == "open"
    assert state(NOON) == "expired"
    assert state(NOON, accepted=NOON) == "accepted"
    assert state(NOON, revoked=NOON) == "revoked"
    with refused("invitation.expired"):
        rules.check_open(rules.InvitationState.EXPIRED)
