"""Layouts as offices really send them: titles, two-row heads, counts, merged cells, several sheets, repeated rows."""

from __future__ import annotations

from decimal import Decimal

from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.evidence_templates import ballot_template, template
from pingyi.authoring.tables.grids import read_grids
from pingyi.authoring.tests.evidence_books import DAY, HEAD, Rows, codes, good_row, table, workbook
from pingyi.rules.tests import verdict_cast as cast


def test_title_lines_blank_rows_totals_and_footnotes_are_passed_over() -> None:
    rows: Rows = [
        ["清源区环境保护局暗访记分表"],
        [None, None, "2026年8月20日"],
        HEAD,
        good_row(),
        [],
        good_row(科室="信息中心", 佐证="暗访-02"),
        ["合计", "", "", "", 171],
        ["注：由监察室汇总"],
    ]
    found = read_evidence("a.xlsx", workbook(rows), plan=cast.plan(), sections=cast.SECTIONS)
    assert codes(found) == []
    assert found.rows_read == 2
    assert [one.section for one in found.evidence] == ["office", "information"]


BALLOTS = ["科室", "满意", "基本满意", "不满意", "不了解"]


def test_a_table_of_counts_is_read_as_ballots() -> None:
    rows: Rows = [["集中评议大会计票 2026年8月20日"], BALLOTS, ["办公室", 30, "１０", "5票", ""]]
    found = read_evidence("计票.xlsx", workbook(rows), plan=cast.plan(), sections=cast.SECTIONS)
    assert codes(found) == []
    assert [(one.value, one.times, one.reference) for one in found.evidence] == [
        ("good", 30, "计票.xlsx#B3"),
        ("fair", 10, "计票.xlsx#C3"),
        ("bad", 5, "计票.xlsx#D3"),
    ]


def test_a_head_of_two_rows_with_merged_cells_is_read() -> None:
    upper = ["科室", "群众满意度", None, None, None]
    lower = [None, "满意", "基本满意", "不满意", "不了解"]
    content = workbook(
        [["计票表"], upper, lower, ["办公室", 3, 2, 1, 0]], merges=[("A2:A3", "科室"), ("B2:E2", "群众满意度")]
    )
    found = read_evidence(
        "a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS, happened_on=DAY
    )  # fmt: skip
    assert codes(found) == []
    assert [(one.indicator, one.times) for one in found.evidence] == [
        ("satisfied", 3),
        ("satisfied", 2),
        ("satisfied", 1),
    ]


def test_merged_sections_hold_for_all_their_rows() -> None:
    rows: Rows = [HEAD, good_row(), good_row(科室=None, 佐证="暗访-02")]
    content = workbook(rows, merges=[("A2:A3", "办公室")])
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert [one.section for one in found.evidence] == ["office", "office"]


def test_a_column_for_each_indicator_is_read() -> None:
    found = table([["办公室", 90], ["信息中心", 80.5]], head=["科室", "工作纪律"], happened_on=DAY)
    assert [(one.indicator, one.value) for one in found.evidence] == [
        ("order", Decimal(90)), ("order", Decimal("80.5")),
    ]  # fmt: skip


def test_half_a_ballot_is_refused() -> None:
    found = table([["办公室", 30.5, 1, 1, 1]], head=BALLOTS, happened_on=DAY)
    assert codes(found) == [(2, "满意", "count.not_whole")]


def test_votes_carry_their_elector_group() -> None:
    head = ["科室", "评议代表类别", "满意", "不满意"]
    rows: Rows = [["办公室", "服务对象", 3, 1], ["办公室", "行风监督人", 1, 0], ["办公室", "", 1, 0]]
    found = table(rows, head=head, plan=cast.voting_plan(), happened_on=DAY)
    assert [one.group for one in found.evidence] == ["clients", "clients"]
    assert codes(found) == [(3, "评议代表类别", "group.unknown"), (4, "评议代表类别", "group.missing")]


def test_a_bonus_row_without_a_number_happened_once() -> None:
    found = table([["办公室", "受市级表彰", DAY, "文件〔2026〕3号"]], head=["科室", "加分事项", "日期", "依据"])
    assert [(one.source, one.indicator, one.value) for one in found.evidence] == [("bonus", "banner", 1)]


def test_the_same_row_twice_is_a_fault_where_references_tell_rows_apart() -> None:
    found = table([good_row(), good_row(), good_row(佐证="暗访-02")])
    assert codes(found) == [(3, "", "row.duplicate")]


def test_equal_answers_without_references_are_many_people_but_equal_counts_are_doubted() -> None:
    people: Rows = [["办公室", "群众满意度", DAY, "满意"]] * 3
    assert codes(table(people, head=["科室", "指标", "日期", "数值"])) == []
    counts = table([["办公室", 3, 1, 0, 0]] * 2, head=BALLOTS, happened_on=DAY)
    assert {problem.code for problem in counts.problems} == {"row.perhaps_duplicate"}
    assert counts.is_good


