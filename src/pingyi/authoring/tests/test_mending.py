"""A damaged passage put right once is right in the document, and wherever the plan took it from there (§0)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pingyi.authoring import reading
from pingyi.authoring.edit import put
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.mending import mended, moved
from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.read import read
from pingyi.rules.plan import Plan

INPUTS = Path(reading.__file__).parent / "tests" / "inputs"
WHOLE = (INPUTS / "plan-reference.txt").read_text(encoding="utf-8")
LOST = "\ufffd"


def _draft(*damages: tuple[str, str]) -> Draft:
    text = WHOLE
    for right, wrong in damages:
        assert right in text
        text = text.replace(right, wrong)
    return understand(text, name="a", year=2026)


def _mend(draft: Draft, number: int, words: str, *, plan: Plan | None = None) -> tuple[str, Plan]:
    plan = plan or draft.plan
    place = (draft.lost[number].start, draft.lost[number].end)
    found = mended(plan, text=draft.text, place=place, words=words)
    new = found.draft.plan if found.draft else read(put(to_yaml(plan), values=found.values)).plan
    assert new is not None
    return found.text, new


def test_the_right_words_stand_in_the_document_and_in_every_value_that_held_the_passage() -> None:
    whole, draft = _draft(), _draft(("召开座谈会", f"召开座{LOST}会"))
    text, plan = _mend(draft, 0, "谈")
    assert text == whole.text
    assert plan.original is not None
    assert plan.original.lost == ()
    assert LOST not in to_yaml(plan)
    assert replace(plan, original=None) == replace(whole.plan, original=None)


def test_each_passage_is_put_right_by_itself() -> None:
    draft = _draft(("召开座谈会", f"召开座{LOST}会"), ("走访服务对象", f"走访服务{LOST}象"))
    text, plan = _mend(draft, 1, "对")
    assert "走访服务对象" in text
    assert f"座{LOST}会" in text
    assert plan.original is not None
    assert [f"座{LOST}会" in one for one in plan.original.lost] == [True]
    assert f"座{LOST}会" in to_yaml(plan)
    assert f"服务{LOST}象" not in to_yaml(plan)


def test_what_people_changed_since_stays() -> None:
    draft = _draft(("召开座谈会", f"召开座{LOST}会"))
    first = replace(draft.plan.tasks[0], title="另外的任务")
    _, plan = _mend(draft, 0, "谈", plan=replace(draft.plan, tasks=(first, *draft.plan.tasks[1:])))
    assert plan.tasks[0].title == "另外的任务"
    assert plan.tasks[1:] == _draft().plan.tasks[1:]


@pytest.mark.parametrize(
    ("span", "wanted"), [((0, 4), (0, 4)), ((8, 10), (10, 12)), ((2, 9), (2, 11)), ((5, 6), (5, 8)), ((6, 6), (8, 8))]
)
def test_places_move_with_the_words(span: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert moved(span, (5, 6), "三个字") == wanted
