"""The printed plan holds everything that was decided, numbered as official documents are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.places import name_of
from pingyi.authoring.printing.blocks import BlockKind, chinese
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.printing.render import to_html, to_text
from pingyi.authoring.read import read
from pingyi.authoring.tests.plans import SHIPPED, edited, shipped_plan
from pingyi.rules.plan.outcome import Test, TestKind
from pingyi.rules.plan.schedule import Period


@pytest.mark.parametrize("name", SHIPPED)
def test_every_item_of_the_plan_is_printed(name: str) -> None:
    plan, text = shipped_plan(name), to_text(shipped_plan(name))
    groups = (
        plan.phases, plan.sources, plan.indicators, plan.triggers, plan.consequences, plan.vetoes, plan.grades
    )  # fmt: skip
    assert [name_of(item) for group in groups for item in group if name_of(item) not in text] == []
    assert [task.title for task in plan.tasks if task.title not in text] == []
    assert [criterion.title for criterion in plan.criteria if criterion.title not in text] == []


def test_levels_are_numbered_in_the_official_order() -> None:
    labels = [(block.kind, block.label) for block in outline(shipped_plan())]
    headings = [label for kind, label in labels if kind is BlockKind.HEADING]
    assert headings == [f"{chinese(number)}、" for number in range(1, len(headings) + 1)]
    first = labels.index((BlockKind.SUBHEADING, "（一）"))
    assert (BlockKind.ITEM, "1.") in labels[first:]


def test_a_duty_is_printed_with_doer_date_proof_and_recipient() -> None:
    line = (
        "报送科室总结。责任主体：各科室；完成期限：2026年11月13日；佐证：总结报告；报送：监察室；"
        "成果材料：总结；评议内容：任务完成。"
    )
    assert line in to_text(shipped_plan())
    assert "责任主体：清源区纠风办" in to_text(shipped_plan())


def test_a_duty_without_a_date_is_due_on_the_last_day_of_its_phase() -> None:
    assert "建立工作机构。责任主体：局；完成期限：2012年4月10日" in to_text(shipped_plan("environment-bureau"))


def test_the_page_escapes_what_a_plan_says() -> None:
    plan = read(edited("title: 清源区", "title: <script>清源区")).plan
    assert plan is not None
    assert "<script>" not in to_html(plan)


def test_the_english_print_has_no_chinese_words_of_its_own() -> None:
    text = to_text(shipped_plan(), language="en")
    assert "Rounding, ranks and grades" in text
    assert "责任主体" not in text


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")])
def test_chinese_numbers(number: int, word: str) -> None:
    assert chinese(number) == word


def test_a_duty_that_recurs_is_printed_with_how_often_and_on_which_day() -> None:
    plan = shipped_plan()
    first = replace(plan.tasks[0], every=Period.QUARTER, every_day=25)
    recurring = replace(plan, tasks=(first, *plan.tasks[1:]))
    assert "；周期：每季度；每期末月25日前" in to_text(recurring)
    assert "; every quarter; by day 25 of its last month" in to_text(recurring, language="en")
    assert read(to_yaml(recurring)).plan == recurring


def test_a_rate_is_printed_with_whose_it_is_and_of_which_votes() -> None:
    plan = shipped_plan()
    scaled = next(one for one in plan.indicators if one.scale)
    box = next(scale for scale in plan.scales if scale.id == scaled.scale).options[0]
    own = Test(kind=TestKind.RATE_BELOW, indicator=scaled.id, share=Decimal("0.6"))
    votes = Test(
        kind=TestKind.RATE_ABOVE, indicator=scaled.id, share=Decimal("0.8"), options=(box.id,), is_inclusive=True
    )
    text = to_text(replace(plan, triggers=(replace(plan.triggers[0], all_of=(own, votes)),)))
    assert f"指标{scaled.name}的比率低于60%" in text
    assert f"指标{scaled.name}的有效票中{box.label}所占比率不低于80%" in text
