"""What a witness (见证) asks before it signs: that nothing it saw before was changed (C2SP tlog-witness)."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from pingyi.rules import entry, merkle
from pingyi.rules.days import DAY, setbacks
from pingyi.rules.note import Check, Head, Note, VerifierKey, read_head, read_note, verified
from pingyi.rules.refused import Refused


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint that the witness signed."""

    size: int = 0
    root: bytes = merkle.EMPTY
    edge: tuple[bytes, ...] | None = ()  # full subtrees of the entries that it read; None where it read none of them
    day: str = ""  # the latest day among the entries that it read


def request(*, old: int, path: Iterable[bytes], checkpoint: str) -> str:
    """Return what the record sends to a witness: the witness's size, the proof from there, the checkpoint."""
    return "\n".join([f"old {old}", *(base64.b64encode(step).decode() for step in path)]) + f"\n\n{checkpoint}"


def review(text: str, *, seen: Seen, key: VerifierKey, check: Check) -> tuple[Head, Note]:
    """Return the checkpoint that the witness may sign, or raise Refused with what is wrong with it."""
    old, path, checkpoint = _parts(text)
    try:
        note = read_note(checkpoint)
    except ValueError as error:
        raise Refused("witness.malformed") from error
    head = _authentic(note, key, check)
    _continues(head, old=old, path=path, seen=seen)
    return head, note


def review_unsigned(text: str, *, seen: Seen, name: str) -> tuple[Head, str]:
    """Return the checkpoint that the record's own signer may sign, and its text; Refused with what is wrong with it."""
    old, path, checkpoint = _parts(text)
    try:
        head = read_head(checkpoint)
    except ValueError as error:
        raise Refused("witness.malformed") from error
    if head.origin != name or str(head) != checkpoint:
        raise Refused("signer.other_name", name=name, found=head.origin)
    _continues(head, old=old, path=path, seen=seen)
    return head, checkpoint


def _continues(head: Head, *, old: int, path: list[bytes], seen: Seen) -> None:
    if old != seen.size:
        raise Refused("witness.other_size", size=seen.size)
    if head.size < old:
        raise Refused("witness.rolled_back", size=seen.size, offered=head.size)
    if head.size == old and head.root != seen.root:
        raise Refused("witness.forked", size=seen.size)
    if old and not merkle.consistent(old=old, new=head.size, old_root=seen.root, new_root=head.root, path=path):
        raise Refused("witness.inconsistent", size=seen.size, offered=head.size)


def read_days(bodies: Iterable[bytes], *, seen: Seen, head: Head, lets_pass: bool = False) -> Seen:
    """Return what is seen after reading the entries behind `seen`; refuse other entries, and days that run backwards.

    `lets_pass` signs although days run backwards, once somebody has asked the bureau why.
    """
    tree, dated = merkle.Growing(seen.size, seen.edge or ()), []
    for body in bodies:
        said = entry.read(body)
        dated.append((tree.size, str(said["kind"]), str(said["at"])))
        tree.add(entry.leaf_hash(body))
    if (tree.size, tree.root()) != (head.size, head.root):
        raise Refused("witness.other_entries", size=head.size)
    back = next(setbacks(dated, reached=seen.day), None)
    if back is not None and not lets_pass:
        raise Refused("witness.days_backwards", place=back.first, day=back.day, reached=back.reached)
    return Seen(head.size, head.root, tree.edge, dated[-1][2][:DAY] if dated else seen.day)


def _parts(text: str) -> tuple[int, list[bytes], str]:
    lines, separator, checkpoint = text.partition("\n\n")
    first, *steps = lines.split("\n")
    size = first.removeprefix("old ")
    if not separator or not first.startswith("old ") or not size.isascii() or not size.isdigit():
        raise Refused("witness.malformed")
    try:
        return int(size), [base64.b64decode(step, validate=True) for step in steps], checkpoint
    except ValueError as error:
        raise Refused("witness.malformed") from error


def _authentic(note: Note, key: VerifierKey, check: Check) -> Head:
    try:
        signed, head = verified(note, [key], check), read_head(note.text)
    except ValueError as error:
        raise Refused("witness.unsigned", name=key.name) from error
    if not signed or head.origin != key.name:
        raise Refused("witness.unsigned", name=key.name)
    return head
