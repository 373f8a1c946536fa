"""What the bureau refuses about sections, posts and invitations, each by its own code (§3.1, §5.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pingyi.bureau.actions import invitation, member, section
from pingyi.bureau.tests.cast import Cast
from pingyi.record.tests.refusals import refused

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)


def refusal(call: Callable[[], object]) -> tuple[str, str | None]:
    """The code of a refusal, which leaves no entry, and the field that it stands at."""
    told = refused(call)
    return told.code, told.field


def test_a_section_has_a_code_of_its_own_and_stands_below_one_that_is_there(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    for taken in ("brigade", "add"):
        found = refusal(lambda code=taken: section.add(name="窗口", kind="室", reference=code, by=zhou, at=AT))
        assert found == ("section.reference_taken", "reference")
    stray = refusal(lambda: section.add(name="窗口", kind="室", parent="gone", by=zhou, at=AT))
    assert stray == ("section.no_such_parent", "parent")


def test_the_same_person_holds_the_same_post_once(cast: Cast) -> None:
    told = {"name": "赵敏", "role": "section_staff", "section": "brigade", "by": cast.actor("zhou"), "at": AT}
    assert refusal(lambda: member.appoint(**told)) == ("member.twice", "name")
    assert member.appoint(**told, phone="13800000009").name == "赵敏", "another person of that name"


def test_nobody_is_invited_who_left_or_signs_in_already(cast: Cast) -> None:
    zhou, known = cast.actor("zhou"), cast.zhao.reference
    assert refusal(lambda: invitation.issue([known], by=zhou, at=AT))[0] == "invitation.has_login"
    new = member.appoint(name="郑洁", role="section_staff", section="office", by=zhou, at=AT)
    member.dismiss(new.reference, reason="调离", by=zhou, at=AT)
    assert refusal(lambda: invitation.issue([new.reference], by=zhou, at=AT))[0] == "member.dismissed"
