"""What every column of a table of answers, ballots, visits or cases was taken for, to be seen and changed."""

from __future__ import annotations

from pingyi.authoring.estimate_tables.heads import Head
from pingyi.authoring.tables.grids import Grid
from pingyi.authoring.tables.taken import TakenColumn, samples


def taken_of(head: Head, grid: Grid) -> tuple[TakenColumn, ...]:
    """Return every column that has a head, with some of its cells and what it is."""
    return tuple(
        TakenColumn(
            number=place,
            sheet=grid.name,
            label=label,
            kind=head.kind_at(place),
            samples=samples(row[place] for row in grid.rows[head.row :] if place < len(row)),
        )
        for place, label in enumerate(head.heads)
        if label
    )
