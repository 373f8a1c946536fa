"""What looks wrong only when all rows are seen together: rows that stand twice, other years, shares taken for marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from pingyi.authoring.evidence_tables.names import Names, is_mean
from pingyi.authoring.evidence_tables.problems import RowProblem
from pingyi.rules.evidence import Evidence
from pingyi.rules.published.tables import LEAST_UNITS
from pingyi.rules.rounding import shown

Found = tuple[int, str, Evidence]  # row, sheet, what stands there


def repeated(found: Sequence[Found], *, have_references: bool) -> Iterator[RowProblem]:
    """Find rows that stand twice.

    With references, the same row twice is a fault. Without, equal answers are many people's; the same mark of the
    same day, or the same count, is perhaps one row copied twice.
    """
    first: dict[Evidence, int] = {}
    for row, sheet, one in found:
        if not have_references and isinstance(one.value, str) and one.times == 1:
            continue
        same = one if have_references else replace(one, reference="")
        if same not in first:
            first[same] = row
            continue
        code = "row.duplicate" if have_references else "row.perhaps_duplicate"
        facts = {"first": str(first[same])}
        yield RowProblem(row=row, column="", code=code, facts=facts, sheet=sheet, is_blocking=have_references)


def twice(found: Sequence[Found]) -> Iterator[RowProblem]:
    """Find persons, ballots or visits that mark one indicator of one section twice."""
    first: dict[tuple[str, str, str, str, str], int] = {}
    for row, sheet, one in found:
        if not one.unit:
            continue
        key = (one.unit, one.stratum, one.group, one.section, one.indicator)
        if key in first and first[key] != row:
            facts = {"first": str(first[key])}
            yield RowProblem(row=row, column="", code="unit.twice", facts=facts, sheet=sheet)
        first.setdefault(key, row)


def weighing(found: Sequence[Found]) -> Iterator[RowProblem]:
    """Find weights that look as if they said how many: whole ones above 1 where nothing tells of a sample."""
    for row, sheet, one in found:
        if one.weight > 1 and one.weight == int(one.weight) and not (one.unit or one.stratum or one.cluster):
            facts = {"value": shown(Fraction(one.weight))}
            code = "weight.perhaps_times"
            yield RowProblem(row=row, column="", code=code, facts=facts, sheet=sheet, is_blocking=False)
            return


def telling(found: Sequence[Found]) -> Iterator[RowProblem]:
    """Find design weights that few persons have: published with each answer, they would tie these together (§5.4)."""
    persons: dict[tuple[str, Decimal], set[tuple[str, str, str]]] = {}
    first: dict[tuple[str, Decimal], tuple[int, str]] = {}
    for row, sheet, one in found:
        if one.unit:
            at = (one.source, one.weight)
            persons.setdefault(at, set()).add((one.group, one.stratum, one.unit))
            first.setdefault(at, (row, sheet))
    few = [at for at, units in persons.items() if len(units) < LEAST_UNITS and at[1] != 1]
    if few:
        facts = {"count": str(len(few)), "least": str(LEAST_UNITS)}
        row, sheet = first[few[0]]
        yield RowProblem(row=row, column="", code="weight.of_few", facts=facts, sheet=sheet, is_blocking=False)


def odd(found: Sequence[Found], *, names: Names) -> Iterator[RowProblem]:
    """Find dates of another year, and marks that look like shares of 1."""
    year = names.plan.year
    for row, sheet, one in found:
        if one.happened_on.year != year:
            facts = {"value": one.happened_on.isoformat(), "year": str(year)}
            yield RowProblem(row=row, column="", code="date.other_year", facts=facts, sheet=sheet, is_blocking=False)
    marks: dict[tuple[str, str], list[tuple[int, str, Decimal]]] = {}
    for row, sheet, one in found:
        if isinstance(one.value, Decimal):
            marks.setdefault((one.source, one.indicator), []).append((row, sheet, one.value))
    for item in names.all_items():
        mine = marks.get((item.source, item.id), [])
        if item.indicator and is_mean(item) and item.indicator.maximum >= 10 and _are_shares([one[2] for one in mine]):
            facts = {"maximum": shown(Fraction(item.indicator.maximum))}
            row, sheet, _ = mine[0]
            yield RowProblem(row=row, column=item.name, code="value.looks_like_share", facts=facts, sheet=sheet)


def points_for_times(found: Sequence[Found], *, names: Names) -> Iterator[RowProblem]:
    """Find a bonus or deduction that seems to have happened as often as it has points: those were entered for times."""
    worth = {(item.source, item.id): item.points for item in names.all_items() if item.points not in {None, 1}}
    for row, sheet, one in found:
        points = worth.get((one.source, one.indicator))
        if points is not None and points in {one.value, one.times}:
            facts = {"points": shown(Fraction(points)), "total": shown(Fraction(points) * Fraction(points))}
            code = "value.points_for_times"
            yield RowProblem(row=row, column="", code=code, facts=facts, sheet=sheet, is_blocking=False)


def _are_shares(values: Sequence[Decimal]) -> bool:
    return len(values) > 1 and max(values) <= 1 and any(value != int(value) for value in values)
