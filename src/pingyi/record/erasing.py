"""A person is erased in old backups too: the act names the key, which is destroyed once it is committed (§5.4)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from pingyi.record import keyring
from pingyi.record.models import ErasedKey

AT_ONCE = 1_000


def forget(names: Collection[str]) -> None:
    """Destroy keys once the transaction around this holds; what a crash leaves in between, the worker finishes."""
    rows = [ErasedKey(name=name) for name in names if name]
    ErasedKey.objects.bulk_create(rows, ignore_conflicts=True)  # plain row
    transaction.on_commit(finish, robust=True)


def finish() -> int:
    """Destroy the keys that acts have erased; return how many. Without the keyring they wait until it is put back."""
    done = 0
    while names := list(ErasedKey.objects.order_by("pk").values_list("name", flat=True)[:AT_ONCE]):
        if not keyring.destroy(names):
            break
        ErasedKey.objects.filter(name__in=names).delete()  # plain row
        done += len(names)
    return done
