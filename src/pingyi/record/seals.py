"""Entries apart: those of protected rows stay out of the open record, bound to it by one sealed entry a day (§5.4).

The day's entry is written whether anything happened or not, so that neither it nor its absence tells anybody that
somebody was reported, when, or how often. Replay and audit read entries apart like all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pingyi.record.acts import act
from pingyi.record.faults import Fault, fault
from pingyi.record.models import Apart, Entry, SealedReason
from pingyi.rules import merkle
from pingyi.rules.actor import machine
from pingyi.rules.day import day_of
from pingyi.rules.entry import canonical_text

VERB = "record.seal"


def keep_up(*, at: datetime) -> None:
    """Write the day's sealed entry, once; nothing while the record is empty."""
    day = day_of(at).isoformat()
    newest = Entry.objects.filter(verb=VERB).order_by("-pk").values_list("at", flat=True).first()
    if (newest or "") < day and Entry.objects.exists():
        _seal(at)


def _seal(at: datetime) -> None:
    waiting = list(Entry.objects.filter(is_apart=True, apart=None).order_by("pk").values_list("pk", "leaf"))
    subject = f"seal/{day_of(at).isoformat()}"
    with act("record.seal", by=machine("record"), at=at, reason=_said([leaf for _, leaf in waiting])) as change:
        change.note(subject)
        sealed = Entry.objects.filter(subject=subject).latest("pk")
        Apart.objects.bulk_create(Apart(entry_id=pk, seal=sealed, place=n) for n, (pk, _) in enumerate(waiting))


def faults() -> Iterator[Fault]:
    """Yield the days whose entries apart are not those that were sealed, and entries whose day never came."""
    said = dict(SealedReason.objects.filter(entry__verb=VERB).values_list("entry_id", "text"))
    leaves: dict[int, list[str]] = {pk: [] for pk in said}
    for seal, leaf in Apart.objects.order_by("seal", "place").values_list("seal_id", "entry__leaf"):
        leaves.setdefault(seal, []).append(leaf or "")
    days = dict(Entry.objects.filter(verb=VERB).values_list("pk", "at"))
    for pk, day in days.items():
        if said.get(pk) != _said(leaves.get(pk, [])):
            yield fault("seal.altered", day=day)
    yield from (fault("seal.altered", day="?") for pk in leaves if pk not in days)
    newest = max(days, default=0)
    left_out = Entry.objects.filter(is_apart=True, apart=None, pk__lt=newest)
    yield from (fault("seal.left_out", leaf=leaf) for leaf in left_out.values_list("leaf", flat=True))


def _said(leaves: list[str]) -> str:
    """What the day's entry commits to: how many entries apart there were, and the root of their tree."""
    hashes = [bytes.fromhex(leaf) for leaf in leaves if len(leaf) == 2 * merkle.HASH_BYTES]
    return canonical_text({"count": len(hashes), "root": merkle.root(len(hashes), merkle.over(hashes)).hex()})
