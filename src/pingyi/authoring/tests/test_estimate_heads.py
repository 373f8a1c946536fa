"""Heads of tables of answers and ballots that no list knows: cells say what a column is."""

from __future__ import annotations

import pytest

from pingyi.authoring.estimate_tables import Column, Kind, read_table


def csv_of(*rows: str) -> bytes:
    return "\n".join(rows).encode()


@pytest.mark.parametrize("head", ["投票日期", "收票时间", "何时"])
def test_a_column_of_days_on_a_sheet_of_ballots_is_no_section(head: str) -> None:
    table = read_table("票.csv", csv_of(f"票号,{head},办公室,信息中心", "1,2026-09-01,90,80", "2,2026年9月1日,85,70"))
    assert (table.kind, table.problems) == (Kind.BALLOTS, ())
    assert [(one.person, one.section, one.mark) for one in table.ratings] == [
        ("1", "办公室", 90.0), ("1", "信息中心", 80.0), ("2", "办公室", 85.0), ("2", "信息中心", 70.0),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["受评股室", "被考核对象"])
def test_a_column_of_sections_is_the_section_whatever_its_head(head: str) -> None:
    table = read_table("卷.csv", csv_of(f"问卷编号,{head},得分", "1,办公室,90", "2,环境监察大队,80"))
    assert (table.kind, table.problems) == (Kind.SURVEY, ())
    assert [one.section for one in table.ratings] == ["办公室", "环境监察大队"]


def test_what_a_person_says_of_a_column_counts_and_every_column_is_told() -> None:
    content = csv_of("第几次,去了哪里,打几分,组长", "1,许可科,90,王", "2,大队,61,李")
    assert read_table("访.csv", content).kind is None
    said = {"去了哪里": Column.SECTION, "打几分": Column.MARK}
    table = read_table("访.csv", content, chosen=said)
    assert (table.kind, table.visits) == (Kind.VISITS, (("许可科", 90.0), ("大队", 61.0)))
    assert [(one.label, one.kind, one.samples) for one in table.columns] == [
        ("第几次", "", ("1", "2")), ("去了哪里", "section", ("许可科", "大队")), ("打几分", "mark", ("90", "61")),
        ("组长", "", ("王", "李")),
    ]  # fmt: skip


def test_a_column_that_is_no_sections_is_left_out_of_the_ballots_where_a_person_says_so() -> None:
    content = csv_of("票号,办公室,信息中心,发放数", "1,90,80,5", "2,85,70,6")
    taken = read_table("票.csv", content)
    assert [one.kind for one in taken.columns] == ["voter", "marks", "marks", "marks"]
    table = read_table("票.csv", content, chosen={"发放数": Column.UNREAD})
    assert {one.section for one in table.ratings} == {"办公室", "信息中心"}
    assert [one.kind for one in table.columns] == ["voter", "marks", "marks", ""]


def test_a_head_that_a_person_says_wins_over_one_that_is_known() -> None:
    content = csv_of("问卷编号,科室,得分,复核后", "1,办公室,90,95")
    table = read_table("卷.csv", content, chosen={"复核后": Column.MARK})
    assert [one.mark for one in table.ratings] == [95.0]
    assert [one.kind for one in table.columns] == ["person", "section", "", "mark"]
