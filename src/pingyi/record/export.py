"""The whole record as files: what a bundle, a mirror or a witness takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pingyi.record import keys, queries, tree
from pingyi.record.models import Checkpoint, Leaf
from pingyi.rules import tiles
from pingyi.rules.refused import Refused


def files() -> dict[str, bytes]:
    """Return `checkpoint`, `vkey`, `entries.jsonl` (one entry a line, in their places) and the tiles, by file name."""
    head = queries.latest()
    if head is None:
        raise Refused("record.empty")
    bodies = _bodies(head.size)
    return {**_signed(head, bodies), **dict(tiles.files(head.size, tree.Stored())), **dict(_bundles(bodies))}


def signed(head: Checkpoint) -> dict[str, bytes]:
    """Return what a bundle takes away of the record up to a checkpoint: `checkpoint`, `vkey`, `entries.jsonl`."""
    return _signed(head, _bodies(head.size))


def _signed(head: Checkpoint, bodies: Sequence[bytes]) -> dict[str, bytes]:
    return {
        "checkpoint": queries.text_of(head).encode(),
        "vkey": f"{keys.verifier()}\n".encode(),
        "entries.jsonl": b"".join(body + b"\n" for body in bodies),
    }


def _bodies(size: int) -> list[bytes]:
    rows = Leaf.objects.filter(position__lt=size).order_by("position").values_list("entry__body", flat=True)
    return [body.encode() for body in rows.iterator(chunk_size=5_000)]


def _bundles(bodies: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for index in range(0, len(bodies), tiles.WIDTH):
        part = bodies[index : index + tiles.WIDTH]
        width = len(part) if len(part) < tiles.WIDTH else 0
        yield tiles.entries_path(index=index // tiles.WIDTH, width=width), tiles.bundle(part)
