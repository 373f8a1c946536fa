"""Each verb of the room: allowed, refused, forbidden, recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pingyi.bureau.models import Notice
from pingyi.bureau.tests.cast import Cast
from pingyi.record import reasons
from pingyi.record.models import Entry, Recorded
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions import board as boards
from pingyi.stations.commitments.actions import commitment as commitments
from pingyi.stations.commitments.actions import measurement, openness
from pingyi.stations.commitments.models import BoardEdition, Commitment, NoticeBoard, OpennessItem, OpennessProof
from pingyi.stations.commitments.queries import content
from pingyi.stations.commitments.tests.conftest import BEGIN, WORDS, Stage
from pingyi.stations.plans.tests.conftest import noon

pytestmark = pytest.mark.django_db
LATER = noon(date(2026, 6, 30))


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def verbs(row: Recorded) -> list[str]:
    return list(Entry.objects.filter(subject=row.subject).order_by("version").values_list("verb", flat=True))


def last(row: Recorded) -> dict[str, Any]:
    return dict(json.loads(Entry.objects.filter(subject=row.subject).order_by("-version")[0].body))


def said(row: Recorded) -> str:
    """The sealed words of the latest act on it."""
    return reasons.of(row.subject)[Entry.objects.filter(subject=row.subject).order_by("-version")[0].pk]


def told(notice: str) -> set[str]:
    return {one.to.name for one in Notice.objects.filter(code=notice)}


def test_a_commitment_goes_from_its_section_to_the_public_by_two_persons(stage: Stage) -> None:
    row = stage.draft()
    commitments.edit(row.reference, **{**WORDS, "what": "投诉件办结并答复"}, by=stage.actor("zhao"), at=BEGIN)
    commitments.propose(row.reference, by=stage.actor("wang"), at=BEGIN)
    assert told("commitment.proposed") == {"周明", "李芳"}
    row = commitments.publish(row.reference, by=stage.actor("zhou"), at=BEGIN)
    assert verbs(row) == ["commitment.draft", "commitment.edit", "commitment.propose", "commitment.publish"]
    assert (row.stage, row.published_on) == ("published", date(2026, 3, 16))
    assert told("commitment.published") == {"王强", "赵敏"}
    assert "投诉" not in Entry.objects.get(leaf=row.entry_hash).body


def test_another_section_does_not_write_it_and_its_writer_does_not_publish_it(stage: Stage) -> None:
    assert code(lambda: stage.draft(who="chen")) == "forbidden"
    assert code(lambda: stage.draft(section="nowhere", who="zhou")) == "commitment.no_such_section"
    row = stage.proposed(who="zhou")
    assert code(lambda: commitments.publish(row.reference, by=stage.actor("zhou"), at=BEGIN)) == "own_work"
    assert code(lambda: commitments.publish(row.reference, by=stage.actor("wang"), at=BEGIN)) == "forbidden"
    assert commitments.publish(row.reference, by=stage.actor("li"), at=BEGIN).stage == "published"


def test_a_return_says_why_and_clears_when_it_is_handed_in_again(stage: Stage) -> None:
    row = stage.proposed()
    row = commitments.send_back(row.reference, reason="写明统计口径", by=stage.actor("zhou"), at=BEGIN)
    assert (last(row)["kind"], last(row)["reason"], said(row), row.note) == (
        "commitment.return",
        "other",
        "写明统计口径",
        "写明统计口径",
    )
    assert told("commitment.returned") == {"王强"}
    assert commitments.propose(row.reference, by=stage.actor("wang"), at=BEGIN).note == ""


def test_a_promise_longer_than_the_plans_limit_is_not_handed_in(stage: Stage) -> None:
    row = stage.draft(amount=16, case_kind="complaint")
    assert code(lambda: commitments.propose(row.reference, by=stage.actor("wang"), at=BEGIN)) == (
        "commitment.longer_than_limit"
    )


def test_a_new_version_takes_the_place_of_the_old_on_its_day(stage: Stage) -> None:
    old = stage.published(who="zhou", checker="li")
    new = commitments.amend(old.reference, by=stage.actor("wang"), at=LATER)
    assert last(new)["kind"] == "commitment.amend"
    assert code(lambda: commitments.amend(old.reference, by=stage.actor("wang"), at=LATER)) == (
        "commitment.amended_already"
    )
    assert Commitment.objects.get(pk=old.pk).stage == "published"
    commitments.edit(new.reference, **{**WORDS, "amount": 7}, by=stage.actor("wang"), at=LATER)
    commitments.propose(new.reference, by=stage.actor("wang"), at=LATER)
    commitments.publish(new.reference, by=stage.actor("zhou"), at=LATER)  # who wrote the old one
    old = Commitment.objects.get(pk=old.pk)
    assert (last(old)["kind"], old.stage, old.ended_on) == ("commitment.replace", "replaced", date(2026, 6, 30))


def test_a_section_gives_up_drafts_and_the_office_withdraws_what_was_promised(stage: Stage) -> None:
    draft, kept = stage.draft(what="草稿"), stage.published()
    other = stage.proposed(what="咨询当日答复", amount=0)

    def withdraw(row: Commitment, who: str) -> Commitment:
        return commitments.withdraw(row.reference, reason="职能划转", by=stage.actor(who), at=LATER)

    assert withdraw(draft, "wang").stage == "withdrawn"
    assert code(lambda: withdraw(kept, "wang")) == "commitment.withdrawn_by_the_office"
    assert code(lambda: withdraw(kept, "zhou")) == "commitment.below_minimum"
    commitments.publish(other.reference, by=stage.actor("zhou"), at=LATER)
    row = withdraw(kept, "zhou")
    assert (last(row)["kind"], last(row)["reason"], said(row)) == ("commitment.withdraw", "other", "职能划转")
    assert row.ended_on == date(2026, 6, 30)


def measured(stage: Stage, row: Commitment, who: str = "wang", **more: Any) -> Any:
    given = {"begins_on": date(2026, 4, 1), "ends_on": date(2026, 6, 30), "total": 40, "kept": 38, "source": "录音"}
    return measurement.measure(row.reference, **{**given, **more}, by=stage.actor(who), at=LATER)


def test_figures_count_once_another_person_has_checked_them(stage: Stage) -> None:
    row = stage.published(what="来电三声内接听", amount=1, unit="minutes")
    one = measured(stage, row)
    assert last(one)["kind"] == "commitment.measure"
    assert told("measurement.entered") == {"周明", "李芳"}
    assert code(lambda: measurement.accept(one.reference, by=stage.actor("wang"), at=LATER)) == "forbidden"
    own = measured(stage, row, "zhou", begins_on=date(2026, 3, 16), ends_on=date(2026, 3, 31))
    assert code(lambda: measurement.accept(own.reference, by=stage.actor("zhou"), at=LATER)) == "own_work"
    one = measurement.accept(one.reference, by=stage.actor("zhou"), at=LATER)
    assert (last(one)["kind"], one.checked_by) == ("measurement.accept", stage.cast.zhou)
    assert code(lambda: measurement.accept(one.reference, by=stage.actor("li"), at=LATER)) == (
        "measurement.checked_already"
    )
    own = measurement.refuse(own.reference, reason="无录音", by=stage.actor("li"), at=LATER)
    assert (last(own)["kind"], last(own)["reason"], said(own), own.is_refused) == (
        "measurement.refuse",
        "other",
        "无录音",
        True,
    )


def test_figures_that_cannot_be_are_not_entered(stage: Stage) -> None:
    row = stage.published(what="来电三声内接听", amount=1, unit="minutes")
    cases = stage.published(case_kind="complaint")
    assert code(lambda: measured(stage, row, kept=41)) == "measurement.more_than_all"
    assert code(lambda: measured(stage, row, begins_on=date(2026, 3, 1))) == "measurement.before_it_held"
    measured(stage, row)
    assert code(lambda: measured(stage, row, begins_on=date(2026, 6, 30))) == "measurement.days_counted_already"
    assert code(lambda: measured(stage, cases)) == "measurement.counted_by_itself"


def added(stage: Stage, **more: Any) -> list[OpennessItem]:
    given = {"sections": ["brigade", "pollution"], "items": ["fee_rates", "fee_basis"], **more}
    return openness.add(**given, by=stage.actor("zhou"), at=BEGIN)


def test_items_are_put_on_the_lists_once(stage: Stage) -> None:
    rows = added(stage)
    assert len(rows) == 4
    assert last(rows[0])["kind"] == "openness.add"
    assert code(lambda: added(stage)) == "openness.nothing_added"
    own = added(stage, items=["fee_rates"], title="噪声投诉指南", sections=["brigade"])
    assert [row.title for row in own] == ["噪声投诉指南"]
    assert code(lambda: added(stage, sections=[])) == "openness.no_section"
    refused = code(lambda: openness.add(sections=["pollution"], title="甲", by=stage.actor("wang"), at=BEGIN))
    assert refused == "forbidden"
    assert OpennessItem.objects.count() == 5


def test_an_item_is_shown_by_its_section_and_looked_at_by_another(stage: Stage) -> None:
    row = added(stage, sections=["brigade"])[0]

    def show(who: str, **more: Any) -> OpennessItem:
        return openness.show(row.reference, **more, by=stage.actor(who), at=BEGIN)

    assert code(lambda: show("wang")) == "openness.proof_needed"
    assert code(lambda: show("chen", url="https://example.cn")) == "forbidden"
    shown = show("wang", proofs=[stage.picture(), stage.picture("b.jpg")])
    proof = OpennessProof.objects.get(item=shown)
    assert last(proof)["kind"] == "openness.show"
    assert told("openness.shown") == {"周明", "李芳"}
    show("wang", url="https://example.cn", drop=[proof.reference])
    assert OpennessProof.objects.get().is_withdrawn
    assert code(lambda: openness.accept(row.reference, by=stage.actor("wang"), at=BEGIN)) == "forbidden"
    checked = openness.accept(row.reference, by=stage.actor("zhou"), at=LATER)
    assert (last(checked)["kind"], checked.checked_on) == ("openness.accept", date(2026, 6, 30))
    back = openness.send_back(row.reference, reason="链接失效", by=stage.actor("li"), at=LATER)
    assert (last(back)["kind"], last(back)["reason"], said(back)) == ("openness.return", "other", "链接失效")
    assert told("openness.returned") == {"王强"}


def test_an_item_that_does_not_apply_is_left_out_with_a_reason(stage: Stage) -> None:
    row = added(stage, sections=["brigade"])[0]
    row = openness.drop(row.reference, reason="本科室不收费", by=stage.actor("zhou"), at=BEGIN)
    assert (last(row)["kind"], row.stage) == ("openness.drop", "not_applicable")


def placed(stage: Stage, **more: Any) -> NoticeBoard:
    given = {"place": "一楼大厅东侧", "section": "brigade", **more}
    return boards.place(**given, by=stage.actor("wang"), at=BEGIN)


def published(stage: Stage, section: str = "brigade", **more: Any) -> BoardEdition:
    given = {"mailbox": "jd@example.cn", "telephone": "0531-8888", **more}
    return boards.publish(section=section, **given, by=stage.actor("zhou"), at=BEGIN)


def test_an_edition_freezes_what_holds_and_is_published_when_it_says_something_new(stage: Stage) -> None:
    assert code(lambda: published(stage)) == "board.no_commitments"
    stage.published()
    board = placed(stage)
    edition = published(stage)
    assert last(edition)["kind"] == "board.publish"
    said = edition.said
    assert (said.bureau, said.section, said.supervisors) == ("清源区环境保护局", "环境监察大队", ("吴桐",))
    assert [way.number for way in said.channels] == ["12345", "0531-8888", "jd@example.cn"]
    assert said.commitments[0].within == "10个工作日内"
    assert [phase.name for phase in said.phases] == ["动员部署", "自查自纠", "巩固提高", "总结考核"]
    assert told("board.published") == {"王强"}
    assert Notice.objects.get(code="board.published").facts == {"place": board.place, "edition": 1}
    assert code(lambda: published(stage)) == "board.nothing_new"
    assert published(stage, telephone="0531-9999").number == 2
    assert published(stage, "").number == 1
    assert code(lambda: published(stage, "nowhere")) == "board.no_such_section"


def test_a_board_hangs_by_its_section_with_the_newest_edition(stage: Stage) -> None:
    stage.published()
    board = placed(stage)
    assert last(board)["kind"] == "board.place"

    def hang(who: str, edition: int, **more: Any) -> NoticeBoard:
        given = {"photograph": stage.picture(), **more}
        return boards.hang(board.reference, edition=edition, **given, by=stage.actor(who), at=BEGIN)

    assert code(lambda: hang("wang", 1)) == "board.no_edition"
    published(stage)
    assert code(lambda: hang("chen", 1)) == "forbidden"
    assert code(lambda: hang("wang", 1, photograph=None)) == "board.photograph_needed"
    row = hang("zhao", 1)
    assert (last(row)["kind"], row.hung, row.hung_by) == ("board.hang", 1, stage.cast.zhao)
    assert code(lambda: boards.place(place="甲", section="pollution", by=stage.actor("wang"), at=BEGIN)) == "forbidden"
    row = boards.take_down(board.reference, reason="大厅装修", by=stage.actor("wang"), at=LATER)
    assert (last(row)["kind"], last(row)["reason"], said(row)) == ("board.take_down", "other", "大厅装修")


def test_figures_are_of_days_on_which_the_commitment_held(stage: Stage) -> None:
    kept, other = stage.published(what="来电三声内接听", amount=1, unit="minutes"), stage.published(what="另一项")
    assert other.published_on is not None
    commitments.withdraw(kept.reference, reason="职能划转", by=stage.actor("zhou"), at=LATER)
    ended = LATER.date()
    assert code(lambda: measured(stage, kept, ends_on=ended)) == "measurement.after_it_ended"
    assert measured(stage, kept, ends_on=ended - timedelta(days=1)).total == 40


def test_without_a_plan_a_board_has_nothing_to_say(cast: Cast) -> None:
    assert code(lambda: content.compose(None, on=LATER.date())) == "board.no_plan"
