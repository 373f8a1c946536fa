"""That something which is not in order was accepted as it is, with a reason (§0, §5.4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pingyi.bureau.models.house import Member
from pingyi.record.models import Recorded


class Acceptance(Recorded):
    """One line of the page of readiness, accepted for a year as it was seen; the words of why are the act's own."""

    shown: ClassVar = ("line", "step", "occasion", "year", "accepted_by", "accepted_on")
    sealed: ClassVar = ("digest",)  # persons may be named in what was found, and a guessed name could be tried

    line = models.CharField(max_length=40)
    step = models.CharField(max_length=12)
    occasion = models.CharField(max_length=64)  # the plan's version, or the year
    year = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # of what was found: once that changes, the line is open again
    accepted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    accepted_on = models.DateField()

    class Meta:
        """What was seen is accepted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "year", "digest"], name="bureau_one_acceptance_a_line")
        ]
