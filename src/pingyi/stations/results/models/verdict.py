"""Verdicts: what was computed, from which evidence, and how final it is (§4.4b)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.result import ObjectionStage, Stage, VerdictState
from pingyi.stations.plans.models import Round


class Verdict(Recorded):
    """One settlement of a year; the record shows the digests, the scores stay sealed until publication."""

    shown: ClassVar = (
        "round", "number", "stage", "plan_sha256", "held_sha256", "published_sha256", "verdict_sha256", "batches",
        "rows", "sections", "is_complete", "settled_on", "settled_by", "preview_opened_on", "preview_ends_on",
        "confirmed_on", "confirmed_by", "applied_on", "choices", "alone",
    )  # fmt: skip
    renamed: ClassVar = {"evidence_sha256": "held_sha256"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="verdicts")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, default=Stage.COMPUTED.value)
    plan_sha256 = models.CharField(max_length=64)
    held_sha256 = models.CharField(max_length=64)  # of the frozen rows with their units, which never leave the house
    published_sha256 = models.CharField(max_length=64, null=True)  # none before bundles were bound
    verdict_sha256 = models.CharField(max_length=64)
    batches = models.JSONField(default=list)  # references of the imported tables that it rests on
    rows = models.PositiveIntegerField()
    sections = models.PositiveSmallIntegerField()
    is_complete = models.BooleanField()
    settled_on = models.DateField()
    settled_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    preview_opened_on = models.DateField(null=True, blank=True)
    preview_ends_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    applied_on = models.DateField(null=True, blank=True)
    # Source → what was chosen of table and house, with the indicators that it decided; None before this was asked.
    choices = models.JSONField(null=True, default=None)
    alone = models.JSONField(null=True, default=None)  # indicators that rest on one row; None before this was told

    class Meta:
        """Settlements of a year are counted."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="results_one_verdict_a_number")
        ]

    def about(self) -> Mapping[str, object]:
        """Return who settled it: another person confirms."""
        return {"doers": (self.settled_by.reference,)}

    @property
    def state(self) -> VerdictState:
        """The row as the rules see it."""
        return VerdictState(
            stage=Stage(self.stage),
            is_complete=self.is_complete,
            settled_by=self.settled_by.reference,
            preview_ends_on=self.preview_ends_on,
            confirmed_on=self.confirmed_on,
            applied_on=self.applied_on,
        )

    @state.setter
    def state(self, state: VerdictState) -> None:
        """Take what the rules decided."""
        self.stage = state.stage.value
        self.preview_ends_on = state.preview_ends_on
        self.confirmed_on = state.confirmed_on
        self.applied_on = state.applied_on


class Snapshot(Recorded):
    """All that a verdict was computed from, frozen; written once."""

    shown: ClassVar = ("verdict",)
    sealed: ClassVar = ("plan", "sections", "evidence", "past", "files")

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="snapshot")
    # What will be published of it: name → SHA-256; none before. Sealed, for a short file is guessed by its digest.
    files = models.JSONField(null=True, default=None)
    plan = models.TextField()
    sections = models.TextField()
    evidence = models.TextField()
    past = models.TextField()


class ScoreSheet(Recorded):
    """One section's sheet of reasons with its place and what each trigger says (得分表)."""

    shown: ClassVar = ("verdict", "section")
    sealed: ClassVar = ("content",)

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="sheets")
    section = models.ForeignKey(Section, models.PROTECT, related_name="sheets")
    content = models.TextField()

    class Meta:
        """A section has one sheet in a verdict."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "section"], name="results_one_sheet_a_section")
        ]

    def about(self) -> Mapping[str, object]:
        """Return whose sheet it is."""
        return {"section": self.section.reference}


class Objection(Recorded):
    """A section's objection to its own sheet, and the second look at it (申诉、复核)."""

    shown: ClassVar = ("verdict", "section", "stage", "filed_on", "filed_by", "answered_on", "answered_by")
    sealed: ClassVar = ("text", "answer")

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="objections")
    section = models.ForeignKey(Section, models.PROTECT, related_name="objections")
    stage = models.CharField(max_length=12, default=ObjectionStage.FILED.value)
    text = models.TextField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    @property
    def doers(self) -> tuple[str, ...]:
        """Who may not answer: who filed it, and who settled the verdict."""
        return (self.filed_by.reference, self.verdict.settled_by.reference)

    def about(self) -> Mapping[str, object]:
        """Return the section, and who may not answer."""
        return {"section": self.section.reference, "doers": self.doers}
