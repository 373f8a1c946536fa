"""A key that an act erased is destroyed once the act holds, whatever else goes wrong; and only then."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models, transaction

from pingyi.record import acts, erasing, keyring
from pingyi.record.models import ErasedKey


def made(count: int) -> list[str]:
    names = [keyring.new_name() for _ in range(count)]
    keyring.ready(names)
    return names


@pytest.mark.parametrize(
    ("field", "left"),
    [
        (models.TextField(null=True, default="x"), None),
        (models.CharField(max_length=9), ""),
        (models.BooleanField(default=False), False),
        (models.JSONField(default=dict), {}),
    ],
)
def test_what_is_erased_holds_what_a_new_row_would_hold(field: Any, left: object) -> None:
    assert acts._empty(field) == left


@pytest.mark.django_db
def test_keys_are_destroyed_many_at_once_and_it_is_told_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    names = made(5)
    ErasedKey.objects.bulk_create(ErasedKey(name=name) for name in names)
    assert erasing.finish() == 5
    assert keyring.found(names) == keyring.Found(keys={}, destroyed=frozenset(names))
    assert erasing.finish() == 0


@pytest.mark.django_db
def test_two_acts_may_erase_the_same_person() -> None:
    (name,) = made(1)
    for _ in range(2):
        erasing.forget([name, ""])
    assert list(ErasedKey.objects.values_list("name", flat=True)) == [name]


@pytest.mark.django_db
def test_without_the_keyring_the_names_wait_until_it_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    (name,) = made(1)
    erasing.forget([name])
    with monkeypatch.context() as away:
        away.setattr(keyring, "is_here", lambda: False)
        assert erasing.finish() == 0
    assert (erasing.finish(), name in keyring.destroyed()) == (1, True)


@pytest.mark.usefixtures("emptied")
def test_an_act_that_does_not_hold_destroys_nothing() -> None:
    (name,) = made(1)
    with transaction.atomic():
        erasing.forget([name])
        transaction.set_rollback(True)
    assert (name in keyring.found([name]).keys, ErasedKey.objects.exists()) == (True, False)


@pytest.mark.usefixtures("emptied")
def test_an_act_holds_though_its_key_cannot_be_destroyed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the keyring may be full: the worker destroys the key later, and the act stands."""

    def full(_: object) -> bool:
        raise OSError

    (name,) = made(1)
    with monkeypatch.context() as disk:
        disk.setattr(keyring, "destroy", full)
        with transaction.atomic():
            erasing.forget([name])
    assert ErasedKey.objects.filter(name=name).exists()
    assert erasing.finish() == 1
