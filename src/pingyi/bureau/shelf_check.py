"""The shelf against the rows: each file that a row names is there and gives its digest, for the audit (§5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from pingyi.bureau import shelf
from pingyi.record.faults import Fault, fault
from pingyi.rules.refused import Refused

DIGEST = 64  # hexadecimal digits, as columns keep them
SAID = {"proof.lost": "file.lost", "key.lost": "file.closed", "key.destroyed": "file.destroyed"}


def faults() -> Iterator[Fault]:
    """Yield the files that rows name and that are gone, were altered, or cannot be opened."""
    named = sorted(shelf.named())
    if named and not shelf.is_there():
        yield fault("file.none", count=len(named), path=str(Path(settings.PINGYI.home) / "files"))
        return
    for sha256 in named:
        if code := _wrong(sha256):
            yield fault(code, sha256=sha256, rows=", ".join(_naming(sha256)) or "?")


def _wrong(sha256: str) -> str:
    try:
        shelf.take(sha256)
    except Refused as refused:
        return SAID.get(refused.code, "file.altered")
    except (OSError, ValueError, IndexError):  # a folder in its place, a head that names no key
        return "file.altered"
    return ""


def _naming(sha256: str) -> Iterator[str]:
    """Yield the rows that name a digest, whichever column they keep it in."""
    for model in apps.get_models():
        columns = [one.name for one in model._meta.concrete_fields if _keeps_digests(model, one)]
        for row in model._default_manager.filter(_any(columns, sha256)) if columns else ():
            yield str(getattr(row, "subject", f"{model._meta.model_name}/{row.pk}"))


def _keeps_digests(model: type[models.Model], field: models.Field[object, object]) -> bool:
    return (
        model.__module__.startswith("pingyi.")
        and not model.__module__.startswith("pingyi.record.")
        and type(field) is models.CharField
        and field.max_length == DIGEST
    )


def _any(columns: list[str], value: str) -> models.Q:
    found = models.Q()
    for one in columns:
        found |= models.Q(**{one: value})
    return found


def unnamed() -> Iterator[str]:
    """Say how many files no row names: forms leave some for a week, and anybody may put one there."""
    count = len(shelf.lying() - shelf.named())
    if count:
        said = gettext("{count} files are named by no row: they wait for a form to be sent again, or were put there.")
        yield said.format(count=count)
