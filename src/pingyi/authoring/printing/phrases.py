"""How values stand in a printed sentence, so that nothing in a value can be taken for the sentence's own signs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.field_words import field_word
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan

# A name with one of these, or with a digit at its end, would run into what stands beside it.
_PARTS = re.compile(r"[、，；：。（）“”,;:()\"]|\d$")


def quoted(name: str, tongue: str) -> str:
    """Return a name in quotation marks where its own signs could be taken for those of the sentence."""
    if not _PARTS.search(name):
        return name
    return f'"{name}"' if is_english(tongue) else f"“{name}”"


def clear(text: str, tongue: str) -> str:
    """Return words that stand between semicolons, in quotation marks where they hold one or a colon."""
    return quoted(text, tongue) if re.search("[；：;:]", text) else text


def listed(names: Iterable[str], tongue: str) -> str:
    """Return names as a list of which each can be told from the next."""
    return word("and", language=tongue).join(quoted(name, tongue) for name in names)


def noted(name: str, notes: Iterable[str], tongue: str) -> str:
    """Return a name with what is said of it in brackets, if anything is."""
    said = word("semicolon", language=tongue).join(note for note in notes if note)
    return word("noted", language=tongue, name=name, notes=said) if said else name


def kind_unless_told(name: str, kind: StrEnum, tongue: str) -> str:
    """Return a thing's kind in words; nothing where its name says this kind and no other."""
    told = [one for one in type(kind) if value_word(one)[is_english(tongue)] in name]
    return "" if told == [kind] else value_word(kind)[is_english(tongue)]


def leftovers(item: Any, plan: Plan, tongue: str, *, said: Collection[str]) -> list[str]:
    """Return what an item holds beside the fields that its sentence says: values without use, yet never unseen."""
    colon = ": " if is_english(tongue) else "："
    return [
        field_word(one.name, of=type(item).__name__)[is_english(tongue)]
        + colon
        + say_value(getattr(item, one.name), field=one.name, plan=plan, language=tongue)
        for one in fields(item)
        if one.name not in said and one.default is not MISSING and getattr(item, one.name) != one.default
    ]
