"""Which column of plain numbers says how many answers a row stands for, and which what each of them weighs.

Answers that were counted stand once for each section, item, group and day: every answer with every one of these. A
table of single answers never comes out so. Weights are known by their mean, one, or by their stratum's total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.tables.cells import Cell, key, number, text

Row = Sequence[Cell]
Places = Mapping[str, int]
ACROSS = (kinds.SECTION, kinds.INDICATOR, kinds.SOURCE, kinds.GROUP, kinds.HAPPENED_ON)
LEAST_ANSWERS, LEAST_GROUPS = 2, 2
LEAST_WEIGHED = 10  # rows; of fewer numbers the mean is one by chance
NEAR = Fraction(1, 100)  # weights are printed rounded


def numbers_of(free: Sequence[int], rows: Sequence[Row], places: Places) -> dict[str, int]:
    """Return the columns of counts and of weights among those that are nothing else; of two alike neither is taken."""
    found: dict[str, int] = {}
    for kind, test in _TESTS.items():
        fitting = [place for place in free if test(place, rows, places)] if kind not in places else []
        if len(fitting) == 1:
            found[kind] = fitting[0]
    return found


def _are_counts(place: int, rows: Sequence[Row], places: Places) -> bool:
    told = _numbers(place, rows)
    are_whole = all(one.denominator == 1 and one >= 0 for one in told)
    return bool(told) and len(set(told)) > 1 and are_whole and _is_crossed(rows, places)


def _are_weights(place: int, rows: Sequence[Row], places: Places) -> bool:
    told = _numbers(place, rows)
    if len(told) < LEAST_WEIGHED or len(set(told)) == 1 or min(told) <= 0:
        return False
    if all(one.denominator == 1 for one in told):
        return False
    return _is_near(sum(told, Fraction(0)) / len(told), Fraction(1)) or _are_of_strata(told, rows, places)


def _are_of_strata(told: Sequence[Fraction], rows: Sequence[Row], places: Places) -> bool:
    """Whether each weight is its stratum's total shared out among the rows of the stratum."""
    if kinds.STRATUM not in places or kinds.FRAME not in places:
        return False
    strata = [_word(row, places[kinds.STRATUM]) for row in rows]
    totals, sizes = _numbers(places[kinds.FRAME], rows), Counter(strata)
    if len(totals) != len(strata) or len(told) != len(strata):
        return False
    return all(_is_near(one, total / sizes[stratum]) for one, total, stratum in zip(told, totals, strata, strict=True))


def _is_crossed(rows: Sequence[Row], places: Places) -> bool:
    """Whether every answer stands exactly once with every section, item, group and day that there is."""
    across = [places[kind] for kind in ACROSS if kind in places]
    answers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        answers[tuple(_word(row, place) for place in across)].append(_word(row, places[kinds.VALUE]))
    offered = {frozenset(one) for one in answers.values()}
    once = all(len(one) == len(set(one)) for one in answers.values())
    return once and len(offered) == 1 and len(answers) >= LEAST_GROUPS and len(next(iter(offered))) >= LEAST_ANSWERS


def _numbers(place: int, rows: Sequence[Row]) -> list[Fraction]:
    """Return a column's numbers; nothing where one of its rows has none."""
    found = [number(row[place]) if place < len(row) else None for row in rows]
    return [Fraction(one[0]) for one in found if one is not None] if all(found) else []


def _is_near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= NEAR * other


def _word(row: Row, place: int) -> str:
    return key(text(row[place])) if place < len(row) else ""


_TESTS: Mapping[str, Callable[[int, Sequence[Row], Places], bool]] = {
    kinds.TIMES: _are_counts,
    kinds.WEIGHT: _are_weights,
}
