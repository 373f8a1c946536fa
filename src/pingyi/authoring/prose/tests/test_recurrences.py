"""What a plan asks for each month, quarter or half-year is kept as that, and nothing that it does not say (§4)."""

from __future__ import annotations

import pytest

from pingyi.authoring.prose import Draft, understand
from pingyi.authoring.prose.fact_kinds import FactKind, FactState

HEAD = (
    "民主评议实施方案\n一、评议对象\n局机关各科室。\n二、评议内容\n依法行政、服务质量、办事效率。\n"
    "三、方法步骤\n（一）自查自纠阶段（4月1日至9月30日）。"
)


def _draft(words: str) -> Draft:
    return understand(HEAD + words, name="a", year=2026)


def _said(draft: Draft) -> list[str]:
    return [
        f"{one.doer.value} {one.every or '-'} {one.every_day or '-'} {one.due_on or '-'}" for one in draft.plan.tasks
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("各单位每季度开展一次自查。", ["every_section quarter - -"]),
        ("各科室每季度末月25日前向监察室报送自查报告。", ["every_section quarter 25 -"]),
        ("各科室每个季度最后一个月的25日前报送自查报告。", ["every_section quarter 25 -"]),
        ("每月5日前，各科室向监察室报送工作进展情况。", ["every_section month 5 -"]),
        ("每季度末，监察室汇总各科室整改情况，向局党组报告。", ["supervision_office quarter - -"] * 2),
        ("监察室组织暗访，每季度1次。", ["supervision_office quarter - -"]),
        ("局办公室每半年召开一次座谈会。", ["named_section half_year - -"]),
        ("监察室每月对各科室检查一次，并通报结果。", ["supervision_office month - -"] * 2),
        (
            "监察室每月对各科室检查一次，并于6月30日前通报结果。",
            ["supervision_office month - -", "supervision_office - - 2026-06-30"],
        ),
        ("各科室每月集中学习一次，制定整改方案。", ["every_section month - -", "every_section - - -"]),
        (
            "4月20日前各科室制定方案，每月底报送进展情况。",
            ["every_section - - 2026-04-20", "every_section month - -"],
        ),
    ],
)
def test_how_often_a_duty_recurs_is_read(words: str, wanted: list[str]) -> None:
    draft = _draft(words)
    assert _said(draft) == wanted
    states = {one.state for one in draft.facts if one.kind is FactKind.RECURRENCE}
    assert states == {FactState.HELD}


@pytest.mark.parametrize(
    "words",
    [
        "每季度结束后5日内，各科室报送总结。",
        "各科室于每季度首月10日前报送计划。",
        "各科室每周开展一次自查。",
        "各科室每季度20日前报送自查报告。",
        "各科室每月25日至30日报送报表。",
        "各科室每月5日、20日报送报表。",
        "各科室根据每月考核结果，于6月30日前制定整改方案。",
        "各科室对每季度的问题制定整改方案。",
    ],
)
def test_a_time_that_no_field_can_hold_makes_no_recurrence(words: str) -> None:
    draft = _draft(words)
    assert not any(one.every for one in draft.plan.tasks)
    assert not any(one.state is FactState.HELD for one in draft.facts if one.kind is FactKind.RECURRENCE)


def test_the_cell_of_a_table_and_a_label_say_it_too() -> None:
    table = "\n工作任务\t责任单位\t完成时限\n报送自查报告\t各科室\t每季度末月25日前\n汇总整改情况\t监察室\t9月20日"
    assert _said(_draft(table)) == ["every_section quarter 25 -", "supervision_office - - 2026-09-20"]
    labeled = _draft("\n1.梳理存在的问题，制定整改方案。\n责任单位：各科室\n完成时限：每月5日前")
    assert _said(labeled) == ["every_section month 5 -"] * 2


def test_what_recurs_outside_the_phases_does_so_until_the_end_of_the_last() -> None:
    more = "\n（二）总结阶段（10月1日至11月30日）。各科室上报总结。\n四、工作要求\n"
    more += "各科室每季度末月25日前向监察室报送整改进展情况。"
    task = next(one for one in _draft(more).plan.tasks if one.every)
    assert (task.phase, str(task.due_on), task.every_day) == ("phase_one", "2026-11-30", 25)
