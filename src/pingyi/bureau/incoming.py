"""What a table of sections and people would change, found before anything is changed (§3.1, §5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pingyi.authoring.people_cells import RowProblem
from pingyi.authoring.people_tables import PeopleTable, PersonRow, SectionRow
from pingyi.bureau import hooks
from pingyi.bureau.models import ROLES, Member, Section
from pingyi.rules.actor import Role
from pingyi.rules.motion import needs_two


class Step(StrEnum):
    """What would happen to one row's subject."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingSection:
    """A row, the section it means (if there is one), and the fields that would change."""

    row: SectionRow
    section: Section | None
    fields: dict[str, object]
    stand_in: str  # the name of a new stand-in, or ""
    step: Step

    @property
    def is_evaluated(self) -> bool:
        """Whether the section takes part in the evaluation once the table is taken over."""
        if self.row.is_evaluated is not None:
            return self.row.is_evaluated
        return self.section is None or self.section.is_evaluated


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingPerson:
    """A row, the member it means (if there is one), and the fields that would change."""

    row: PersonRow
    member: Member | None
    fields: dict[str, object]
    step: Step

    @property
    def role_name(self) -> str:
        """What the role is called."""
        return str(dict(ROLES)[self.row.role.value])

    @property
    def needs_two(self) -> bool:
        """Whether this is done by two persons: the role is, or is to be, one that checks (ADR 0013)."""
        roles = (self.row.role.value, *([self.member.role] if self.member else ()))
        return self.step is not Step.SAME and needs_two(*roles)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """Everything a table would change; only a table without problems is taken over."""

    sections: tuple[IncomingSection, ...]
    people: tuple[IncomingPerson, ...]
    problems: tuple[RowProblem, ...]

    @property
    def changes(self) -> int:
        """How many sections and people are new or would change."""
        steps = [*(one.step for one in self.sections), *(one.step for one in self.people)]
        return sum(step is not Step.SAME for step in steps)


def compare(table: PeopleTable, *, sections: Sequence[Section], members: Sequence[Member]) -> Incoming:
    """Compare a table with the open sections and the members in office; reads the given rows only."""
    problems = list(table.problems)
    people = _people(table, members)
    known = {row.name: row for row in sections}
    for one in people:
        problems += _post_problems(one, sections, known.get(one.row.section))
    staff = _staff(people, members)
    incoming = tuple(_section(row, known.get(row.name), staff, problems) for row in table.sections)
    return Incoming(sections=incoming, people=tuple(people), problems=tuple(problems))


def _people(table: PeopleTable, members: Sequence[Member]) -> list[IncomingPerson]:
    """Pair rows with members: first the same post, then the same person by phone or section."""
    free = list(members)
    paired: dict[int, Member] = {}
    for alike in (_same_post, _same_person):
        for number, row in enumerate(table.people):
            match = next((one for one in free if number not in paired and alike(row, one)), None)
            if match is not None:
                paired[number] = match
                free.remove(match)
    return [_person(row, paired.get(number)) for number, row in enumerate(table.people)]


def _same_post(row: PersonRow, one: Member) -> bool:
    same = (row.name, row.role.value, row.section) == (one.name, one.role, _section_name(one))
    return same and (not row.phone or not one.phone or row.phone == one.phone)


def _same_person(row: PersonRow, one: Member) -> bool:
    if row.name != one.name:
        return False
    if row.phone and one.phone:
        return bool(row.phone == one.phone)
    return bool(row.section) and row.section == _section_name(one)


def _section_name(one: Member) -> str:
    return one.section.name if one.section else ""


def _person(row: PersonRow, member: Member | None) -> IncomingPerson:
    said: dict[str, object] = {
        "role": row.role.value,
        "section": row.section,
        "title": row.title,
        "phone": row.phone,
        "mail": row.mail,
        "letter_number": row.letter_number,
        "active_from": row.active_from,
        "active_until": row.active_until,
    }
    if member is None:
        return IncomingPerson(row=row, member=None, fields=said, step=Step.NEW)
    now = {name: getattr(member, name) for name in said} | {"section": _section_name(member)}
    fields = {
        name: value
        for name, value in said.items()
        if value != now[name] and (value or (name == "section" and member.role != row.role.value))
    }
    return IncomingPerson(row=row, member=member, fields=fields, step=Step.CHANGED if fields else Step.SAME)


def _post_problems(one: IncomingPerson, sections: Sequence[Section], section: Section | None) -> list[RowProblem]:
    if one.member is not None and {"role", "section"} & set(one.fields):
        held = [row.name for row in sections if one.member.pk in {row.head_id, row.stand_in_id}]
        promoted = one.row.role is Role.SECTION_HEAD and "section" not in one.fields
        if held and not promoted:
            return [_problem(one.row, "post.kept", "角色", name=one.row.name, sections="、".join(held))]
    if one.row.role is not Role.SECTION_HEAD or section is None or section.head is None:
        return []
    if one.member is None or section.head_id != one.member.pk:
        return [_problem(one.row, "head.other", "角色", section=section.name, head=section.head.name)]
    return []


def _staff(people: Sequence[IncomingPerson], members: Sequence[Member]) -> set[tuple[str, str]]:
    """Return (section, name) of everybody who will be in a section afterwards."""
    met = {one.member.pk for one in people if one.member}
    coming = {(one.row.section or _section_name(one.member) if one.member else one.row.section, one.row.name)
              for one in people}  # fmt: skip
    return coming | {(_section_name(one), one.name) for one in members if one.pk not in met}


def _section(
    row: SectionRow, section: Section | None, staff: set[tuple[str, str]], problems: list[RowProblem]
) -> IncomingSection:
    if row.stand_in and (row.name, row.stand_in) not in staff:
        problems.append(_problem(row, "stand_in.unknown", "B角", section=row.name, value=row.stand_in))
    said: dict[str, object] = {
        "kind_id": row.kind,
        "line": row.line,
        "section_class": hooks.class_of(row.section_class),
    }
    said |= {"is_evaluated": row.is_evaluated, "parent": row.parent}
    if section is None:
        return IncomingSection(row=row, section=None, fields=said, stand_in=row.stand_in, step=Step.NEW)
    now = {name: getattr(section, name) for name in said} | {"parent": section.parent.name if section.parent else ""}
    fields = {name: value for name, value in said.items() if value not in {"", None, now[name]}}
    deputy = section.stand_in.name if section.stand_in else ""
    stand_in = "" if row.stand_in == deputy else row.stand_in
    step = Step.CHANGED if fields or stand_in else Step.SAME
    return IncomingSection(row=row, section=section, fields=fields, stand_in=stand_in, step=step)


def _problem(row: SectionRow | PersonRow, code: str, column: str, /, **facts: object) -> RowProblem:
    return RowProblem(code=code, sheet=row.sheet, row=row.row, column=column, facts=facts)
