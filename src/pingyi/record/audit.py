"""The record against itself: places, stored hashes, checkpoints, signatures, witnesses; all findings in one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from pingyi.record import bindings, days, keys, reasons, replay, seals, uncovered, witnesses
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Checkpoint, Cosignature, Entry, Leaf, Node, Recorded
from pingyi.record.snapshot import snapshot
from pingyi.record.uncovered import WHY
from pingyi.rules import merkle, note, tiles

Check = Callable[[], Iterator[Fault]]
List = Callable[[], Iterator[str]]

LOST = bytes(32)  # stands for a leaf that is no longer there

_checks: list[Check] = []
_lists: list[List] = []


def also(check: Check) -> None:
    """Have the audit look at what a room keeps beside its rows, such as files; called from AppConfig.ready."""
    if check not in _checks:
        _checks.append(check)


def lists_from(source: List) -> None:
    """Have the audit list what is no fault of the record and must be looked at; called from AppConfig.ready."""
    if source not in _lists:
        _lists.append(source)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was examined, and everything that is wrong."""

    entries: int
    placed: int
    checkpoints: int
    witnesses: int
    private: Mapping[str, tuple[str, ...]]  # the columns that nothing covers, by the word of their reason
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()  # what a reader should know of a record that is not broken
    listed: tuple[str, ...] = ()  # what rooms have a reader look at

    def told(self) -> str:
        """Return the findings and the outcome in the reader's language, a line each."""
        counted = {"entries": self.entries, "placed": self.placed, "checkpoints": self.checkpoints}
        lines = [*(f"✗ {one}" for one in self.faults), *(f"• {one}" for one in self.remarks)]
        lines.append(gettext("{entries} entries, {placed} in the tree, {checkpoints} checkpoints.").format(**counted))
        lines += [*(f"! {one}" for one in self.listed), *self.notes()]
        outcome = gettext("Not passed: {count} faults.") if self.faults else gettext("Passed.")
        return "\n".join([*lines, outcome.format(count=len(self.faults))])

    def notes(self) -> list[str]:
        """Return what the outcome does not cover."""
        said = gettext("{count} columns are not covered by any entry, for {why}: {names}.")
        bare = gettext("{count} columns are not covered by any entry: {names}.")
        told = [
            (said if why else bare).format(count=len(names), why=WHY.get(why, ""), names=", ".join(names))
            for why, names in self.private.items()
        ]
        if not self.witnesses:
            told.append(gettext("No witness has signed: this shows only that the record is consistent with itself."))
        return told


def examine(
    *,
    kinds: Sequence[type[Recorded]] | None = None,
    key: note.VerifierKey | None = None,
    held: str = "",
    today: str = "",
) -> Report:
    """Re-check rows, entries, tree, checkpoints and witnesses, all as of one moment (§5.4).

    `held` is an older checkpoint that somebody kept; `today` is the day before which every entry must be under a
    checkpoint. Nothing is written, and what cannot be read becomes a fault.
    """
    with snapshot():
        return _examine(kinds=kinds, key=key, held=held, today=today)


def _examine(*, kinds: Sequence[type[Recorded]] | None, key: note.VerifierKey | None, held: str, today: str) -> Report:
    chains = replay.Chains()
    chains.read()
    faults = list(chains.faults)
    if key is None and (key := keys.public()) is None:
        faults.append(fault("key.missing", path=str(keys.key_file())))
    tree = Tree(key, held, today)
    tree.read()
    faults += [*tree.faults, *days.faults(), *reasons.faults(), *seals.faults()]
    faults += [*Witnesses().faults(), *replay.rows(chains, kinds)]
    faults += bindings.faults() if kinds is None else ()
    faults += [one for check in _checks for one in _ended(check, faults)]
    listed = [one for source in _lists for one in _ended(source, faults)] if kinds is None else []
    if not chains.count:
        faults.append(fault("record.nothing"))
    return Report(
        entries=chains.count,
        placed=tree.growing.size,
        checkpoints=Checkpoint.objects.count(),
        witnesses=Cosignature.objects.values("witness").distinct().count(),
        private=_by_reason(uncovered.columns(kinds)),
        faults=tuple({one.code + repr(one.facts): one for one in faults}.values()),
        remarks=tuple(days.remarks()),
        listed=tuple(listed),
    )


