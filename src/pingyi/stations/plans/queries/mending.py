"""What putting right one passage of a version's document, damaged or not, does to the version (§0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pingyi.authoring.emit import to_yaml
from pingyi.authoring.mending import Span, mended, moved
from pingyi.authoring.prose.draft import Lost
from pingyi.authoring.prose.lost import passage
from pingyi.rules.plan import Plan
from pingyi.stations.plans.models import PlanVersion
from pingyi.stations.plans.queries.intake import places


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """The document with the right words, what was understood of it, and the plan's text, or the values that change."""

    source_text: str
    understood: dict[str, Any]
    text: str  # of a plan that nobody changed since it was read: it is read anew
    values: dict[str, object]


def lost_at(row: PlanVersion, start: int) -> Lost | None:
    """Return the damaged passage that begins at a place of the document; nothing where none does any more."""
    place = _spans(row).get(start)
    return passage(row.source_text, *place) if place else None


def next_lost(row: PlanVersion, start: int) -> int | None:
    """Return where the next damaged passage begins, from a place on; after the last comes the first that was left."""
    left = sorted(_spans(row))
    return next((one for one in left if one >= start), left[0] if left else None)


def mending(row: PlanVersion, plan: Plan, place: Span, words: str) -> Mending:
    """Return what the right words at a place of the document change."""
    found = mended(plan, text=row.source_text, place=place, words=words)
    understood = _understood(row.understood, place, words)
    if found.draft:
        understood = {**places(found.draft), "aside": understood["aside"]}
    text = to_yaml(found.draft.plan) if found.draft else ""
    return Mending(source_text=found.text, understood=understood, text=text, values=found.values)


def _spans(row: PlanVersion) -> dict[int, Span]:
    return {start: (start, end) for start, end in row.understood.get("lost", [])}


def _understood(told: dict[str, Any], place: Span, words: str) -> dict[str, Any]:
    """Move every place that was understood; the passage and the doubt about it are gone."""

    def at(start: int, end: int) -> list[int]:
        return list(moved((start, end), place, words))

    doubts = [one for one in told.get("doubts", []) if one["code"] != "lost" or _span(one) != place]
    return {
        **told,
        "items": [[key, *at(start, end)] for key, start, end in told.get("items", [])],
        "uncovered": [at(*one) for one in told.get("uncovered", [])],
        "lost": [at(*one) for one in told.get("lost", []) if tuple(one) != place],
        "doubts": [
            {**one, "span": dict(zip(("start", "end"), at(*span), strict=True))} if (span := _span(one)) else one
            for one in doubts
        ],
        "facts": [[kind, *at(start, end), state] for kind, start, end, state in told.get("facts", [])],
        "aside": [[kind, *at(start, end), why] for kind, start, end, why in told.get("aside", []) if start != place[0]],
    }


def _span(doubt: dict[str, Any]) -> Span | None:
    span = doubt.get("span")
    return (span["start"], span["end"]) if span else None
