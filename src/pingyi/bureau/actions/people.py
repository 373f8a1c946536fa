"""Sections and people from a table: all of it in one act, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pingyi.authoring.people_tables import PeopleTable
from pingyi.bureau.actions.member import check_leaving, known_person
from pingyi.bureau.actions.motion import propose
from pingyi.bureau.actions.section import check_above, free_reference
from pingyi.bureau.incoming import Incoming, IncomingPerson, Step, compare
from pingyi.bureau.models import Member, Section
from pingyi.record.acts import Change, act
from pingyi.rules.actor import Actor, Role
from pingyi.rules.day import day_of
from pingyi.rules.membership import check_deputy
from pingyi.rules.refused import Refused


def import_people(table: PeopleTable, *, by: Actor, at: datetime) -> Incoming:
    """Take over a table without problems; the same table a second time is refused, for it changes nothing (§5.1)."""
    with act("bureau.import_people", by=by, at=at) as opened:
        units = opened.lock_all(Section.objects.filter(closed_on=None))
        people = opened.lock_all(Member.objects.filter(dismissed_on=None))
        incoming = compare(table, sections=units, members=people)
        if incoming.problems:
            raise Refused("import.has_problems")
        if not incoming.changes:
            raise Refused("import.nothing_new")
        named = {row.name: row for row in units} | _add_sections(opened, incoming, len(units))
        _save_people(opened, incoming, named, by=by, at=at)
        _settle_sections(opened, incoming, named)
        return incoming


def _add_sections(opened: Change, incoming: Incoming, count: int) -> dict[str, Section]:
    taken: set[str] = set()
    fresh = []
    for number, one in enumerate((each for each in incoming.sections if each.step is Step.NEW), count + 1):
        reference = free_reference(one.row.kind, taken=frozenset(taken))
        taken.add(reference)
        fields = {name: value for name, value in one.fields.items() if name not in {"parent", "is_evaluated"}}
        evaluated = one.row.is_evaluated is not False
        fresh.append(Section(reference=reference, name=one.row.name, order=number, is_evaluated=evaluated, **fields))
    if fresh:
        opened.save_all(fresh)
    return {row.name: row for row in fresh}


def _save_people(opened: Change, incoming: Incoming, named: dict[str, Section], *, by: Actor, at: datetime) -> None:
    """Take over who checks nothing; who is to check, or checks already, waits for a second person (ADR 0013)."""
    moving = [one for one in incoming.people if one.step is not Step.SAME]
    for one in moving:
        if one.needs_two:
            _propose(opened, one, named, by=by, at=at)
    coming = [one for one in moving if not one.needs_two]
    rows = {step: [_person(one, named, by, at=at) for one in coming if one.step is step] for step in Step}
    for changed_or_new in (rows[Step.CHANGED], rows[Step.NEW]):
        if changed_or_new:
            opened.save_all(changed_or_new)
    if moving and not opened.entries:
        raise Refused("import.nothing_new")


def _propose(opened: Change, one: IncomingPerson, named: dict[str, Section], *, by: Actor, at: datetime) -> None:
    """Propose what the table says of one person; what waits already is not proposed again."""
    fields = {name: value for name, value in one.fields.items() if name not in {"section", "active_from"}}
    unit = named[one.row.section].reference if one.row.section else ""
    particulars: dict[str, Any] = {"name": one.row.name, "section": unit, **fields}
    verb = "member.appoint"
    if one.member is None:
        particulars["active_from"] = one.row.active_from
    else:
        verb, kept = "member.change", one.member
        before = {name: getattr(kept, name) for name in ("role", "title", "phone", "mail", "letter_number")}
        section = kept.section.reference if kept.section and "section" not in one.fields else unit
        particulars = {**before, "active_until": kept.active_until, **particulars, "section": section}
    try:
        propose(opened, verb, particulars, person=one.member, by=by, at=at)
    except Refused as refused:
        if refused.code != "motion.twice":
            raise


def _person(one: IncomingPerson, named: dict[str, Section], by: Actor, *, at: datetime) -> Member:
    fields = dict(one.fields)
    if "section" in fields:
        fields["section"] = named[str(fields["section"])] if fields["section"] else None
    if one.member is None:
        fields["active_from"] = one.row.active_from or day_of(at)
        known = known_person(one.row.name, phone=one.row.phone)
        return Member(name=one.row.name, person=known, made_by=[by.reference], **fields)
    if one.member.role == Role.SUPERVISION_OFFICE.value and {"role", "active_until"} & set(fields):
        check_leaving(one.member, at=at)
    for name, value in fields.items():
        setattr(one.member, name, value)
    return one.member


def _settle_sections(opened: Change, incoming: Incoming, named: dict[str, Section]) -> None:
    """Give parents, heads and stand-ins, now that every section and person has its row."""
    staff = {(row.section_id, row.name): row for row in Member.objects.filter(dismissed_on=None)}
    touched: dict[int, Section] = {}
    for one in incoming.sections:
        row = named[one.row.name]
        wanted = {} if one.section is None else {key: one.fields[key] for key in one.fields if key != "parent"}
        if one.fields.get("parent"):
            wanted["parent"] = named[str(one.fields["parent"])]
        if one.stand_in:
            wanted["stand_in"] = staff[(row.pk, one.stand_in)]
        _set(row, wanted, touched)
    for person in incoming.people:
        unit = named.get(person.row.section)
        if unit is not None and person.row.role is Role.SECTION_HEAD and unit.head_id is None:
            head = staff[(unit.pk, person.row.name)]
            stood_in = {"stand_in": None} if unit.stand_in_id == head.pk else {}
            _set(unit, {"head": head, **stood_in}, touched)
    for row in touched.values():
        check_above(row, row.parent)
        check_deputy(head=str(row.head_id), stand_in=str(row.stand_in_id or ""))
    if touched:
        opened.save_all(touched.values())


def _set(row: Section, wanted: dict[str, object], touched: dict[int, Section]) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)
    if wanted:
        touched[row.pk] = row
