"""What is judged to be in order: years, terms, classes, addresses, and what may be accepted as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pingyi.authoring.tests.plans import shipped_plan
from pingyi.rules import readiness as rules
from pingyi.rules.plan.outcome import Consequence, ConsequenceKind
from pingyi.rules.plan.people import SectionClass, SectionKind
from pingyi.rules.refused import Refused


@pytest.mark.parametrize(
    ("plan", "bureau", "today", "differ"),
    [(2026, 2026, 2026, False), (2027, 2027, 2026, False), (2012, 2026, 2026, True), (2027, 2026, 2026, True)],
)
def test_a_plan_is_of_the_bureaus_year_and_of_none_that_is_over(
    plan: int, bureau: int, today: int, *, differ: bool
) -> None:
    assert rules.years_differ(plan=plan, bureau=bureau, today=today) is differ


def test_an_old_year_is_asked_about_though_the_bureau_still_works_in_it() -> None:
    assert rules.years_differ(plan=2025, bureau=2025, today=2026)


def test_a_consequence_is_without_its_term_by_what_it_is_and_by_what_it_is_called() -> None:
    made = (
        Consequence(id="a", name="限期整改", kind=ConsequenceKind.RECTIFICATION_ORDER),
        Consequence(id="b", name="限期说明", kind=ConsequenceKind.OTHER),
        Consequence(id="c", name="诫勉谈话", kind=ConsequenceKind.ADMONITION_TALK, days=15),
        Consequence(id="d", name="通报批评", kind=ConsequenceKind.CIRCULAR),
    )
    assert rules.without_term(replace(shipped_plan(), consequences=made)) == ("限期整改", "限期说明")
    assert rules.without_term(shipped_plan()) == ()


def test_sections_and_classes_are_held_against_each_other() -> None:
    subject = replace(
        shipped_plan().subject,
        classes=(SectionClass(id="class_1", name="窗口类"), SectionClass(id="class_2", name="执法类")),
    )
    fit = rules.class_fit(replace(shipped_plan(), subject=subject), placed={"窗口": "class_1", "财务科": ""})
    assert (fit.unplaced, fit.empty) == (("财务科",), ("执法类",))


def test_a_section_names_its_class_by_id_or_by_name_and_else_has_that_of_its_kind() -> None:
    subject = replace(
        shipped_plan().subject,
        classes=(SectionClass(id="c1", name="窗口类"), SectionClass(id="c2", name="执法类", kinds=("brigade",))),
    )
    assert subject.class_of(said="窗口类", kind="brigade") == "c1"
    assert subject.class_of(said="c2", kind="office") == "c2"
    assert subject.class_of(said="", kind="brigade") == "c2"


def test_a_kind_that_was_entered_by_its_name_is_the_plans_kind() -> None:
    subject = replace(
        shipped_plan().subject,
        kinds=(SectionKind(id="kind_1", name="工作队"), SectionKind(id="kind_2", name="室")),
        classes=(
            SectionClass(id="c1", name="一类", kinds=("kind_2",)),
            SectionClass(id="c2", name="二类", kinds=("kind_1",)),
        ),
    )
    assert [subject.class_of(said="", kind=kind) for kind in ("工作队", "kind_1", "室", "局")] == ["c2", "c2", "c1", ""]


@pytest.mark.parametrize("hosts", [["127.0.0.1"], ["localhost", "[::1]"], ["127.8.8.8", "::"], []])
def test_names_that_only_the_own_machine_knows_are_no_address(hosts: list[str]) -> None:
    assert rules.is_loopback(hosts)


@pytest.mark.parametrize("hosts", [["127.0.0.1", "pingyi.qingyuan.gov.cn"], ["10.1.2.3"], ["*"]])
def test_one_name_that_others_reach_suffices(hosts: list[str]) -> None:
    assert not rules.is_loopback(hosts)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("ready.gone", {"stands": ""}),
        ("ready.to_be_mended", {"is_acceptable": False}),
        ("ready.changed", {"seen": "another"}),
        ("ready.reason_needed", {"reason": "  "}),
    ],
)
def test_a_line_is_accepted_only_as_it_was_seen_and_with_a_reason(code: str, change: dict[str, object]) -> None:
    given = {"seen": "one", "stands": "one", "is_acceptable": True, "reason": "随后补齐"}
    rules.require_acceptable(**given)
    with pytest.raises(Refused) as refused:
        rules.require_acceptable(**{**given, **change})
    assert refused.value.code == code


def test_a_step_is_refused_while_something_that_stops_it_is_open() -> None:
    rules.require_ready([])
    with pytest.raises(Refused) as refused:
        rules.require_ready(["plan.year", "plan.terms"])
    assert (refused.value.code, refused.value.facts["count"]) == ("ready.open", 2)
