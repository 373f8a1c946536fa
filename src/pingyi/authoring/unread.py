"""What stands in a document and is not its text: it is told to whoever brings the document in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN = 5  # passages that a sentence repeats
_LONGEST = 40  # characters of each


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """Passages not read for one reason; `words` may be fewer than `count`.

    "struck", "hidden", "deleted": taken away by the writer. "aslant", "note", "small": set apart on a PDF's page.
    "margin": what heads and feet of pages repeat.
    """

    why: str
    count: int
    words: tuple[str, ...]


def facts_of(unread: Iterable[Unread]) -> dict[str, str]:
    """Return how many passages of a table were not read, and the first of them; nothing where there are none."""
    rows = list(unread)
    words = [one if len(one) <= _LONGEST else one[: _LONGEST - 1] + "…" for row in rows for one in row.words]
    count = sum(row.count for row in rows)
    return {"count": str(count), "words": "；".join(words[:_SHOWN])} if count else {}
