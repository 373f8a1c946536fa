"""Persons are counted, weights only weigh: six people weighted to 2,100 are n = 6 everywhere (§5.2, FIELD F1)."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.authoring.evidence_tables import read_evidence
from pingyi.authoring.read import read
from pingyi.inference.of_verdict import assess
from pingyi.inference.tests.surveyed import survey_plan
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge

PLANS = Path(__file__).resolve().parents[4] / "plans"
HEAD = "科室,指标,日期,评价,权重,层,层内总数"
SIX = [("满意", 140, "企业", 420)] * 3 + [("不满意", 560, "居民", 1680)] * 3


def six_people(*, numbered: bool) -> list[Evidence]:
    plan = read((PLANS / "demo-2026.yaml").read_text(encoding="utf-8")).plan
    assert plan is not None
    indicator = next(one.name for one in plan.indicators if one.source == "survey")
    head = f"{HEAD},问卷编号" if numbered else HEAD
    lines = [head]
    for section in ("办公室", "信息中心"):
        for place, (said, weight, stratum, frame) in enumerate(SIX):
            line = f"{section},{indicator},2026-08-20,{said},{weight},{stratum},{frame}"
            lines.append(f"{line},{section}{place}" if numbered else line)
    facts = [
        SectionFacts(id=key, name=name, kind="", section_class=plan.subject.classes[0].id)
        for key, name in (("office", "办公室"), ("information", "信息中心"))
    ]
    table = read_evidence("抽样.csv", "\n".join(lines).encode(), plan=plan, sections=facts, source="survey")
    assert table.is_good, [problem.sentence() for problem in table.problems]
    return list(table.evidence)


@pytest.mark.parametrize("numbered", [False, True])
def test_six_people_weighted_to_2100_are_read_as_six(*, numbered: bool) -> None:
    rows = six_people(numbered=numbered)
    assert [row.times for row in rows] == [1] * 12
    assert sum(row.weight for row in rows if row.section == "office") == 2100


@pytest.mark.parametrize("numbered", [False, True])
def test_six_people_are_n_6_on_sheet_in_the_bundle_and_in_every_error(*, numbered: bool) -> None:
    plan = survey_plan()
    heavy = [
        replace(row, section=name, indicator=indicator, value="good" if row.value == "satisfied" else "bad")
        for name in cast.NAMES
        for indicator in ("served", "honest")
        for row in six_people(numbered=numbered)[:6]
    ] + [
        row
        for name in cast.NAMES
        for row in [cast.marks(str(mark), section=name, indicator="seen") for mark in (80, 90)]
    ]
    verdict = judge(plan, sections=cast.SECTIONS, evidence=heavy)
    line = next(one for one in verdict.sheet("office").lines if one.indicator == "served")
    assert (line.count, line.mark) == (6, Decimal("44")), "the weights still weigh: 0.2 × 100 + 0.8 × 30"
    found = assess(plan, verdict=verdict, evidence=heavy)
    held = found.classes[0]
    estimate = held.estimates[0]
    place = estimate.place("office")
    assert place is not None
    assert estimate.counts[place] == 6
    assert estimate.covariance[place][place].sqrt() > 7
    assert set(held.certainty.insufficient) == set(cast.NAMES)  # type: ignore[union-attr]
    files = bundle.verdict_files(plan, sections=cast.SECTIONS, evidence=heavy, verdict=verdict, assessment=found)
    report = verify.Report("zh")
    verify.check_verdict(files, report)
    verify.check_estimates(files, report)
    assert report.failed == 0
    told = json.loads(files["verdict.json"])["sheets"][0]["lines"][0]
    assert told["count"] == "6"


def test_a_count_column_counts_and_a_weight_column_weighs() -> None:
    plan = read((PLANS / "demo-2026.yaml").read_text(encoding="utf-8")).plan
    assert plan is not None
    indicator = next(one.name for one in plan.indicators if one.source == "survey")
    facts = [SectionFacts(id="office", name="办公室", kind="", section_class=plan.subject.classes[0].id)]

    def rows(head: str, cell: str) -> tuple[Evidence, ...]:
        text = f"科室,指标,日期,评价,{head}\n办公室,{indicator},2026-08-20,满意,{cell}\n"
        table = read_evidence("a.csv", text.encode(), plan=plan, sections=facts, source="survey")
        codes = {problem.code for problem in table.problems}
        assert codes <= {"weight.perhaps_times"}
        assert ("weight.perhaps_times" in codes) is (head == "权重" and cell == "30")
        return table.evidence

    for head in ("份数", "票数", "人数", "数量"):
        assert [(row.times, row.weight) for row in rows(head, "30")] == [(30, 1)]
    assert [(row.times, row.weight) for row in rows("权重", "30")] == [(1, 30)]
    assert [(row.times, row.weight) for row in rows("抽样权重", "1.25")] == [(1, Decimal("1.25"))]


def test_weights_that_few_persons_have_are_told_before_they_tie_answers_together() -> None:
    plan = read((PLANS / "demo-2026.yaml").read_text(encoding="utf-8")).plan
    assert plan is not None
    indicator = next(one.name for one in plan.indicators if one.source == "survey")
    facts = [SectionFacts(id="office", name="办公室", kind="", section_class=plan.subject.classes[0].id)]
    for weights, is_told in ((["1.5"] * 12, False), ([f"1.{place}" for place in range(10, 22)], True)):
        lines = [f"办公室,{indicator},2026-08-20,满意,{weight},问卷{place:03d}" for place, weight in enumerate(weights)]
        text = "\n".join(["科室,指标,日期,评价,权重,问卷编号", *lines])
        table = read_evidence("a.csv", text.encode(), plan=plan, sections=facts, source="survey")
        assert table.is_good
        assert ("weight.of_few" in {problem.code for problem in table.problems}) is is_told
