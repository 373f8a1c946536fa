"""Values that their kind has no use for, which the print says in brackets by the name of their field."""

from __future__ import annotations

import typing
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any

from pingyi.authoring.field_words import field_word
from pingyi.authoring.printing.words import word
from pingyi.authoring.reading_prints.context import Context
from pingyi.authoring.reading_prints.patterns import UnreadError, bare, number, share, whole
from pingyi.authoring.reading_prints.splitting import listed, parted, unmarked
from pingyi.authoring.values import HOLDERS, is_english


def facts(notes: str, of: type[Any], context: Context) -> dict[str, Any]:
    """Return the fields that stand in brackets; the names of boxes are left as they are said."""
    found: dict[str, Any] = {}
    hints = typing.get_type_hints(of)
    english = is_english(context.tongue)
    named = {
        bare(field_word(one.name, of=of.__name__)[english]): one for one in fields(of) if one.default is not MISSING
    }
    for note in parted(notes, word("semicolon", language=context.tongue)):
        name, _, said = note.partition(":" if english else "：")
        if bare(name) not in named:
            raise UnreadError(note[:80])
        field = named[bare(name)].name
        found[field] = _value(said.strip(), field, hints[field], context)
    return found


def _value(said: str, field: str, hint: Any, context: Context) -> Any:
    kinds = set(typing.get_args(hint) or (hint,))
    if field in HOLDERS:
        return context.names[HOLDERS[field]].id_of(said)
    if Decimal in kinds:
        return share(said) if said.endswith("%") else number(said)
    if bool in kinds:
        return _truth(said, context.tongue)
    if int in kinds:
        return whole(said)
    if hint is str:
        return unmarked(said)
    return listed(said, context.tongue)


def _truth(said: str, tongue: str) -> bool:
    words = {("否", "no")[is_english(tongue)]: False, ("是", "yes")[is_english(tongue)]: True}
    if said not in words:
        raise UnreadError(said[:80])
    return words[said]
