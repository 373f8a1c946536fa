"""What stands in a document and is not its text: it is told to whoever brings the document in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """Passages not read for one reason; `words` may be fewer than `count`.

    "struck", "hidden", "deleted": taken away by the writer. "aslant", "note", "small": set apart on a PDF's page.
    "margin": what heads and feet of pages repeat.
    """

    why: str
    count: int
    words: tuple[str, ...]
