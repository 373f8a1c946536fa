"""What each column of a file was taken for, to be seen and changed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pingyi.authoring.evidence_tables import kinds
from pingyi.authoring.evidence_tables.heads import Head
from pingyi.authoring.tables.cells import key, text
from pingyi.authoring.tables.grids import Grid

SHOWN, LONGEST = 2, 24  # cells of a column that are shown, and how much of them


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenColumn:
    """A column's head, some of its cells and what it is, nothing where it is not read; its place in the file's list."""

    number: int
    sheet: str
    label: str
    kind: str
    samples: tuple[str, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether it was left out although its head is no word for remarks or sums."""
        return not self.kind and key(self.label) not in kinds.UNREAD


Readable = tuple[Grid, Head]


def with_chosen(readable: Iterable[Readable], chosen: Mapping[int, str]) -> tuple[list[Readable], list[TakenColumn]]:
    """Return the tables with these columns taken as a person says, and then what every column is."""
    heads: list[Readable] = []
    taken: list[TakenColumn] = []
    for grid, head in readable:
        numbers = {len(taken) + at: place for at, (place, _, _) in enumerate(head.told)}
        now = head.chosen({place: chosen[number] for number, place in numbers.items() if number in chosen})
        taken += [
            TakenColumn(
                number=len(taken) + at, sheet=grid.name, label=label, kind=kind, samples=_samples(grid, now, place)
            )
            for at, (place, label, kind) in enumerate(now.told)
        ]
        heads.append((grid, now))
    return heads, taken


def _samples(grid: Grid, head: Head, place: int) -> tuple[str, ...]:
    return tuple(_first(text(row[place])[:LONGEST] for row in grid.rows[head.row :] if place < len(row)))


def _first(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if len(seen) == SHOWN:
            return
        if word and word not in seen:
            seen.add(word)
            yield word
