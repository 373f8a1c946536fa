"""What each column of a file was taken for, to be seen and changed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pingyi.authoring.tables.cells import Cell, text

SHOWN, LONGEST = 2, 24  # cells of a column that are shown, and how much of them


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenColumn:
    """A column's head, some of its cells and what it is, nothing where it is not read; its place in the file's list."""

    number: int
    sheet: str
    label: str
    kind: str
    samples: tuple[str, ...]
    is_known: bool = True  # what it is, or that it says nothing: remarks, sums


def samples(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return the first different cells of a column, as they are shown."""
    return tuple(islice(_different(text(cell)[:LONGEST] for cell in cells), SHOWN))


def _different(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word and word not in seen:
            seen.add(word)
            yield word
