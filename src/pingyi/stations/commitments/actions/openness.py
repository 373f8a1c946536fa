"""What a section keeps open: put on its list, shown with proof, looked at by another, and again in time (§3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pingyi.bureau import notices
from pingyi.bureau.models import Member, Section
from pingyi.bureau.shelf import Kept
from pingyi.record.acts import Change, act
from pingyi.rules import openness as rules
from pingyi.rules.actor import Actor
from pingyi.rules.day import day_of
from pingyi.rules.openness import RECHECK_DAYS, TEMPLATE, Area
from pingyi.rules.refused import Refused
from pingyi.stations.commitments.actions.taking import take
from pingyi.stations.commitments.models import OpennessItem, OpennessProof
from pingyi.stations.commitments.queries.openness import title_of
from pingyi.stations.plans.queries import people


def add(
    *,
    sections: Sequence[str],
    items: Sequence[str] = (),
    title: str = "",
    area: str = Area.INFORMATION.value,
    recheck_days: int = RECHECK_DAYS,
    by: Actor,
    at: datetime,
) -> list[OpennessItem]:
    """Put items of the template, or one in words of its own, on the lists of sections; what is there stays."""
    with act("openness.add", by=by, at=at) as change:
        units = list(Section.objects.filter(reference__in=sections, closed_on=None).order_by("order", "pk"))
        if not units:
            raise Refused("openness.no_section", field="sections")
        rows = [*_from_template(units, items, recheck_days), *_own(units, title, area, recheck_days)]
        if not rows:
            raise Refused("openness.nothing_added", field="items")
        return change.save_all(rows)


def show(
    reference: str,
    *,
    url: str = "",
    place: str = "",
    proofs: Sequence[Kept] = (),
    drop: Sequence[str] = (),
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> OpennessItem:
    """Say where everybody can see the item, with an address, a file or a photograph."""
    with act("openness.show", by=by, at=at) as change:
        row = take(change, OpennessItem, reference, seen=seen)
        standing = [one for one in row.proofs.filter(is_withdrawn=False) if one.reference not in drop]
        fresh = {kept.sha256: kept for kept in proofs if kept.sha256 not in {one.sha256 for one in standing}}
        row.state = rules.show(
            row.state, url=url, proofs=len(standing) + len(fresh), by=by.reference, on=day_of(at)
        )  # fmt: skip
        row.url, row.place, row.note = url, place, ""
        change.save(row)
        _keep(change, row, list(fresh.values()), drop=drop, by=people.acting(by), at=at)
        _tell("openness.shown", row, to=people.officers(on=day_of(at)), by=by, at=at)
    return row


def accept(reference: str, *, seen: int | None = None, by: Actor, at: datetime) -> OpennessItem:
    """Say that the item is open; doing so again is the recheck."""
    with act("openness.accept", by=by, at=at) as change:
        row = take(change, OpennessItem, reference, seen=seen)
        row.state = rules.accept(row.state, by=by.reference, on=day_of(at))
        row.checked_by, row.note = people.acting(by), ""
        return change.save(row)


def send_back(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> OpennessItem:
    """Say that the item is not open, or no longer, and what is missing."""
    with act("openness.return", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(OpennessItem, reference=reference)
        row.state = rules.send_back(row.state, reason=reason, by=by.reference)
        row.checked_by, row.note = people.acting(by), reason
        change.save(row)
        _tell("openness.returned", row, to=_of_section(row, at=at), by=by, at=at)
    return row


def drop(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> OpennessItem:
    """Say that the item does not apply to the section, with a reason."""
    with act("openness.drop", by=by, at=at, ground=ground, reason=reason) as change:
        row = change.lock(OpennessItem, reference=reference)
        row.state = rules.drop(row.state, reason=reason, by=by.reference)
        row.checked_by, row.note = people.acting(by), reason
        return change.save(row)


def _from_template(units: Iterable[Section], items: Iterable[str], recheck_days: int) -> list[OpennessItem]:
    known = set(OpennessItem.objects.exclude(template_id="").values_list("section_id", "template_id"))
    return [
        OpennessItem(section=unit, template_id=item, area=TEMPLATE[item].value, recheck_days=recheck_days)
        for unit in units
        for item in items
        if item in TEMPLATE and (unit.pk, item) not in known
    ]


def _own(units: Iterable[Section], title: str, area: str, recheck_days: int) -> list[OpennessItem]:
    if not title.strip():
        return []
    return [OpennessItem(section=unit, title=title, area=area, recheck_days=recheck_days) for unit in units]


def _keep(
    change: Change, row: OpennessItem, fresh: Sequence[Kept], *, drop: Sequence[str], by: Member, at: datetime
) -> None:
    """A proof that was replaced stays in the record, and out of sight."""
    gone = change.lock_all(OpennessProof.objects.filter(item=row, reference__in=drop, is_withdrawn=False))
    for one in gone:
        one.is_withdrawn = True
    new = [
        OpennessProof(
            item=row, name=kept.name, mime=kept.mime, sha256=kept.sha256, size=kept.size, added_on=day_of(at),
            added_by=by,
        )
        for kept in fresh
    ]  # fmt: skip
    for rows in (gone, new):
        if rows:
            change.save_all(rows)


def _of_section(row: OpennessItem, *, at: datetime) -> list[Member]:
    """Those who showed it, or who answers for the section."""
    shown_by = list(Member.objects.filter(reference__in=row.doers, dismissed_on=None))
    answering = people.answering(row.section, on=day_of(at))
    return shown_by or ([answering] if answering else [])


def _tell(code: str, row: OpennessItem, *, to: Iterable[Member], by: Actor, at: datetime) -> None:
    others = [one for one in to if one.reference != by.reference]
    notices.queue(
        code, to=others, about=row, at=at, url=row.get_absolute_url(), title=str(title_of(row)),
        section=row.section.name,
    )  # fmt: skip
