"""Each offer of a case and what became of it: the baton's way from hand to hand (§3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.case.custody import OFFICE, Outcome, Passing
from pingyi.stations.cases.models.case import Case


class Handover(Recorded):
    """One offer: from whom, to which section, and whether it was taken."""

    shown: ClassVar = (
        "case", "from_section", "from_member", "to_section", "to_member", "outcome", "offered_at", "expires_at",
        "ended_at", "ended_by", "is_loop",
    )  # fmt: skip
    sealed: ClassVar = ("note", "reason")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    from_section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    from_member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    to_section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    to_member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=12, default=Outcome.OFFERED.value)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    is_loop = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)  # what the giver said
    reason = models.CharField(max_length=500, blank=True)  # why it was refused or taken back

    class Meta:
        """A case stands on offer to one place at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(outcome=Outcome.OFFERED.value), name="cases_one_offer_a_case"
            )
        ]

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()

    @property
    def passing(self) -> Passing:
        """The offer as the rules see it."""
        return Passing(
            section=self.to_section.reference if self.to_section else OFFICE,
            offered_at=self.offered_at,
            outcome=Outcome(self.outcome),
            ended_at=self.ended_at,
            ended_by=self.ended_by.reference if self.ended_by else "",
        )
