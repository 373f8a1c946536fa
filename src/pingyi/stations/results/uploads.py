"""Tables handed in and not yet imported: kept while they are looked at or mended, so that nothing is sent twice."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from pingyi.documents.handed_in import safe_name
from pingyi.rules.actor import Actor
from pingyi.rules.refused import Refused
from pingyi.stations.results.models import EvidenceUpload

KEPT_FOR = timedelta(days=7)
LARGEST = 30 * 1024 * 1024


def keep(name: str, *, content: bytes, by: Actor, at: datetime) -> EvidenceUpload:
    """Keep a file for its member; files that nobody came back for are swept."""
    if not content:
        raise Refused("evidence.file_empty", field="table")
    if len(content) > LARGEST:
        raise Refused("evidence.file_too_large", field="table", megabytes=LARGEST // 1024**2)
    EvidenceUpload.objects.filter(kept_at__lt=at - KEPT_FOR).delete()  # plain row
    return EvidenceUpload.objects.create(  # plain row
        token=secrets.token_urlsafe(16),
        member=by.reference,
        name=safe_name(name),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        kept_at=at,
    )


def kept(token: str, *, by: Actor) -> EvidenceUpload:
    """Return one's own kept file."""
    found = EvidenceUpload.objects.filter(token=token, member=by.reference).first()
    if found is None:
        raise Refused("evidence.upload_gone")
    return found


def is_kept(token: str, *, by: Actor) -> bool:
    """Whether one's own file still waits to be imported."""
    return EvidenceUpload.objects.filter(token=token, member=by.reference).exists()


def drop(upload: EvidenceUpload) -> None:
    """Let a kept file go."""
    EvidenceUpload.objects.filter(pk=upload.pk).delete()  # plain row
