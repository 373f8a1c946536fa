"""What a list shows and what a case's page opens is one rule: whoever the reader, wherever the case (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from pingyi.bureau.tests.cast import enlist
from pingyi.rules.actor import VISITOR, Role
from pingyi.stations.cases.actions import custody
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import people, readable
from pingyi.stations.cases.tests.conftest import MONDAY, Play

pytestmark = pytest.mark.django_db
READERS = ("zhou", "li", "wang", "zhao", "chen", "sun", "wu", "he")


def test_lists_show_exactly_the_cases_whose_pages_open(play: Play) -> None:
    play.received()
    play.received(who="zhao")
    play.received(who="chen", is_kept=True)
    play.received(kind="misconduct", who="zhao")
    play.offered(member="zhao")
    play.held()
    play.closed()
    passed = play.held()
    custody.assign(passed.reference, to="pollution", by=play.actor("zhao"), at=MONDAY)
    custody.assign(play.received(who="chen").reference, to="office", by=play.actor("chen"), at=MONDAY)
    cases = list(Case.objects.all())
    actors = {who: play.actor(who) for who in READERS} | {"": VISITOR}
    for who, actor in actors.items():
        listed = set(Case.objects.filter(readable.by(actor)).values_list("reference", flat=True))
        assert listed == {one.reference for one in cases if people.may_read(actor, one)}, who
    seen = {who: Case.objects.filter(readable.by(actor)).count() for who, actor in actors.items()}
    assert (seen["zhou"], seen["sun"], seen["he"], seen[""]) == (9, 8, 0, 0)
    assert seen["zhao"] > seen["chen"] > 0


@pytest.fixture
def _march() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.usefixtures("_march")
def test_a_section_whose_code_is_office_is_not_the_supervision_office(play: Play) -> None:
    head = enlist("qin", name="秦某", role=Role.SECTION_HEAD, section="office", by=play.actor("zhou"), at=MONDAY)
    theirs = Client()
    theirs.force_login(head.login)

    def offered(to: str) -> tuple[Case, int]:
        case = play.held(who="zhao")
        form = {"to": to, "member": "", "note": "", "seen": case.version}
        assert play.cast.client("zhao").post(f"/cases/{case.reference}/assign/", form).status_code == 302
        return play.fresh(case), theirs.get(f"/cases/{case.reference}/").status_code

    case, answered = offered("office")
    assert case.offered_to is not None
    assert (case.offered_to.reference, answered) == ("office", 200)
    case, answered = offered("@office")
    assert (case.is_offered, case.offered_to, answered) == (True, None, 404)
