"""A version of a service commitment or a convenience measure, and what was measured of it (§3.2.3, §4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.commitment import CommitmentState, Kind, Measured, Stage, Unit
from pingyi.rules.plan.conduct import CaseKind


class Commitment(Recorded):
    """One version; all versions of a promise share a `series`, and one of them at most is published."""

    shown: ClassVar = (
        "section", "series", "number", "kind", "stage", "amount", "unit", "case_kind", "doers", "drafted_on",
        "published_on", "published_by", "ended_on",
    )  # fmt: skip
    sealed: ClassVar = ("what", "measured_by", "note")

    section = models.ForeignKey(Section, models.PROTECT, related_name="commitments")
    series = models.CharField(max_length=64, db_index=True)
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, default=Kind.COMMITMENT.value)
    stage = models.CharField(max_length=12, default=Stage.DRAFT.value, db_index=True)
    what = models.CharField(max_length=200)
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    case_kind = models.CharField(max_length=12, blank=True)
    measured_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)  # the reason of the last return, replacement or withdrawal
    doers = models.JSONField(default=list)
    drafted_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it no longer holds

    class Meta:
        """A series counts its versions."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="commitments_one_row_a_version")
        ]

    def about(self) -> Mapping[str, object]:
        """Return the section and the writers that permissions are judged by."""
        return {"section": self.section.reference, "doers": tuple(self.doers)}

    def get_absolute_url(self) -> str:
        """Return the version's page."""
        return reverse("commitments:commitment", args=[self.reference])

    @property
    def state(self) -> CommitmentState:
        """The row as the rules see it."""
        return CommitmentState(
            stage=Stage(self.stage),
            kind=Kind(self.kind),
            what=self.what,
            amount=self.amount,
            unit=Unit(self.unit) if self.unit else None,
            case_kind=CaseKind(self.case_kind) if self.case_kind else None,
            measured_by=self.measured_by,
            doers=tuple(self.doers),
        )

    @state.setter
    def state(self, state: CommitmentState) -> None:
        """Take what the rules decided."""
        self.stage = state.stage.value
        self.doers = list(state.doers)


class Measurement(Recorded):
    """An entered measurement of a commitment that is not about cases; it counts once another person checked it."""

    shown: ClassVar = (
        "commitment", "begins_on", "ends_on", "total", "kept", "entered_by", "entered_on", "checked_by", "checked_on",
        "is_refused",
    )  # fmt: skip
    sealed: ClassVar = ("source", "check_note")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="measurements")
    begins_on = models.DateField()
    ends_on = models.DateField()
    total = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    source = models.CharField(max_length=300)  # where the figures come from
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_on = models.DateField()
    checked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    check_note = models.CharField(max_length=300, blank=True)
    is_refused = models.BooleanField(default=False)

    def about(self) -> Mapping[str, object]:
        """Return the commitment's section, and who entered the figures."""
        return {"section": self.commitment.section.reference, "doers": (self.entered_by.reference,)}

    @property
    def measured(self) -> Measured:
        """The figures as the rules see them."""
        return Measured(begins_on=self.begins_on, ends_on=self.ends_on, total=self.total, kept=self.kept)
