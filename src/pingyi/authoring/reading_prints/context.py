"""What is known while a print is read: its sheets, its names, which block gave what, and which gave nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from pingyi.authoring.reading_prints.names import Names
from pingyi.authoring.reading_prints.patterns import UnreadError, source_of
from pingyi.authoring.reading_prints.sheets import Seen, Sheets

T = TypeVar("T")
_PREFIXES = {
    "authorities": "authority", "principles": "principle", "kinds": "kind", "criteria": "criterion",
    "phases": "phase", "sources": "source", "indicators": "indicator", "scales": "scale", "grades": "grade",
    "triggers": "trigger", "consequences": "consequence",
}  # fmt: skip


class Context:
    """One reading of one print."""

    def __init__(self, sheets: Sheets) -> None:
        """Begin a reading."""
        self.sheets, self.tongue = sheets, sheets.tongue
        self.names = {part: Names(prefix) for part, prefix in _PREFIXES.items()}
        self.places: list[tuple[str, Seen]] = []

    def blocks(self, head: str, sub: str = "") -> list[Seen]:
        """Return what stands under a heading."""
        return [block for sheet in self.sheets.under(head, sub) for block in sheet.blocks]

    def each(self, path: str, blocks: Iterable[Seen], read: Callable[[Seen], T], *, begins: int = 0) -> tuple[T, ...]:
        """Read a list of which each item is a block; a block that is not said as the printer says gives nothing."""
        found: list[T] = []
        for block in blocks:
            try:
                found.append(read(block))
            except UnreadError:
                continue
            self.places.append((f"{path}[{begins + len(found) - 1}]", block))
        return tuple(found)

    def one(self, path: str, block: Seen, read: Callable[[str], T]) -> T | None:
        """Read a block that says one thing."""
        try:
            found = read(block.text)
        except UnreadError:
            return None
        self.places.append((path, block))
        return found

    def bound(self, read: Callable[[str, Context], T]) -> Callable[[str], T]:
        """Return a reader of sentences that knows this reading."""
        return lambda text: read(text, self)

    def joined(self, path: str, blocks: list[Seen], read: Callable[[str], T]) -> T | None:
        """Read blocks that say one thing together; a line may end anywhere in it."""
        gap = " " if self.tongue.startswith("en") else ""
        try:
            found = read(gap.join(block.text for block in blocks))
        except UnreadError:
            return None
        self.places += [(path, block) for block in blocks]
        return found

    def said(self, code: str, **slots: str) -> str:
        """Return a phrase in the print's language as a pattern."""
        return source_of(code, self.tongue, **slots)

    @property
    def unread(self) -> list[Seen]:
        """The blocks of which nothing was read, in their order."""
        read = {id(block) for _, block in self.places}
        every = [block for sheet in self.sheets.sheets for block in sheet.blocks]
        return [block for block in [*every, *self.sheets.signatures] if id(block) not in read]
