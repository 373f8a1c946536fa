"""The workbench of a version: the text on one side, what was understood on the other, linked both ways (§0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from typing import Any

from pingyi.authoring.field_words import field_word
from pingyi.authoring.gist import UNTOLD, details
from pingyi.authoring.places import name_of
from pingyi.authoring.prose import FactState, sentence
from pingyi.authoring.read import Located
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.by_hand import BESIDE, ByHand, by_hand, can_choose
from pingyi.stations.plans.queries.intake import key_of
from pingyi.stations.plans.queries.version import checked

GRAVE = frozenset({"second_plan", "print.changed", "print.covered", "print.differs", "print.unread"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stretch of the text: `leads_to` is the understood item it gave, `anchors` those that begin here."""

    text: str
    kind: str = "plain"  # or "item", "uncovered", "lost"
    leads_to: str = ""
    anchors: tuple[str, ...] = ()
    lost_at: int = 0  # where the damaged passage begins that it is of


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One item of the plan, with the place in the text that it came from, if it has one."""

    key: str
    name: str
    details: str
    has_place: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of the plan with its items."""

    code: str
    name: str
    items: tuple[Understood, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbench:
    """Both sides, and what the importer doubted."""

    segments: tuple[Segment, ...]
    parts: tuple[Part, ...]
    doubts: tuple[str, ...]
    alerts: tuple[str, ...]  # doubts that decide whether this is the right text at all
    is_from_document: bool
    coverage: dict[str, int]
    by_hand: tuple[ByHand, ...]  # what was changed in a print that carried its plan
    beside: tuple[str, ...]  # what stands in such a print and was not read
    can_choose: bool  # which of the changes are taken


def workbench(row: PlanVersion, *, language: str) -> Workbench:
    """Lay a version's text beside what was understood of it."""
    located = checked(row.text).located
    from_document = bool(row.source_text)
    segments = _of_document(row, located.plan) if from_document else _of_lines(located)
    placed = {anchor for segment in segments for anchor in segment.anchors}
    return Workbench(
        segments=tuple(segments),
        parts=tuple(_parts(located.plan, placed, language)) if located.plan else (),
        doubts=tuple(_doubts(row, language, grave=False)),
        alerts=tuple(_doubts(row, language, grave=True)),
        is_from_document=from_document,
        coverage=_coverage(row),
        by_hand=by_hand(row, language=language),
        beside=tuple(_said(row, BESIDE if row.understood.get("print") else (), language)),
        can_choose=can_choose(row),
    )


def _parts(plan: Plan, placed: set[str], language: str) -> Iterable[Part]:
    for entry in fields(plan):
        value = getattr(plan, entry.name)
        if entry.name in UNTOLD or value in (None, "", ()):
            continue
        items = value if isinstance(value, tuple) else (value,)
        seen = [_understood(plan, entry.name, item, n, placed, language) for n, item in enumerate(items)]
        yield Part(code=entry.name, name=field_word(entry.name)[is_english(language)], items=tuple(seen))


def _understood(plan: Plan, part: str, item: Any, number: int, placed: set[str], language: str) -> Understood:
    key = key_of(plan, f"{part}[{number}]") if isinstance(getattr(plan, part), tuple) else part
    name = name_of(item, language=language) if is_dataclass(item) else ""
    told = details(item, plan=plan, language=language)
    if not is_dataclass(item):
        name = say_value(item, field=part, plan=plan, language=language)
    return Understood(key=key, name=name, details=told, has_place=key in placed)


def _of_document(row: PlanVersion, plan: Plan | None) -> list[Segment]:
    """Cut the document at every border of an item, a sentence without one, and a lost passage."""
    known = _keys(plan) if plan else set()
    text = row.source_text
    marks = [(key, start, end) for key, start, end in row.understood.get("items", []) if key in known]
    bare = [("uncovered", *span) for span in row.understood.get("uncovered", [])]
    lost = [("lost", *span) for span in row.understood.get("lost", [])]
    begins: dict[int, list[str]] = {}
    for key, start, _ in marks:
        if all(key not in anchors for anchors in begins.values()):
            begins.setdefault(start, []).append(key)
    borders = sorted({0, len(text), *(place for _, start, end in [*marks, *bare, *lost] for place in (start, end))})
    segments = []
    for start, end in pairwise(borders):
        inside = sorted((m for m in marks if m[1] <= start and end <= m[2]), key=lambda m: m[2] - m[1])
        other, place = next(((m[0], m[1]) for m in [*lost, *bare] if m[1] <= start and end <= m[2]), ("", 0))
        segments.append(
            Segment(
                text=text[start:end],
                kind="lost" if other == "lost" else "item" if inside else other or "plain",
                leads_to=inside[0][0] if inside else "",
                anchors=tuple(begins.get(start, ())),
                lost_at=place if other == "lost" else 0,
            )
        )
    return segments


def _of_lines(located: Located) -> list[Segment]:
    """Show a plan that was brought as data line by line."""
    known = _keys(located.plan) if located.plan else set()
    starts: dict[int, str] = {}
    for path, (row, _) in located.places.items():
        if path and located.plan and "." not in path and (key := key_of(located.plan, path)) in known:
            starts[row] = key  # an item's own key comes after that of its list
    segments: list[Segment] = []
    current, seen = "", set()
    for number, line in enumerate(located.text.split("\n"), 1):
        current = starts.get(number, current if line.startswith((" ", "-")) else "")
        is_first = bool(current) and current not in seen
        seen.add(current)
        is_item = bool(current and line.strip())
        segments.append(
            Segment(
                text=line + "\n",
                kind="item" if is_item else "plain",
                leads_to=current if is_item else "",
                anchors=(current,) if is_first else (),
            )
        )
    return segments


def _keys(plan: Plan) -> set[str]:
    """Return the keys of everything that the right side shows."""
    keys = set()
    for entry in fields(plan):
        value = getattr(plan, entry.name)
        if entry.name in UNTOLD or value in (None, "", ()):
            continue
        is_list = isinstance(value, tuple)
        keys |= {key_of(plan, f"{entry.name}[{n}]") for n in range(len(value))} if is_list else {entry.name}
    return keys


def _coverage(row: PlanVersion) -> dict[str, int]:
    """Return how many facts the document has, and what became of them; nothing where it was not read for them."""
    facts = row.understood.get("facts", [])
    counted = Counter(state for *_, state in facts)
    return {"facts": len(facts), **{one.value: counted[one.value] for one in FactState}} if facts else {}


def _doubts(row: PlanVersion, language: str, *, grave: bool) -> list[str]:
    shown = BESIDE if row.understood.get("print") else frozenset()
    codes = {one["code"] for one in row.understood.get("doubts", [])} - shown
    return _said(row, {code for code in codes if (code in GRAVE) is grave}, language)


def _said(row: PlanVersion, codes: Collection[str], language: str) -> list[str]:
    doubts = [one for one in row.understood.get("doubts", []) if one["code"] in codes]
    return [sentence(one["code"], one["facts"], language=language) for one in doubts]
