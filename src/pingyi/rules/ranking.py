"""Ranks within a class: ties on the exact value, last place, classes that are not ranked (§4.4b, §4.4c)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial

from pingyi.rules.plan import Plan
from pingyi.rules.plan.measure import VetoEffect
from pingyi.rules.plan.outcome import Grade, LastPlace, TieRule
from pingyi.rules.plan.people import SectionClass
from pingyi.rules.sheet import LineKind, Placement, Reason, ScoreSheet

Group = tuple[ScoreSheet, ...]


def rank(plan: Plan, *, sheets: Sequence[ScoreSheet]) -> tuple[Placement, ...]:
    """Return every section's place within its class, in the order of the sheets (§4.4b)."""
    places = {
        place.section: place
        for one in plan.subject.classes
        for place in _class(plan, one, [sheet for sheet in sheets if sheet.section.section_class == one.id])
    }
    return tuple(places[sheet.section.id] for sheet in sheets)


def ordered(plan: Plan, *, sheets: Iterable[ScoreSheet]) -> tuple[Group, ...]:
    """Return scored sections from best to worst, those that share a place together."""
    lowered: list[ScoreSheet] = []
    free: list[ScoreSheet] = []
    for sheet in sheets:
        (lowered if _is_put_last(plan, sheet) else free).append(sheet)
    groups = _split([tuple(free)], _score)
    if plan.ranking.ties is TieRule.BY_SOURCES:
        for source in plan.ranking.tie_sources:
            groups = _split(groups, partial(source_score, source=source))
    # A veto that puts a section last outranks every score, and all who have it share the last place.
    return tuple([*groups, tuple(lowered)] if lowered else groups)


def source_score(sheet: ScoreSheet, *, source: str) -> Fraction | None:
    """Return a section's mark from one source, 0 to 100; None where it was left out."""
    lines = [line for line in sheet.lines if line.kind is LineKind.MARK and line.source == source and line.weight]
    share = sum((line.weight for line in lines), Fraction(0))
    return sum((line.points for line in lines), Fraction(0)) / share if share else None


def grade(plan: Plan, *, sheet: ScoreSheet, place: Placement) -> str:
    """Return the first grade whose bounds all hold, or nothing."""
    return next((one.id for one in plan.grades if _has_grade(one, sheet, place)), "")


def share_of(share: Fraction, *, size: int) -> int:
    """Return how many a share of a class is: never more than the share (30% of 11 is 3)."""
    return int(share * size)


def _class(plan: Plan, one: SectionClass, sheets: Sequence[ScoreSheet]) -> list[Placement]:
    if not one.is_ranked:
        return [_unplaced(sheet, "place.unranked") for sheet in sheets]
    if any(sheet.score is None for sheet in sheets):
        return [_unplaced(sheet, "place.waits") for sheet in sheets]
    groups = ordered(plan, sheets=sheets)
    places, better = [], 0
    for group in groups:
        is_last = group is groups[-1] and _is_last(plan, group, size=len(sheets))
        places += [_placed(sheet, group, better=better, size=len(sheets), is_last=is_last) for sheet in group]
        better += len(group)
    return places


def _is_last(plan: Plan, group: Group, *, size: int) -> bool:
    if size < plan.ranking.least_class_size:
        return False
    return len(group) == 1 or plan.ranking.last_place is LastPlace.ALL or _is_put_last(plan, group[0])


def _placed(sheet: ScoreSheet, group: Group, *, better: int, size: int, is_last: bool) -> Placement:
    others = tuple(other.section.id for other in group if other is not sheet)
    names = "、".join(other.section.name for other in group if other is not sheet)
    facts = {"rank": str(better + 1), "of": str(size), "others": names}
    return Placement(
        section=sheet.section.id,
        section_class=sheet.section.section_class,
        reason=Reason(code="place.tied" if others else "place.ranked", facts=facts),
        rank=better + 1,
        of=size,
        tied_with=others,
        is_last=is_last,
    )


def _unplaced(sheet: ScoreSheet, code: str) -> Placement:
    return Placement(section=sheet.section.id, section_class=sheet.section.section_class, reason=Reason(code=code))


def _split(groups: Iterable[Group], key: Callable[[ScoreSheet], Fraction | None]) -> list[Group]:
    """Split groups by a number, best first; a group in which somebody lacks the number stays together."""
    parts: list[Group] = []
    for group in groups:
        numbers = [number for sheet in group if (number := key(sheet)) is not None]
        if len(numbers) < len(group):
            parts.append(group)
            continue
        parts += [tuple(sheet for sheet in group if key(sheet) == number) for number in sorted(set(numbers))[::-1]]
    return parts


def _score(sheet: ScoreSheet) -> Fraction | None:
    return sheet.score


def _is_put_last(plan: Plan, sheet: ScoreSheet) -> bool:
    effects = {event.id: event.effect for event in plan.vetoes}
    return any(effects[event] is VetoEffect.RANK_LAST for event in sheet.vetoes)


def _has_grade(one: Grade, sheet: ScoreSheet, place: Placement) -> bool:
    if sheet.compared is None:
        return False
    if one.top_share is not None and (
        place.rank is None or place.rank > share_of(Fraction(one.top_share), size=place.of)
    ):
        return False
    if one.minimum is None:
        return True
    minimum = Fraction(one.minimum)
    return sheet.compared > minimum or (one.minimum_is_inclusive and sheet.compared == minimum)
