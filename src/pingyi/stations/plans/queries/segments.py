"""A version's document cut into stretches: what each gave, and what became of the facts in it (§0)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise

from pingyi.authoring.gist import UNTOLD
from pingyi.authoring.prose import Fact, FactState
from pingyi.authoring.prose.page import Page
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.intake import key_of
from pingyi.stations.plans.queries.ledger import items_of
from pingyi.stations.plans.queries.open_facts import OPEN, set_aside, still_open

ASIDE = "aside"
Mark = tuple[str, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stretch of the text: `leads_to` is the understood item it gave, `anchors` those that begin here."""

    text: str
    kind: str = "plain"  # or "item", "uncovered", "lost"
    leads_to: str = ""
    anchors: tuple[str, ...] = ()
    lost_at: int = 0  # where the damaged passage begins that it is of
    fact: str = ""  # "held", "words", "unread", "wrong", or "aside" where it asks for nothing
    fact_at: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenWords:
    """A fact that no field holds, by its words and its place."""

    words: str
    start: int


OpenByKey = dict[str, tuple[OpenWords, ...]]


def of_document(row: PlanVersion, plan: Plan | None, facts: tuple[Fact, ...]) -> list[Segment]:
    """Cut the document at every border of an item, a fact, a sentence without an item, and a lost passage."""
    known = shown_keys(plan) if plan else set()
    text = row.source_text
    marks: list[Mark] = [(key, start, end) for key, start, end in row.understood.get("items", []) if key in known]
    bare: list[Mark] = [("uncovered", *span) for span in row.understood.get("uncovered", [])]
    lost: list[Mark] = [("lost", *span) for span in row.understood.get("lost", [])]
    begins: dict[int, list[str]] = {}
    for key, start, _ in marks:
        if all(key not in anchors for anchors in begins.values()):
            begins.setdefault(start, []).append(key)
    spans = [(start, end) for _, start, end in [*marks, *bare, *lost]]
    borders = sorted({0, len(text), *(at for span in [*spans, *((f.start, f.end) for f in facts)] for at in span)})
    answered = set_aside(row)
    segments = []
    for start, end in pairwise(borders):
        inside = sorted((one for one in marks if _holds(one, start, end)), key=lambda one: one[2] - one[1])
        other, place = next(((one[0], one[1]) for one in [*lost, *bare] if _holds(one, start, end)), ("", 0))
        fact = next((one for one in facts if one.start <= start and end <= one.end), None)
        own = key_of(plan, fact.path) if fact is not None and plan is not None and fact.path else ""
        segments.append(
            Segment(
                text=text[start:end],
                kind="lost" if other == "lost" else "item" if inside else other or "plain",
                leads_to=own if own in known else inside[0][0] if inside else "",
                anchors=tuple(begins.get(start, ())),
                lost_at=place if other == "lost" else 0,
                fact=_state(fact, answered) if fact else "",
                fact_at=fact.start if fact else 0,
                reason=answered.get(fact.start, "") if fact else "",
            )
        )
    return segments


def open_by_key(row: PlanVersion, plan: Plan | None, facts: tuple[Fact, ...]) -> OpenByKey:
    """Return for each item the facts of its sentences that no field holds and nobody has answered."""
    left = still_open(row, facts)
    if not left or plan is None:
        return {}
    page = Page(row.source_text)
    found: dict[str, dict[int, OpenWords]] = {}
    items = [(key_of(plan, one.path), one.start, one.end) for one in items_of(row, plan)]
    for fact in left:
        first, last = page.sentence_at(fact.start)
        for key, start, end in items:
            if start < last and first < end:
                found.setdefault(key, {})[fact.start] = OpenWords(words=fact.words, start=fact.start)
    return {key: tuple(one.values()) for key, one in found.items()}


def shown_keys(plan: Plan) -> set[str]:
    """Return the keys of everything that the right side shows."""
    keys = set()
    for entry in fields(plan):
        value = getattr(plan, entry.name)
        if entry.name in UNTOLD or value in (None, "", ()):
            continue
        is_list = isinstance(value, tuple)
        keys |= {key_of(plan, f"{entry.name}[{n}]") for n in range(len(value))} if is_list else {entry.name}
    return keys


def _holds(mark: Mark, start: int, end: int) -> bool:
    return mark[1] <= start and end <= mark[2]


def _state(fact: Fact, answered: dict[int, str]) -> str:
    return ASIDE if fact.state in OPEN and fact.start in answered else FactState(fact.state).value
