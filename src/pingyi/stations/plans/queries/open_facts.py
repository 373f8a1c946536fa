"""The facts of a version's document as they stand now, and what can be done with one that no field holds (§0).

What a person said of a fact is kept with the version (`understood["aside"]`: kind, place, reason): that it asks for
nothing. What was put into a field counts as read, so that a later change of the field is named again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pingyi.authoring.prose import Fact, FactState
from pingyi.authoring.prose.beside import said_beside
from pingyi.authoring.prose.fact_kinds import find_facts
from pingyi.authoring.prose.fact_places import Place, free_places
from pingyi.authoring.prose.facts import read_facts
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.intake import key_of
from pingyi.stations.plans.queries.ledger import items_of

OPEN = frozenset({FactState.WRONG, FactState.UNREAD})


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenFact:
    """A fact that is in no field, or in a wrong one; its sentence, and the fields that could hold it."""

    fact: Fact
    sentence: str
    places: tuple[Place, ...]
    reason: str = ""  # why it asks for nothing, if somebody said so


def facts_now(row: PlanVersion, plan: Plan | None) -> tuple[Fact, ...]:
    """Return every fact of the document with what became of it in the plan as it stands."""
    if plan is None or not row.source_text or not row.understood.get("facts"):
        return ()
    return read_facts(Page(row.source_text), plan, items_of(row, plan))


def set_aside(row: PlanVersion) -> dict[int, str]:
    """Return where the facts begin that ask for nothing, with the reasons."""
    return {start: reason for _, start, _, reason in row.understood.get("aside", [])}


def fact_at(row: PlanVersion, plan: Plan | None, start: int) -> OpenFact | None:
    """Return the open fact that begins at a place; nothing where none does any more."""
    facts = facts_now(row, plan)
    fact = next((one for one in facts if one.start == start and one.state in OPEN), None)
    if fact is None or plan is None:
        return None
    page = Page(row.source_text)
    first, last = page.sentence_at(start)
    found = next(one for one in find_facts(page.flat) if one.start == start)
    paths = [one.path for one in items_of(row, plan) if one.start < last and first < one.end]
    place = [(fact.kind, fact.start, fact.end)]
    chosen = [one.path for one in plan.choices if not one.confirmed and said_beside(one.path, place, page)]
    return OpenFact(
        fact=fact,
        sentence=page.text[first:last],
        places=free_places(plan, found, dict.fromkeys(paths), chosen),
        reason=set_aside(row).get(start, ""),
    )


def with_reason(row: PlanVersion, fact: Fact, reason: str) -> dict[str, Any]:
    """Return what the version keeps once a fact asks for nothing."""
    others = [one for one in row.understood.get("aside", []) if one[1] != fact.start]
    return {**row.understood, "aside": [*others, [fact.kind.value, fact.start, fact.end, reason]]}


def with_place(row: PlanVersion, plan: Plan, fact: Fact, path: str) -> dict[str, Any]:
    """Return what the version keeps once a fact was put into a field: it is read, and its sentence gave the item."""
    key = key_of(plan, path)
    start, end = Page(row.source_text).sentence_at(fact.start)
    items = list(row.understood.get("items", []))
    if not any(one[0] == key and one[1] < end and start < one[2] for one in items):
        items.append([key, fact.start, fact.end])
    place = [fact.kind.value, fact.start, fact.end]
    facts = [[*place, FactState.HELD.value] if one[:3] == place else one for one in row.understood.get("facts", [])]
    aside = [one for one in row.understood.get("aside", []) if one[1] != fact.start]
    uncovered = [one for one in row.understood.get("uncovered", []) if not (one[0] < end and start < one[1])]
    return {**row.understood, "items": items, "facts": facts, "aside": aside, "uncovered": uncovered}


def still_open(row: PlanVersion, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that nobody has answered yet."""
    answered = set_aside(row)
    return [one for one in facts if one.state in OPEN and one.start not in answered]
