"""How sure a verdict is, for five sections and for five hundred: the work should grow with the sections, no faster."""

from __future__ import annotations

import random
import time
from datetime import date
from decimal import Decimal

import measure
from pingyi.authoring.read import read_plan
from pingyi.inference.of_verdict import assess
from pingyi.rules.evidence import Evidence, SectionFacts
from pingyi.rules.plan import Indicator, Plan
from pingyi.rules.sheet import Verdict
from pingyi.rules.verdict import judge

FEW, MANY = 50, 500
DAY = date(2026, 9, 1)


def figures() -> list[measure.Figure]:
    """Measure a bureau and a province."""
    few, many = (seconds(count) for count in (FEW, MANY))
    return [
        measure.Figure(
            name="sections/assess",
            what=f"processor time to say how sure a verdict on {MANY} sections is, against {FEW}",
            ratio=f"{many / few:.1f} ×",
            detail=f"{many:.2f} s : {few:.2f} s of processor; "
            f"goal 5 s or less, and every pair is told apart; {measure.load()}",
        )
    ]


def seconds(count: int) -> float:
    """Return the processor time of one assessment; of three the least, so that nothing is loaded in it."""
    plan, verdict, evidence = year(count)
    taken = []
    for _ in range(3):
        begun = time.process_time()
        assess(plan, verdict=verdict, evidence=evidence)
        taken.append(time.process_time() - begun)
    return min(taken)


def year(count: int) -> tuple[Plan, Verdict, list[Evidence]]:
    """Make a year of so many sections up, each with its own level, and judge it."""
    text = (measure.ROOT / "plans" / "demo-2026.yaml").read_text(encoding="utf-8")
    plan, _problems = read_plan(text)
    if plan is None:
        raise RuntimeError("the demo plan does not read")
    draw = random.Random(2026)
    only = plan.subject.classes[0].id
    sections = [SectionFacts(id=f"s{n:04}", name=f"第{n}科", kind="section", section_class=only) for n in range(count)]
    evidence = [row for one in sections for row in _rows(plan, one.id, draw.gauss(85, 5), draw)]
    return plan, judge(plan, sections=sections, evidence=evidence, past=()), evidence


def _rows(plan: Plan, section: str, level: float, draw: random.Random) -> list[Evidence]:
    groups = [one.id for one in plan.assembly.groups] if plan.assembly else [""]
    return [
        row
        for indicator in plan.indicators
        for group in (groups if indicator.source == "assembly" else [""])
        for row in _marks(plan, indicator, section, group, level, draw)
    ]


def _marks(
    plan: Plan, indicator: Indicator, section: str, group: str, level: float, draw: random.Random
) -> list[Evidence]:
    same = {
        "section": section,
        "indicator": indicator.id,
        "source": indicator.source,
        "happened_on": DAY,
        "group": group,
    }
    if indicator.measure.value == "demerits":
        return [Evidence(**same, value=Decimal(draw.randrange(20)))]  # type: ignore[arg-type]
    if indicator.measure.value == "mean":
        marks = (min(100, max(0, round(draw.gauss(level, 6)))) for _ in range(6))
        return [Evidence(**same, value=Decimal(mark) * indicator.maximum / 100) for mark in marks]  # type: ignore[arg-type]
    options = next(one.options for one in plan.scales if one.id == indicator.scale)
    good = max(1, min(39, round(40 * level / 100) + draw.randrange(-3, 4)))
    pairs = zip((options[0], options[-2]), (good, 40 - good), strict=True)
    return [Evidence(**same, value=option.id, times=many) for option, many in pairs]  # type: ignore[arg-type]
