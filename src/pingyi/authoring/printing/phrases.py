"""How values stand in a printed sentence, so that nothing in a value can be taken for the sentence's own signs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, Final

from pingyi.authoring.enum_words import value_word
from pingyi.authoring.field_words import field_word
from pingyi.authoring.printing.words import word
from pingyi.authoring.values import is_english, say_value
from pingyi.rules.plan import Plan

# A name with one of these, or with what could belong to a number at its end, would run into what stands beside it.
_PARTS = re.compile(r"[、，；：。（）“”,;:()\"「」『』]|[\d.-]$")
# The marks that a value is set in: the first pair that can be told from its own signs.
PAIRS: Final = ("“”", "「」", "『』", '""')
OPENING: Final = "".join(pair[0] for pair in PAIRS)
_ENGLISH_PAIRS: Final = ('""', "“”", "「」", "『』")


def quoted(name: str, tongue: str) -> str:
    """Return a name in quotation marks where its own signs could be taken for those of the sentence."""
    return _marked(name, tongue) if _PARTS.search(name) else name


def clear(text: str, tongue: str, *, of: str = "；：;:") -> str:
    """Return words in quotation marks where they hold a sign that parts them from the next, or a mark left open."""
    is_open = end_of_quotations(text) < 0 or text.startswith(tuple(OPENING))
    return _marked(text, tongue) if is_open or any(sign in text for sign in of) else text


def _marked(text: str, tongue: str) -> str:
    pairs = _ENGLISH_PAIRS if is_english(tongue) else PAIRS
    pair = next((one for one in pairs if _fits(text, one)), pairs[0])
    return f"{pair[0]}{text}{pair[1]}"


def _fits(text: str, pair: str) -> bool:
    """Whether marks that stand around a text can be told from those within."""
    return closing_of(f"{pair[0]}{text}{pair[1]}", 0) == len(text) + 1


def closing_of(text: str, at: int) -> int:
    """Return where the quotation that opens at a place closes, those of its kind within it counted; else -1."""
    opening, closing = next((pair[0], pair[1]) for pair in PAIRS if pair[0] == text[at])
    depth = 0
    for place in range(at, len(text)):
        if text[place] == closing and (opening != closing or place > at):
            depth -= opening != closing
            if depth == 0:
                return place
        elif text[place] == opening:
            depth += opening != closing
    return -1


def end_of_quotations(text: str) -> int:
    """Return how far a text can be read with each quotation closed: its length, or -1 where one stays open."""
    place = 0
    while place < len(text):
        if text[place] in OPENING:
            place = closing_of(text, place)
            if place < 0:
                return -1
        elif any(text[place] == pair[1] for pair in PAIRS):
            return -1
        place += 1
    return place


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
        + _left(getattr(item, one.name), field=one.name, plan=plan, tongue=tongue)
        for one in fields(item)
        if one.name not in said and one.default is not MISSING and getattr(item, one.name) != one.default
    ]


def labels(boxes: Iterable[str], plan: Plan, *, scale: str) -> list[str]:
    """Return what stands at boxes: on the scale that is asked for, else on the first one that has them."""
    known = {box.id: box.label for one in reversed(plan.scales) for box in reversed(one.options)}
    known |= {box.id: box.label for one in plan.scales if one.id == scale for box in one.options}
    return [known.get(box, box) for box in boxes]


def _left(value: Any, *, field: str, plan: Plan, tongue: str) -> str:
    if field == "options":
        return listed(labels(value, plan, scale=""), tongue)
    if isinstance(value, tuple):
        return listed((say_value(one, field=field, plan=plan, language=tongue) for one in value), tongue)
    said = say_value(value, field=field, plan=plan, language=tongue)
    return clear(said, tongue, of="；;（）()") if isinstance(value, str) else said
