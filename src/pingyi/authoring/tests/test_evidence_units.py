"""Rows that name their questionnaire, ballot or visit: read where they are, never asked for, never a person (§5.2)."""

from __future__ import annotations

import io

import pytest

from pingyi.authoring.evidence_tables import EvidenceTable, read_evidence
from pingyi.authoring.evidence_templates import UNIT_HEAD, template
from pingyi.authoring.tables.grids import read_grids
from pingyi.rules.tests import verdict_cast as cast

HEAD = "科室,指标,日期,数值,记录编号,层,层内总数"


def read(*rows: str) -> EvidenceTable:
    content = "\n".join((HEAD, *rows)).encode()
    return read_evidence("问卷.csv", content, plan=cast.plan(), sections=cast.SECTIONS)


def test_a_questionnaire_ties_its_marks_together_and_names_its_stratum() -> None:
    found = read(
        "办公室,群众满意度,2026-08-20,满意,问卷001,企业,420", "信息中心,群众满意度,2026-08-20,不满意,问卷001,企业,420"
    )
    assert found.is_good
    assert {(row.unit, row.stratum, row.frame) for row in found.evidence} == {("问卷001", "企业", 420)}


def test_without_these_columns_nothing_is_missing() -> None:
    content = "科室,指标,日期,数值\n办公室,群众满意度,2026-08-20,满意\n".encode()
    found = read_evidence("问卷.csv", content, plan=cast.plan(), sections=cast.SECTIONS)
    assert [(row.unit, row.stratum, row.frame) for row in found.evidence] == [("", "", 0)]


@pytest.mark.parametrize("unit", ["13800000001", "138 0000 0001", "110101199003071234", "11010119900307123X", "王小明"])
def test_what_tells_a_person_is_refused(unit: str) -> None:
    found = read(f"办公室,群众满意度,2026-08-20,满意,{unit},,")
    assert [problem.code for problem in found.problems] == ["unit.personal"]
    assert unit not in found.problems[0].sentence(language="zh")


@pytest.mark.parametrize("frame", ["很多", "0", "12.5", "50%"])
def test_a_total_that_is_none_is_named(frame: str) -> None:
    assert "frame.bad" in {one.code for one in read(f"办公室,群众满意度,2026-08-20,满意,1,企业,{frame}").problems}


def test_one_record_does_not_mark_the_same_twice() -> None:
    row = "办公室,群众满意度,2026-08-20,{},问卷001,,"
    found = read(row.format("满意"), row.format("不满意"))
    assert [(one.row, one.code, one.facts["first"]) for one in found.problems] == [(3, "unit.twice", "2")]
    assert not found.is_good


def test_the_empty_table_offers_the_columns_where_marks_are_sampled() -> None:
    for source, is_offered in (("survey", True), ("visits", True), ("deduction", False)):
        book = template(cast.plan(), sections=cast.SECTIONS, source=source)
        grid = next(one for one in read_grids(io.BytesIO(book).getvalue()) if one.name == "佐证")
        assert (tuple(grid.rows[0])[-len(UNIT_HEAD) :] == UNIT_HEAD) is is_offered