def _by_reason(columns: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, why in columns:
        found[why] = (*found.get(why, ()), name)
    return found


def _ended(check: Callable[[], Iterator[Any]], faults: list[Fault]) -> list[Any]:
    """Return what a room's check or list has found; one that stops before its end is a fault, and stops no other."""
    found: list[Any] = []
    try:
        found.extend(check())
    except Exception as why:  # noqa: BLE001 - whatever a room may meet in a spoiled row
        named = f"{getattr(check, '__module__', '')}.{getattr(check, '__qualname__', repr(check))}"
        faults.append(fault("check.failed", check=named, why=f"{type(why).__name__}: {why}"))
    return found


class Tree:
    """The tree, grown again from the entries' hashes, beside what was stored and signed."""

    def __init__(self, key: note.VerifierKey | None, held: str, today: str) -> None:
        """Start before the first leaf."""
        self.growing = merkle.Growing()
        self.faults: list[Fault] = []
        self._key = key
        self._held = held
        self._today = today
        self._roots: dict[int, bytes] = {0: merkle.EMPTY}
        self._full: dict[tuple[int, int], str] = {}
        self._is_whole = True
        self._notes = list(self._read_checkpoints())

    def read(self) -> None:
        """Grow the tree and compare."""
        wanted = {row.size for row in self._notes} | {head.size for head in self._held_heads()}
        leaves = Subquery(Entry.objects.filter(pk=OuterRef("entry_id")).values("leaf")[:1])
        places = Leaf.objects.order_by("position").values_list("position", leaves)
        for position, leaf in places.iterator(chunk_size=5_000):
            if not self._grow(position, leaf):
                break
            if self.growing.size in wanted:
                self._roots[self.growing.size] = self.growing.root()
        self.faults += [*self._nodes(), *self._checkpoints(), *self._covered(), *self._against_held()]

    def _grow(self, position: int, leaf: object) -> bool:
        if position != self.growing.size:
            self.faults.append(fault("place.missing", position=self.growing.size))
            self._is_whole = False
            return False
        for height, index, digest in self.growing.add(self._octets(position, leaf)):
            if height and height % tiles.HEIGHT == 0:
                self._full[height // tiles.HEIGHT, index] = digest.hex()
        return True

    def _octets(self, position: int, leaf: object) -> bytes:
        """Return the leaf's hash; where it is lost the tree grows on, so that all that follows is looked at too."""
        if leaf is None:
            self.faults.append(fault("place.without_entry", position=position))
            return LOST
        try:
            return bytes.fromhex(str(leaf))
        except ValueError:
            self.faults.append(fault("place.unreadable", position=position))
            return LOST

    def _nodes(self) -> Iterator[Fault]:
        stored = {
            (level, index): digest for level, index, digest in Node.objects.values_list("level", "index", "digest")
        }
        for (level, index), digest in sorted(self._full.items()):
            if (level, index) not in stored:
                yield fault("node.missing", level=level, index=index)
            elif stored[level, index] != digest:
                yield fault("node.altered", level=level, index=index)
        for level, index in sorted(stored.keys() - self._full.keys()) if self._is_whole else ():
            yield fault("node.extra", level=level, index=index)

    def _read_checkpoints(self) -> Iterator[Checkpoint]:
        def lost(number: int, why: Exception) -> None:
            self.faults.append(fault("checkpoint.unreadable", number=number, why=str(why)))

        yield from replay.each(Checkpoint, Checkpoint.objects.all(), lost=lost)

    def _checkpoints(self) -> Iterator[Fault]:
        for row in sorted(self._notes, key=lambda one: one.size):
            head = self._signed(row.note)
            if head is None:
                yield fault("checkpoint.signature", size=row.size, name=self._key.name if self._key else "?")
            elif (head.size, head.root.hex()) != (row.size, row.root):
                yield fault("checkpoint.altered", size=row.size)
            elif row.size > self.growing.size:
                yield fault("checkpoint.beyond", size=row.size, found=self.growing.size)
            elif self._roots[row.size] != head.root:
                yield fault("checkpoint.root", size=row.size)

    def _covered(self) -> Iterator[Fault]:
        """The sequencer signs within moments: what has its place since yesterday and no checkpoint has lost it."""
        size = max((row.size for row in self._notes), default=0)
        if self.growing.size and not self._notes:
            yield fault("checkpoint.none", placed=self.growing.size)
        elif self._today:
            late = Leaf.objects.filter(position__gte=size, entry__at__lt=self._today).count()
            if late:
                yield fault("checkpoint.behind", size=size, count=late)

    def _against_held(self) -> Iterator[Fault]:
        heads = self._held_heads()
        if self._held and not heads:
            yield fault("held.unsigned", name=self._key.name if self._key else "?")
        for head in heads:
            if head.size > self.growing.size:
                yield fault("held.beyond", size=head.size, found=self.growing.size)
            elif self._roots[head.size] != head.root:
                yield fault("held.root", size=head.size)

    def _held_heads(self) -> list[note.Head]:
        head = self._signed(self._held) if self._held else None
        return [] if head is None else [head]

    def _signed(self, text: str) -> note.Head | None:
        """Return the checkpoint that the key signed; without a key what the text says, for the key is told missing."""
        try:
            read = note.read_note(text)
            head = note.read_head(read.text)
            if self._key is None:
                return head
            signed = note.verified(read, [self._key], keys.check)
        except replay.UNREADABLE:
            return None
        return head if signed and head.origin == self._key.name else None


class Witnesses:
    """The stored lines of witnesses, each against the key that the bureau was given."""

    def __init__(self) -> None:
        """Read the list of keys."""
        self._keys = witnesses.by_id()

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the list and with the lines."""
        for line in witnesses.wrong_lines():
            yield fault("witness.wrong_line", line=line)
        for row in Cosignature.objects.select_related("checkpoint").order_by("pk"):
            if code := witnesses.wrong_with(row, self._keys):
                yield fault(code, size=row.checkpoint.size, witness=row.witness)
