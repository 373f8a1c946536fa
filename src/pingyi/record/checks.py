"""Django's system check of recorded rows: every field is shown, sealed or private, and only one of them."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import models

from pingyi.record import uncovered
from pingyi.record.models import OWN, Recorded, recorded_models
from pingyi.record.personal import PersonalField, fields_of


@register("record")
def declared(**_: Any) -> list[CheckMessage]:
    """Check every installed kind of recorded row."""
    return [fault for model in recorded_models() for fault in faults(model)] + _same_kind() + _unexplained()


def faults(model: type[Recorded]) -> list[CheckMessage]:
    """Return what is wrong with one model's declaration."""
    named = [*model.shown, *model.sealed, *model.private]
    fields = {field.name for field in model._meta.concrete_fields} - set(OWN)
    found = [_error(model, name, "is in none of shown, sealed and private", 1) for name in sorted(fields - set(named))]
    found += [_error(model, name, "is declared, but there is no such field", 2) for name in sorted(set(named) - fields)]
    twice = sorted({name for name in named if named.count(name) > 1})
    found += [_error(model, name, "is declared more than once", 3) for name in twice]
    found += [_error(model, name, "is personal and must not be shown", 7) for name in _personal(model)]
    found += [_error(model, name, "is personal, so `salts` must be so too", 8) for name in _bare_salts(model)]
    found += [_error(model, field.name, "must be on_delete=PROTECT", 4) for field in _cascading(model)]
    return found + [_error(model, name, "is a name that the record itself needs", 6) for name in _taken(model)]


def _personal(model: type[Recorded]) -> list[str]:
    return [field.name for field in fields_of(model) if field.name in model.shown]


def _bare_salts(model: type[Recorded]) -> list[str]:
    """Salt and commitment lie in every backup: with the salt in clear, a telephone number is guessed within hours."""
    is_kept = isinstance(model._meta.get_field("salts"), PersonalField)
    return [field.name for field in fields_of(model) if field.name in model.sealed and not is_kept]


def _cascading(model: type[Recorded]) -> list[models.Field[Any, Any]]:
    links = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [field for field in links if field.remote_field.on_delete is not models.PROTECT]


def _taken(model: type[Recorded]) -> list[str]:
    """Return the record's own names that the model declares anew, which would quietly replace them."""
    declared_here = {name for parent in model.__mro__[: model.__mro__.index(Recorded)] for name in vars(parent)}
    taken = declared_here & {"subject", "save", "delete"}
    anew = {name for name in OWN if name != "id" and _made(model, name) != _made(Recorded, name)}
    if isinstance(model._meta.get_field("salts"), PersonalField):  # with its value and its salt a guess can be tried
        anew -= {"salts"}
    return sorted(taken | anew)


def _made(model: type[models.Model], name: str) -> int:
    """Return when the field was written down, which tells an inherited field from a new one."""
    made: int = vars(model._meta.get_field(name))["creation_counter"]
    return made


def _same_kind() -> list[CheckMessage]:
    kinds = [model.entry_kind() for model in recorded_models()]
    clashing = [model for model in recorded_models() if kinds.count(model.entry_kind()) > 1]
    return [_error(model, "", "has the same name as another recorded model", 5) for model in clashing]


def _unexplained() -> list[CheckMessage]:
    """What nothing covers has a reason, and no reason stands for what is covered."""
    bare = [f"{name} is covered by nothing, and nothing says why" for name, why in uncovered.columns() if not why]
    told = [*bare, *(f"{name} is covered, or not there, though it is said to stay" for name in uncovered.needless())]
    return [Error(f"{one}: see record.uncovered.", id="record.E009") for one in told]


def _error(model: type[Recorded], name: str, what: str, number: int) -> CheckMessage:
    return Error(f"{model.__name__}.{name} {what}.", obj=model, id=f"record.E{number:03}")
