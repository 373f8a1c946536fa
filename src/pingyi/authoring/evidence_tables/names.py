"""Names in a table → ids of the plan and the sections, with "did you mean" where none fits."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pingyi.authoring.tables.cells import key
from pingyi.rules.evidence import SectionFacts
from pingyi.rules.plan import Indicator, Plan, Scale
from pingyi.rules.plan.measure import Measure
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO
from pingyi.rules.verdict_checks import SATISFACTION, Allowed, allowed_values, groups_of

ADJUSTMENTS = {BONUS: "加分", DEDUCTION: "扣分", VETO: "一票否决"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What a row can be evidence of: an indicator, a bonus or deduction item, a veto."""

    id: str
    name: str
    source: str
    allowed: Allowed
    indicator: Indicator | None = None
    options: Mapping[str, str] | None = None  # compared name → option id
    choices: str = ""  # the options' labels, for a sentence
    points: Decimal | None = None  # what one occurrence of a bonus or deduction is worth


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """Everything that a table may name."""

    plan: Plan
    sections: Mapping[str, str]  # compared name → id
    section_names: tuple[str, ...]
    sources: Mapping[str, str]
    source_names: Mapping[str, str]
    items: Mapping[str, tuple[Item, ...]]  # compared name → items; a name may stand in several sources
    groups: Mapping[str, str]
    grouped_sources: frozenset[str]
    option_labels: Mapping[str, str]  # compared label → label, of every scale

    def all_items(self) -> tuple[Item, ...]:
        """Return every item once, in the plan's order."""
        return tuple({(item.source, item.id): item for items in self.items.values() for item in items}.values())


def names_of(plan: Plan, *, sections: Sequence[SectionFacts]) -> Names:
    """Collect what a table may name."""
    named = {one.id: one.name for one in plan.sources} | ADJUSTMENTS
    return Names(
        plan=plan,
        sections=_both((one.id, one.name) for one in sections),
        section_names=tuple(one.name for one in sections),
        sources=_both(named.items()),
        source_names=named,
        items=_items(plan),
        groups=_both((one.id, one.name) for one in plan.assembly.groups) if plan.assembly else {},
        grouped_sources=frozenset(groups_of(plan)),
        option_labels={key(word): one.label for scale in plan.scales for one in scale.options for word in (one.label,)},
    )


def nearest(word: str, *, among: Iterable[str]) -> str:
    """Return the name that is most like the word, or nothing when none is."""
    known = list(among)
    inside = [name for name in known if len(word) >= 2 and (word in name or name in word)]
    if len(inside) == 1:
        return inside[0]
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.5)), "")


def is_scaled(item: Item) -> bool:
    """Whether the item is fed by the answers of a scale."""
    return item.indicator is not None and item.indicator.measure in SATISFACTION


def is_mean(item: Item) -> bool:
    """Whether the item's value is a mark with a maximum."""
    return item.indicator is not None and item.indicator.measure is Measure.MEAN


def fitting_items(names: Names, *, source: str, option: str) -> list[Item]:
    """Return the items that a table without an indicator column can mean; `option` is one that it counts."""
    items = [item for item in names.all_items() if not source or item.source == source]
    return [item for item in items if is_scaled(item) and option in (item.options or {})] if option else items


def _items(plan: Plan) -> dict[str, tuple[Item, ...]]:
    allowed = allowed_values(plan)
    scales = {scale.id: scale for scale in plan.scales}
    found = [_of_indicator(one, allowed[one.source, one.id], scales.get(one.scale)) for one in plan.indicators]
    for source, part in ((BONUS, plan.bonus), (DEDUCTION, plan.deductions)):
        items = part.items if part else ()
        found += [
            Item(id=one.id, name=one.name, source=source, allowed=allowed[source, one.id], points=one.points)
            for one in items
        ]
    found += [Item(id=one.id, name=one.name, source=VETO, allowed=allowed[VETO, one.id]) for one in plan.vetoes]
    by_name: dict[str, tuple[Item, ...]] = {}
    for item in found:
        for word in {key(item.id), key(item.name)}:
            by_name[word] = (*by_name.get(word, ()), item)
    return by_name


def _of_indicator(one: Indicator, allowed: Allowed, scale: Scale | None) -> Item:
    if one.measure not in SATISFACTION or scale is None:
        return Item(id=one.id, name=one.name, source=one.source, allowed=allowed, indicator=one)
    options = {key(word): option.id for option in scale.options for word in (option.id, option.label)}
    choices = "、".join(option.label for option in scale.options)
    return Item(
        id=one.id, name=one.name, source=one.source, allowed=allowed, indicator=one, options=options, choices=choices
    )


def _both(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return compared id and compared name → id."""
    return {key(word): id_ for id_, name in pairs for word in (id_, name)}
