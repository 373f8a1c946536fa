"""Made-up evidence for a rehearsal: the same seed gives the same year on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from pingyi.rehearsal.cast import Unit
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Indicator, Measure, Option, Scale, SourceKind

ANSWERS = 60  # answers per section and scale indicator
VOTERS = 60  # electors of the assembly
ROWS = 6  # rows per section and numeric indicator
SILENT = 0.06  # of all answers are 不了解
MOOD = 0.06  # how far one person is more generous than another


def marks(plan: Plan, units: Sequence[Unit], *, source: str, on: date, seed: int) -> list[Evidence]:
    """Return one source's evidence for every unit, drawn from the seed."""
    chance = random.Random(f"{seed}/{source}")  # noqa: S311 - a rehearsal's chance must be repeatable
    scales = {scale.id: scale for scale in plan.scales}
    rows: list[Evidence] = []
    kinds = {item.id: item.kind for item in plan.sources}
    if kinds[source] in {SourceKind.SURVEY, SourceKind.ASSEMBLY}:
        return list(_people(plan, units, source=source, kind=kinds[source], on=on, chance=chance))
    for indicator in (item for item in plan.indicators if item.source == source):
        for unit in units:
            made = _answers if indicator.scale else _numbers
            rows += made(indicator, scales.get(indicator.scale), unit, on, chance)
    return rows


def _people(
    plan: Plan, units: Sequence[Unit], *, source: str, kind: SourceKind, on: date, chance: random.Random
) -> Iterator[Evidence]:
    """Have made-up persons mark every section on every question; who is generous is so to all."""
    scales = {scale.id: scale.options for scale in plan.scales}
    drawn = _voters(plan) if kind is SourceKind.ASSEMBLY else _respondents(plan)
    for place, (group, stratum, frame) in enumerate(drawn, 1):
        mood = chance.gauss(0, MOOD)
        for unit in units:
            for indicator in (item for item in plan.indicators if item.source == source):
                option = _choice(scales[indicator.scale], unit.merit + mood, chance)
                row = _row(indicator, unit, on + timedelta(days=place % 3), option, 1)
                key = f"{source}-{place:03d}"
                yield replace(row, unit=key, group=group, stratum=stratum, frame=frame, reference=f"演练-{key}")


def _voters(plan: Plan) -> list[tuple[str, str, int]]:
    """Return the electors of the hall by their groups."""
    groups = plan.assembly.groups if plan.assembly else ()
    sizes = [max(group.minimum, round(VOTERS * group.weight)) for group in groups] or [VOTERS]
    names = [group.id for group in groups] or [""]
    return [(name, "", 0) for name, size in zip(names, sizes, strict=True) for _ in range(size)]


def _respondents(plan: Plan) -> list[tuple[str, str, int]]:
    """Return those who were asked, by their strata, as many of each as it has of the frame."""
    strata = plan.survey.strata if plan.survey else ()
    whole = sum(stratum.size or 0 for stratum in strata)
    if not whole:
        return [("", "", 0)] * ANSWERS
    return [
        ("", stratum.id, stratum.size or 0)
        for stratum in strata
        for _ in range(max(2, round(ANSWERS * (stratum.size or 0) / whole)))
    ]


def _choice(options: Sequence[Option], merit: float, chance: random.Random) -> str:
    scored = [option for option in options if option.value is not None]
    unscored = [option for option in options if option.value is None]
    if unscored and chance.random() < SILENT:
        return unscored[0].id
    return scored[_step(merit, len(scored), chance)].id


def _answers(
    indicator: Indicator, scale: Scale | None, unit: Unit, on: date, chance: random.Random
) -> Iterator[Evidence]:
    options = scale.options if scale else ()
    scored = [option for option in options if option.value is not None]
    unscored = [option for option in options if option.value is None]
    counts = {option.id: 0 for option in options}
    for _ in range(ANSWERS):
        if unscored and chance.random() < SILENT:
            counts[unscored[0].id] += 1
        else:
            counts[scored[_step(unit.merit, len(scored), chance)].id] += 1
    for place, (option, count) in enumerate(counts.items()):
        if count:
            yield _row(indicator, unit, on + timedelta(days=place % 3), option, count)


def _step(merit: float, steps: int, chance: random.Random) -> int:
    """Pick an answer: the better the merit, the likelier the first of the scale."""
    for step in range(steps - 1):
        if chance.random() < merit:
            return step
    return steps - 1


def _numbers(
    indicator: Indicator, _scale: Scale | None, unit: Unit, on: date, chance: random.Random
) -> Iterator[Evidence]:
    for place in range(ROWS):
        day = on + timedelta(days=7 * place)
        if indicator.measure is Measure.DEMERITS:
            if chance.random() > unit.merit:
                yield _row(indicator, unit, day, Decimal(chance.choice((1, 2))), 1)
        else:
            share = min(1.0, max(0.0, chance.gauss(0.55 + 0.45 * unit.merit, 0.05)))
            yield _row(indicator, unit, day, (indicator.maximum * Decimal(f"{share:.3f}")).quantize(Decimal("0.1")), 1)


def _row(indicator: Indicator, unit: Unit, day: date, value: Decimal | str, times: int) -> Evidence:
    reference = f"演练-{indicator.id}-{unit.id}-{day:%m%d}"
    return Evidence(
        section=unit.id,
        indicator=indicator.id,
        source=indicator.source,
        happened_on=day,
        value=value,
        times=times,
        reference=reference,
    )
