"""Import from prose: a plan document written in Chinese official prose becomes plan data, place by place."""

from __future__ import annotations

from pingyi.authoring.prose.draft import Doubt, Draft, Item, Lost, NamedUnit, Sentence, Span
from pingyi.authoring.prose.messages import MESSAGES, sentence
from pingyi.authoring.prose.understanding import understand

__all__ = [
    "MESSAGES",
    "Doubt",
    "Draft",
    "Item",
    "Lost",
    "NamedUnit",
    "Sentence",
    "Span",
    "sentence",
    "understand",
]
