"""Whole made-up years from a seed: plans, persons and events of every kind that the bundle's format knows."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from pingyi.authoring import bundle
from pingyi.inference.of_verdict import assess
from pingyi.rules.evidence import Evidence, PastOutcome, SectionFacts
from pingyi.rules.plan import Consequence, Indicator, Plan, Ranking, Rounding, Scale, Source, Statistics, Trigger
from pingyi.rules.plan.measure import Empty, Measure, Option, SourceKind
from pingyi.rules.plan.outcome import Comparison, ConsequenceKind, LastPlace, RoundingMode, Test, TestKind, TieRule
from pingyi.rules.plan.people import SectionClass
from pingyi.rules.plan.statistics import TriggerRule
from pingyi.rules.tests import verdict_cast as cast
from pingyi.rules.tests.test_published import drawn_rows
from pingyi.rules.verdict import judge

Files = dict[str, bytes]
TESTS = (
    Test(kind=TestKind.LAST), Test(kind=TestKind.BELOW, score=Decimal(80)), Test(kind=TestKind.VETO),
    Test(kind=TestKind.BELOW, score=Decimal(70), is_inclusive=True), Test(kind=TestKind.GRADE, grade="fail"),
    Test(kind=TestKind.ABOVE, score=Decimal(75), is_inclusive=True), Test(kind=TestKind.BOTTOM, count=2),
    Test(kind=TestKind.TOP, count=3, share=Decimal("0.5")), Test(kind=TestKind.BOTTOM, share=Decimal("0.4")),
)  # fmt: skip
RATES = (
    Test(kind=TestKind.RATE_BELOW, share=Decimal("0.6")),
    Test(kind=TestKind.RATE_ABOVE, options=("good",), share=Decimal("0.5"), is_inclusive=True),
    Test(kind=TestKind.RATE_BELOW, options=("bad", "unknown"), share=Decimal("0.3")),
)  # fmt: skip
COUNTED = (
    Test(kind=TestKind.TIMES, trigger="t0", count=2),
    Test(kind=TestKind.TIMES, trigger="t1", is_consecutive=False),
)
FOLLOWS = (
    Consequence(id="explain", name="说明情况", kind=ConsequenceKind.EXPLANATION),
    Consequence(id="honor", name="表扬", kind=ConsequenceKind.HONOR),
)


def files_of(
    plan: Plan, sections: Sequence[SectionFacts], rows: Sequence[Evidence], past: Sequence[PastOutcome] = ()
) -> Files:
    """Return what a settled year's bundle holds: a plan that asks for proof is judged with the assessment."""
    plain = judge(plan, sections=sections, evidence=rows, past=past)
    sure = assess(plan, verdict=plain, evidence=rows)
    verdict = judge(plan, sections=sections, evidence=rows, past=past, assessment=sure)
    return bundle.verdict_files(
        plan, sections=sections, evidence=rows, past=past, verdict=verdict, assessment=sure
    )  # fmt: skip


@cache
def made_up(seed: int) -> Files:
    """Return the files of one year."""
    chance = random.Random(f"year {seed}")
    plan, rows = drawn_rows(seed)
    sections = [replace(one, section_class=chance.choice(["all", "all", "few", "asked"])) for one in cast.SECTIONS]
    plan = _with_rules(_with_sources(plan, chance), chance)
    rows = [row for row in [*rows, *_other_rows(plan, chance)] if chance.random() < 0.97]
    if chance.random() < 0.25:  # two of whom nothing was seen but their deductions: they tie, under the floor
        plan = replace(plan, sources=tuple(replace(one, empty=Empty.ZERO) for one in plan.sources))
        silent = [one.id for one in chance.sample(sections, 2)]
        rows = [row for row in rows if row.section not in silent or row.source == "deduction"]
        sections = [replace(one, section_class="all") if one.id in silent else one for one in sections]
    past = [
        PastOutcome(section=one.id, trigger=chance.choice(["t0", "t1"]), year=chance.choice([2023, 2024, 2025, 2026]))
        for one in sections for _ in range(chance.randint(0, 3))
    ]  # fmt: skip
    return files_of(plan, sections, rows, past=list(dict.fromkeys(past)))


