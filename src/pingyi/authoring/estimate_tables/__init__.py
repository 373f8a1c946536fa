"""Tables of answers, ballots, visits and closed cases come in, with every fault by row and column (§5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pingyi.authoring.estimate_tables.heads import Column, Head, Kind, find_head
from pingyi.authoring.estimate_tables.problems import EstimateProblem
from pingyi.authoring.estimate_tables.rows import LEVELS, Found, Reader
from pingyi.authoring.estimate_tables.taken import taken_of
from pingyi.authoring.tables.grids import read_grids
from pingyi.authoring.tables.problems import RowProblem, UnreadableTableError
from pingyi.authoring.tables.taken import TakenColumn
from pingyi.rules.rating import Rating

__all__ = ["LEVELS", "Column", "EstimateProblem", "EstimateTable", "Kind", "read_table"]


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimateTable:
    """What a file holds; `kind` is None where it is no such table, and one with problems is not computed with."""

    name: str
    kind: Kind | None
    ratings: tuple[Rating, ...] = ()  # of surveys and ballots
    visits: tuple[tuple[str, float], ...] = ()
    cases: tuple[tuple[str, int, int], ...] = ()  # section, closed, satisfied
    problems: tuple[RowProblem, ...] = ()
    columns: tuple[TakenColumn, ...] = ()  # what each was taken for


def read_table(
    name: str,
    content: bytes,
    *,
    levels: Mapping[str, float] | None = None,
    chosen: Mapping[str, Column] | None = None,
) -> EstimateTable:
    """Read the first sheet with a known head (§5.2).

    `levels`: what each level of an answer is worth, 0 to 100; `chosen`: what columns are by their compared heads.
    """
    try:
        grids = read_grids(content)
    except UnreadableTableError as fault:
        return _refused(name, RowProblem(row=0, column="", code=fault.code, facts=fault.facts))
    for grid in grids:
        head = find_head(grid.rows, chosen=chosen)
        if head is not None:
            reader = Reader(head=head, sheet=grid.name, levels=LEVELS if levels is None else levels)
            for number, row in enumerate(grid.rows[head.row :], head.row + 1):
                reader.read(number, row)
            return _table(name, head, reader.found, taken_of(head, grid))
    return _refused(name, EstimateProblem(row=0, column="", code="head.unknown_kind"))


def _table(name: str, head: Head, found: Found, columns: tuple[TakenColumn, ...]) -> EstimateTable:
    problems: Iterable[RowProblem] = found.problems
    if not (found.ratings or found.visits or found.cases or found.problems):
        problems = [EstimateProblem(row=head.row, column="", code="head.no_rows")]
    return EstimateTable(
        name=name,
        kind=Kind.BALLOTS if head.kind is Kind.BALLOT_GRID else head.kind,
        ratings=tuple(found.ratings),
        visits=tuple(found.visits),
        cases=tuple(found.cases),
        problems=tuple(problems),
        columns=columns,
    )


def _refused(name: str, problem: RowProblem) -> EstimateTable:
    return EstimateTable(name=name, kind=None, problems=(problem,))
