"""Paths such as `phases[1].ends_on`: the value there, and what an official calls the place."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from enum import StrEnum

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.field_words import field_word
from pingyi.rules.plan import Plan

_PIECE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]")
_NAMES = ("title", "name", "label", "id")


def value_at(plan: Plan, path: str) -> object:
    """Return the value at a path; raises LookupError when the path leads nowhere."""
    value: object = plan
    for name, number in _PIECE.findall(path):
        if name and is_dataclass(value) and hasattr(value, name):
            value = getattr(value, name)
        elif number and isinstance(value, tuple) and int(number) < len(value):
            value = value[int(number)]
        else:
            raise LookupError(path)
    return value


def resolves(plan: Plan, path: str) -> bool:
    """Whether a path leads to something."""
    try:
        value_at(plan, path)
    except LookupError:
        return False
    return bool(path)


def name_of(item: object, *, language: str = "zh") -> str:
    """Return the name by which an official knows an item; an item without a name goes by its kind."""
    own = next((str(getattr(item, name)) for name in _NAMES if getattr(item, name, "")), "")
    kind = getattr(item, "kind", None)
    if own or not isinstance(kind, StrEnum):
        return own or str(getattr(item, "path", "") or getattr(item, "criterion", ""))
    return value_word(kind)[language.startswith("en")]


def place_word(plan: Plan, path: str, *, language: str = "zh") -> str:
    """Say in words where a path leads, e.g. 阶段“自查自纠”的结束日期."""
    english = language.startswith("en")
    words: list[str] = []
    value: object = plan
    for name, number in _PIECE.findall(path):
        if name:
            word = field_word(name, of=type(value).__name__)[1 if english else 0]
            words.append(word)
            value = getattr(value, name, None)
        else:
            value = value[int(number)] if isinstance(value, tuple) and int(number) < len(value) else None
            shown = name_of(value, language=language) or str(int(number) + 1)
            words[-1] += f" '{shown}'" if english else f"“{shown}”"
    return " · ".join(words)
