"""A paper filed with an office above, and its receipt (§4.3d, §4.4a)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.rules.actor import Role
from pingyi.rules.filing import FilingStage, FilingState
from pingyi.stations.plans.models import Round


class Filing(Recorded):
    """One filing that the plan asks for (备案): what was handed over, and that it arrived."""

    shown: ClassVar = (
        "round", "plan_filing", "recipient", "receiver", "due_on", "stage", "filed_on", "filed_by", "sha256", "mime",
        "size", "received_on", "received_by", "is_on_paper", "scan_sha256", "scan_mime", "returned_on", "returned_by",
    )  # fmt: skip
    sealed: ClassVar = (
        "title", "document", "document_name", "note", "receipt_number", "scan", "scan_name", "return_reason",
    )  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    plan_filing = models.CharField(max_length=80)  # the id in the plan
    title = models.CharField(max_length=200)
    recipient = models.CharField(max_length=80)  # an authority's id in the plan
    receiver = models.CharField(max_length=24)  # the role whose members give the receipt
    due_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=12, default=FilingStage.WANTED.value)
    document = models.BinaryField()
    document_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    receipt_number = models.CharField(max_length=60, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    is_on_paper = models.BooleanField(default=False)  # entered by the supervision office from the receipt on paper
    scan = models.BinaryField(default=bytes, blank=True)
    scan_name = models.CharField(max_length=120, blank=True)
    scan_mime = models.CharField(max_length=100, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(blank=True)

    class Meta:
        """What the plan asks to be filed is filed once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "plan_filing"], name="publication_one_filing_of_the_plan")
        ]

    def about(self) -> Mapping[str, object]:
        """Return who filed it: the receipt is another's."""
        return {"doers": (self.filed_by.reference,)}

    def get_absolute_url(self) -> str:
        """Return the filing's page."""
        return reverse("publication:filing", args=[self.round.year, self.plan_filing])

    @property
    def state(self) -> FilingState:
        """The row as the rules see it."""
        return FilingState(
            stage=FilingStage(self.stage),
            receiver=Role(self.receiver),
            due_on=self.due_on,
            filed_on=None if self.stage == FilingStage.RETURNED.value else self.filed_on,  # it is to be filed again
        )

    @state.setter
    def state(self, state: FilingState) -> None:
        """Take what the rules decided."""
        self.stage = state.stage.value
        self.filed_on = state.filed_on or self.filed_on
        self.received_on = state.received_on
