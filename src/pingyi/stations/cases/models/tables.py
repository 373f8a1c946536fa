"""Hotlines' tables: the file that is brought in, how its columns and units are meant, and what became of each row."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import pgettext_lazy

from pingyi.bureau.models import Member, Section
from pingyi.record.keyring import new_name
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON, PersonalQuerySet
from pingyi.stations.cases.models.case import Case


class TableState(models.TextChoices):
    """Where a table is on its way."""

    LOOKING = "looking", pgettext_lazy("a table", "being looked through")
    OPENED = "opened", pgettext_lazy("a table", "being looked at")
    WAITING = "waiting", pgettext_lazy("a table", "waiting for its turn")
    RUNNING = "running", pgettext_lazy("a table", "being imported")
    STOPPED = "stopped", pgettext_lazy("a table", "stopped")
    DONE = "done", pgettext_lazy("a table", "imported")
    FAILED = "failed", pgettext_lazy("a table", "could not be read")
    ERASED = "erased", pgettext_lazy("a table", "erased after its term")


class HotlineFile(Recorded):
    """One file whose import was ordered: what it was, who brought it, and in the end what came of its rows."""

    shown: ClassVar = (
        "channel_id", "sha256", "new", "updated", "unchanged", "set_aside", "imported_on", "imported_by", "finished_on",
    )  # fmt: skip
    sealed: ClassVar = ("file_name",)

    channel_id = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    imported_on = models.DateField()
    imported_by = models.ForeignKey(Member, models.PROTECT, related_name="hotline_files")
    finished_on = models.DateField(null=True, blank=True)


def new_token() -> str:
    """Return the random part of a table's address."""
    return secrets.token_urlsafe(12)


class HotlineTable(models.Model):
    """A table under way, from upload to the last row; a plain row, written with each batch of its cases."""

    token = models.CharField(max_length=24, unique=True, default=new_token)
    member = models.ForeignKey(Member, models.PROTECT, related_name="hotline_tables")
    channel_id = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=80, blank=True)
    key_name = models.CharField(max_length=32, default=new_name)  # under which lies what its rows say
    read = PersonalJSON(default=list)  # of each sheet its head, what its columns look like, and its rows
    mapping = models.JSONField(default=dict)
    preview = PersonalJSON(default=dict)
    state = models.CharField(max_length=8, choices=TableState.choices, default=TableState.OPENED)
    file = models.OneToOneField(HotlineFile, models.PROTECT, null=True, related_name="table")
    looked = models.PositiveIntegerField(default=0)  # rows that were held against what is here so far
    rows = models.PositiveIntegerField(default=0)
    next_row = models.PositiveIntegerField(default=0)  # rows before it are taken; nothing from it on is
    new = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    set_aside = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    fault = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # when the last batch was taken

    objects = PersonalQuerySet.as_manager()

    class Meta:
        """The worker looks for what waits."""

        indexes: ClassVar = [models.Index(fields=["state", "kept_at"], name="cases_tables_waiting")]

    def __str__(self) -> str:
        """Return the file's name; the day on which it came where the name was erased."""
        return self.file_name or f"{self.kept_at:%Y-%m-%d}"

    @property
    def subject(self) -> str:
        """What its rows are bound to."""
        return f"hotlinetable/{self.token}"

    @property
    def taken(self) -> int:
        """How many rows have their outcome."""
        return self.new + self.updated + self.unchanged + self.set_aside


class TableComparison(models.Model):
    """A large table held against the cases of its hotline, by the worker; a plain row, made anew when it is old."""

    table = models.OneToOneField(HotlineTable, models.PROTECT, primary_key=True, related_name="comparison")
    is_waiting = models.BooleanField(default=True)
    at = models.DateTimeField()  # when it was asked for; once compared, when that began
    looked = models.PositiveIntegerField(default=0)  # rows that were held against what is here so far
    found = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # with the first differences of each kind
    whole = models.JSONField(default=list, encoder=DjangoJSONEncoder)  # with all of them, for the download
    fault = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Return whose comparison it is."""
        return str(self.table_id)


class ColumnMemory(models.Model):
    """What a column of a channel's tables was last settled to be; a plain row."""

    channel_id = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    field = models.CharField(max_length=20, blank=True)

    class Meta:
        """A column means one thing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel_id", "label"], name="cases_one_meaning_a_column")
        ]

    def __str__(self) -> str:
        """Return what means what."""
        return f"{self.label} = {self.field}"


class UnitName(models.Model):
    """Which section a hotline means by a unit's name; none where it is not ours; a plain row."""

    name = models.CharField(max_length=120, unique=True)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="unit_names")

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class SourceRow(models.Model):
    """The last that a hotline's tables said of one case, so that the next table can be held against it; a plain row."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="source_row")
    unit = models.CharField(max_length=120, blank=True)
    fingerprint = PersonalField()  # under the key of the case: whoever knows the rest of a row could try telephones
    version = models.PositiveIntegerField()  # of the case after the import: a later one was changed by a person

    objects = PersonalQuerySet.as_manager()

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    @property
    def subject(self) -> str:
        """What the fingerprint is bound to."""
        return f"sourcerow/{self.case_id}"

    def __str__(self) -> str:
        """Return whose row it is."""
        return str(self.case_id)


class SetAsideRow(models.Model):
    """A row that could not be taken, in its own cells, until it is mended and sent again; a plain row."""

    table = models.ForeignKey(HotlineTable, models.PROTECT, related_name="aside")
    row = models.PositiveIntegerField()
    key_name = models.CharField(max_length=32, default=new_name)
    cells = PersonalJSON(default=list)
    problems = PersonalJSON(default=list)  # they quote the cells

    objects = PersonalQuerySet.as_manager()

    class Meta:
        """A row is set aside once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "row"], name="cases_one_aside_a_row")]

    @property
    def subject(self) -> str:
        """What its cells are bound to."""
        return f"setasiderow/{self.key_name}"

    def __str__(self) -> str:
        """Return the row."""
        return f"{self.table_id}/{self.row}"
