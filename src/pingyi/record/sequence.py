"""Gives committed entries their place in the tree, in batches, and signs a checkpoint (检查点).

Acts never wait for this: it runs every second in the worker that `pingyi serve` starts, from the `checkpoint` command,
and at milestones.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from pingyi.record import keys, tree
from pingyi.record.log import log_name
from pingyi.record.models import Checkpoint, Entry, Leaf, Node
from pingyi.rules import merkle, tiles
from pingyi.rules.note import Head, Note

BATCH = 5_000
SLACK = 100_000  # how far back an act may have begun that commits only now
LOCK = 0x50696E67  # "Ping", the advisory lock of the one sequencer at work


class BrokenRecordError(RuntimeError):
    """The stored tree does not continue the last checkpoint; nothing more is signed until people have looked."""


def sequence(*, at: datetime, everything: bool = False) -> Checkpoint | None:
    """Place all waiting entries and return the checkpoint that covers them; None while the record is empty.

    `everything` looks for waiting entries from the first one on, not only among the latest.
    """
    if not everything and _is_current():
        return Checkpoint.objects.order_by("-size").first()
    while True:
        # The last batch is placed and signed at once, so that no reader meets places without a checkpoint over them.
        # A signer apart signs only places that are committed: it remembers them, whatever becomes of this process.
        with transaction.atomic():
            _one_at_a_time()
            if _place(everything=everything) < BATCH:
                if not keys.are_kept_apart():
                    return _sign(at)
                break
    with transaction.atomic():
        _one_at_a_time()
        return _sign(at)


def _is_current() -> bool:
    """Whether nothing waits, asked without the lock that acts would have to wait for."""
    newest: int | None = Entry.objects.filter(is_apart=False).aggregate(last=Max("pk"))["last"]
    placed: int | None = Leaf.objects.aggregate(last=Max("entry_id"))["last"]
    return newest == placed and Checkpoint.objects.filter(size=tree.size()).exists()


def _place(*, everything: bool) -> int:
    first = tree.size()
    last: int = Leaf.objects.aggregate(last=Max("entry_id"))["last"] or 0
    rows = Entry.objects.filter(place__isnull=True, is_apart=False, pk__gt=0 if everything else last - SLACK)
    waiting = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Leaf.objects.bulk_create(Leaf(position=first + n, entry_id=pk) for n, pk in enumerate(waiting))
    _grow(first, first + len(waiting))
    return len(waiting)


def _grow(old: int, new: int) -> None:
    """Keep the hash of each subtree that is full now."""
    stored, level = tree.Stored(), 0
    while new := new // tiles.WIDTH:
        old = old // tiles.WIDTH
        made = [(index, stored.above(level, index)) for index in range(old, new)]
        level += 1
        Node.objects.bulk_create(Node(level=level, index=index, digest=digest.hex()) for index, digest in made)


def _sign(at: datetime) -> Checkpoint | None:
    before = Checkpoint.objects.order_by("-size").first()
    size, stored = tree.size(), tree.Stored()
    if before is not None:
        _continues(before, size, stored)
    if size == 0 or (before is not None and before.size == size):
        return before
    root = merkle.root(size, stored)
    text = str(Head(log_name(), size, root))
    signature = keys.sign_checkpoint(text, path=lambda old: merkle.consistency(old, size, stored) if old else [])
    note = str(Note(text, (signature,)))
    return Checkpoint.objects.create(size=size, root=root.hex(), note=note, made_at=at)


def _continues(before: Checkpoint, size: int, stored: tree.Stored) -> None:
    if before.size > size or merkle.root(before.size, stored).hex() != before.root:
        raise BrokenRecordError(f"the stored tree does not continue checkpoint {before.size}: run `pingyi verify`")


def _one_at_a_time() -> None:
    """Wait for another sequencer; SQLite's immediate transactions already have one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
