"""Fields for what people told of themselves: encrypted in the database under their person's key (个人密钥, §5.4).

A row says with `key_name` whose key that is, or with `key_holder` which other row says so. Read, a value lies in its
row as it was stored and is opened when somebody asks for it: then all rows that one query brought are opened with one
look into the keyring. Nothing can be filtered by; what must be found is marked in the keyring.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

from pingyi.record import keyring
from pingyi.record.ciphertext import MARK, Sealed, from_text, opened, seal
from pingyi.rules.refused import Refused

M = TypeVar("M", bound=models.Model)


class Closed(NamedTuple):
    """A field that stays closed, and why."""

    row: Any
    field: PersonalField
    code: str


class PersonalAttribute(DeferredAttribute):
    """What a row gives for a personal field: the plain value, opened on the first asking."""

    field: PersonalField

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        """Return the plain value; a sentence in place of a text whose key is not here."""
        if instance is None:
            return self
        name = self.field.attname
        value = instance.__dict__[name] if name in instance.__dict__ else super().__get__(instance, cls)
        if type(value) is Sealed:
            open_rows(getattr(instance._state, "beside", None) or [instance])
            value = instance.__dict__[name]
        return self.field.unreadable() if type(value) is Sealed else value

    def __set__(self, instance: Any, value: Any) -> None:
        """Take a plain value, or a stored one from the database."""
        instance.__dict__[self.field.attname] = value


class PersonalField(models.TextField):  # type: ignore[type-arg]
    """What people told, as text; in the database under their key."""

    descriptor_class = PersonalAttribute
    _pyi_private_set_type: Any  # for the type checker's plugin: the kinds below hold other values than text
    _pyi_private_get_type: Any

    def to_octets(self, value: Any) -> bytes:
        """Return a value as it is encrypted."""
        return str(value).encode("utf-8", "surrogatepass")

    def from_octets(self, octets: bytes) -> Any:
        """Return the value that was encrypted."""
        return octets.decode("utf-8", "surrogatepass")

    def nothing(self) -> Any:
        """Return what stands for nothing told."""
        return ""

    def unreadable(self) -> Any:
        """Return what a page shows where the key is not here."""
        return gettext("(cannot be read: its key is not here)")

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """Take a value as the column holds it."""
        if not value:
            return self.nothing()
        return from_text(value) if value.startswith(MARK) else self.clear(value)

    def clear(self, value: Any) -> Any:
        """Take a value that lies in clear: one of before, or put there past the product."""
        return value

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: FBT001 - Django's signature
        """Return the value encrypted; one that nobody looked at stays as it was."""
        del add
        keys_of([model_instance])
        return _sealed(self, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Let nothing through in clear, and nothing be asked for but whether something was told."""
        if type(value) is Sealed:
            return value.text
        if not value:
            return ""
        raise TypeError(
            f"{self.model.__name__}.{self.name} is encrypted: it is written by its row, and never asked for"
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Return the value as the database takes it."""
        del connection
        return value if prepared else self.get_prep_value(value)


class PersonalJSON(PersonalField):
    """What people told, as plain values in lists and by names."""

    def to_octets(self, value: Any) -> bytes:
        """Return a value as it is encrypted."""
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def from_octets(self, octets: bytes) -> Any:
        """Return the value that was encrypted."""
        return json.loads(octets)

    def nothing(self) -> Any:
        """Return what stands for nothing told."""
        return self.get_default()

    def to_python(self, value: Any) -> Any:
        """Leave a value as it is."""
        return value

    def unreadable(self) -> Any:
        """Refused: nobody could go on with half of it."""
        raise Refused("key.lost")

    def clear(self, value: Any) -> Any:
        """Take a value that lies in clear."""
        return json.loads(value)


class PersonalOctets(PersonalField):
    """A file of what people told, as bytes; in the database as a text."""

    def to_octets(self, value: Any) -> bytes:
        """Return a value as it is encrypted."""
        return bytes(value)

    def from_octets(self, octets: bytes) -> Any:
        """Return the value that was encrypted."""
        return octets

    def nothing(self) -> Any:
        """Return what stands for nothing told."""
        return b""

    def to_python(self, value: Any) -> Any:
        """Leave a value as it is."""
        return value

    def unreadable(self) -> Any:
        """Refused: nobody could go on with half of it."""
        raise Refused("key.lost")


class PersonalQuerySet(models.QuerySet[M]):
    """Rows of one query are opened together; keys of rows inserted together are made together."""

    def _fetch_all(self) -> None:
        is_first = self._result_cache is None
        super()._fetch_all()
        if is_first:
            beside(self._result_cache or ())

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Make the keys of all rows at once."""
        rows = list(objs)
        keys_of(rows)
        return super().bulk_create(rows, *args, **options)


def fields_of(model: type[models.Model]) -> tuple[PersonalField, ...]:
    """Return a model's personal fields."""
    return _fields(model)


@cache
def _fields(model: type[models.Model]) -> tuple[PersonalField, ...]:
    return tuple(field for field in model._meta.concrete_fields if isinstance(field, PersonalField))


def models_with() -> list[type[models.Model]]:
    """Return every installed model with personal fields."""
    return [model for model in apps.get_models() if fields_of(model)]


def beside(rows: Sequence[Any]) -> None:
    """Let rows be opened together as soon as one of them is."""
    if rows and isinstance(rows[0], models.Model) and fields_of(type(rows[0])):
        shared = list(rows)
        for row in shared:
            row._state.beside = shared


def open_rows(rows: Iterable[Any]) -> list[Closed]:
    """Open the personal fields of rows with one look into the keyring; return what stays closed."""
    found = [
        (row, field, row.__dict__[field.attname])
        for row in rows
        for field in fields_of(type(row))
        if type(row.__dict__.get(field.attname)) is Sealed
    ]
    try:
        ring = keyring.found(value.key_name for _, _, value in found)
    except Refused:  # another keyring's master: no key is to be had, and whoever writes is told why
        ring = keyring.Found(keys={}, destroyed=frozenset())
    closed = []
    for row, field, value in found:
        key = ring.keys.get(value.key_name)
        code = "key.destroyed" if value.key_name in ring.destroyed else "key.lost"
        if key is not None:
            code = _open(row, field, value, key=key)
        closed += [Closed(row, field, code)] if code else []
    return closed


def _open(row: Any, field: PersonalField, value: Sealed, *, key: bytes) -> str:
    try:
        row.__dict__[field.attname] = field.from_octets(opened(value, key=key, about=_about(row, field)))
    except Refused as altered:
        return altered.code
    return ""


def is_misnamed(row: Any) -> bool:
    """Whether a row that nobody looked at names another key than it lies under: erasing would destroy that one."""
    values = (row.__dict__.get(field.attname) for field in fields_of(type(row)))
    return any(value.key_name != _holder(row).key_name for value in values if type(value) is Sealed)


def is_closed(row: Any) -> bool:
    """Whether something in a row cannot be read, for its key is not here."""
    return bool(open_rows([row]))


def keys_of(rows: Sequence[Any]) -> None:
    """Give rows that are to be written their keys, with one look into the keyring; new keys are on the disk then."""
    holders = [_holder(row) for row in rows if _tells(row)]
    bare = [one for one in holders if getattr(one._state, "key", None) is None]
    keys = keyring.ready(one.key_name for one in bare) if bare else {}
    for one in bare:
        one._state.key = keys[one.key_name]


def open_values(values: Sequence[tuple[Sealed, str]]) -> list[bytes | None]:
    """Open values that were read without their rows, each with what it is about; None for one that stays closed."""
    keys = keyring.found(value.key_name for value, _ in values).keys
    return [
        opened(value, key=keys[value.key_name], about=about) if value.key_name in keys else None
        for value, about in values
    ]


def stored(field: PersonalField, rows: Sequence[Any]) -> list[Any]:
    """Return a field's values of many rows as its column holds them."""
    keys_of(rows)
    return [field.get_prep_value(_sealed(field, row)) for row in rows]


def close(rows: Sequence[Any]) -> None:
    """Encrypt what rows tell before they are inserted, so that it is known how they will be stored."""
    keys_of(rows)
    for row in rows:
        row.__dict__.update({one.attname: value for one in fields_of(type(row)) if (value := _sealed(one, row))})


def _sealed(field: PersonalField, row: Any) -> Sealed | None:
    value = row.__dict__.get(field.attname)
    if type(value) is Sealed:  # not looked at: it stays as it was
        return value
    if not value:
        return None
    holder = _holder(row)
    return seal(field.to_octets(value), key_name=holder.key_name, key=holder._state.key, about=_about(row, field))


def _holder(row: Any) -> Any:
    """The row that names the key: this one, or the one that it is about."""
    return getattr(row, "key_holder", row)


def _tells(row: Any) -> bool:
    return any((value := row.__dict__.get(one.attname)) and type(value) is not Sealed for one in fields_of(type(row)))


def _about(row: Any, field: PersonalField) -> str:
    return f"{row.subject}.{field.name}"
