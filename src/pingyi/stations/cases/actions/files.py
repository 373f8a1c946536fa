"""Files of a case: laid on the shelf before, named by rows here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import Change
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.stations.cases.models import Attachment, Case


def attach(change: Change, case: Case, files: Iterable[Kept], *, part: str, by: Actor, at: datetime) -> None:
    """Name the files in the case's matter, answer or result; one that is named there already is not named again."""
    named = set(Attachment.objects.filter(case=case, part=part).values_list("sha256", flat=True))
    fresh = {kept.sha256: kept for kept in files if kept.sha256 not in named}
    person = Member.objects.filter(reference=by.reference).first()
    rows = [attachment(case, kept, part=part, person=person, at=at) for kept in fresh.values()]
    if rows:
        change.save_all(rows)


def attachment(case: Case, kept: Kept, *, part: str, person: Member | None, at: datetime) -> Attachment:
    """Return the row that names a file in a case; it is not saved yet."""
    return Attachment(
        case=case,
        part=part,
        name=kept.name,
        sha256=kept.sha256,
        mime=kept.mime,
        size=kept.size,
        added_on=day_of(at),
        added_by=person,
    )