def _with_sources(plan: Plan, chance: random.Random) -> Plan:
    """Add calls and tasks to a plan without elector groups, and let any source be left out."""
    empties = [Empty.DROP, Empty.DROP, Empty.ZERO, Empty.FULL, Empty.REFUSE]
    if plan.assembly:
        groups = tuple(replace(one, minimum=chance.choice([1, 12])) for one in plan.assembly.groups)
        return replace(plan, assembly=replace(plan.assembly, groups=groups))
    weights = chance.choice([("0.4", "0.3", "0.2", "0.1"), ("0.7", "0.1", "0.2", "0")])
    kinds = (SourceKind.SURVEY, SourceKind.INSPECTION, SourceKind.CASES, SourceKind.TASKS)
    names = ("survey", "visits", "calls", "tasks")
    sources = tuple(
        Source(id=name, name=name, kind=kind, weight=Decimal(weight), empty=chance.choice(empties))
        for name, kind, weight in zip(names, kinds, weights, strict=True)
    )
    more = (
        Indicator(id="closed", name="办结", criterion="law", source="calls", weight=Decimal(1), scale="four",
                  measure=Measure.SATISFACTION_RATE),
        Indicator(id="late", name="迟到", criterion="law", source="tasks", weight=Decimal(1), measure=Measure.DEMERITS),
        Indicator(id="slow", name="拖延", criterion="law", source="visits", weight=Decimal("0.2"),
                  measure=Measure.DEMERITS),
    )  # fmt: skip
    kept = [replace(one, weight=Decimal("0.8")) if one.id == "seen" else one for one in plan.indicators]
    return replace(plan, sources=sources, indicators=(*kept, *more))


def _scaled(plan: Plan) -> list[str]:
    return [one.id for one in plan.indicators if one.scale]


def _with_rules(plan: Plan, chance: random.Random) -> Plan:
    tests = [*TESTS, *(replace(one, indicator=chance.choice(_scaled(plan))) for one in RATES)]
    triggers = [
        Trigger(
            id=f"t{number}", name=f"触发{number}", all_of=tuple(chance.sample(tests, chance.choice([1, 1, 2]))),
            consequences=tuple(chance.sample(["explain", "honor"], chance.randint(0, 2))),
            at_most=chance.choice([None, None, 1, 2]),
        )
        for number in range(6)
    ]  # fmt: skip
    counted = Trigger(id="again", name="再次", all_of=(chance.choice(COUNTED),), consequences=("explain",))
    classes = ("all", "few", "asked")
    return replace(
        plan,
        triggers=tuple(chance.sample([*triggers, counted], 7)),
        consequences=FOLLOWS,
        subject=replace(
            plan.subject,
            classes=tuple(SectionClass(id=name, name=name, is_ranked=name != "asked") for name in classes),
        ),
        rounding=Rounding(
            digits=chance.randint(0, 3), mode=chance.choice(list(RoundingMode)),
            comparison=chance.choice(list(Comparison)),
        ),
        ranking=Ranking(
            ties=chance.choice(list(TieRule)), tie_sources=("survey",), last_place=chance.choice(list(LastPlace)),
            least_class_size=chance.choice([1, 2, 3]),
        ),
        statistics=chance.choice([None, Statistics(
            level=Decimal(chance.choice(["0.05", "0.01", "0.2"])), minimum_ratings=chance.choice([0, 20, 40]),
            triggers=chance.choice(list(TriggerRule)), weight_range=Decimal("0.25"),
        )]),
    )  # fmt: skip


