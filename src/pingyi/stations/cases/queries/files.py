"""Files of cases: which the shelf keeps."""

from __future__ import annotations

from collections.abc import Iterable

from pingyi.stations.cases.models import Attachment, Submission


def digests() -> Iterable[str]:
    """Return the digests of the files that cases name, or that wait for their case: the shelf keeps those."""
    yield from Attachment.objects.values_list("sha256", flat=True)
    for payload in Submission.objects.filter(case=None).values_list("payload", flat=True):
        yield from (file["sha256"] for file in payload.get("files", ()))
