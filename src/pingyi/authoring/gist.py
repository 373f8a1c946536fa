"""An item of a plan in one line: its name, and the values that tell it from others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass

from pingyi.authoring.field_words import field_word
from pingyi.authoring.places import name_of
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan

UNTOLD = {"format", "original", "quote", "choices"}
_OWN = {"id", "title", "name", "label", "text", "clause", *UNTOLD}


def in_full(item: object, *, plan: Plan, language: str = "zh") -> str:
    """Return every value of a part, also those that the schema fills, with the values of the items it holds."""
    if not is_dataclass(item):
        return ""
    told = []
    for entry in fields(item):
        value = getattr(item, entry.name)
        if entry.name in _OWN or value in ("", ()):
            continue
        held = value if isinstance(value, tuple) and is_dataclass(value[0]) else ()
        word = _joined((_of_line(one, plan=plan, language=language) for one in held), language) if held else ""
        word = word or say_value(value, field=entry.name, plan=plan, language=language)
        told.append(f"{field_word(entry.name, of=type(item).__name__)[is_english(language)]} {word}")
    return ("; " if is_english(language) else "，").join(told)


def _of_line(one: object, *, plan: Plan, language: str) -> str:
    """An item by its name; a line of the ballot by what it asks about."""
    named = getattr(one, "criterion", "") and not getattr(one, "name", "")
    if not named:
        return gist(one, field="", plan=plan, language=language)
    asked = say_value(getattr(one, "criterion", ""), field="criterion", plan=plan, language=language)
    weight = say_value(getattr(one, "weight", None), field="weight", plan=plan, language=language)
    return f"{asked} {weight}"


def _joined(words: Iterable[str], language: str) -> str:
    return (", " if is_english(language) else "、").join(words)


def details(item: object, *, plan: Plan, language: str = "zh") -> str:
    """Return an item's telling values, without its name and without what the schema fills by itself."""
    if not is_dataclass(item):
        return ""
    name = name_of(item, language=language)
    told = []
    for entry in fields(item):
        value = getattr(item, entry.name)
        word = say_value(value, field=entry.name, plan=plan, language=language)
        if entry.name in _OWN or value in (None, "", ()) or value == entry.default or word in name:
            continue
        told.append(f"{field_word(entry.name, of=type(item).__name__)[is_english(language)]} {word}")
    return ("; " if is_english(language) else "，").join(told)


def gist(item: object, *, field: str, plan: Plan, language: str = "zh") -> str:
    """Return an item's name with its telling values in brackets."""
    if not is_dataclass(item):
        return say_value(item, field=field, plan=plan, language=language)
    name, told = name_of(item, language=language), details(item, plan=plan, language=language)
    if not told:
        return name
    return f"{name} ({told})" if is_english(language) else f"{name}（{told}）"