def _other_rows(plan: Plan, chance: random.Random) -> Iterator[Evidence]:
    sources = {one.id for one in plan.sources}
    for section in cast.NAMES:
        if "visits" in sources:
            marks = [cast.marks(str(chance.randint(60, 99)), section=section, indicator="seen") for _ in range(3)]
            yield from marks[: chance.randint(1, 3)]
        if "calls" in sources:
            boxes = chance.sample(["good", "bad", "unknown"], chance.randint(0, 3))
            known = [
                replace(cast.answers(box, chance.randint(1, 40), section=section), source="calls") for box in boxes
            ]
            yield from (replace(row, indicator="closed") for row in known)
        if "tasks" in sources and chance.random() < 0.5:
            yield cast.marks(str(chance.randint(0, 9)), section=section, indicator="late", source="tasks")
        events = [("banner", "bonus"), ("method", "bonus"), ("exposed", "deduction"), ("bribe", "veto")]
        events += [("fraud", "veto"), ("accident", "veto")]
        for item, source in events:
            if chance.random() < (0.04 if source == "veto" else 0.2):
                yield cast.event(item, str(chance.randint(1, 3)), section=section, source=source)


def of_folder(folder: Path) -> Files:
    """Return the files of a reference year that lies in tables: a survey, a hotline, visits, an assembly."""
    case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    names = [one["section"] for one in case["sections"]]
    sections = [
        SectionFacts(id=f"s{at:02}", name=name, kind="科", section_class="all") for at, name in enumerate(names)
    ]
    ids = {one.name: one.id for one in sections}
    levels = tuple(Option(id=box, label=box, value=Decimal(str(at))) for box, at in case["score_map"].items())
    scales = (
        Scale(id="levels", name="评价", options=(*levels, Option(id="unknown", label="不了解"))),
        Scale(id="calls", name="回访", options=(Option(id="yes", label="满意", value=Decimal(1), is_satisfied=True),
                                              Option(id="no", label="不满意", value=Decimal(0)))),
    )  # fmt: skip
    kinds = {"survey": SourceKind.SURVEY, "hotline": SourceKind.CASES, "covert": SourceKind.INSPECTION,
             "assembly": SourceKind.ASSEMBLY}  # fmt: skip
    measures = {"survey": (Measure.SATISFACTION_SCORE, "levels"), "hotline": (Measure.SATISFACTION_RATE, "calls")}
    plan = cast.plan(
        sources=tuple(Source(id=name, name=name, kind=kind, weight=Decimal(str(case["weights"][name])))
                      for name, kind in kinds.items()),
        indicators=tuple(
            Indicator(id=name, name=name, criterion="law", source=name, weight=Decimal(1),
                      measure=measures.get(name, (Measure.MEAN, ""))[0], scale=measures.get(name, ("", ""))[1])
            for name in kinds
        ),
        scales=scales,
    )  # fmt: skip
    return files_of(plan, sections, list(_rows(folder, ids)))


def _rows(folder: Path, ids: dict[str, str]) -> Iterator[Evidence]:
    def table(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def row(source: str, section: str, value: Decimal | str, times: int = 1) -> Evidence:
        return Evidence(
            section=ids[section], indicator=source, source=source, happened_on=cast.DAY, value=value, times=times
        )

    for one in table("survey.csv"):
        said = row("survey", one["section"], one["level"] if one["rated"] == "1" else "unknown")
        drawn = {"unit": one["resp_id"], "stratum": one["stratum"], "frame": int(one["N"]), "weight": Decimal(one["w"])}
        yield replace(said, **drawn)  # type: ignore[arg-type]
    for one in table("hotline.csv"):
        yield row("hotline", one["section"], "yes", int(one["satisfied"]))
        yield row("hotline", one["section"], "no", int(one["closed"]) - int(one["satisfied"]))
    yield from (row("covert", one["section"], Decimal(one["score"])) for one in table("covert.csv"))
    for one in table("ballots.csv"):
        marks = [(section, mark) for section, mark in one.items() if section in ids and mark not in {"", "NA"}]
        yield from (replace(row("assembly", section, Decimal(mark)), unit=one["voter"]) for section, mark in marks)