def test_the_same_file_is_known_again_even_saved_anew_under_another_name() -> None:
    one, other = table([good_row()]), table([good_row(数值="85.50")])
    assert one.digest != other.digest
    assert one.is_again(other)
    assert not one.is_again(table([good_row(数值=84)]))


def test_shares_taken_for_marks_are_found() -> None:
    found = table([good_row(数值=0.95), good_row(数值=0.8, 佐证="暗访-02")])
    assert codes(found) == [(2, "工作纪律", "value.looks_like_share")]


def test_a_date_of_another_year_is_noted_and_does_not_block() -> None:
    found = table([good_row(日期="2025-08-20")])
    assert codes(found) == [(2, "", "date.other_year")]
    assert found.is_good


def test_a_table_that_says_no_date_or_no_indicator_gets_one_message() -> None:
    assert codes(table([["办公室", 3, 1, 0, 0]] * 3, head=BALLOTS)) == [(1, "", "head.no_date")]
    assert codes(table([["办公室", 88]] * 3, head=["科室", "得分"], happened_on=DAY)) == [(1, "", "head.no_indicator")]
    assert table([["办公室", 88]], head=["科室", "得分"], happened_on=DAY, source="visits").is_good


def test_an_unknown_column_is_noted() -> None:
    found = table([[*good_row(), "晴"]], head=[*HEAD, "天气"])
    assert codes(found) == [(1, "天气", "head.unknown")]
    assert found.is_good


def test_the_instruction_and_example_sheets_of_a_template_are_not_read() -> None:
    content = workbook(
        [HEAD, good_row()], [HEAD, good_row(科室="示例科")], [["怎样填写"]], names=["佐证", "示例", "填写说明"]
    )
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert found.is_good
    assert found.rows_read == 1


def test_the_sheet_is_named_where_there_are_several() -> None:
    content = workbook([HEAD, good_row()], [HEAD, good_row(科室="保卫科")], names=["一季度", "二季度"])
    found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert found.problems[0].sentence().startswith("工作表“二季度”第2行“科室”列")


def test_a_template_offers_the_sections_and_reads_as_empty_until_it_is_filled() -> None:
    for source in ("survey", "visits", "bonus", "deduction", "veto"):
        content = template(cast.plan(), sections=cast.SECTIONS, source=source)
        assert content == template(cast.plan(), sections=cast.SECTIONS, source=source)
        found = read_evidence("a.xlsx", content, plan=cast.plan(), sections=cast.SECTIONS)
        assert [problem.code for problem in found.problems] == ["head.no_rows"]


def heads_and_example(source: str) -> dict[str, object]:
    content = template(cast.plan(), sections=cast.SECTIONS, source=source)
    grid = next(one for one in read_grids(content) if one.name == "示例")
    return {str(head): cell for head, cell in zip(*grid.rows[:2], strict=True)}


def test_a_template_asks_how_often_a_bonus_happened_and_shows_marks_on_the_real_scale() -> None:
    for source in ("bonus", "deduction", "veto"):
        assert heads_and_example(source)["次数"] == 1
        assert "数值" not in heads_and_example(source)
    assert heads_and_example("visits")["数值"] == 85


def test_points_entered_where_times_are_asked_are_noted() -> None:
    head = ["科室", "指标", "日期", "次数", "佐证"]
    once = table([["办公室", "媒体曝光", "2026-08-20", 1, "a"]], head=head)
    assert (once.evidence[0].value, once.evidence[0].times, codes(once)) == (1, 1, [])
    for often in (5, 2):
        found = table([["办公室", "媒体曝光", "2026-08-20", often, "a"]], head=head)
        assert [one.code for one in found.problems] == (["value.points_for_times"] if often == 5 else [])
        assert found.is_good
    assert "5次×5分为25分" in table([["办公室", "媒体曝光", "2026-08-20", 5, "a"]], head=head).problems[0].sentence()


def test_a_templates_own_example_row_is_good() -> None:
    from_example = [["办公室", "群众满意度", "2026-08-20", "满意", 1, "2026-001"]]
    assert table(from_example, head=["科室", "指标", "日期", "数值", "权重", "佐证"]).is_good


def test_a_ballot_template_has_a_row_for_each_section_and_group() -> None:
    plan = cast.voting_plan()
    content = ballot_template(plan, sections=cast.SECTIONS, source="assembly")
    found = read_evidence("a.xlsx", content, plan=plan, sections=cast.SECTIONS, happened_on=DAY)
    assert found.rows_read == 15
    assert {problem.code for problem in found.problems} == {"value.missing"}
    assert found.evidence == ()
