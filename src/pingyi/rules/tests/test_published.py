"""What is published of people: exact counts, no persons; joined strata and coarse steps on the safe side (§5.4)."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from pingyi import verify
from pingyi.authoring import bundle
from pingyi.inference.design import design
from pingyi.inference.of_verdict import assess
from pingyi.inference.tests.surveyed import BOXES, people, survey_plan, visit
from pingyi.rules.evidence import Evidence
from pingyi.rules.persons import persons
from pingyi.rules.plan import Assembly, Plan, Source
from pingyi.rules.plan.measure import SourceKind
from pingyi.rules.plan.voting import ElectorGroup
from pingyi.rules.published import Published, published
from pingyi.rules.published.influence import influence, shares
from pingyi.rules.sheet import Verdict
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.verdict import judge


def told(plan: Plan, rows: list[Evidence]) -> tuple[Verdict, Published]:
    verdict = judge(plan, sections=cast.SECTIONS, evidence=rows)
    return verdict, published(plan, sheets=verdict.sheets, evidence=rows)


def drawn_rows(seed: int) -> tuple[Plan, list[Evidence]]:
    """Return some survey or assembly: strata of one to thirty, blanks, groups, weights, at times clusters."""
    chance = random.Random(seed)
    voting = seed % 3 == 0
    groups = ("clients", "watchers") if voting else ("",)
    plan = _voting() if voting else survey_plan()
    weighted, clustered, framed = chance.random() < 0.4, chance.random() < 0.2, chance.random() < 0.3
    rows, person = [visit(section, mark) for section in cast.NAMES for mark in (80, 86, 92)] if not voting else [], 0
    for group in groups:
        for stratum in range(chance.randint(1, 5)):
            size, weight = chance.randint(1, 30), Decimal(chance.randint(5, 40)) / 10 if weighted else Decimal(1)
            for _ in range(size):
                person += 1
                mood = chance.gauss(0, 0.3)
                plain = {
                    "unit": f"p{person}", "group": group, "stratum": f"s{stratum}", "weight": weight,
                    "frame": size * 3 if framed else 0, "cluster": f"c{person // 4}" if clustered else "",
                }  # fmt: skip
                rows += [replace(row, **plain) for row in _said(chance, mood, person)]  # type: ignore[arg-type]
    return plan, rows


def _said(chance: random.Random, mood: float, person: int) -> list[Evidence]:
    said = []
    for section in cast.NAMES:
        for indicator in ("served", "honest"):
            luck = chance.random() + mood
            box = "unknown" if chance.random() < 0.1 else BOXES[0 if luck > 0.5 else 1 if luck > 0.2 else 2]
            if person < 3 or chance.random() < 0.8:
                said.append(
                    Evidence(
                        section=section,
                        indicator=indicator,
                        source="survey",
                        happened_on=cast.DAY,
                        value=box,
                        reference=f"表#{person}",
                    )
                )
    return said


def _voting() -> Plan:
    groups = tuple(
        ElectorGroup(id=name, name=name, weight=Decimal(weight), minimum=1)
        for name, weight in (("clients", "0.6"), ("watchers", "0.4"))
    )
    source = Source(id="survey", name="大会", kind=SourceKind.ASSEMBLY, weight=Decimal(1))
    plan = survey_plan()
    return survey_plan(
        sources=(source,), indicators=plan.indicators[:2], assembly=Assembly(scale="four", groups=groups)
    )


def exact(plan: Plan, verdict: Verdict, rows: list[Evidence]) -> tuple[list[str], np.ndarray]:
    """Return the covariance as it follows from the persons, stratum by stratum as they were drawn."""
    source = next(one for one in plan.sources if one.id == "survey")
    mine = [row for row in rows if row.source == "survey"]
    moving = influence(plan, source=source, evidence=mine, shares=shares(verdict.sheets, source="survey"))
    names = sorted(moving.held)
    units: dict[tuple[str, str, object], list[float]] = defaultdict(lambda: [0.0] * len(names))
    frames: dict[tuple[str, str], int] = {}
    for place, one in enumerate(persons(mine)):
        for row in one.rows:
            pile = (row.section, row.indicator, row.group if plan.assembly else "")
            if pile in moving.pulls:
                moved = float(moving.moved(pile, row.value, row.weight))
                units[one.group, one.stratum, one.cluster or place][names.index(row.section)] += moved
            frames[one.group, one.stratum] = row.frame
    labels = [f"{group}/{stratum}" for group, stratum, _ in units]
    sizes = {label: labels.count(label) for label in labels}
    keep = [at for at, label in enumerate(labels) if sizes[label] > 1]
    if not keep:
        return names, np.zeros((len(names), len(names)))
    values = np.array(list(units.values()))[keep]
    population = [
        float(frames[key[0], key[1]]) if frames[key[0], key[1]] >= sizes[label] else float("inf")
        for key, label in zip(units, labels, strict=True)
    ]
    plan_ = design(
        weights=np.ones(len(keep)), strata=[labels[at] for at in keep], population=[population[at] for at in keep]
    )
    return names, plan_.covariance(values)


@pytest.mark.parametrize("seed", range(200))
def test_no_variance_and_no_gap_becomes_smaller_by_what_is_not_told(seed: int) -> None:
    plan, rows = drawn_rows(seed)
    verdict, _ = told(plan, rows)
    assessment = assess(plan, verdict=verdict, evidence=rows)
    estimate = next(one for one in assessment.classes[0].estimates if one.source == "survey")
    names, true = exact(plan, verdict, rows)
    kept = [place for place, name in enumerate(names) if name in estimate.sections]  # the others have no score
    names, true = [names[place] for place in kept], true[np.ix_(kept, kept)]
    at = [estimate.sections.index(name) for name in names]
    shown = np.array([[float(cell) for cell in row] for row in estimate.covariance])[np.ix_(at, at)]
    slack = 1e-8
    assert (np.diag(shown) >= np.diag(true) - slack).all()
    for j in range(len(names)):
        for k in range(j):
            gap = shown[j, j] + shown[k, k] - 2 * shown[j, k]
            assert gap >= true[j, j] + true[k, k] - 2 * true[j, k] - slack


@pytest.mark.parametrize("seed", range(0, 200, 9))
def test_a_stranger_computes_the_same_from_the_tables(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    plan, rows = drawn_rows(seed)
    verdict, _ = told(plan, rows)
    found = assess(plan, verdict=verdict, evidence=rows)
    files = bundle.verdict_files(plan, sections=cast.SECTIONS, evidence=rows, verdict=verdict, assessment=found)
    report = verify.Report("en")
    verify.check_verdict(files, report)
    verify.check_estimates(files, report)
    assert report.failed == 0, [line for line in capsys.readouterr().out.splitlines() if line.startswith("[FAIL]")]


def test_no_file_names_a_person_a_row_or_a_day_of_one() -> None:
    plan, rows = drawn_rows(4)
    rows = [replace(row, happened_on=row.happened_on.replace(day=1 + place % 20)) for place, row in enumerate(rows)]
    _, tables = told(plan, rows)
    text = b"".join(tables.files().values()).decode()
    assert "p1" not in text
    assert "表#" not in text
    days = {line.split(",")[3] for line in text.splitlines() if ",survey," in line and line.count(",") == 10}
    assert len(days) == 1, "who answered alone on a day would be seen with all their answers"


def test_the_order_of_rows_changes_no_byte() -> None:
    plan, rows = drawn_rows(5)
    _, tables = told(plan, rows)
    shuffled = random.Random(1).sample(rows, len(rows))
    assert told(plan, shuffled)[1].files() == tables.files()


def test_sheets_have_the_margins_of_the_counts_and_small_ones_are_left_out() -> None:
    plan, rows = drawn_rows(7)
    _, tables = told(plan, rows)
    counted: dict[tuple[str, str, str, str], int] = defaultdict(int)
    answered: dict[tuple[str, str], int] = defaultdict(int)
    for sheet in tables.sheets:
        answered[sheet.section, sheet.stratum] += sheet.times
        for indicator, said in zip(("served", "honest"), sheet.answers, strict=True):
            counted[sheet.section, sheet.stratum, indicator, said] += sheet.times
    assert answered
    assert min(answered.values()) >= 10
    for row in tables.evidence:
        if row.source == "survey" and (row.section, row.stratum) in answered:
            assert counted[row.section, row.stratum, row.indicator, str(row.value)] == row.times


def test_strata_under_ten_join_the_next_and_say_how_many() -> None:
    rows = [
        replace(row, stratum=f"s{int(row.unit[1:]) % 30 // 5}") if row.unit else row for row in people(30)
    ]  # six strata of five
    _, tables = told(survey_plan(), rows)
    assert [(one.stratum, one.units, one.least, one.joined) for one in tables.sample] == [
        ("s0+s1", 10, 5, 2), ("s2+s3", 10, 5, 2), ("s4+s5", 10, 5, 2),
    ]  # fmt: skip
    assert {one.factor for one in tables.sample} == {Fraction(5, 4)}


def test_fewer_than_fifteen_persons_publish_no_pair() -> None:
    assert told(survey_plan(), people(14))[1].pairs == ()
    assert len(told(survey_plan(), people(15))[1].pairs) == 10
