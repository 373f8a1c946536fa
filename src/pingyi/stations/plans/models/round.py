"""One year's run under one adopted plan (年度评议)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pingyi.record.models import Recorded


class Round(Recorded):
    """A year's evaluation; its reference is the year (§4)."""

    shown: ClassVar = ("year", "plan_version", "plan_sha256", "opened_on", "is_rehearsal")
    sealed: ClassVar = ("plan_text",)  # too long for an entry; its commitment still shows any later change

    year = models.PositiveSmallIntegerField(unique=True)
    plan_version = models.CharField(max_length=64)
    plan_sha256 = models.CharField(max_length=64)
    plan_text = models.TextField()
    opened_on = models.DateField()
    is_rehearsal = models.BooleanField(default=False)
