"""A print that carries its plan and was changed by hand: the carried plan with what its text says otherwise (§0)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from pingyi.authoring.by_phrases import draft_of, told
from pingyi.authoring.by_prose import with_prose
from pingyi.authoring.diff import DifferenceKind
from pingyi.authoring.emit import to_yaml
from pingyi.authoring.grafting import graft, ids_of
from pingyi.authoring.print_changes import Change, changes_of, taken
from pingyi.authoring.printed import difference
from pingyi.authoring.printing.outline import outline
from pingyi.authoring.prose import Doubt, Draft, Item
from pingyi.authoring.read import read
from pingyi.authoring.reading import Document
from pingyi.authoring.reading_prints import Reading
from pingyi.rules.plan import Plan


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """What a changed print says: the carried plan, the one that is seen, each difference, and which are taken."""

    draft: Draft
    carried: Plan
    seen: Plan
    changes: tuple[Change, ...]
    taken: frozenset[str]  # their keys; what is not taken stays as it was carried


def read_changed(document: Document, reading: Reading, carried: Plan, *, name: str, sha256: str) -> Changed | None:
    """Find what was changed in a print, read by its phrases; nothing where that is too much, or is another plan."""
    seen, by_prose = with_prose(carried, graft(carried, reading.plan), reading)
    changes = changes_of(carried, seen, language=reading.sheets.tongue)
    if not changes:
        return None
    changes = tuple(replace(one, is_by_prose=_is_of(one.key, by_prose.values())) for one in changes)
    # What is missing beside a paragraph that was not read may be what that paragraph says in other words.
    # What was read as prose is only offered.
    left = {one.key for one in changes if reading.unread and one.difference.kind is DifferenceKind.REMOVED}
    left |= {one.key for one in changes if one.is_by_prose}
    keys = frozenset(one.key for one in changes) - left
    plan = taken(carried, seen, keys)
    if not read(to_yaml(plan)).is_whole or read(to_yaml(seen)).plan != seen:
        return None
    draft = draft_of(reading, name=name, sha256=sha256)
    facts: dict[str, str | int] = {"title": carried.title, "count": len(changes), "taken": len(keys)}
    rest = _rest(document, reading, taken(carried, seen, {*keys, *left}))
    first = (Doubt(code="print.differs", facts=facts), *rest)
    beside = [one for one in draft.problems if one.code in {"print.beside", "print.by_prose"}]
    reworded = _reworded(reading, by_prose, changes)
    beside = [
        replace(one, code="print.reworded" if count else "print.beside", facts={**one.facts, "count": count})
        for one in beside
        for count in [reworded.get(str(one.facts["words"]), 0)]
    ]
    items = tuple(_placed(draft.items, reading.plan, plan, ids_of(carried, reading.plan)))
    more = () if document.is_plain or document.kind == "html" else (Doubt(code="print.more"),)
    draft = replace(draft, plan=plan, items=items, problems=(*first, *beside, *more))
    return Changed(draft=draft, carried=carried, seen=seen, changes=changes, taken=keys)


def _is_of(key: str, ids: Iterable[str]) -> bool:
    """Tell whether a change is of one of these duties."""
    return any(key.startswith((f"tasks[{one}]", f"tasks[+{one}]")) for one in ids)


def _reworded(reading: Reading, by_prose: dict[int, str], changes: Iterable[Change]) -> dict[str, int]:
    """Return how many differences are offered of each paragraph that was read as prose, by its words."""
    changes = tuple(changes)
    return {
        told(block): sum(_is_of(one.key, [by_prose[id(block)]]) for one in changes)
        for block in reading.unread
        if id(block) in by_prose
    }


def chosen(changed: Changed, keys: Collection[str]) -> Changed | None:
    """Return a changed print with these differences taken and no other; nothing where that makes no whole plan."""
    plan = taken(changed.carried, changed.seen, keys)
    if not read(to_yaml(plan)).is_whole:
        return None
    before = changed.draft
    problems = tuple(
        replace(one, facts={**one.facts, "taken": len(keys)}) if one.code == "print.differs" else one
        for one in before.problems
    )
    items = tuple(_placed(before.items, before.plan, plan, {}))
    return replace(changed, draft=replace(before, plan=plan, items=items, problems=problems), taken=frozenset(keys))


def _rest(document: Document, reading: Reading, whole: Plan) -> list[Doubt]:
    """Say where the text is not the print even with all differences: its order was changed, or something is unread."""
    found = difference(document, outline(whole, language=reading.sheets.tongue))
    if found is None:
        return []
    return [Doubt(code="print.rest", facts={"carried": found.printed or "—", "seen": found.seen or "—"})]


def _placed(items: Iterable[Item], read_as: Plan, plan: Plan, ids: dict[str, str]) -> Iterator[Item]:
    """Yield where items stand in the text, by their places in the plan that was made."""
    for item in items:
        part, _, rest = item.path.partition("[")
        values = getattr(read_as, part, None)
        if not rest or not isinstance(values, tuple) or not hasattr(values[0], "id"):
            yield item
            continue
        own = values[int(rest.partition("]")[0])].id
        place = next((at for at, one in enumerate(getattr(plan, part)) if one.id == ids.get(own, own)), None)
        if place is not None:
            yield replace(item, path=f"{part}[{place}]")
