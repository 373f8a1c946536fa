"""The cast itself: everybody can sign in, and the record knows how each came in."""

from __future__ import annotations

from pingyi.bureau import queries
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.actor import Role


def test_the_cast_is_made_by_acts_alone(cast: Cast) -> None:
    assert Entry.objects.filter(verb="member.appoint", subject=cast.wang.subject).count() == 1
    assert Entry.objects.filter(verb="invitation.accept", subject=cast.wang.subject).count() == 1
    assert Entry.objects.filter(verb="bureau.create").count() == 3  # the bureau and its first two persons


def test_every_member_can_sign_in(cast: Cast) -> None:
    assert all(person.login for person in (cast.zhou, cast.li, cast.wang, cast.zhao, cast.chen, cast.sun, cast.wu))


def test_heads_answer_for_their_sections(cast: Cast) -> None:
    assert queries.responsible("brigade") == cast.wang
    assert queries.responsible("office") is None
    assert [one.name for one in queries.members(role=Role.SUPERVISION_OFFICE)] == ["周明", "李芳"]
    assert {fact.kind for fact in queries.section_facts()} == {"office", "section", "station", "brigade", "center"}
