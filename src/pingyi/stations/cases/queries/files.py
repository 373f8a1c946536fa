"""Files of cases: which the shelf keeps, and who may open one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404

from pingyi.rules.actor import Actor
from pingyi.stations.cases.models import Attachment, Submission
from pingyi.stations.cases.queries import people


def digests() -> Iterable[str]:
    """Return the digests of the files that cases name, or that wait for their case: the shelf keeps those."""
    yield from Attachment.objects.exclude(name="").values_list("sha256", flat=True)  # without a name it was erased
    for row in Submission.objects.filter(case=None):
        yield from (file["sha256"] for file in row.payload.get("files", ()))


def find(reference: str, *, seen_by: Actor) -> Attachment:
    """Return a file's row to those who may see its case; to others it does not exist."""
    rows = Attachment.objects.select_related("case__section", "case__holder__section", "case__offered_to")
    row: Attachment | None = rows.filter(reference=reference, is_withdrawn=False).first()
    if row is None or not people.may_read(seen_by, row.case):
        raise Http404
    return row
