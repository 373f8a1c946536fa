"""Take a case under lock, unless somebody changed it since it was seen; the second of two clerks is told what."""

from __future__ import annotations

import json

from pingyi.bureau.models import Member
from pingyi.record.acts import Change
from pingyi.record.models import Entry
from pingyi.record.sentences import sentence
from pingyi.rules.actor import Actor
from pingyi.rules.refused import Refused
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import people


def lock(change: Change, reference: str, *, seen: int | None) -> Case:
    """Return the case, locked and permitted; `seen` is the version that the person had before them.

    Whoever may not act any more because somebody else was quicker is told so, and not that it is forbidden.
    """
    try:
        case = change.lock(Case, reference=reference)
    except Refused:
        _tell_who_was_quicker(reference, seen=seen, by=change.by)
        raise
    if seen is not None and seen != case.version:
        raise Refused("case.changed", said=what_changed(case, since=seen))
    return case


def _tell_who_was_quicker(reference: str, *, seen: int | None, by: Actor) -> None:
    case = Case.objects.filter(reference=reference).first()
    if case is None or seen is None or case.version == seen:
        return
    if people.may_read(by, case):
        raise Refused("case.changed", said=what_changed(case, since=seen))
    if people.was_asked(by, case):
        raise Refused("case.moved_on")


def what_changed(case: Case, *, since: int) -> str:
    """Say who did what to a case after a version."""
    entries = list(Entry.objects.filter(subject=case.subject, version__gt=since).order_by("version"))
    doers = [json.loads(entry.body)["by"]["member"] for entry in entries]
    names = dict(Member.objects.filter(reference__in=doers).values_list("reference", "name"))
    return "; ".join(
        f"{names.get(doer, '')} {sentence(entry.verb)}".strip() for entry, doer in zip(entries, doers, strict=True)
    )
