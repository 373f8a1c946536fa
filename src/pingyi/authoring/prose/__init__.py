"""Import from prose: a plan document written in Chinese official prose becomes plan data, place by place."""

from __future__ import annotations

from pingyi.authoring.prose.draft import Doubt, Draft, Item, Lost, NamedUnit, Sentence, Span
from pingyi.authoring.prose.fact_kinds import Fact, FactKind, FactState
from pingyi.authoring.prose.facts import coverage
from pingyi.authoring.prose.messages import MESSAGES, sentence
from pingyi.authoring.prose.understanding import taken_away, understand

__all__ = [
    "MESSAGES",
    "Doubt",
    "Draft",
    "Fact",
    "FactKind",
    "FactState",
    "Item",
    "Lost",
    "NamedUnit",
    "Sentence",
    "Span",
    "coverage",
    "sentence",
    "taken_away",
    "understand",
]
