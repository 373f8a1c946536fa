"""Columns that neither an entry nor a binding covers, each with why: `verify` and the docs read this (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pingyi.record import bindings
from pingyi.record.models import Recorded, recorded_models

KEY = "key"
CONTACT = "contact"
SORTED = "sorted"
LOOKED = "looked"
FRAMEWORK = "framework"
WORKER = "worker"
WAITING = "waiting"
MADE_AGAIN = "made_again"
PROPOSED = "proposed"

WHY: Mapping[str, str | Promise] = {
    KEY: _("they name the key of a person; where a row lies under another than it names, that is a fault by itself"),
    CONTACT: _("they are encrypted for their own row: altered or moved they are a fault, emptied they are not"),
    SORTED: _("they are the moment of the last change, by which lists are sorted and systems ask for what is new"),
    LOOKED: _("they say when something was looked at or drawn up; what was drawn up is covered"),
    FRAMEWORK: _("the framework writes them at each sign-in, and nothing asks them"),
    WORKER: _("they are what the worker remembers from one run to the next"),
    WAITING: _("they wait between upload and import; the entry of the import holds the digest of the file"),
    MADE_AGAIN: _("they are made from rows that are covered, and can be made from them again"),
    PROPOSED: _("they are proposals, or what proposals are made from: nothing comes of them without an act"),
}

_stays: dict[tuple[type[models.Model], str], str] = {}


def stays(why: str, model: type[models.Model], *names: str) -> None:
    """Say why columns of a table are covered by nothing, all of them if none is named; called from AppConfig.ready."""
    _stays.update({(model, name): why for name in names or _columns(model)})


def columns(kinds: Sequence[type[Recorded]] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the columns that nothing covers, as row and name, each with the word of its reason; "" for none."""
    for model in recorded_models() if kinds is None else kinds:
        yield from (_said(model, model.entry_kind(), name) for name in model.private)
    plain = [model for model in apps.get_models() if not issubclass(model, Recorded) and _is_ours(model)]
    for one in sorted(plain, key=lambda model: model._meta.label_lower) if kinds is None else ():
        bound = bindings.covered()[one].columns if one in bindings.covered() else ()
        yield from (_said(one, str(one._meta.model_name), name) for name in _columns(one) if name not in bound)


def needless() -> list[str]:
    """Return the columns that are said to be covered by nothing and are covered, or are not there."""
    found = {name for name, _ in columns()}
    kinds = {
        model: model.entry_kind() if issubclass(model, Recorded) else model._meta.model_name for model, _ in _stays
    }
    return sorted({f"{kinds[model]}.{name}" for model, name in _stays} - found)


def _said(model: type[models.Model], kind: str, name: str) -> tuple[str, str]:
    return f"{kind}.{name}", _stays.get((model, name), "")


def _columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def _is_ours(model: type[models.Model]) -> bool:
    """Whether the house made the table: the record's own are what covers the others."""
    return model.__module__.startswith("pingyi.") and not model.__module__.startswith("pingyi.record.")
