"""A version of the plan: its text, where it came from, and who brought it into force (§0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.record.models import Recorded
from pingyi.rules.version import VersionStage


class PlanVersion(Recorded):
    """One text of a plan; once adopted it is frozen, and a change is a new version."""

    shown: ClassVar = (
        "year", "title", "stage", "text_sha256", "source_sha256", "amends", "drafted_by", "drafted_on", "proposed_by",
        "proposed_on", "adopted_by", "adopted_on",
    )  # fmt: skip
    sealed: ClassVar = ("text", "source_name", "source_text", "amend_reason", "understood")

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=12, default=VersionStage.DRAFT.value)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    source_name = models.CharField(max_length=200, blank=True)
    source_text = models.TextField(blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    understood = models.JSONField(default=dict)
    amends = models.CharField(max_length=64, blank=True)  # the version in force when this one was proposed
    amend_reason = models.TextField(blank=True)
    drafted_by = models.CharField(max_length=64)
    drafted_on = models.DateField()
    proposed_by = models.CharField(max_length=64, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(max_length=64, blank=True)
    adopted_on = models.DateField(null=True, blank=True)

    def about(self) -> Mapping[str, object]:
        """The person who proposed it cannot adopt it."""
        return {"doers": (self.proposed_by,)}

    def get_absolute_url(self) -> str:
        """Return the version's page."""
        return reverse("plans:version", args=[self.reference])
