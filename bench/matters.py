"""Rows made up for the measurements: the same eighteen columns recorded and plain; no real database has them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

if "PINGYI_HOME" not in os.environ:  # the measured processes take over the folder of the one that starts them
    os.environ["PINGYI_HOME"] = tempfile.mkdtemp(prefix="pingyi-bench-")
    atexit.register(shutil.rmtree, os.environ["PINGYI_HOME"], ignore_errors=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings")

import django

django.setup()

from django.db import connection, models

from pingyi.record import guards
from pingyi.record.models import Checkpoint, Cosignature, Entry, Leaf, Node, Recorded
from pingyi.rules import permissions
from pingyi.rules.actor import Actor, Role

AT = datetime(2026, 5, 21, 6, 30, tzinfo=UTC)
OFFICER = Actor(reference="member/bench", name="", role=Role.SUPERVISION_OFFICE, section="office")
SHOWN = (
    "number", "title", "channel", "kind", "street", "state", "unit", "points", "urgency", "is_open", "due_on",
    "received_at",
)  # fmt: skip
SEALED = ("caller", "phone", "address", "identity", "story", "reply")


class Columns(models.Model):
    """The columns of a matter: twelve that may be shown, six that are personal."""

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    street = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    urgency = models.PositiveSmallIntegerField()
    is_open = models.BooleanField()
    due_on = models.DateField()
    received_at = models.DateTimeField()
    caller = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=120)
    identity = models.CharField(max_length=20)
    story = models.TextField()
    reply = models.TextField()

    class Meta:
        """No table of its own."""

        abstract = True


class Unit(Recorded):
    """The section that a matter belongs to."""

    shown: ClassVar = ("name",)
    name = models.CharField(max_length=20)

    class Meta:
        """An app that is never installed."""

        app_label = "bench"


class Kept(Columns, Recorded):
    """A matter with the record on."""

    shown: ClassVar = SHOWN
    sealed: ClassVar = SEALED
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """An app that is never installed."""

        app_label = "bench"


class Plain(Columns):
    """The same matter without the record."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """An app that is never installed."""

        app_label = "bench"


def tables() -> None:
    """Make the tables anew, and let the officer act."""
    made = [Unit, Kept, Plain, Entry, Leaf, Node, Checkpoint, Cosignature]
    present = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in reversed([model for model in made if model._meta.db_table in present]):
            editor.delete_model(model)
        for model in made:
            editor.create_model(model)
    guards.install(connection)
    may = permissions.Permission(reach={Role.SUPERVISION_OFFICE: permissions.Reach.ANY})
    permissions.PERMISSIONS = {**permissions.PERMISSIONS, "bench.open": may, "bench.answer": may}


def values(count: int, units: list[Unit]) -> Iterator[dict[str, Any]]:
    """Yield the columns of so many matters, the same every time."""
    for number in range(count):
        yield {
            "number": f"2026-{number:08}",
            "title": f"夜间施工噪声扰民(第{number}件)",
            "channel": "12345",
            "kind": ("complaint", "inquiry", "suggestion")[number % 3],
            "street": f"第{number % 17}街道",
            "state": "received",
            "unit": units[number % len(units)],
            "points": Decimal(number % 100),
            "urgency": number % 4,
            "is_open": True,
            "due_on": date(2026, 6, 1) + timedelta(days=number % 90),
            "received_at": AT + timedelta(minutes=number),
            "caller": f"来电人{number}",
            "phone": f"139{number:08}",
            "address": f"某路{number % 900}号{number % 30}室",
            "identity": f"{number:018}",
            "story": "工地每天夜里十一点以后仍在浇筑混凝土,已经影响孩子上学,请尽快到现场查看并答复。" * 2,
            "reply": "",
        }
