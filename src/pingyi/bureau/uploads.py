"""Files kept between preview and confirmation, one for each person, so that nothing handed in is lost."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.shortcuts import get_object_or_404

from pingyi.authoring.people_grids import MOST_BYTES
from pingyi.bureau.models import Upload
from pingyi.record import erasing


def keep(file: UploadedFile[bytes], *, login: Any, at: datetime) -> Upload:
    """Keep a file in the place of this person's earlier one; of one far too large only the beginning."""
    content = file.read(MOST_BYTES + 1)
    with transaction.atomic():
        for earlier in Upload.objects.select_for_update().filter(login=login):
            forget(earlier)
        return Upload.objects.create(  # plain row
            login=login,
            name=(file.name or "")[:200],
            content=content,
            sha256=sha256(content).hexdigest(),
            kept_at=at,
        )


def of(login: Any) -> Upload | None:
    """Return the file that this person has not yet confirmed."""
    return Upload.objects.filter(login=login).first()


def get(number: int, *, login: object) -> Upload:
    """Return a kept file to the person who brought it."""
    return get_object_or_404(Upload, pk=number, login=login)


def forget(kept: Upload) -> None:
    """Remove a file that was taken over, in old backups too; it holds phone numbers."""
    with transaction.atomic():
        Upload.objects.filter(pk=kept.pk).delete()  # plain row
        erasing.forget([kept.key_name])
