"""`verify` lists who checked the own work, and who was made by the one checked; an honest site has nothing to list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from tests.journeys.ground import furnish

from pingyi.authoring.tests.plans import plan_text
from pingyi.bureau import audit, setup_code, shelf_check
from pingyi.bureau.actions import invitation, member, organization
from pingyi.bureau.models import Member
from pingyi.bureau.tests import paper
from pingyi.bureau.tests.acceptances import accept_warnings
from pingyi.bureau.tests.cast import BEGIN, PASSWORD, Cast
from pingyi.bureau.tests.test_persons import second_post
from pingyi.record import audit as record
from pingyi.rules import motion, permissions
from pingyi.rules.actor import VISITOR, Actor, Role, machine
from pingyi.rules.permissions import Permission, Reach
from pingyi.stations.plans.actions import version
from pingyi.stations.plans.queries.intake import Brought

pytestmark = [pytest.mark.django_db]


@contextmanager
def old_door() -> Iterator[None]:
    """The door of an earlier version: posts were compared, and one officer appointed and invited whom he liked."""
    with pytest.MonkeyPatch.context() as patched:
        anybody = Permission(reach=dict.fromkeys(Role, Reach.ANY))
        patched.setitem(permissions.PERMISSIONS, "plan.adopt", anybody)  # type: ignore[arg-type]
        patched.setattr(motion, "check_single", lambda *_roles: None)
        patched.setattr(invitation, "_needs_word", lambda _person: False)
        yield


def adopted(cast: Cast, *, by: Actor) -> None:
    zhou = cast.actor("zhou")
    row = version.draft(Brought(text=plan_text()), by=zhou, at=BEGIN)
    version.propose(row.reference, by=zhou, at=BEGIN)
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=BEGIN)
    version.adopt(row.reference, by=by, at=BEGIN)


def test_a_site_where_two_did_everything_has_nothing_to_list(cast: Cast) -> None:
    furnish(cast)
    assert list(audit.remarks()) == []
    # Files that tests of before left on the shelf are another matter.
    assert [one for one in record.examine().listed if one not in shelf_check.unnamed()] == []


def test_a_plan_adopted_by_its_proposer_in_another_post_is_listed(cast: Cast) -> None:
    leader = second_post(cast, "zhou")
    with old_door():
        adopted(cast, by=leader)
    (line,) = audit.remarks()
    assert leader.reference in line
    assert cast.zhou.reference in line
    assert f"! {line}" in record.examine().told()


def test_a_checker_whom_the_proposer_made_alone_is_listed(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    with old_door():
        one = member.appoint(name="钱进", role="bureau_leader", by=zhou, at=BEGIN)
        token = invitation.issue([one.reference], by=zhou, at=BEGIN)[0].token
        invitation.accept(token, username="qian", password=PASSWORD, by=VISITOR, at=BEGIN)
        adopted(cast, by=Member.objects.get(pk=one.pk).actor())
    lines = list(audit.remarks())
    assert len(lines) == 2
    assert all(one.reference in line and cast.zhou.reference in line for line in lines)


def test_whom_the_servers_operator_founded_is_listed(cast: Cast) -> None:
    issued = organization.found_second(name="钱进", role="bureau_leader", by=machine("operator"), at=BEGIN)
    (line,) = audit.remarks()
    assert issued.invitation.member.reference in line
    assert "machine/operator" in line


@pytest.mark.parametrize(("is_same", "count"), [(True, 1), (False, 0)])
def test_both_founding_posts_taken_up_in_one_browser_are_listed(*, is_same: bool, count: int) -> None:
    begun = {"name": "某区环境保护局", "office_name": "监察室", "year": 2026, "officer": "周明", "username": "zhouming"}
    told = {**begun, "second": "孙伟", "second_role": "bureau_leader", "password": PASSWORD, "again": PASSWORD}
    founder = Client()
    assert founder.post("/first-run/", {**told, "code": setup_code.code()}).status_code == 302
    reference = Member.objects.get(name="孙伟").reference
    link = paper.link(founder.post(f"/bureau/members/{reference}/invite/"))
    founder.post("/accounts/logout/")
    browser = founder if is_same else Client()
    sun = {"username": "sun", "password": PASSWORD, "again": PASSWORD}
    assert browser.post(link, sun).status_code == 302
    lines = [line for line in audit.remarks() if reference in line]
    assert len(lines) == count
