"""The heads of a file as a person says them, and what every column was taken for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.heads import Head
from pingyi.authoring.tables.cells import key
from pingyi.authoring.tables.grids import Grid
from pingyi.authoring.tables.taken import TakenColumn, samples

Readable = tuple[Grid, Head]


def with_chosen(readable: Iterable[Readable], chosen: Mapping[int, str]) -> tuple[list[Readable], list[TakenColumn]]:
    """Return the tables with these columns taken as a person says, and then what every column is."""
    heads: list[Readable] = []
    taken: list[TakenColumn] = []
    for grid, head in readable:
        numbers = {len(taken) + at: place for at, (place, _, _) in enumerate(head.told)}
        now = head.chosen({place: chosen[number] for number, place in numbers.items() if number in chosen})
        heads.append((grid, now))
        taken += [
            TakenColumn(
                number=len(taken) + at, sheet=grid.name, label=label, kind=kind,
                samples=samples(row[place] for row in grid.rows[now.row :] if place < len(row)),
                is_known=bool(kind) or key(label) in kinds.UNREAD,
            )
            for at, (place, label, kind) in enumerate(now.told)
        ]  # fmt: skip
    return heads, taken
