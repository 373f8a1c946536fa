"""What stood in the database before entries covered it is covered once, by the update that brings the table (§5.4).

Afterwards nobody is: a row that is put there past the site stays without an entry, and the audit names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import models

from pingyi import clock
from pingyi.record import bindings, personal
from pingyi.record.acts import Change
from pingyi.record.models import Entry, Recorded, recorded_models

MARK = ("record", "0005_binding")
BATCH = 500


def after_migrate(*, plan: Sequence[tuple[Any, bool]] = (), **_: Any) -> None:
    """Cover what is there, where the database comes from before; connected to post_migrate."""
    applied = {(one.app_label, one.name) for one, is_backwards in plan if not is_backwards}
    if MARK in applied and Entry.objects.exists():
        cover_all(at=clock.now())


def cover_all(*, at: datetime) -> None:
    """Bind every row of the covered tables, and commit to every column that is sealed by now."""
    for model in bindings.covered():
        for batch in _batches(model, list(model._default_manager.order_by("pk").values_list("pk", flat=True))):
            bindings.keep(list(batch), at=at)
    for kind in recorded_models():
        missing = [row.pk for row in kind._default_manager.order_by("pk").iterator() if _lacks(row)]
        for batch in _batches(kind, missing):
            bindings.within(partial(_commit, batch), at=at)


def _batches(model: type[models.Model], keys: Sequence[Any]) -> list[models.QuerySet[Any]]:
    starts = range(0, len(keys), BATCH)
    return [model._default_manager.filter(pk__in=keys[start : start + BATCH]) for start in starts]


def _lacks(row: Recorded) -> bool:
    """Whether a sealed column holds something that no salt belongs to; what was erased holds nothing."""
    if not row.version or personal.is_closed(row):
        return False
    fields: list[Any] = [row._meta.get_field(name) for name in row.sealed if name not in row.salts]
    return any(getattr(row, field.attname) for field in fields)


def _commit(batch: models.QuerySet[Any], change: Change) -> None:
    change.save_all(change.lock_all(batch))
