"""Heads of tables of answers and ballots that no list knows: cells say what a column is."""

from __future__ import annotations

import pytest

from pingyi.authoring.estimate_tables import Kind, read_table


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
