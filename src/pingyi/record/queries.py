"""Every read of the record: the latest checkpoint, entries, proofs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pingyi.grounds import told
from pingyi.record import reasons, tree, witnesses
from pingyi.record.models import Checkpoint, Entry, Leaf
from pingyi.record.sentences import sentence
from pingyi.rules import entry as entries
from pingyi.rules import merkle, note, witness
from pingyi.rules.grounds import WORDS
from pingyi.rules.refused import Refused

AT_ONCE = 2_000  # entries in one answer to a witness


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An entry as a page shows it; `position` is None until the sequencer has placed it."""

    leaf: str
    verb: str
    said: str
    subject: str
    version: int | None
    at: str
    role: str
    position: int | None
    ground: str = ""  # why, in a word of the verb's list
    reason: str = ""  # why, in somebody's own words


def latest() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return Checkpoint.objects.order_by("-size").first()


def newest(verb: str, *, subject: str) -> Entry | None:
    """Return the newest entry of a verb about a subject."""
    return open_entries().filter(verb=verb, subject=subject).order_by("-pk").first()


def witnessed(row: Entry, *, needed: int, keys: Collection[str] = ()) -> Checkpoint:
    """Return the newest checkpoint over an entry under which as many witnesses signed; refused while they are missing.

    Only those count whose `keys` are given; where none are given, all whom the record accepts (§5.4).
    """
    placed, most = Leaf.objects.filter(entry=row).first(), 0  # asked anew: the row may have been read before
    if placed is None:
        raise Refused("record.not_yet_placed")
    heads: QuerySet[Checkpoint] = Checkpoint.objects.filter(size__gt=placed.position).order_by("-size")
    for head in heads.filter(cosignatures__isnull=False).distinct() if needed else heads[:1]:
        count = len(witnesses.shown(head, keys=keys))
        if count >= needed:
            return head
        most = max(most, count)
    raise Refused("record.witnesses_missing", needed=needed, signed=most)


def text_of(checkpoint: Checkpoint) -> str:
    """Return a checkpoint with its witnesses' lines, as it is published."""
    return checkpoint.note + "".join(one.line for one in witnesses.shown(checkpoint))


def open_entries() -> QuerySet[Entry]:
    """Return the entries that everybody may see; those kept apart exist for nobody here."""
    return Entry.objects.filter(is_apart=False).select_related("place")


def recent(*, limit: int = 20) -> list[Line]:
    """Return the newest entries, newest first."""
    return [_line(row) for row in open_entries().order_by("-pk")[:limit]]


def history(subject: str, *, with_words: bool = False) -> list[Line]:
    """Return every entry about one subject, oldest first; `with_words` to those who may see the matter."""
    words = reasons.of(subject) if with_words else {}
    rows = open_entries().filter(subject=subject).order_by("pk")
    return [_line(row, words) for row in rows]


def find(asked: str) -> list[Line]:
    """Return the entries that a leaf hash, a subject or a bare reference names."""
    asked = asked.strip()
    rows = open_entries().order_by("pk")
    named = rows.filter(leaf=asked.lower()) or rows.filter(subject=asked) or rows.filter(subject__endswith=f"/{asked}")
    return [_line(row) for row in named[:200]] if asked else []


def entry(leaf: str) -> Entry:
    """Return the entry with this leaf hash."""
    row: Entry | None = open_entries().filter(leaf=leaf).first()
    if row is None:
        raise Refused("missing", kind="entry")
    return row


def position(row: Entry) -> int | None:
    """Return an entry's place in the tree, None until it has one."""
    place = getattr(row, "place", None)
    return None if place is None else place.position


def spoken(row: Entry) -> dict[str, Any]:
    """Return an entry's fields."""
    return entries.read(row.body.encode())


def receipt(leaf: str, *, with_entry: bool = False) -> str:
    """Return the receipt (C2SP tlog-proof) of an entry: its place, its path, the checkpoint over it.

    `with_entry` puts the entry itself into it, so that it can be read without this site.
    """
    row, head = entry(leaf), latest()
    place = position(row)
    if place is None or head is None or place >= head.size:
        raise Refused("record.not_yet_placed")
    path = merkle.inclusion(place, head.size, tree.Stored())
    extra = row.body.encode() if with_entry else b""
    return note.receipt(index=place, path=path, checkpoint=text_of(head), extra=extra)


def for_witness(*, old: int) -> str:
    """Return the newest checkpoint with the proof from a witness's own size (§5.4)."""
    head = latest()
    if head is None:
        raise Refused("record.empty")
    if not 0 <= old <= head.size:
        raise Refused("witness.rolled_back", size=old, offered=head.size)
    path = merkle.consistency(old, head.size, tree.Stored()) if old else []
    return witness.request(old=old, path=path, checkpoint=head.note)


def bodies(*, first: int) -> list[str]:
    """Return the bytes of the entries that the newest checkpoint covers from a place on, as many as fit one answer."""
    head = latest()
    rows = Leaf.objects.filter(position__gte=first, position__lt=head.size if head else 0).order_by("position")
    return list(rows.values_list("entry__body", flat=True)[:AT_ONCE])


def why(row: Entry, said: Mapping[str, Any], words: Mapping[int, str]) -> tuple[str, str]:
    """Return an entry's ground for all, and its words; `words` are those that the reader may see (`reasons.of`).

    Entries of former versions hold words in the open instead of a ground: they stay as they were written.
    """
    open_part = str(said.get("reason", ""))
    ground = str(told(open_part)) if open_part in WORDS else ""
    return ground, words.get(row.pk, "") if ground else open_part


def _line(row: Entry, words: Mapping[int, str] | None = None) -> Line:
    said = spoken(row)
    ground, reason = why(row, said, words or {})
    return Line(
        leaf=row.leaf,
        verb=row.verb,
        said=sentence(row.verb),
        subject=row.subject,
        version=row.version,
        at=row.at,
        role=str(said["by"]["role"]),
        position=position(row),
        ground=ground,
        reason=reason if words is not None else "",
    )
