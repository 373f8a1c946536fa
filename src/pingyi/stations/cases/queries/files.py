"""Files of cases: which the shelf keeps."""

from __future__ import annotations

from collections.abc import Iterable

from pingyi.stations.cases.models import Attachment


def digests() -> Iterable[str]:
    """Return the digests of the files that cases name: the shelf keeps those."""
    return Attachment.objects.values_list("sha256", flat=True)
