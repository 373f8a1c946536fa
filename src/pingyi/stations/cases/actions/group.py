"""Cases that are one matter raised by many are seen together (串并); each keeps its holder and its deadline (§1.4)."""

from __future__ import annotations

from datetime import datetime

from pingyi.record.acts import Change, act
from pingyi.rules.actor import Actor
from pingyi.rules.case.stages import Stage
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused
from pingyi.stations.cases.actions.locking import lock
from pingyi.stations.cases.models import Case, CaseGroup, Grouped
from pingyi.stations.cases.queries import people


def group(
    reference: str, *, other: str, title: str = "", seen: int | None = None, by: Actor, at: datetime
) -> CaseGroup:
    """Put two cases into one group: the one that either is in already, or a new one (§1.4)."""
    with act("case.group", by=by, at=at) as change:
        if other == reference:
            raise Refused("case.grouped_with_itself", field="other")
        first, second = sorted((reference, other))  # always in one order, so that two clerks never wait on each other
        found = {one: lock(change, one, seen=seen if one == reference else None) for one in (first, second)}
        case, beside = found[reference], found[other]
        _check(case, beside)
        here, there = _group_of(case), _group_of(beside)
        if here is not None and there is not None:
            raise Refused("case.two_groups" if here != there else "case.grouped_already", field="other")
        joined = here or there or _open(change, title=title or beside.title, by=by, at=at)
        for row in [row for row, known in ((case, here), (beside, there)) if known is None]:
            change.save(Grouped(case=row, group=joined, joined_on=day_of(at), joined_by=people.acting(by)))
        return joined


def ungroup(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> Case:
    """Take a case out of its group; the others stay together."""
    with act("case.ungroup", by=by, at=at) as change:
        case = lock(change, reference, seen=seen)
        if _group_of(case) is None:
            raise Refused("case.not_grouped")
        row = change.lock(Grouped, case=case, left_on=None)
        row.left_on = day_of(at)
        change.save(row)
        return case


def _open(change: Change, *, title: str, by: Actor, at: datetime) -> CaseGroup:
    return change.save(CaseGroup(title=title[:120], opened_on=day_of(at), opened_by=people.acting(by)))


def _group_of(case: Case) -> CaseGroup | None:
    row = Grouped.objects.filter(case=case, left_on=None).select_related("group").first()
    return row.group if row else None


def _check(case: Case, other: Case) -> None:
    for one in (case, other):
        if one.stage == Stage.MERGED.value and one.merged_into is not None:
            raise Refused("case.is_merged", into=one.merged_into.reference)
    if case.is_restricted != other.is_restricted:
        raise Refused("case.restricted_apart", field="other")
