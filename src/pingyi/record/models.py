"""The base of every recorded row, and the record itself: entries, their places in the tree, checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.db import models

from pingyi.record.personal import PersonalQuerySet
from pingyi.record.references import new_reference

OWN = ("id", "reference", "version", "entry_hash", "salts")  # the record's own columns, declared here once

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class UnrecordedError(RuntimeError):
    """A recorded row was to be written outside an act."""


@contextmanager
def door() -> Iterator[None]:
    """Let rows through while `record.acts` writes them with their entries; nobody else calls this."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def _refuse() -> NoReturn:
    raise UnrecordedError("recorded rows are written by change.save, change.save_all or change.erase inside an act")


def _guard() -> None:
    if not _writing.get():
        _refuse()


class RecordedQuerySet(PersonalQuerySet[Any]):
    """Reads freely; every bulk write outside an act is refused."""

    def update(self, **values: Any) -> int:
        """Refused outside an act."""
        _guard()
        return super().update(**values)

    def delete(self) -> NoReturn:
        """Refused: a recorded row is never deleted, only moved to another state or erased."""
        _refuse()

    def bulk_create(self, *args: Any, **options: Any) -> list[Any]:
        """Refused outside an act."""
        _guard()
        return super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> int:
        """Refused outside an act."""
        _guard()
        return super().bulk_update(*args, **options)


class Recorded(models.Model):
    """A row that is a cache of the record: only an act changes it, and replay finds any other change (§5.4).

    Each field is named in exactly one of `shown` (public in the entry), `sealed` (salted commitment in the
    entry) and `private` (not in the entry at all).
    """

    shown: ClassVar[tuple[str, ...]] = ()
    sealed: ClassVar[tuple[str, ...]] = ()
    private: ClassVar[tuple[str, ...]] = ()
    earliest: ClassVar[str] = ""  # the field with the day of its receipt: no act on the row lies before that
    renamed: ClassVar[Mapping[str, str]] = {}  # what entries of former versions call a shown field → its name now
    apart_with: ClassVar[str] = ""  # the fact, or the link to the row, that decides whether entries are kept apart

    reference = models.CharField(max_length=64, unique=True, default=new_reference, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    entry_hash = models.CharField(max_length=64, default="", editable=False)
    salts = models.JSONField(default=dict, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        """Return the entry's subject."""
        return self.subject

    @classmethod
    def entry_kind(cls) -> str:
        """Return the first half of the subject, such as "finding"."""
        return cls._meta.model_name or ""

    @property
    def subject(self) -> str:
        """What entries call this row, such as "finding/7QK2M9"."""
        return f"{self.entry_kind()}/{self.reference}"

    def about(self) -> Mapping[str, object]:
        """Return what permissions are judged by: `section`, `member`, `doers`, `concerns`; rooms override this."""
        return {}

    @property
    def is_apart(self) -> bool:
        """Whether the open record must not even tell that the row exists: then its entries are kept apart."""
        decides = getattr(self, self.apart_with) if self.apart_with else False
        return decides.is_apart if isinstance(decides, Recorded) else bool(decides)

    def stamp(self, *, at: datetime) -> None:
        """Take the moment of the act that is about to write this row; rooms that list by change override this."""

    def save(self, *args: Any, **options: Any) -> None:
        """Refused outside an act: use change.save."""
        _guard()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refused: use a verb that moves the row, or change.erase."""
        _refuse()


def recorded_models() -> list[type[Recorded]]:
    """Return every kind of recorded row in the installed rooms, sorted by kind."""
    return sorted(
        (model for model in apps.get_models() if issubclass(model, Recorded)), key=lambda model: model.entry_kind()
    )


class Binding(Recorded):
    """What binds a plain row to the record: a digest of each of its covered columns."""

    sealed: ClassVar = ("table", "row", "digests", "is_hidden")
    apart_with: ClassVar = "is_hidden"

    table = models.CharField(max_length=64)
    row = models.CharField(max_length=64)
    digests = models.JSONField(default=dict)  # column → SHA-256 of its name and stored value
    is_hidden = models.BooleanField(default=False)  # the open record must not even tell that there is such a row

    class Meta:
        """A row is bound once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "row"], name="record_one_binding_a_row")]


class ErasedKey(models.Model):
    """A key that an act erased and that is still to be destroyed; a plain row, gone as soon as the key is."""

    name = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        """Return the key's name."""
        return self.name


class Appended(models.QuerySet[Any]):
    """Rows that are only ever added; the database's own triggers say the same."""

    def update(self, **values: Any) -> NoReturn:
        """Refused: the record is only added to."""
        _append_only()

    def delete(self) -> NoReturn:
        """Refused: the record is only added to."""
        _append_only()


def _append_only() -> NoReturn:
    raise UnrecordedError("the record is only ever added to")


class Entry(models.Model):
    """One entry of the record (条目): its bytes, and what of them is needed to find it."""

    leaf = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    verb = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=128)
    version = models.PositiveIntegerField(null=True)
    at = models.CharField(max_length=13)
    is_apart = models.BooleanField(default=False)  # of a protected row: never placed in the open tree (record.seals)

    objects = Appended.as_manager()

    class Meta:
        """One entry for each version of a row: a forked history cannot be stored."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "version"], name="record_one_entry_a_version")
        ]

    def __str__(self) -> str:
        """Return what was done to what."""
        return f"{self.verb} {self.subject}"


class Apart(models.Model):
    """An entry that stays out of the open tree, and the day's sealed entry that binds it to the tree."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="apart", primary_key=True)
    seal = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sealed")
    place = models.PositiveIntegerField()

    objects = Appended.as_manager()

    def __str__(self) -> str:
        """Return its place among the day's."""
        return f"{self.seal_id}/{self.place}"


class SealedReason(models.Model):
    """The words of an act, which the entry only commits to; erased together with their salt."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealed_reason", primary_key=True)
    text = models.TextField()
    salt = models.CharField(max_length=44)

    def __str__(self) -> str:
        """Return whose words these are, not the words."""
        return f"reason of {self.entry_id}"


class Leaf(models.Model):
    """An entry's place in the tree, given by the sequencer."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place")

    objects = Appended.as_manager()

    def __str__(self) -> str:
        """Return the place."""
        return str(self.position)


class Node(models.Model):
    """The hash of a full subtree of 256**level leaves, kept so that proofs read a few hundred rows at most."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    objects = Appended.as_manager()

    class Meta:
        """One hash for each place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="record_one_node_a_place")]

    def __str__(self) -> str:
        """Return the place."""
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The tree's size and root, signed (检查点): a C2SP note."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    made_at = models.DateTimeField()

    objects = Appended.as_manager()

    def __str__(self) -> str:
        """Return the size."""
        return str(self.size)


class Cosignature(models.Model):
    """A witness's signature line under a checkpoint (见证)."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=128)
    line = models.TextField()

    objects = Appended.as_manager()

    class Meta:
        """A witness signs a checkpoint once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="record_one_cosignature_a_witness")
        ]

    def __str__(self) -> str:
        """Return who signed what."""
        return f"{self.witness} {self.checkpoint_id}"
