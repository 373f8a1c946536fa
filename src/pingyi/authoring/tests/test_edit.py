"""Values changed in place."""

from __future__ import annotations

import pytest

from pingyi.authoring.diff import diff
from pingyi.authoring.edit import UneditableError, put
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import SHIPPED, plan_text, shipped_plan


@pytest.mark.parametrize("name", SHIPPED)
def test_a_change_changes_nothing_else(name: str) -> None:
    text = put(plan_text(name), values={"sources[0].weight": "0.35"})
    plan = read(text).plan
    assert plan is not None
    (found,) = diff(shipped_plan(name), plan)
    assert found.path == "sources[0].weight"
    assert [line for line in plan_text(name).split("\n") if line.startswith("#")] == [
        line for line in text.split("\n") if line.startswith("#")
    ]


def test_putting_a_value_back_gives_the_same_plan() -> None:
    there = put(plan_text(), values={"phases[0].ends_on": "2026-04-09", "phases[0].name": "12"})
    back = put(there, values={"phases[0].ends_on": "2026-04-10", "phases[0].name": "宣传发动"})
    assert read(back).plan == shipped_plan()
    assert put(back, values={}) == back


def test_an_empty_value_takes_its_line_out() -> None:
    plan = read(put(plan_text(), values={"tasks[0].due_on": "", "tasks[0].recipient": None})).plan
    assert plan is not None
    assert plan.tasks[0].due_on is None
    assert plan.tasks[0].recipient == ""


def test_an_item_one_past_the_end_is_new() -> None:
    number = len(shipped_plan().tasks)
    new = {"id": "extra", "title": "另一项", "phase": "conclude", "doer": "bureau", "due_on": "2026-12-18"}
    text = put(plan_text(), values={f"tasks[{number}].{name}": value for name, value in new.items()})
    plan = read(text).plan
    assert plan is not None
    assert plan.tasks[-1].title == "另一项"
    assert read(text).problems == ()


def test_what_a_person_typed_wrong_is_kept_for_the_reader_to_name() -> None:
    located = read(put(plan_text(), values={"phases[0].ends_on": "2026-02-30", "sources[0].weight": "四成"}))
    assert {problem.path: problem.code for problem in located.problems} == {
        "phases[0].ends_on": "no_such_day",
        "sources[0].weight": "not_number",
    }


def test_the_importers_own_text_can_be_edited_too() -> None:
    text = put(to_yaml(shipped_plan()), values={"title": "新题目"})
    plan = read(text).plan
    assert plan is not None
    assert [found.path for found in diff(shipped_plan(), plan)] == ["title"]


@pytest.mark.parametrize("text", ["title: 'a", "- 1", "", "title: a\ntitle: b\n"])
def test_a_text_too_faulty_to_edit_says_so(text: str) -> None:
    with pytest.raises(UneditableError):
        put(text, values={"sources[0].weight": "1"})
