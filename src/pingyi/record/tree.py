"""The tree as it is stored: entries in their places, and the full subtrees of 256, 65,536, … leaves."""

from __future__ import annotations

from django.db.models import Max

from pingyi.record.models import Leaf, Node
from pingyi.rules import tiles
from pingyi.rules.merkle import node_hash


def size() -> int:
    """Return how many entries have a place."""
    last: int | None = Leaf.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


class Stored:
    """The full subtrees of the stored tree, for `merkle.root`, `inclusion` and `consistency`; reads whole tiles."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        """Return the hash of the subtree of 2**height leaves at this index."""
        level, rest = divmod(height, tiles.HEIGHT)
        tile, first = divmod(index << rest, tiles.WIDTH)
        return _fold(self._tile(level, tile)[first : first + (1 << rest)], 1 << rest)

    def above(self, level: int, index: int) -> bytes:
        """Return the hash over one full tile, which becomes a node of the next level."""
        return _fold(self._tile(level, index), tiles.WIDTH)

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._tiles:
            self._tiles[level, index] = _read(level, index * tiles.WIDTH)
        return self._tiles[level, index]


def _read(level: int, first: int) -> list[bytes]:
    span = (first, first + tiles.WIDTH - 1)
    if level == 0:
        rows = Leaf.objects.filter(position__range=span).order_by("position").values_list("entry__leaf", flat=True)
    else:
        rows = Node.objects.filter(level=level, index__range=span).order_by("index").values_list("digest", flat=True)
    return [bytes.fromhex(digest) for digest in rows]


def _fold(hashes: list[bytes], expected: int) -> bytes:
    if len(hashes) != expected:
        raise LookupError("the stored tree has a gap: run `pingyi verify`")
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]
