"""Verbs of a plan version: allowed, refused, forbidden, recorded."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from pingyi.authoring.edit import put
from pingyi.authoring.tests.plans import plan_text
from pingyi.bureau import hooks
from pingyi.bureau.models import Notice
from pingyi.bureau.tests.acceptances import accept_warnings
from pingyi.bureau.tests.cast import Cast
from pingyi.record.models import Entry
from pingyi.rules.refused import Refused
from pingyi.stations.plans import queries as room
from pingyi.stations.plans.actions import version as actions
from pingyi.stations.plans.models import PlanVersion, Task
from pingyi.stations.plans.queries import version as queries
from pingyi.stations.plans.queries.intake import Brought

pytestmark = [pytest.mark.django_db]
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)


def drafted(cast: Cast, text: str = "") -> PlanVersion:
    return actions.draft(Brought(text=text or plan_text()), by=cast.actor("zhou"), at=AT)


def adopted(cast: Cast, row: PlanVersion) -> PlanVersion:
    """Propose a draft, accept what warns, and adopt it."""
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=AT)
    return actions.adopt(row.reference, by=cast.actor("sun"), at=AT)


def refusal(call: object, *args: object, **more: object) -> str:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return refused.value.code


def verbs() -> list[str]:
    return list(Entry.objects.exclude(verb="record.bind").order_by("pk").values_list("verb", flat=True))


def test_a_plan_goes_from_draft_into_force_by_two_persons_and_every_step_is_recorded(cast: Cast) -> None:
    row = adopted(cast, drafted(cast))
    assert (row.stage, row.proposed_by, row.adopted_by) == ("adopted", cast.zhou.reference, cast.sun.reference)
    assert row.text_sha256 == hashlib.sha256(plan_text().encode()).hexdigest()
    opened = room.current_round()
    assert opened is not None
    assert (opened.year, opened.plan_version, opened.plan_sha256) == (2026, row.reference, row.text_sha256)
    assert Task.objects.filter(round=opened).exists()
    recorded = [verb for verb in verbs() if verb in {"plan.draft", "plan.propose", "plan.adopt", "round.open"}]
    assert recorded == ["plan.draft", "plan.propose", "plan.adopt", "round.open"]


def test_before_a_plan_is_adopted_sections_are_put_in_the_classes_of_its_draft(cast: Cast) -> None:
    assert hooks.classes() == {}
    row = drafted(cast, plan_text().replace("name: 全局科室", "name: 窗口类"))
    assert list(hooks.classes().values()) == ["窗口类"]
    assert "窗口类" in cast.client("zhou").get("/bureau/sections/brigade/change/").content.decode()
    actions.withdraw(row.reference, by=cast.actor("zhou"), at=AT)
    assert hooks.classes() == {}


def test_the_proposer_cannot_adopt_the_own_proposal(cast: Cast) -> None:
    row = drafted(cast)
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    assert refusal(actions.adopt, row.reference, by=cast.actor("zhou"), at=AT) == "own_work"
    assert PlanVersion.objects.get(pk=row.pk).stage == "proposed"
    assert room.current_round() is None
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=AT)
    assert actions.adopt(row.reference, by=cast.actor("li"), at=AT).stage == "adopted"


@pytest.mark.parametrize("who", ["wang", "zhao", "wu", "he"])
def test_others_may_do_none_of_it(cast: Cast, who: str) -> None:
    by = cast.actor(who)
    assert refusal(actions.draft, Brought(text=plan_text()), by=by, at=AT) == "forbidden"
    row = drafted(cast)
    seen = row.text_sha256
    assert refusal(actions.edit, row.reference, text="x", seen_sha256=seen, by=by, at=AT) == "forbidden"
    assert refusal(actions.propose, row.reference, by=by, at=AT) == "forbidden"
    assert refusal(actions.withdraw, row.reference, by=by, at=AT) == "forbidden"
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    assert refusal(actions.adopt, row.reference, by=by, at=AT) in {"forbidden", "own_work"}
    accept_warnings("adopt", row.reference, by=cast.actor("zhou"), at=AT)
    actions.adopt(row.reference, by=cast.actor("li"), at=AT)
    assert refusal(actions.amend, row.reference, reason="x", by=by, at=AT) == "forbidden"


def test_a_plan_with_problems_is_kept_but_cannot_be_proposed(cast: Cast) -> None:
    row = drafted(cast, put(plan_text(), values={"sources[0].weight": "0.9"}))
    assert refusal(actions.propose, row.reference, by=cast.actor("zhou"), at=AT) == "version.has_problems"
    nonsense = drafted(cast, "不成样子")
    assert refusal(actions.propose, nonsense.reference, by=cast.actor("zhou"), at=AT) == "version.has_problems"


def test_a_text_saved_by_another_meanwhile_is_not_written_over(cast: Cast) -> None:
    row = drafted(cast)
    seen = row.text_sha256
    changed = put(plan_text(), values={"title": "甲"})
    first = actions.edit(row.reference, text=changed, seen_sha256=seen, by=cast.actor("li"), at=AT)
    assert first.title == "甲"
    assert "plan.edit" in verbs()
    late = put(plan_text(), values={"title": "乙"})
    stale = refusal(actions.edit, row.reference, text=late, seen_sha256=seen, by=cast.actor("zhou"), at=AT)
    assert stale == "version.changed"
    assert PlanVersion.objects.get(pk=row.pk).title == "甲"


def test_a_proposal_is_frozen_until_taken_back_and_a_draft_can_be_given_up(cast: Cast) -> None:
    row, by = drafted(cast), cast.actor("zhou")
    actions.propose(row.reference, by=by, at=AT)
    frozen = refusal(actions.edit, row.reference, text="x", seen_sha256=row.text_sha256, by=by, at=AT)
    assert frozen == "version.is_proposed"
    assert actions.withdraw(row.reference, by=by, at=AT).stage == "draft"
    assert actions.withdraw(row.reference, by=by, at=AT).stage == "withdrawn"
    assert verbs().count("plan.withdraw") == 2
    assert refusal(actions.withdraw, row.reference, by=by, at=AT) == "version.is_withdrawn"


def test_an_amendment_is_a_new_version_and_moves_the_open_year(cast: Cast) -> None:
    first = adopted(cast, drafted(cast))
    second = actions.amend(first.reference, reason="放假通知", by=cast.actor("zhou"), at=AT)
    assert second.text == first.text
    assert "plan.amend" in verbs()
    text = put(second.text, values={"tasks[5].due_on": "2026-04-09"})
    actions.edit(second.reference, text=text, seen_sha256=second.text_sha256, by=cast.actor("zhou"), at=AT)
    second = adopted(cast, second)
    assert second.amends == first.reference
    opened = room.current_round()
    assert opened is not None
    assert opened.plan_version == second.reference
    assert {str(task.due_on) for task in Task.objects.filter(plan_task="hang_board")} == {"2026-04-09"}
    before, found = queries.difference(second)
    assert before == first
    assert [one.path for one in found] == ["tasks[5].due_on"]
    assert not queries.is_in_force(PlanVersion.objects.get(pk=first.pk))
    assert PlanVersion.objects.get(pk=first.pk).text == first.text


def test_two_amendments_side_by_side_cannot_both_come_into_force(cast: Cast) -> None:
    first = adopted(cast, drafted(cast))
    one, two = (actions.amend(first.reference, reason="改", by=cast.actor("zhou"), at=AT) for _ in range(2))
    for row, title in ((one, "甲"), (two, "乙")):
        text = put(row.text, values={"title": title})
        actions.edit(row.reference, text=text, seen_sha256=row.text_sha256, by=cast.actor("zhou"), at=AT)
        actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    accept_warnings("adopt", one.reference, by=cast.actor("zhou"), at=AT)
    actions.adopt(one.reference, by=cast.actor("sun"), at=AT)
    assert refusal(actions.adopt, two.reference, by=cast.actor("sun"), at=AT) == "version.overtaken"
    overtaken = refusal(actions.amend, first.reference, reason="改", by=cast.actor("zhou"), at=AT)
    assert overtaken == "version.overtaken"


def test_an_amendment_says_why(cast: Cast) -> None:
    first = adopted(cast, drafted(cast))
    assert refusal(actions.amend, first.reference, reason=" ", by=cast.actor("zhou"), at=AT) == "version.reason_needed"


def test_those_who_can_adopt_are_told_and_find_it_on_their_desk(cast: Cast) -> None:
    row = drafted(cast)
    actions.propose(row.reference, by=cast.actor("zhou"), at=AT)
    told = set(Notice.objects.filter(code="plan.proposed").values_list("to__reference", flat=True))
    assert told == {cast.li.reference, cast.sun.reference}
    assert [item.url for item in queries.desk(cast.actor("sun"), AT)] == [row.get_absolute_url()]
    assert queries.desk(cast.actor("zhou"), AT) == []
    assert queries.desk(cast.actor("wang"), AT) == []


def test_the_bureau_learns_the_kinds_of_unit_from_the_plan_in_force(cast: Cast) -> None:
    assert queries.kinds() == {}
    adopted(cast, drafted(cast))
    assert queries.kinds()["brigade"] == "大队"
