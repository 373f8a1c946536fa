"""What stands in a document and is not its text, kept apart with its reason: nothing is lost in silence."""

from __future__ import annotations

_MOST_PASSAGES = 300  # of one reason; beyond these they are only counted
_LONGEST_PASSAGE = 200


class LeftOut:
    """Keeps the passages of one document that are not read, by the reason."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._words: dict[str, list[str]] = {}
        self._count: dict[str, int] = {}

    def keep(self, why: str, words: str) -> None:
        """Keep a passage; one without words is none."""
        words = words.strip()
        if not words:
            return
        self._count[why] = self._count.get(why, 0) + 1
        passages = self._words.setdefault(why, [])
        if len(passages) < _MOST_PASSAGES:
            passages.append(words if len(words) < _LONGEST_PASSAGE else words[: _LONGEST_PASSAGE - 1] + "…")

    def total(self, *reasons: str) -> int:
        """Return how many passages were not read for these reasons."""
        return sum(self._count.get(why, 0) for why in reasons)

    def told(self, *, most: int = _MOST_PASSAGES) -> list[dict[str, object]]:
        """Return what was not read, a row for each reason."""
        return [{"why": why, "count": self._count[why], "words": words[:most]} for why, words in self._words.items()]
