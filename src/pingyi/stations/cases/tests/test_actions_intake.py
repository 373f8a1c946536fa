"""Receipt, kinds, merging and splitting: allowed, refused, forbidden, recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils.crypto import salted_hmac

from pingyi.bureau.models import Notice
from pingyi.record import audit, sequence
from pingyi.record.models import Entry
from pingyi.rules.actor import machine
from pingyi.rules.case.clock import Cause
from pingyi.rules.case.stages import Stage
from pingyi.rules.refused import Refused
from pingyi.stations.cases import keyed, marks, numbers
from pingyi.stations.cases.actions import custody, intake
from pingyi.stations.cases.contact import Contact
from pingyi.stations.cases.models import Case, Complainant
from pingyi.stations.cases.tests.conftest import DAY, MONDAY, Play, noon

pytestmark = pytest.mark.django_db


def code(move: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        move()
    return refused.value.code


def last(case: Case) -> dict[str, Any]:
    return dict(json.loads(Entry.objects.filter(subject=case.subject).order_by("-version")[0].body))


def test_a_matter_received_is_held_by_who_received_it_and_has_a_due_date(play: Play) -> None:
    case = play.received()
    assert case.reference == "2026-000001"
    assert (case.holder, case.section, case.stage) == (play.cast.zhou, None, Stage.RECEIVED)
    assert case.due_on == date(2026, 4, 2)  # thirteen working days after 16 March
    assert len(case.follow_code) == 12
    assert last(case)["kind"] == "case.receive"


def test_nothing_that_was_told_stands_in_the_open_record(play: Play) -> None:
    case = play.received(external_number="XF-77", place="柳溪路8号")
    bodies = "".join(Entry.objects.values_list("body", flat=True).order_by("-pk")[:2])
    for told in ("噪声", "柳溪路", "林先生", "13800000001", "138-0000", "XF-77", case.follow_code):
        assert told not in bodies


def test_the_complainant_is_found_again_by_a_mark_and_not_by_number(play: Play) -> None:
    case = play.received()
    again = play.received(contact=Contact(phone="+86 138 0000 0001"))
    assert marks.same_person(case.key_name, most=9)[:2] == [again.key_name, case.key_name]
    assert "13800000001" not in marks.persons([case.key_name])[case.key_name]
    nameless = play.received(contact=Contact())
    assert nameless.is_anonymous
    assert not Complainant.objects.filter(case=nameless).exists()


def test_the_receivers_own_section_may_keep_what_is_its_business(play: Play) -> None:
    case = play.received(who="zhao", is_kept=True)
    assert (case.stage, case.section, case.holder) == (Stage.HELD, play.cast.sections["brigade"], play.cast.zhao)
    first_asked = play.received(who="zhao")
    assert (first_asked.stage, first_asked.holder) == (Stage.RECEIVED, play.cast.zhao)


def test_only_those_who_work_at_the_bureau_receive(play: Play) -> None:
    for who in ("wu", "he", "sun"):
        assert code(lambda who=who: play.received(who=who)) == "forbidden"  # type: ignore[misc]


def test_a_machine_hands_what_came_in_to_the_officer_on_duty(play: Play) -> None:
    case = intake.receive(kind="inquiry", channel="web", title="办理排污许可", by=machine("inbox"), at=MONDAY)
    assert case.holder == play.cast.zhou
    assert Notice.objects.filter(code="case.received", to=play.cast.zhou).exists()


def test_a_report_of_misconduct_goes_to_the_supervision_office_whoever_received_it(play: Play) -> None:
    case = play.received(who="zhao", kind="misconduct", is_kept=True)
    assert (case.is_restricted, case.holder, case.section) == (True, play.cast.zhou, None)
    assert code(lambda: custody.assign(case.reference, to="brigade", by=play.actor("zhou"), at=MONDAY)) == (
        "case.restricted_stays"
    )


def test_days_and_kinds_that_cannot_be_are_refused(play: Play) -> None:
    assert code(lambda: play.received(received_on=date(2026, 3, 17))) == "case.received_when"
    assert code(lambda: play.received(received_on=date(2024, 3, 17))) == "case.received_when"
    assert code(lambda: play.received(kind="gossip")) == "case.no_such_kind"
    assert play.received(received_on=date(2026, 3, 13)).due_on == date(2026, 4, 1)


def test_the_hotlines_number_comes_once_and_its_earlier_deadline_counts(play: Play) -> None:
    case = play.received(channel="hotline_12345", external_number="GD-1", not_after=date(2026, 3, 20))
    assert case.due_on == date(2026, 3, 20)
    again = code(lambda: play.received(channel="hotline_12345", external_number=" gd—1 "))
    assert again == "case.number_known"
    assert play.received(channel="hotline_999", external_number="GD-1").reference == "2026-000002"


def test_numbers_leave_no_gap_when_an_act_fails_and_come_in_batches(play: Play) -> None:
    play.received()
    assert code(lambda: play.received(kind="gossip")) == "case.no_such_kind"
    with transaction.atomic():
        batch = numbers.take(2026, count=60_000)
    assert (batch[0], batch[-1], len(set(batch))) == ("2026-000002", "2026-060001", 60_000)
    assert play.received().reference == "2026-060002"
    assert code(_numbers_given_back) == "given_back"
    assert play.received().reference == "2026-060003"


def _numbers_given_back() -> None:
    with transaction.atomic():
        numbers.take(2026, count=7)
        raise Refused("given_back")


def test_another_kind_brings_the_date_forward_and_never_back(play: Play) -> None:
    case = play.received()
    sooner = intake.classify(case.reference, kind="inquiry", by=play.actor("zhou"), at=MONDAY)
    assert (sooner.due_on, last(sooner)["kind"]) == (date(2026, 3, 19), "case.classify")
    back = intake.classify(case.reference, kind="complaint", by=play.actor("zhou"), at=MONDAY)
    assert back.due_on == date(2026, 3, 19)
    same = code(lambda: intake.classify(case.reference, kind="complaint", by=play.actor("zhou"), at=MONDAY))
    assert same == "nothing_changed"


def test_what_turns_out_to_be_misconduct_leaves_its_section_for_good(play: Play) -> None:
    case = play.held()
    kept = intake.classify(case.reference, kind="misconduct", by=play.actor("zhou"), at=MONDAY)
    assert (kept.is_restricted, kept.section, kept.holder) == (True, None, play.cast.zhou)
    assert code(lambda: intake.classify(case.reference, kind="complaint", by=play.actor("zhou"), at=MONDAY)) == (
        "case.stays_restricted"
    )


def test_a_merged_case_leaves_its_earlier_deadline_to_the_other(play: Play) -> None:
    first = play.received(received_on=date(2026, 3, 10))
    second = play.held(at=MONDAY + DAY)
    kept = intake.merge(first.reference, into=second.reference, by=play.actor("zhou"), at=MONDAY + DAY)
    assert kept.due_on == first.due_on < second.due_on
    assert kept.clock.moves[-1].cause is Cause.MERGED
    gone = play.fresh(first)
    assert (gone.stage, gone.merged_into) == (Stage.MERGED, kept)
    assert last(gone)["kind"] == "case.merge"
    itself = code(lambda: intake.merge(kept.reference, into=kept.reference, by=play.actor("zhou"), at=MONDAY + DAY))
    assert itself == "case.merged_with_itself"
    assert (
        code(lambda: intake.merge(kept.reference, into="2026-000099", by=play.actor("zhou"), at=MONDAY + DAY))
        == "missing"
    )
    forbidden = code(lambda: intake.merge(kept.reference, into=first.reference, by=play.actor("wang"), at=MONDAY + DAY))
    assert forbidden == "forbidden"


def test_a_part_split_off_keeps_holder_deadline_and_complainant(play: Play) -> None:
    case = play.held()
    part = intake.split(case.reference, title="另诉扬尘", kind="inquiry", by=play.actor("zhao"), at=MONDAY + DAY)
    assert (part.holder, part.section, part.split_from) == (play.cast.zhao, case.section, case)
    assert part.due_on <= case.due_on
    assert Complainant.objects.get(case=part).name == "林先生"
    assert last(part)["kind"] == "case.split"
    late = intake.split(
        case.reference, title="再诉", kind="suggestion", by=play.actor("zhao"), at=noon(date(2026, 6, 1))
    )
    assert late.due_on == case.due_on


def test_the_record_agrees_with_the_rows(play: Play) -> None:
    play.closed()
    play.received(kind="misconduct")
    sequence.sequence(at=MONDAY)
    assert not audit.examine(kinds=[Case, Complainant]).faults


def test_every_verb_of_intake_is_recorded(play: Play) -> None:
    case = play.received()
    intake.classify(case.reference, kind="inquiry", by=play.actor("zhou"), at=MONDAY)
    part = intake.split(case.reference, title="另诉", kind="inquiry", by=play.actor("zhou"), at=MONDAY)
    intake.merge(part.reference, into=case.reference, by=play.actor("zhou"), at=MONDAY)
    verbs = set(Entry.objects.filter(subject__startswith="case/").values_list("verb", flat=True))
    assert verbs == {"case.receive", "case.classify", "case.split", "case.merge"}


def test_keys_are_those_that_django_derives() -> None:
    plain = salted_hmac("pingyi.cases.external", "hotline_12345:gd1", algorithm="sha256").hexdigest()
    assert keyed.external_key("hotline_12345", "GD 1") == plain
