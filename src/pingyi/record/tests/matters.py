"""Recorded rows made up for these tests; their app is not installed, so no real database has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.record import keyring
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON, PersonalOctets, PersonalQuerySet


class Unit(Recorded):
    shown: ClassVar = ("name",)
    name = models.CharField(max_length=20)

    class Meta:
        app_label = "matters"


class Matter(Recorded):
    shown: ClassVar = ("title", "unit", "points", "due_on", "facts", "seen_at")
    sealed: ClassVar = ("phone", "story")
    private: ClassVar = ("draft",)

    title = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    due_on = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    seen_at = models.DateTimeField(null=True)
    phone = models.CharField(max_length=20, default="")
    story = models.TextField(null=True)
    draft = models.TextField(default="")

    class Meta:
        app_label = "matters"

    def about(self) -> Mapping[str, object]:
        return {"section": self.unit.name if self.unit else None}


class Letter(models.Model):
    """A plain row with what somebody told, and its key."""

    key_name = models.CharField(max_length=32, default=keyring.new_name)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    words = PersonalField()
    facts = PersonalJSON(default=list)
    file = PersonalOctets()

    objects = PersonalQuerySet.as_manager()

    class Meta:
        app_label = "matters"

    @property
    def subject(self) -> str:
        return f"letter/{self.pk or 'new'}"


KINDS = [Unit, Matter]
TABLES = [*KINDS, Letter]
