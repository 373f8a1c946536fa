"""A table of sections and people, XLSX or CSV → typed rows, with every problem at its row and column (§3.1, §5.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from pingyi.authoring import people_words as words
from pingyi.authoring.people_cells import Line, Reader, RowProblem, near
from pingyi.authoring.people_grids import Grid, UnreadableFileError, read_grids
from pingyi.authoring.people_heads import NOTHING_CHOSEN, Head, find_head, with_chosen
from pingyi.authoring.tables.taken import TakenColumn
from pingyi.authoring.unread import facts_of
from pingyi.rules.actor import Role
from pingyi.rules.membership import OF_A_SECTION, OUTSIDE

_KIND_MOST = 20  # characters of a kind's name


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionRow:
    """A section as the table gives it; `row` is where."""

    row: int
    name: str
    kind: str
    line: str = ""
    parent: str = ""
    is_evaluated: bool | None = None  # None: the table does not say
    section_class: str = ""
    stand_in: str = ""
    sheet: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """A person's post as the table gives it."""

    row: int
    name: str
    role: Role
    section: str = ""
    title: str = ""
    phone: str = ""
    mail: str = ""
    active_from: date | None = None
    active_until: date | None = None
    letter_number: str = ""
    sheet: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleTable:
    """What a file said: rows that are good only when `problems` is empty; rows left out on purpose are counted."""

    sections: tuple[SectionRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    totals_rows: int = 0
    columns: tuple[TakenColumn, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)  # what is struck out or hidden: how many, and the first
    sha256: str = ""


@dataclass
class _Found:
    sections: list[SectionRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    totals_rows: int = 0


def read_people(
    content: bytes,
    *,
    kinds: Mapping[str, str],
    known_sections: Collection[str] = (),
    columns: Mapping[int, str] = NOTHING_CHOSEN,
) -> PeopleTable:
    """Read a file; `kinds` are the kinds of unit (id → name), `known_sections` the names the bureau already has.

    `columns` says what columns are where that was taken wrongly: their number in the file's list → their field.
    """
    digest = sha256(content).hexdigest()
    try:
        grids = read_grids(content)
    except UnreadableFileError as fault:
        return PeopleTable(problems=(RowProblem(code=fault.code, facts=fault.facts),), sha256=digest)
    found = _Found()
    read = ((grid, find_head(grid, kinds=kinds, sections=known_sections)) for grid in grids)
    recognized, taken = with_chosen([(grid, head) for grid, head in read if head], columns)
    for grid, head in sorted(recognized, key=lambda one: one[1].is_people):  # sections first: people name them
        lines = list(_lines(grid, head, found))
        if head.is_people:
            _read_people(lines, found, known={*known_sections, *(one.name for one in found.sections)})
        else:
            _read_sections(lines, found, kinds, known_sections)
    _check_stand_ins(found)
    if not found.problems and not (found.sections or found.people):
        found.problems.append(RowProblem(code="file.no_rows" if recognized else "file.no_head"))
    return PeopleTable(
        sections=tuple(found.sections),
        people=tuple(found.people),
        problems=tuple(sorted(found.problems, key=lambda one: (one.sheet, one.row))),
        totals_rows=found.totals_rows,
        columns=tuple(taken),
        unread=facts_of(one for grid in grids for one in grid.unread),
        sha256=digest,
    )


def _lines(grid: Grid, head: Head, found: _Found) -> Iterator[Line]:
    at, heads = head.row, head.fields
    titles = {name: grid.rows[at][column] for column, name in heads.items()}
    named = {cell for cell in grid.rows[at] if cell}
    for number, row in enumerate(grid.rows[at + 1 :], at + 2):
        cells = {name: row[column] if column < len(row) else "" for column, name in heads.items()}
        filled = [cell for cell in row if cell]
        if not filled or all(cell in named for cell in filled):  # a blank row, or the head's second half
            continue
        if words.TOTALS.match(filled[0]):
            found.totals_rows += 1
            continue
        yield Line(sheet=grid.name, row=number, cells=cells, heads=titles)


def _read_sections(lines: list[Line], found: _Found, kinds: Mapping[str, str], known: Collection[str]) -> None:
    names = [line.cells.get("name", "") for line in lines]
    first: dict[str, int] = {}
    for line in lines:
        reader = Reader(line, found.problems)
        name = reader.required("name")
        if name and name in first:
            reader.fault("section.twice", "name", name=name, first=first[name])
            continue
        first.setdefault(name, line.row)
        parent = reader.text("parent")
        if parent and parent == name:
            reader.fault("parent.itself", "parent", name=name)
        elif parent and parent not in {*names, *known}:
            reader.fault("parent.unknown", "parent", value=parent, near=near(parent, [*names, *known]))
        row = SectionRow(
            row=line.row,
            sheet=line.sheet,
            name=name,
            kind=_kind(reader, name, kinds),
            line=reader.text("line", most=120),
            parent=parent,
            is_evaluated=reader.yes("is_evaluated"),
            section_class=reader.text("section_class", most=40),
            stand_in=reader.text("stand_in", most=40),
        )
        found.sections.append(row)


def _kind(reader: Reader, name: str, kinds: Mapping[str, str]) -> str:
    """Return the kind that the cell names, or that the section's name ends with.

    A word that nobody knows yet is a kind where the section's own name ends with it: 城关工商所, 工商所.
    """
    value = reader.line.cells.get("kind", "")
    known = "、".join(kinds.values())
    if value:
        match = next((kind for kind, word in kinds.items() if value.lower() in {kind.lower(), word.lower()}), None)
        if match is None and name != value and name.endswith(value):
            return reader.text("kind", most=_KIND_MOST)
        if match is None:
            reader.fault("kind.unknown", "kind", value=value[:20], known=known)
        return match or ""
    longest = sorted(kinds.items(), key=lambda pair: -len(pair[1]))
    match = next((kind for kind, word in longest if name.endswith(word)), None)
    if match is None and name:
        reader.fault("kind.missing", "kind", name=name, known=known)
    return match or ""


def _read_people(lines: list[Line], found: _Found, *, known: set[str]) -> None:
    posts: dict[tuple[str, ...], int] = {}
    heads: dict[str, int] = {}
    for line in lines:
        reader = Reader(line, found.problems)
        row = _person(reader, known)
        if row is None:
            continue
        post = (row.name, row.role.value, row.section, row.phone)
        if post in posts:
            reader.fault("person.twice", "name", name=row.name, first=posts[post])
            continue
        posts[post] = line.row
        if row.role is Role.SECTION_HEAD and row.section in heads:
            reader.fault("head.twice", "role", section=row.section, first=heads[row.section])
        elif row.role is Role.SECTION_HEAD:
            heads[row.section] = line.row
        found.people.append(row)


def _person(reader: Reader, known: set[str]) -> PersonRow | None:
    name = reader.required("name", most=40)
    role = _role(reader)
    begins, ends = reader.day("active_from"), reader.day("active_until")
    if begins and ends and ends < begins:
        reader.fault("term.reversed", "active_until")
    phone, mail, section = reader.phone("phone"), reader.mail("mail"), reader.text("section")
    if role is None:
        return None
    if section and section not in known and role not in OUTSIDE:
        reader.fault("section.unknown", "section", value=section, near=near(section, sorted(known)))
    if role in OF_A_SECTION and not section:
        reader.fault("section.missing", "section")
    if role in OUTSIDE and section:
        reader.fault("section.not_wanted", "section")
    return PersonRow(
        row=reader.line.row,
        sheet=reader.line.sheet,
        name=name,
        role=role,
        section=section,
        title=reader.text("title", most=40),
        phone=phone,
        mail=mail,
        active_from=begins,
        active_until=ends,
        letter_number=reader.text("letter_number"),
    )


def _role(reader: Reader) -> Role | None:
    value = reader.line.cells.get("role", "")
    known = "、".join(spellings[0] for spellings in words.ROLES.values())
    role = words.role_named(value) if value else None
    if role is None:
        reader.fault("role.unknown" if value else "role.missing", "role", value=value[:20], known=known)
    return role


def _check_stand_ins(found: _Found) -> None:
    """A stand-in is a person of the same table and section; one who is not there may be in office already."""
    for row in found.sections:
        post = next((one for one in found.people if (one.name, one.section) == (row.stand_in, row.name)), None)
        if post is not None and post.role is Role.SECTION_HEAD:
            facts: dict[str, object] = {"value": row.stand_in, "section": row.name}
            place = RowProblem(code="stand_in.is_head", sheet=row.sheet, row=row.row, column="B角", facts=facts)
            found.problems.append(place)
