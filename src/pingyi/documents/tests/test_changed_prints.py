"""A print that carries its plan and was changed by hand: each difference is told, and taken or left by itself (§0)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pingyi.authoring.by_changes import chosen
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.grafting import graft
from pingyi.authoring.importing import Imported, Way
from pingyi.authoring.print_changes import changes_of, taken
from pingyi.authoring.printed import Carriage
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_html, to_text
from pingyi.authoring.prose import sentence
from pingyi.authoring.reading_prints import read_print
from pingyi.authoring.tests.leaves import changed, leaves
from pingyi.authoring.tests.plans import fuller_plan, shipped_plan
from pingyi.authoring.tests.test_print_says_all import is_unsaid
from pingyi.documents.tests.prints import FORMATS, Format, brought
from pingyi.rules.plan import Plan
from pingyi.rules.plan.people import Doer
from pingyi.rules.plan.schedule import Period, Task

EACH = 97  # of the values of a plan, one in so many is tried here
each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def _with_task(plan: Plan, place: int, **values: object) -> Plan:
    tasks = list(plan.tasks)
    tasks[place] = replace(tasks[place], **values)  # type: ignore[arg-type]
    return replace(plan, tasks=tuple(tasks))


def _said(found: Imported) -> list[str]:
    assert found.changed is not None
    return [one.sentence("zh") for one in found.changed.changes]


@each_format
def test_each_difference_is_told_at_its_place(form: Format) -> None:
    plan = shipped_plan()
    other = replace(_with_task(plan, 3, due_on=date(2026, 4, 5)), number="清环〔2026〕9号", vetoes=plan.vetoes[:-1])
    found = brought(form.forged(other, to_yaml(plan).encode()))
    assert (found.way, found.carriage) == (Way.CHANGES, Carriage.CHANGED)
    assert found.draft.plan == other  # ids, quotes and references too
    number, due, veto = _said(found)
    assert number == "文号：由“清环〔2026〕8号”改为“清环〔2026〕9号”"
    assert due.startswith("§ 四（一）4：任务“公开服务承诺和便民措施” · 完成期限：由“2026年4月3日”改为“2026年4月5日”")
    assert veto.startswith("§ 六（五）10：删去一票否决：发生重大责任事故")
    (told,) = found.draft.problems
    assert "有 3 处改动，其中 3 处按正文采用" in sentence(told.code, told.facts, language="zh")


def test_every_value_that_is_changed_is_the_one_difference() -> None:
    plan = fuller_plan()
    wrong = []
    tried = [leaf for leaf in leaves(plan) if not is_unsaid(leaf)][::EACH]
    for leaf in tried:
        other = changed(plan, leaf, leaf.others[-1])
        reading = read_print(to_text(other), is_by_lines=False)
        assert reading is not None
        seen = graft(plan, reading.plan)
        found = changes_of(plan, seen, language="zh")
        if not found or len(found) > 1 or outline(taken(plan, seen, [one.key for one in found])) != outline(other):
            wrong.append((leaf.path, found and [one.key for one in found]))
    assert len(tried) > 5
    assert wrong == []


def test_what_is_left_stays_as_it_was_carried() -> None:
    plan = shipped_plan()
    other = replace(_with_task(plan, 3, due_on=date(2026, 4, 5), proof="照片"), number="清环〔2026〕9号")
    found = brought(to_html(other).replace(_block(other), _block(plan)).encode()).changed
    assert found is not None
    keys = [one.key for one in found.changes]
    assert keys == ["number", f"tasks[{plan.tasks[3].id}].due_on", f"tasks[{plan.tasks[3].id}].proof"]
    assert [one.is_single for one in found.changes] == [True, False, False]
    assert taken(found.carried, found.seen, []) == plan
    assert taken(found.carried, found.seen, keys[:1]) == replace(plan, number=other.number)
    assert taken(found.carried, found.seen, keys) == other


def _block(plan: Plan) -> str:
    return to_html(plan).partition("<script")[2].partition("</script>")[0]


def _page(plan: Plan, change: Callable[[str], str]) -> Imported:
    return brought(change(to_html(plan)).encode())


def test_an_item_that_is_new_gets_an_id_that_none_has() -> None:
    plan = shipped_plan()
    new = Task(id="new", title="学习评议方案", phase=plan.phases[0].id, doer=Doer.BUREAU, due_on=date(2026, 3, 18))
    other = replace(plan, tasks=(*plan.tasks[:2], new, *plan.tasks[2:]))
    found = brought(to_html(other).replace(_block(other), _block(plan)).encode())
    (said,) = _said(found)
    assert said.startswith("§ 四（一）3：新增任务：学习评议方案")
    (task,) = [one for one in found.draft.plan.tasks if one.title == new.title]
    assert task.id not in {one.id for one in plan.tasks}
    assert found.draft.plan == replace(plan, tasks=(*plan.tasks[:2], task, *plan.tasks[2:]))


def test_what_is_missing_beside_an_unread_paragraph_is_not_taken_away() -> None:
    plan = shipped_plan()
    title = plan.tasks[2].title
    found = _page(plan, lambda page: page.replace(f"3.{title}。责任主体：", f"3.由局长{title}，"))
    assert found.changed is not None
    assert found.changed.taken == frozenset()
    assert found.draft.plan == plan
    codes = [one.code for one in found.draft.problems]
    assert codes == ["print.differs", "print.rest", "print.beside"]


def _reworded(plan: Plan, place: int, words: str) -> Imported:
    """Return what is made of a page in which the paragraph of a duty was written in other words."""
    page = to_html(plan)
    begins = page.index(f"{place + 1}.{plan.tasks[place].title}。责任主体：")
    return brought((page[:begins] + words + page[page.index("<", begins) :]).encode())


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("3.各科室于4月8日前召开动员会并印发细则。", {
            "title": "召开动员会并印发细则", "due_on": date(2026, 4, 8), "doer": Doer.EVERY_SECTION,
            "doer_text": "各科室",
        }),
        ("3.4月9日前召开动员会、学习方案。", {"due_on": date(2026, 4, 9)}),
        ("3.各科室每月5日前报送动员情况。", {"every": Period.MONTH, "every_day": 5}),
    ],
)  # fmt: skip
def test_a_reworded_paragraph_is_read_as_prose_and_offered_not_taken(words: str, values: dict[str, object]) -> None:
    plan = shipped_plan()
    own = plan.tasks[2]
    found = _reworded(plan, 2, words)
    assert (found.way, found.draft.plan) == (Way.CHANGES, plan)
    assert found.changed is not None
    assert found.changed.taken == frozenset()
    assert all(one.is_by_prose for one in found.changed.changes)
    assert all(one.key.startswith(f"tasks[{own.id}].") for one in found.changed.changes)
    for language, mark in (("zh", "按一般文字读出"), ("en", "read as prose")):
        assert all(mark in one.sentence(language) for one in found.changed.changes)
    everything = chosen(found.changed, [one.key for one in found.changed.changes])
    assert everything is not None
    task = everything.draft.plan.tasks[2]
    assert {name: getattr(task, name) for name in values} == values
    assert replace(everything.draft.plan, tasks=plan.tasks) == plan, "and nothing else"
    assert (task.id, task.proof, task.recipient) == (own.id, own.proof, own.recipient), "what it does not say stays"
    (doubt,) = [one for one in found.draft.problems if one.code == "print.reworded"]
    assert doubt.facts["count"] == len(found.changed.changes)
    for language in ("zh", "en"):
        assert words[2:] in sentence(doubt.code, doubt.facts, language=language)


def test_a_paragraph_that_was_added_in_free_words_is_a_new_duty_and_left() -> None:
    plan = shipped_plan()
    title = plan.tasks[2].title
    found = _page(
        plan, lambda page: page.replace(f"3.{title}。", f"3.各科室于3月25日前学习评议方案。</p><p>4.{title}。")
    )
    assert found.changed is not None
    new = [one for one in found.changed.changes if one.is_by_prose]
    assert [one.key.partition("[")[2][:1] for one in new] == ["+"]
    assert not {one.key for one in new} & found.changed.taken
    assert found.draft.plan == plan
    with_it = chosen(found.changed, [new[0].key])
    assert with_it is not None
    (task,) = [one for one in with_it.draft.plan.tasks if one.id not in {each.id for each in plan.tasks}]
    assert (task.title, task.due_on, task.phase) == ("学习评议方案", date(2026, 3, 25), plan.tasks[2].phase)


@pytest.mark.parametrize("words", ["3.今年天气很好。", "3.见附件。"])
def test_a_paragraph_that_says_no_duty_offers_nothing(words: str) -> None:
    plan = shipped_plan()
    found = _reworded(plan, 2, words)
    assert found.changed is not None
    assert [(one.is_by_prose, one.key) for one in found.changed.changes] == [(False, f"tasks[-{plan.tasks[2].id}]")]
    assert "print.beside" in {one.code for one in found.draft.problems}


def test_a_changed_order_is_told() -> None:
    plan = shipped_plan()
    moved = replace(plan, requirements=plan.requirements[::-1])
    found = brought(to_html(moved).replace(_block(moved), _block(plan)).encode())
    (said,) = _said(found)
    assert said.startswith("§ 九1：工作要求：顺序由“各科室主要领导负总责")
    assert found.draft.plan == moved


def test_another_plan_under_the_same_data_is_no_list_of_changes() -> None:
    plan, other = shipped_plan("environment-bureau"), shipped_plan()
    assert changes_of(plan, graft(plan, other), language="zh") is None
    found = brought(to_html(other).replace(_block(other), _block(plan)).encode())
    assert (found.way, found.carriage) == (Way.PHRASES, Carriage.CHANGED)
