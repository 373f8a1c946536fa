"""What indicators and deductions take from this house: said, and of the right kind (§4.4b)."""

from __future__ import annotations

from collections.abc import Iterator

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.problems import Problem
from pingyi.rules.figures import MEASURES, Unit, proposed, taken
from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import Adjustment, Figure


def problems(plan: Plan) -> Iterator[Problem]:
    """Yield what a plan leaves open or says wrongly of the figures that this house counts."""
    yield from _unsaid(plan)
    yield from _of_another_measure(plan)
    for name, items in (("deductions", plan.deductions), ("bonus", plan.bonus)):
        yield from _adjustments(name, items.items if items else ())


def _unsaid(plan: Plan) -> Iterator[Problem]:
    sources = {one.id: one for one in plan.sources}
    for number, one in enumerate(plan.indicators):
        source = sources.get(one.source)
        meant = proposed(one, source) if source else None
        if one.takes is None and meant is not None:
            zh, en = value_word(meant)
            facts = {"name": one.name, "meant": meant.value, "meant_zh": zh, "meant_en": en}
            yield Problem(code="takes_unsaid", path=f"indicators[{number}]", facts=facts)


def _of_another_measure(plan: Plan) -> Iterator[Problem]:
    for number, one in enumerate(plan.indicators):
        counted = taken(one)
        if one.takes is None or counted is None or one.measure in MEASURES[counted.unit]:
            continue
        fitting = [value_word(each) for each in sorted(MEASURES[counted.unit])]
        facts = {"name": one.name} | _said("takes", value_word(one.takes)) | _said("measure", value_word(one.measure))
        facts |= {"fits_zh": "、".join(zh for zh, _ in fitting), "fits_en": ", ".join(en for _, en in fitting)}
        yield Problem(code="takes_measure", path=f"indicators[{number}].takes", facts=facts)


def _adjustments(name: str, items: tuple[Adjustment, ...]) -> Iterator[Problem]:
    """Only events are deducted for, each by one item; nothing that this house counts is a merit."""
    seen: dict[Figure, str] = {}
    for number, one in enumerate(items):
        counted = taken(one)
        if one.takes is None or counted is None:
            continue
        path = f"{name}.items[{number}].takes"
        facts = {"name": one.name} | _said("takes", value_word(one.takes))
        if name != "deductions" or counted.unit is not Unit.EVENT:
            yield Problem(code="takes_no_event", path=path, facts=facts)
        elif one.takes in seen:
            yield Problem(code="takes_twice", path=path, facts=facts | {"before": seen[one.takes]})
        seen.setdefault(one.takes, one.name)


def _said(name: str, word: tuple[str, str]) -> dict[str, str]:
    return {f"{name}_zh": word[0], f"{name}_en": word[1]}
