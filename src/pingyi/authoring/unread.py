"""What stands in a document and is not its text: taken away by its writer, told to whoever brings the document in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """Passages not read for one reason ("struck", "hidden", "deleted"); `words` may be fewer than `count`."""

    why: str
    count: int
    words: tuple[str, ...]
