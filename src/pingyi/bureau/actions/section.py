"""Sections: add, change, name a head and a stand-in, close (§3.1, §5.1)."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from pingyi.bureau import hooks, notices
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import Change, act
from pingyi.rules import membership as rules
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.refused import Refused


def add(
    *,
    name: str,
    kind: str,
    line: str = "",
    section_class: str = "",
    parent: str = "",
    is_evaluated: bool = True,
    order: int | None = None,
    reference: str = "",
    by: Actor,
    at: datetime,
) -> Section:
    """Add a section; its reference is made from its kind unless one is given."""
    with act("section.add", by=by, at=at) as change:
        check_name(name)
        row = Section(
            reference=free_reference(kind, wanted=reference),
            name=name,
            kind_id=kind,
            section_class=section_class,
            line=line,
            parent=_parent(parent),
            is_evaluated=is_evaluated,
            order=Section.objects.count() + 1 if order is None else order,
        )
        return change.save(row)


def change(
    reference: str,
    *,
    name: str,
    kind: str,
    line: str,
    section_class: str,
    parent: str,
    is_evaluated: bool,
    order: int | None = None,
    reason: str = "",
    ground: str = "",
    by: Actor,
    at: datetime,
) -> Section:
    """Change what a section is called, is, and answers for (§1.2)."""
    with act("section.change", by=by, at=at, ground=ground, reason=reason) as opened:
        row = opened.lock(Section, reference=reference)
        _check_open(row)
        check_name(name, besides=row)
        above = _parent(parent)
        check_above(row, above)
        wanted: dict[str, object] = {
            "name": name, "kind_id": kind, "line": line, "section_class": section_class, "parent": above,
            "is_evaluated": is_evaluated, "order": row.order if order is None else order,
        }  # fmt: skip
        assign(row, wanted)
        return opened.save(row)


def name_head(reference: str, *, head: str, stand_in: str = "", by: Actor, at: datetime) -> Section:
    """Name who answers for a section, and who stands in (A/B post); their roles follow (§1.1, §3.2.3, §5.1)."""
    with act("section.name_head", by=by, at=at) as opened:
        row = opened.lock(Section, reference=reference)
        _check_open(row)
        former, deputy_before = row.head_id, row.stand_in_id
        row.head = _in_office(row, head, at=at)
        row.stand_in = _in_office(row, stand_in, at=at) if stand_in else None
        rules.check_deputy(head=head, stand_in=stand_in)
        if (row.head.pk, row.stand_in_id) == (former, deputy_before):
            raise Refused("nothing_changed")
        _move_role(opened, former if former != row.head.pk else None, Role.SECTION_STAFF)
        _move_role(opened, row.head.pk, Role.SECTION_HEAD)
        if row.stand_in_id:
            _move_role(opened, row.stand_in_id, Role.SECTION_STAFF)
        opened.save(row)
        _tell(row, head=former != row.head.pk, stand_in=deputy_before != row.stand_in_id, at=at)
        return row


def close(reference: str, *, reason: str, ground: str = "", by: Actor, at: datetime) -> Section:
    """Close a section that has no open duties and no open parts left; its history stays."""
    with act("section.close", by=by, at=at, ground=ground, reason=reason) as opened:
        row = opened.lock(Section, reference=reference)
        rules.check_closing(
            is_closed=row.closed_on is not None,
            open_duties=hooks.open_duties(reference),
            open_parts=list(Section.objects.filter(parent=row, closed_on=None).values_list("name", flat=True)),
        )
        hooks.end(reference, reason=reason, at=at)
        row.closed_on = day_of(at)
        return opened.save(row)


def check_name(name: str, *, besides: Section | None = None) -> None:
    """Refuse a name that an open section already has."""
    rows = Section.objects.filter(name=name, closed_on=None)
    if rows.exclude(pk=besides.pk if besides else None).exists():
        raise Refused("section.name_taken", field="name", name=name)


def free_reference(kind: str, *, wanted: str = "", taken: frozenset[str] = frozenset()) -> str:
    """Return the wanted reference, or the kind with the first free number; a wanted one that is taken is refused."""
    used = taken | {"add"} | set(Section.objects.values_list("reference", flat=True))
    if wanted:
        if wanted in used:
            raise Refused("section.reference_taken", field="reference", reference=wanted)
        return wanted
    stem = kind if kind.isascii() and kind.isidentifier() else "unit"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(used) + 2))
    return next(one for one in numbered if one not in used)


def assign(row: Section | Member, wanted: dict[str, object]) -> None:
    """Set the wanted values; refuse when none of them is new."""
    if all(getattr(row, field) == value for field, value in wanted.items()):
        raise Refused("nothing_changed")
    for field, value in wanted.items():
        setattr(row, field, value)


def _check_open(row: Section) -> None:
    if row.closed_on is not None:
        raise Refused("section.closed")


def _parent(reference: str) -> Section | None:
    if not reference:
        return None
    row: Section | None = Section.objects.filter(reference=reference, closed_on=None).first()
    if row is None:
        raise Refused("section.no_such_parent", field="parent")
    return row


def check_above(row: Section, above: Section | None) -> None:
    """Refuse a section above that stands below this one."""
    while above is not None:
        if above.pk == row.pk:
            raise Refused("section.below_itself", field="parent")
        above = above.parent


def _in_office(row: Section, reference: str, *, at: datetime) -> Member:
    person: Member | None = Member.objects.filter(reference=reference, dismissed_on=None).first()
    if person is None:
        raise Refused("section.head_elsewhere", field="head")
    active = person.active_until is None or person.active_until >= day_of(at)
    rules.check_head(role=Role(person.role), is_member=person.section_id == row.pk, is_active=active)
    return person


def _tell(row: Section, *, head: bool, stand_in: bool, at: datetime) -> None:
    url = reverse("bureau:section", args=[row.reference])
    if head and row.head:
        notices.queue("section.head_named", to=row.head, about=row, at=at, url=url, section=row.name)
    if stand_in and row.stand_in:
        notices.queue("section.stand_in_named", to=row.stand_in, about=row, at=at, url=url, section=row.name)


def _move_role(opened: Change, key: int | None, role: Role) -> None:
    """Give a member the role that goes with the post; the change of role stands in the record by itself."""
    if key is None:
        return
    person = opened.lock(Member, pk=key)
    if person.role != role.value:
        person.role = role.value
        opened.save(person)
