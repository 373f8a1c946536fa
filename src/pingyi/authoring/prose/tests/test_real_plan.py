"""The two copies of the real plan: what the clauses ask for must all be found (§0–§5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.reading import read_document
from pingyi.rules.plan.outcome import ConsequenceKind, TestKind
from pingyi.rules.plan.people import Chain, Doer
from pingyi.rules.plan.schedule import MeetingKind, Scope

FILES = ("env-bureau-2012.simplified.txt", "env-bureau-2012.as-found.txt")


@pytest.fixture(scope="module", params=FILES)
def draft(request: pytest.FixtureRequest, shared: Path) -> Draft:
    content = (shared / "plans" / request.param).read_bytes()
    return understand(read_document(content, name="plan.txt").text, name="plan.txt")


def test_the_four_phases_have_their_exact_dates(draft: Draft) -> None:
    days = [(one.begins_on, one.ends_on) for one in draft.plan.phases]
    assert draft.plan.year == 2012
    assert days == [
        (date(2012, 3, 15), date(2012, 4, 10)),
        (date(2012, 4, 11), date(2012, 5, 20)),
        (date(2012, 5, 21), date(2012, 10, 30)),
        (date(2012, 11, 1), date(2012, 12, 31)),
    ]


def test_five_kinds_of_unit_are_evaluated(draft: Draft) -> None:
    assert [one.name for one in draft.plan.subject.kinds] == ["室", "科", "站", "大队", "中心"]
    assert len(draft.plan.subject.classes) == 1


def test_criteria_principles_maxims_and_rules_are_counted_right(draft: Draft) -> None:
    plan = draft.plan
    assert (len(plan.criteria), len(plan.principles), len(plan.maxims)) == (6, 4, 3)
    assert [one.number for one in plan.channels] == ["12345", "999", ""]
    assert [one.kind.value for one in plan.solicitations] == ["forum", "letter", "online_call", "house_call"]
    assert [one.kind.value for one in plan.work_rules] == [
        "first_contact", "time_limit", "commitment", "stand_in", "one_time_notice", "accountability"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phase", "word", "doer"),
    [
        (0, "建立工作机构", Doer.BUREAU),
        (0, "实施方案", Doer.BUREAU),
        (0, "动员会议", Doer.BUREAU),
        (0, "服务承诺及便民措施", Doer.BUREAU),
        (0, "行风监督员", Doer.BUREAU),
        (0, "公示牌", Doer.BUREAU),
        (1, "征求社会各界", Doer.EVERY_SECTION),
        (1, "自查自纠", Doer.EVERY_SECTION),
        (1, "措施", Doer.EVERY_SECTION),
        (1, "制度和办法", Doer.EVERY_SECTION),
        (1, "整改落实到位", Doer.EVERY_SECTION),
        (1, "主题活动", Doer.EVERY_SECTION),
        (1, "服务品牌", Doer.EVERY_SECTION),
        (2, "明察暗访", Doer.BUREAU),
        (2, "曝光", Doer.BUREAU),
        (2, "通报", Doer.BUREAU),
        (2, "汇报会", Doer.BUREAU),
        (2, "评议大会", Doer.BUREAU),
        (2, "现场质询", Doer.BUREAU),
        (2, "满意度调查", Doer.BUREAU),
        (2, "分解落实整改", Doer.BUREAU),
        (2, "报局监察室", Doer.EVERY_SECTION),
        (2, "汇总各科室", Doer.SUPERVISION_OFFICE),
        (2, "公示", Doer.SUPERVISION_OFFICE),
        (2, "备案", Doer.SUPERVISION_OFFICE),
        (3, "进行总结", Doer.EVERY_SECTION),
        (3, "工作总结报", Doer.SUPERVISION_OFFICE),
        (3, "考核", Doer.BUREAU),
    ],
)
def test_every_duty_is_found_with_its_doer(draft: Draft, phase: int, word: str, doer: Doer) -> None:
    identity = draft.plan.phases[phase].id
    assert any(one.phase == identity and word in one.title and one.doer is doer for one in draft.plan.tasks)


def test_nothing_is_added_to_what_the_text_says(draft: Draft) -> None:
    plan = draft.plan
    counts = [sum(one.phase == phase.id for one in plan.tasks) for phase in plan.phases]
    assert counts == [6, 7, 14, 3]
    assert plan.result_uses == ("党风廉政建设责任制", "作风效能建设考核")
    assert (len(plan.meetings), len(plan.publications), len(plan.filings), len(plan.authorities)) == (3, 4, 3, 4)
    assert (plan.vetoes, plan.grades, draft.units) == ((), (), ())


def test_the_two_deadlines_have_their_recipients(draft: Draft) -> None:
    dated = {one.due_on: one.recipient for one in draft.plan.tasks if one.due_on and one.due_on.month == 11}
    assert dated == {date(2012, 11, 15): "supervision_office", date(2012, 11, 30): "district_office"}


def test_the_assembly_is_some_day_in_august(draft: Draft) -> None:
    meeting = next(one for one in draft.plan.meetings if one.kind is MeetingKind.ASSEMBLY)
    assert (meeting.earliest_on, meeting.latest_on) == (date(2012, 8, 1), date(2012, 8, 31))
    assert draft.plan.assembly is not None
    assert draft.plan.assembly.latest_on == date(2012, 8, 31)


def test_last_and_below_80_have_the_same_four_consequences(draft: Draft) -> None:
    last, below = draft.plan.triggers
    assert [test.kind for test in (*last.all_of, *below.all_of)] == [TestKind.LAST, TestKind.BELOW]
    assert below.all_of[0].score == 80
    assert not below.all_of[0].is_inclusive
    assert last.consequences == below.consequences
    kinds = {one.id: one for one in draft.plan.consequences}
    assert [kinds[one].kind for one in last.consequences] == [
        ConsequenceKind.EXPLANATION,
        ConsequenceKind.RECTIFICATION_ORDER,
        ConsequenceKind.ADMONITION_TALK,
        ConsequenceKind.AWARD_BAR,
    ]
    assert kinds["explanation"].place == "局办公会"
    assert kinds["admonition_talk"].addressee == "科室主要领导"


def test_both_authorities_receive_the_filing_spelled_as_found(draft: Draft) -> None:
    names = {one.id: (one.name, one.chain) for one in draft.plan.authorities}
    assert names["district_office"] == ("区纠风办", Chain.BLOCK)
    assert names["city_bureau"] == ("市环保局", Chain.LINE)
    rectified = [one for one in draft.plan.filings if "报区纠风、市环保局办备案" in one.quote]
    assert [one.recipient for one in rectified] == ["district_office", "city_bureau"]
    assert sum(one.code == "recipient.spelling" for one in draft.problems) == 2


def test_circulars_reach_the_bureau_and_the_district(draft: Draft) -> None:
    scopes = {one.scope for one in draft.plan.publications}
    assert scopes == {Scope.BUREAU, Scope.DISTRICT, Scope.PUBLIC}


def test_lost_bytes_are_shown_and_nothing_is_left_over(draft: Draft) -> None:
    assert [one.found for one in draft.lost] == ["?,F", "?duì)幭取⑺哪觐I", "??荚u"]
    assert draft.uncovered == ()
    assert len(draft.left_out) == 2


def test_every_item_points_at_its_words(draft: Draft) -> None:
    for item in draft.items:
        assert 0 <= item.start < item.end <= len(draft.text), item.path
        assert draft.text[item.start : min(item.end, item.start + 4)].strip()[:2] in item.quote
    for index, one in enumerate(draft.plan.channels):
        item = next(item for item in draft.items if item.path == f"channels[{index}]")
        assert (one.number or one.name) in draft.text[item.start : item.end]


def test_both_copies_give_the_same_plan(shared: Path) -> None:
    texts = [(shared / "plans" / name).read_text(encoding="utf-8") for name in FILES]
    first, second = (understand(text, name="plan", sha256="0") for text in texts)
    assert first == second
