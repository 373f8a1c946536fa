"""The record against itself: places, stored hashes, checkpoints and their signatures; all findings in one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from pingyi.record import keys, replay
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Checkpoint, Leaf, Node, Recorded
from pingyi.rules import merkle, note, tiles


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was examined, and everything that is wrong."""

    entries: int
    placed: int
    checkpoints: int
    faults: tuple[Fault, ...]

    def told(self) -> str:
        """Return the findings and the outcome in the reader's language, a line each."""
        counted = {"entries": self.entries, "placed": self.placed, "checkpoints": self.checkpoints}
        lines = [f"✗ {one}" for one in self.faults]
        lines.append(gettext("{entries} entries, {placed} in the tree, {checkpoints} checkpoints.").format(**counted))
        outcome = gettext("Not passed: {count} faults.") if self.faults else gettext("Passed.")
        return "\n".join([*lines, outcome.format(count=len(self.faults))])


def examine(
    *, kinds: Sequence[type[Recorded]] | None = None, key: note.VerifierKey | None = None, held: str = ""
) -> Report:
    """Re-check rows, entries, tree and checkpoints; `held` is an older checkpoint that somebody kept."""
    chains = replay.Chains()
    chains.read()
    tree = Tree(key or keys.verifier(), held)
    tree.read()
    faults = [*chains.faults, *tree.faults, *replay.rows(chains, kinds)]
    return Report(
        entries=chains.count,
        placed=tree.growing.size,
        checkpoints=Checkpoint.objects.count(),
        faults=tuple({one.code + repr(one.facts): one for one in faults}.values()),
    )


class Tree:
    """The tree, grown again from the entries' hashes, beside what was stored and signed."""

    def __init__(self, key: note.VerifierKey, held: str) -> None:
        """Start before the first leaf."""
        self.growing = merkle.Growing()
        self.faults: list[Fault] = []
        self._key = key
        self._held = held
        self._roots: dict[int, bytes] = {0: merkle.EMPTY}
        self._full: dict[tuple[int, int], str] = {}

    def read(self) -> None:
        """Grow the tree and compare."""
        wanted = set(Checkpoint.objects.values_list("size", flat=True)) | {head.size for head in self._held_heads()}
        places = Leaf.objects.order_by("position").values_list("position", "entry__leaf")
        for position, leaf in places.iterator(chunk_size=5_000):
            if not self._grow(position, leaf):
                break
            if self.growing.size in wanted:
                self._roots[self.growing.size] = self.growing.root()
        self.faults += [*self._nodes(), *self._checkpoints(), *self._against_held()]

    def _grow(self, position: int, leaf: str | None) -> bool:
        if position != self.growing.size:
            self.faults.append(fault("place.missing", position=self.growing.size))
            return False
        if leaf is None:
            self.faults.append(fault("place.without_entry", position=position))
            return False
        for height, index, digest in self.growing.add(bytes.fromhex(leaf)):
            if height and height % tiles.HEIGHT == 0:
                self._full[height // tiles.HEIGHT, index] = digest.hex()
        return True

    def _nodes(self) -> Iterator[Fault]:
        for level, index, digest in Node.objects.values_list("level", "index", "digest"):
            grown = self._full.get((level, index))
            if grown is not None and grown != digest:
                yield fault("node.altered", level=level, index=index)

    def _checkpoints(self) -> Iterator[Fault]:
        for row in Checkpoint.objects.order_by("size"):
            head = self._signed(row.note)
            if head is None:
                yield fault("checkpoint.signature", size=row.size, name=self._key.name)
            elif (head.size, head.root.hex()) != (row.size, row.root):
                yield fault("checkpoint.altered", size=row.size)
            elif row.size > self.growing.size:
                yield fault("checkpoint.beyond", size=row.size, found=self.growing.size)
            elif self._roots[row.size] != head.root:
                yield fault("checkpoint.root", size=row.size)

    def _against_held(self) -> Iterator[Fault]:
        heads = self._held_heads()
        if self._held and not heads:
            yield fault("held.unsigned", name=self._key.name)
        for head in heads:
            if head.size > self.growing.size:
                yield fault("held.beyond", size=head.size, found=self.growing.size)
            elif self._roots[head.size] != head.root:
                yield fault("held.root", size=head.size)

    def _held_heads(self) -> list[note.Head]:
        head = self._signed(self._held) if self._held else None
        return [] if head is None else [head]

    def _signed(self, text: str) -> note.Head | None:
        try:
            read = note.read_note(text)
            head = note.read_head(read.text)
            signed = note.verified(read, [self._key], keys.check)
        except ValueError:
            return None
        return head if signed and head.origin == self._key.name else None
