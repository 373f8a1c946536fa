"""A plan's text is read whole or in part, never with a crash, and every fault is named at its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pingyi.authoring.problem_words import MESSAGES
from pingyi.authoring.problems import Problem, blocking
from pingyi.authoring.read import read, read_plan
from pingyi.authoring.tests.plans import SHIPPED, edited, line_of, plan_text, problems_of
from pingyi.authoring.tree import MOST_CHARACTERS


def only(text: str) -> Problem:
    found = read(text).problems
    assert len(found) == 1, [problem.sentence("en") for problem in found]
    return found[0]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_plans_have_no_problem_that_blocks(name: str) -> None:
    assert read(plan_text(name)).problems == ()
    assert blocking(problems_of(plan_text(name))) == []


def test_a_value_is_read_as_the_schema_says_and_never_as_yaml_guesses() -> None:
    plan, problems = read_plan(edited('number: "999"', "number: 0999"))
    assert problems == []
    assert plan is not None
    assert plan.channels[1].number == "0999"
    assert plan.sources[0].weight == Decimal("0.4")
    assert plan.phases[0].begins_on == date(2026, 3, 16)


def test_every_part_knows_its_line_and_column() -> None:
    text = plan_text()
    places = read(text).places
    assert places["phases[1].ends_on"] == (line_of(text, "ends_on: 2026-05-20"), 14)
    assert places["sources[2].weight"][0] == line_of(text, "id: inspection, name: 明察暗访, kind")


@pytest.mark.parametrize(
    ("old", "new", "code", "facts"),
    [
        ("ends_on: 2026-05-20", "ends_on: 2026-02-30", "no_such_day", {"last": 28}),
        ("begins_on: 2026-03-16", "begins_on: 3月16日", "date_form", {"suggestion": "2026-03-16"}),
        ("begins_on: 2026-03-16", "begins_on: 2026/3/16", "date_form", {"suggestion": "2026-03-16"}),
        ("begins_on: 2026-03-16", "begins_on: 春天", "not_date", {"value": "春天"}),
        ("year: 2026", "year: ２０２６", "full_width", {"suggestion": "2026"}),
        ("weight: 0.15, empty: full", "weight: 15%, empty: full", "number_form", {"suggestion": "0.15"}),
        ("weight: 0.15, empty: full", "weight: 很重, empty: full", "not_number", {"value": "很重"}),
        ("digits: 2", "digits: 2.5", "not_whole", {"value": "2.5"}),
        ("is_consecutive: true", "is_consecutive: 是", "number_form", {"suggestion": "true"}),
        ("mode: half_even", "mode: half_evn", "not_one_of_near", {"suggestion": "half_even"}),
        ("mode: half_even", "mode: 四舍五入", "not_one_of_near", {"suggestion": "half_up"}),
        ("rounding:\n  digits", "rounding:\n  digit", "unknown_name_near", {"suggestion": "digits"}),
        ("organizer:\n  supervision_office", "organizer:\n  监察机构", "unknown_name_near", {}),
        ("criterion: fulfilment, source", "criterion: fulfillment, source", "unknown_id_near", {}),
        ("id: letter, name", "id: forum, name", "same_id_twice", {"value": "forum"}),
        ("id: bonus_rule", "id: rectified", "same_indicator_id", {"value": "rectified"}),
        ("{kind: help,", "{kind: inquiry,", "same_limit_twice", {"kind": "inquiry"}),
        ("year: 2026\n", "year: 2026\nyear: 2027\n", "same_name_twice", {"key": "year"}),
        ("  text: 全局各室", "\ttext: 全局各室", "tab", {}),
        ("title: 清源区", "title：清源区", "wide_colon", {"key": "title"}),
        ("ties: by_sources", "ties: &x by_sources", "", {}),
        ("ties: by_sources", "ties: !!python/object:os.system share", "tag", {}),
        ("id: office, name: 室", "id: 办公室, name: 室", "bad_id", {}),
    ],
)
def test_a_fault_is_named_where_it_stands_with_what_to_do(
    old: str, new: str, code: str, facts: dict[str, object]
) -> None:
    text = edited(old, new)
    problems = read(text).problems
    if not code:
        assert problems == ()
        return
    found = next(problem for problem in problems if problem.code == code)
    changed = next(
        n for n, (a, b) in enumerate(zip(plan_text().split("\n"), text.split("\n"), strict=False), 1) if a != b
    )
    assert found.line in {changed, changed + 1}
    assert found.column > 0
    assert facts.items() <= dict(found.facts).items()


def test_all_problems_are_listed_at_once() -> None:
    text = plan_text().replace("clause:", "clouse:").replace("proof:", "prof:")
    problems = read(text).problems
    assert len(problems) > 60
    assert {problem.code for problem in problems} == {"unknown_name_near"}


def test_a_plan_with_hundreds_of_errors_still_opens_with_the_rest() -> None:
    plan, problems = read_plan(plan_text().replace("weight: 0", "weight: x0").replace("due_on: 2026", "due_on: x2026"))
    assert plan is not None
    assert len(problems) > 40
    assert plan.sources == ()
    assert plan.phases[0].name == "宣传发动"
    assert len(plan.tasks) == 27


def test_faults_of_form_are_all_found_and_the_lines_between_are_read() -> None:
    text = edited("issuer: 清源", "issuer: @清源", text=edited("preamble: 以改进", "preamble: a: 以改进"))
    located = read(text)
    assert [problem.code for problem in located.problems] == ["bad_start", "second_colon"]
    assert located.plan is not None
    assert located.plan.year == 2026
    assert len(located.plan.phases) == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("# 只有注释\n", "empty"),
        ("- a\n- b\n", "not_a_mapping"),
        ("一段没有任何结构的文字。", "not_a_mapping"),
        ("title: '没有结束\n", "unclosed_quote"),
        ("title: [一, 二\n", "unclosed_bracket"),
        ("a: 1\n---\nb: 2\n", "second_document"),
        ("x: \x00\n", "control_character"),
        ("a: " + "[" * 100 + "]" * 100, "too_deep"),
        ("? [a]\n: b\n", "name_not_text"),
        ("x" * (MOST_CHARACTERS + 1), "too_large"),
        ("phases: 三月\n", "not_a_list"),
        ("phases:\n  - 三月\n", "not_a_mapping"),
        ("title:\n  - a\n", "not_text"),
        ("title:\n", "no_value"),
        ("year: " + "9" * 40 + "\n", "number_too_long"),
    ],
)
def test_bad_input_gets_a_clear_problem(text: str, code: str) -> None:
    assert code in {problem.code for problem in read(text).problems}


def test_aliases_are_refused_and_not_followed() -> None:
    laughs = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    # Followed, these would be nine to the power of thirty words: the reading would not end.
    assert "alias" in {problem.code for problem in read(laughs).problems}


def test_lines_after_a_damaged_line_keep_their_numbers() -> None:
    text = edited("issuer: 清源", "issuer: @清源", text=edited("digits: 2", "digits: two"))
    found = {problem.code: problem.line for problem in read(text).problems}
    assert found["not_whole"] == line_of(text, "digits: two")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read("\ufeff" + plan_text().replace("\n", "\r\n")).plan == read(plan_text()).plan


def test_a_reference_to_an_item_that_could_not_be_read_is_not_blamed() -> None:
    text = edited(
        "id: survey, name: 社会满意度调查, kind: survey, weight: 0.4", "id: survey, name: 调查, kind: survey, weight: x"
    )
    assert only(text).code == "not_number"


def test_a_line_that_could_not_be_read_does_not_make_its_references_unknown() -> None:
    text = edited("  - {id: survey, name: 社会满意度调查", "  - {id: survey, name: @社会满意度调查")
    assert {problem.code for problem in read(text).problems} <= {"bad_start", "unclosed_bracket", "indentation"}


def test_every_message_exists_in_both_languages_with_the_same_facts() -> None:
    for code, (zh, en) in MESSAGES.items():
        assert zh.strip(), code
        assert en.strip(), code


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_problems_and_never_a_crash(text: str) -> None:
    located = read(text)
    assert located.problems
    assert all(problem.sentence("zh") and problem.sentence("en") for problem in located.problems)


LINES = plan_text("environment-bureau").split("\n")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["", "  x", ": :", "- [", "'", "{", "\t\t", "a: b: c", "% 80"]))
def test_a_plan_with_any_line_spoiled_is_still_read_without_a_crash(number: int, spoiled: str) -> None:
    located = read("\n".join([*LINES[:number], spoiled, *LINES[number + 1 :]]))
    assert all(problem.sentence("zh") and problem.sentence("en") for problem in located.problems)
