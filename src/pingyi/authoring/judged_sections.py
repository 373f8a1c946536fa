"""Who is judged, where no bureau's database is at hand: a list of sections, or the names in the evidence (§3.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pingyi.authoring.tables.cells import Cell, key, text
from pingyi.authoring.tables.grids import read_grids
from pingyi.authoring.tables.problems import UnreadableTableError
from pingyi.rules.evidence import PastOutcome, SectionFacts
from pingyi.rules.plan import Plan

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "代码", "id"),
    "name": ("名称", "科室", "科室名称", "单位", "name", "section"),
    "kind": ("类型", "科室类型", "kind"),
    "section_class": ("类别", "科室类别", "class", "section_class"),
    "section": ("科室", "名称", "单位", "section"),
    "trigger": ("触发条件", "触发", "trigger"),
    "year": ("年度", "年", "year"),
}


def sections_named(names: Iterable[str], *, plan: Plan) -> tuple[SectionFacts, ...]:
    """Return sections for bare names: the kind by the longest fitting ending, the class by the kind."""
    return tuple(_section(plan, id_=name, name=name) for name in dict.fromkeys(names))


def read_sections(content: bytes, *, plan: Plan) -> tuple[SectionFacts, ...]:
    """Read a list of sections from JSON, XLSX or CSV; `UnreadableTableError` where there is none."""
    return tuple(
        _section(
            plan,
            id_=row.get("id") or row["name"],
            name=row["name"],
            kind=row.get("kind", ""),
            section_class=row.get("section_class", ""),
        )
        for row in _rows(content, columns=("id", "name", "kind", "section_class"), needed=("name",))
    )


def read_past(content: bytes, *, plan: Plan, sections: Sequence[SectionFacts]) -> tuple[PastOutcome, ...]:
    """Read which triggers fired for whom in former years, from JSON, XLSX or CSV."""
    ids = {key(word): section.id for section in sections for word in (section.id, section.name)}
    triggers = {key(word): one.id for one in plan.triggers for word in (one.id, one.name)}
    columns = ("section", "trigger", "year")
    return tuple(
        PastOutcome(
            section=ids.get(key(row["section"]), row["section"]),
            trigger=triggers.get(key(row["trigger"]), row["trigger"]),
            year=_year(row["year"]),
        )
        for row in _rows(content, columns=columns, needed=columns)
    )


def _section(plan: Plan, *, id_: str, name: str, kind: str = "", section_class: str = "") -> SectionFacts:
    kinds = {key(word): one.id for one in plan.subject.kinds for word in (one.id, one.name)}
    classes = {key(word): one.id for one in plan.subject.classes for word in (one.id, one.name)}
    found = kinds.get(key(kind)) or kind or _kind_by_ending(plan, name)
    return SectionFacts(
        id=id_,
        name=name,
        kind=found,
        section_class=classes.get(key(section_class)) or plan.subject.class_of_kind(found),
    )


def _kind_by_ending(plan: Plan, name: str) -> str:
    fitting = [one for one in plan.subject.kinds if name.endswith(one.name)]
    return max(fitting, key=lambda one: len(one.name)).id if fitting else ""


def _rows(content: bytes, *, columns: Sequence[str], needed: Sequence[str]) -> Iterator[dict[str, str]]:
    if content.lstrip()[:1] in {b"[", b"{"}:
        yield from _from_json(content, needed=needed)
        return
    grid = next(iter(read_grids(content)))
    for index, row in enumerate(grid.rows):
        places = _places(row, columns)
        if all(column in places for column in needed):
            for cells in grid.rows[index + 1 :]:
                found = {column: text(cells[at]) for column, at in places.items() if at < len(cells)}
                if found.get(needed[0]):
                    yield found
            return
    raise UnreadableTableError("head.needs", columns="、".join(HEADS[column][0] for column in needed))


def _from_json(content: bytes, *, needed: Sequence[str]) -> Iterator[dict[str, str]]:
    try:
        rows = json.loads(content)
    except ValueError as fault:
        raise UnreadableTableError("file.text") from fault
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or any(column not in row for column in needed):
            raise UnreadableTableError("head.needs", columns="、".join(needed))
        yield {name: str(value) for name, value in row.items()}


def _places(row: Sequence[Cell], columns: Sequence[str]) -> dict[str, int]:
    words = [key(text(cell)) for cell in row]
    return {
        column: place
        for column in columns
        for place, word in enumerate(words)
        if word in {key(head) for head in HEADS[column]}
    }


def _year(word: str) -> int:
    digits = word.removesuffix("年").removesuffix("年度")
    if not digits.isdigit():
        raise UnreadableTableError("year.bad", value=word)
    return int(digits)
