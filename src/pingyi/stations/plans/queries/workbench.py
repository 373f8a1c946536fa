"""The workbench of a version: the text on one side, what was understood on the other, linked both ways (§0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pingyi.authoring.field_words import field_word
from pingyi.authoring.gist import UNTOLD, details
from pingyi.authoring.places import name_of
from pingyi.authoring.prose import Fact, FactState, sentence
from pingyi.authoring.read import Located
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.by_hand import BESIDE, ByHand, by_hand, can_choose
from pingyi.stations.plans.queries.intake import key_of
from pingyi.stations.plans.queries.open_facts import OPEN, facts_now, set_aside, still_open
from pingyi.stations.plans.queries.segments import (
    OpenByKey,
    OpenWords,
    Segment,
    of_document,
    open_by_key,
    shown_keys,
)
from pingyi.stations.plans.queries.version import checked

GRAVE = frozenset({"second_plan", "print.changed", "print.covered", "print.differs", "print.unread"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One item of the plan, with the place in the text that it came from, if it has one."""

    key: str
    name: str
    details: str
    has_place: bool
    open: tuple[OpenWords, ...] = ()  # facts of its sentences that no field holds


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
    facts = facts_now(row, located.plan)
    segments = of_document(row, located.plan, facts) if from_document else _of_lines(located)
    placed = {anchor for segment in segments for anchor in segment.anchors}
    return Workbench(
        segments=tuple(segments),
        parts=tuple(_parts(located.plan, placed, open_by_key(row, located.plan, facts), language))
        if located.plan
        else (),
        doubts=tuple(_doubts(row, language, grave=False, facts=facts)),
        alerts=tuple(_doubts(row, language, grave=True, facts=facts)),
        is_from_document=from_document,
        coverage=_coverage(row, facts),
        by_hand=by_hand(row, language=language),
        beside=tuple(_said(row, BESIDE if row.understood.get("print") else (), language)),
        can_choose=can_choose(row),
    )


def _parts(plan: Plan, placed: set[str], open_: OpenByKey, language: str) -> Iterable[Part]:
    for entry in fields(plan):
        value = getattr(plan, entry.name)
        if entry.name in UNTOLD or value in (None, "", ()):
            continue
        items = value if isinstance(value, tuple) else (value,)
        seen = [_understood(plan, entry.name, item, n, placed, open_, language) for n, item in enumerate(items)]
        yield Part(code=entry.name, name=field_word(entry.name)[is_english(language)], items=tuple(seen))


def _understood(
    plan: Plan, part: str, item: Any, number: int, placed: set[str], open_: OpenByKey, language: str
) -> Understood:
    key = key_of(plan, f"{part}[{number}]") if isinstance(getattr(plan, part), tuple) else part
    name = name_of(item, language=language) if is_dataclass(item) else ""
    told = details(item, plan=plan, language=language)
    if not is_dataclass(item):
        name = say_value(item, field=part, plan=plan, language=language)
    return Understood(key=key, name=name, details=told, has_place=key in placed, open=open_.get(key, ()))


def _of_lines(located: Located) -> list[Segment]:
    """Show a plan that was brought as data line by line."""
    known = shown_keys(located.plan) if located.plan else set()
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


def _coverage(row: PlanVersion, facts: tuple[Fact, ...]) -> dict[str, int]:
    """Return how many facts the document has, and what became of them; nothing where it was not read for them."""
    if not facts:
        return {}
    answered = set_aside(row)
    aside = sum(one.start in answered and one.state in OPEN for one in facts)
    counted = Counter(one.state for one in facts if not (one.start in answered and one.state in OPEN))
    return {"facts": len(facts), "aside": aside, **{one.value: counted[one] for one in FactState}}


def _doubts(row: PlanVersion, language: str, *, grave: bool, facts: tuple[Fact, ...]) -> list[str]:
    """Say what was doubted; a sentence half read is no doubt any more once its facts are answered or in fields."""
    shown = BESIDE if row.understood.get("print") else frozenset()
    codes = {one["code"] for one in row.understood.get("doubts", [])} - shown
    chosen = {code for code in codes if (code in GRAVE) is grave}
    left = still_open(row, facts)
    return _said(row, chosen, language, is_left=lambda one: not _is_answered(one, left, facts))


def _is_answered(doubt: dict[str, Any], left: list[Fact], facts: tuple[Fact, ...]) -> bool:
    span = doubt.get("span")
    if not facts or not span or not doubt["code"].startswith("fact."):
        return False
    return not any(span["start"] <= one.start < span["end"] for one in left)


def _said(
    row: PlanVersion,
    codes: Collection[str],
    language: str,
    *,
    is_left: Callable[[dict[str, Any]], bool] = lambda _: True,
) -> list[str]:
    doubts = [one for one in row.understood.get("doubts", []) if one["code"] in codes and is_left(one)]
    return [sentence(one["code"], one["facts"], language=language) for one in doubts]
