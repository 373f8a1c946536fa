"""What moves a case's due date: stops of the clock, requests for more time, the list of missing papers (§3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.stations.cases.models.case import Case


class ClockStop(Recorded):
    """A stretch in which the clock stands still, because others must act first."""

    shown: ClassVar = ("case", "begins_on", "ends_on", "begun_by", "ended_by", "cause")
    sealed: ClassVar = ("reason",)
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="stops")
    cause = models.CharField(max_length=16)  # see forms.clock.CAUSES: papers, expert, court, other
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """A clock is stopped once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ends_on=None), name="cases_one_stop_a_case")
        ]

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class StopLook(Recorded):
    """Somebody else than the handler looked at a stopped clock and let it stand (§3.2.3)."""

    shown: ClassVar = ("case", "stop", "looked_on", "looked_by")
    sealed: ClassVar = ("note",)
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="stop_looks")
    stop = models.ForeignKey(ClockStop, models.PROTECT, related_name="looks")
    looked_on = models.DateField()
    looked_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    note = models.CharField(max_length=500)

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class Extension(Recorded):
    """A request for more time, and another person's word on it (延期)."""

    shown: ClassVar = ("case", "asked_on", "asked_by", "until", "is_granted", "decided_on", "decided_by")
    sealed: ClassVar = ("reason", "decision")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    until = models.DateField()
    reason = models.CharField(max_length=500)
    is_granted = models.BooleanField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    decision = models.CharField(max_length=500, blank=True)

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class MissingPapers(Recorded):
    """The list of what is missing, given once (一次性告知); asking again is a breach and stops no clock."""

    shown: ClassVar = ("case", "number", "given_on", "given_by", "is_repeated")
    sealed: ClassVar = ("papers", "basis")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField(default=1)
    given_on = models.DateField()
    given_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    is_repeated = models.BooleanField(default=False)
    papers = models.TextField()  # one paper a line
    basis = models.CharField(max_length=300, blank=True)  # the rule that asks for them

    class Meta:
        """Notices of a case are counted."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="cases_notices_are_counted")]

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()
