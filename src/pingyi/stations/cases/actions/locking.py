"""Take a case under lock, unless somebody changed it since it was seen; the second of two clerks is told what."""

from __future__ import annotations

import json

from pingyi.bureau.models import Member
from pingyi.record.acts import Change
from pingyi.record.models import Entry
from pingyi.record.sentences import sentence
from pingyi.rules.refused import Refused
from pingyi.stations.cases.models import Case


def lock(change: Change, reference: str, *, seen: int | None) -> Case:
    """Return the case, locked and permitted; `seen` is the version that the person had before them."""
    case = change.lock(Case, reference=reference)
    if seen is not None and seen != case.version:
        raise Refused("case.changed", said=what_changed(case, since=seen))
    return case


def what_changed(case: Case, *, since: int) -> str:
    """Say who did what to a case after a version."""
    entries = list(Entry.objects.filter(subject=case.subject, version__gt=since).order_by("version"))
    doers = [json.loads(entry.body)["by"]["member"] for entry in entries]
    names = dict(Member.objects.filter(reference__in=doers).values_list("reference", "name"))
    return "; ".join(
        f"{names.get(doer, '')} {sentence(entry.verb)}".strip() for entry, doer in zip(entries, doers, strict=True)
    )
