"""The difference of two plans in words."""

from __future__ import annotations

from pingyi.authoring.diff import Difference, DifferenceKind, diff
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import SHIPPED, edited, plan_text, shipped_plan


def changes(old: str, new: str) -> list[Difference]:
    after = read(edited(old, new)).plan
    assert after is not None
    return diff(shipped_plan(), after)


def test_a_plan_does_not_differ_from_itself() -> None:
    assert all(diff(shipped_plan(name), shipped_plan(name)) == [] for name in SHIPPED)


def test_a_changed_weight_is_said_as_a_percentage_with_its_source() -> None:
    (found,) = changes("weight: 0.4, empty: refuse", "weight: 0.35, empty: refuse")
    assert found.sentence("zh") == "数据来源“社会满意度调查” · 权重：由“40%”改为“35%”"
    assert found.sentence("en") == "sources '社会满意度调查' · weight: changed from '40%' to '35%'"
    assert found.path == "sources[0].weight"


def test_an_id_is_told_by_its_name() -> None:
    (found,) = changes("criterion: integrity, source: survey", "criterion: work_style, source: survey")
    assert "由“廉洁自律”改为“作风效能”" in found.sentence("zh")


def test_added_and_removed_items_are_told_with_what_they_say() -> None:
    (found,) = changes("  - {kind: praise, days: 5, unit: working}\n", "")
    assert found.kind is DifferenceKind.REMOVED
    assert found.sentence("zh") == "删去办理时限：表扬（答复时限 5）"
    (added,) = changes("maxims:\n", "maxims:\n  - 新的一条\n")
    assert added.sentence("zh") == "新增工作原则：新的一条"


def test_a_moved_item_is_no_difference_but_the_order_of_grades_is() -> None:
    first = "  - {kind: inquiry, days: 3, unit: working}\n"
    second = "  - {kind: help, days: 3, unit: working, extension_days: 2}\n"
    moved = changes(first + second, second + first)
    assert moved == []
    (found,) = changes("tie_sources: [survey, cases]", "tie_sources: [cases, survey]")
    assert found.kind is DifferenceKind.REORDERED
    assert "由“社会满意度调查、诉求办理”改为“诉求办理、社会满意度调查”" in found.sentence("zh")


def test_a_part_that_goes_is_one_difference() -> None:
    text = plan_text().replace("confirmation:\n  preview_days: 5\n  unit: working\n", "")
    after = read(text).plan
    assert after is not None
    (found,) = diff(shipped_plan(), after)
    assert found.part == "confirmation"


def test_where_the_text_came_from_is_no_difference() -> None:
    assert changes('clause: "4.1"\n  - id: self', 'clause: "4.1"\n    quote: 原话\n  - id: self') == []
