"""Made-up evidence for a rehearsal: the same seed gives the same year on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from pingyi.rehearsal.cast import Unit
from pingyi.rules.evidence import Evidence
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Indicator, Measure, Scale

ANSWERS = 60  # answers per section and scale indicator
ROWS = 6  # rows per section and numeric indicator


def marks(plan: Plan, units: Sequence[Unit], *, source: str, on: date, seed: int) -> list[Evidence]:
    """Return one source's evidence for every unit, drawn from the seed."""
    chance = random.Random(f"{seed}/{source}")  # noqa: S311 - a rehearsal's chance must be repeatable
    scales = {scale.id: scale for scale in plan.scales}
    rows: list[Evidence] = []
    for indicator in (item for item in plan.indicators if item.source == source):
        for unit in units:
            made = _answers if indicator.scale else _numbers
            rows += made(indicator, scales.get(indicator.scale), unit, on, chance)
    return rows


def _answers(
    indicator: Indicator, scale: Scale | None, unit: Unit, on: date, chance: random.Random
) -> Iterator[Evidence]:
    options = scale.options if scale else ()
    scored = [option for option in options if option.value is not None]
    unscored = [option for option in options if option.value is None]
    counts = {option.id: 0 for option in options}
    for _ in range(ANSWERS):
        if unscored and chance.random() < 0.06:
            counts[unscored[0].id] += 1
        else:
            counts[scored[_step(unit.merit, len(scored), chance)].id] += 1
    for place, (option, count) in enumerate(counts.items()):
        if count:
            yield _row(indicator, unit, on + timedelta(days=place % 3), option, Decimal(count))


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
                yield _row(indicator, unit, day, Decimal(chance.choice((1, 2))), Decimal(1))
        else:
            share = min(1.0, max(0.0, chance.gauss(0.55 + 0.45 * unit.merit, 0.05)))
            yield _row(
                indicator, unit, day, (indicator.maximum * Decimal(f"{share:.3f}")).quantize(Decimal("0.1")), Decimal(1)
            )


def _row(indicator: Indicator, unit: Unit, day: date, value: Decimal | str, weight: Decimal) -> Evidence:
    reference = f"演练-{indicator.id}-{unit.id}-{day:%m%d}"
    return Evidence(
        section=unit.id,
        indicator=indicator.id,
        source=indicator.source,
        happened_on=day,
        value=value,
        weight=weight,
        reference=reference,
    )
