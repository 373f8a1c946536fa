"""The sealed words of acts: kept beside their entries, bound by them, read by those who may, erased for good (§5.4)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from pingyi.record.faults import Fault, fault
from pingyi.record.models import Entry, SealedReason
from pingyi.rules import entry as entries
from pingyi.rules.grounds import SEALED


def salt() -> bytes:
    """Return a fresh salt for the words of one entry."""
    return secrets.token_bytes(entries.WIDTH)


def keep(keys: Sequence[int], *, text: str, salts: Sequence[bytes]) -> None:
    """Keep an act's words for each of its entries, with the salt of the entry's own commitment."""
    SealedReason.objects.bulk_create(
        SealedReason(entry_id=key, text=text, salt=base64.urlsafe_b64encode(one).decode("ascii"))
        for key, one in zip(keys, salts, strict=True)
    )


def of(subject: str) -> dict[int, str]:
    """Return the words of the acts on one subject by the number of their entry; who reads them was asked before."""
    return dict(SealedReason.objects.filter(entry__subject=subject).values_list("entry_id", "text"))


def forget(subject: str) -> int:
    """Destroy words and salts of all acts on a subject; the act that does so says it in its entry."""
    return int(SealedReason.objects.filter(entry__subject=subject).delete()[0])


def faults() -> Iterator[Fault]:
    """Yield where words no longer fit their entry, are gone without an act, or stand beside an entry without any."""
    kept = {row.entry_id: row for row in SealedReason.objects.iterator()}
    erased: set[str] = set()
    for row in _sealing().order_by("-pk").iterator(chunk_size=2_000):
        body = _read(row)
        found, promised = kept.pop(row.pk, None), body.get("commit", {}).get(SEALED)
        if promised is None:
            problem = "reason.unrecorded" if found else ""
        elif found is None:
            problem = "" if row.subject in erased else "reason.missing"
        else:
            problem = "" if row.subject not in erased and _fits(found, promised) else "reason.altered"
        if problem:
            yield fault(problem, subject=row.subject, leaf=row.leaf, verb=row.verb)
        if SEALED in body.get("erased", ()):
            erased.add(row.subject)
    for row in Entry.objects.filter(pk__in=list(kept)):
        yield fault("reason.unrecorded", subject=row.subject, leaf=row.leaf, verb=row.verb)


def _sealing() -> QuerySet[Entry]:
    return Entry.objects.filter(body__contains=f'"{SEALED}"')


def _read(row: Entry) -> dict[str, Any]:
    try:
        return entries.read(row.body.encode())
    except (ValueError, AttributeError):
        return {}  # the chains of entries name it


def _fits(row: SealedReason, promised: str) -> bool:
    try:
        octets = base64.urlsafe_b64decode(row.salt)
        return entries.commitment(salt=octets, name=SEALED, value=row.text) == promised
    except (ValueError, TypeError):
        return False
