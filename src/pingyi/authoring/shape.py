"""The schema's dataclasses as the reader sees them: fields, their types, and what stands in for a missing one."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from pingyi.rules.plan.outcome import Ranking, Rounding
from pingyi.rules.plan.people import Organizer, Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One field: its type without `None`, whether it is a list of that type, whether it must be there."""

    name: str
    kind: type
    is_list: bool
    is_required: bool
    may_be_none: bool

    @property
    def is_part(self) -> bool:
        """Whether the value is a part with fields of its own."""
        return is_dataclass(self.kind)


def slots(cls: type[Any]) -> dict[str, Slot]:
    """Return a dataclass's fields by name."""
    if cls not in _SLOTS:
        hints = get_type_hints(cls)
        _SLOTS[cls] = {entry.name: _slot(entry, hints[entry.name]) for entry in fields(cls)}
    return _SLOTS[cls]


def stand_in(slot: Slot) -> object:
    """Return what fills a required field that could not be read, so that the rest still opens; else None."""
    if slot.is_list:
        return ()
    return {
        str: "",
        int: 0,
        Organizer: Organizer(supervision_office=""),
        Subject: Subject(kinds=(), classes=()),
        Rounding: Rounding(),
        Ranking: Ranking(),
    }.get(slot.kind)


def _slot(entry: Field[Any], hint: Any) -> Slot:
    choices = [choice for choice in get_args(hint) if choice is not types.NoneType]
    may_be_none = get_origin(hint) in {Union, types.UnionType}
    kind = choices[0] if may_be_none else hint
    is_list = get_origin(kind) is tuple
    return Slot(
        name=entry.name,
        kind=get_args(kind)[0] if is_list else kind,
        is_list=is_list,
        is_required=entry.default is MISSING and entry.default_factory is MISSING,
        may_be_none=may_be_none,
    )


_SLOTS: dict[type[Any], dict[str, Slot]] = {}
