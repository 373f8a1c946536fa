"""How sure a verdict is, kept beside its sheets, and the meeting's word where it is not sure enough (§5.2, §4.4c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.stations.results.models.verdict import Verdict


class Assessment(Recorded):
    """The estimates, intervals and standings of one settlement; numbers stay sealed until publication."""

    shown: ClassVar = ("verdict", "sha256", "decided_on", "decided_by")
    sealed: ClassVar = ("content", "decision")

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="assessment")
    sha256 = models.CharField(max_length=64)  # of the content, which is the bundle's estimates.json
    content = models.TextField()
    decision = models.TextField(blank=True)  # the reasons of the meeting that decided beyond what is confirmed
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    def about(self) -> Mapping[str, object]:
        """Return who settled the verdict: another person confirms."""
        return self.verdict.about()
