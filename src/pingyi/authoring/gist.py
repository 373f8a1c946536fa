"""An item of a plan in one line: its name, and the values that tell it from others."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from pingyi.authoring.field_words import field_word
from pingyi.authoring.places import name_of
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan

UNTOLD = {"format", "original", "quote", "choices"}
_OWN = {"id", "title", "name", "label", "text", "clause", *UNTOLD}


def details(item: object, *, plan: Plan, language: str = "zh") -> str:
    """Return an item's telling values, without its name and without what the schema fills by itself."""
    if not is_dataclass(item):
        return ""
    name = name_of(item, language=language)
    told = []
    for entry in fields(item):
        value = getattr(item, entry.name)
        word = say_value(value, field=entry.name, plan=plan, language=language)
        if entry.name in _OWN or value in (None, "", ()) or value == entry.default or word == name:
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
