"""A second count: another person than who settled had everything computed again from the frozen rows (§5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.stations.results.models.verdict import Verdict


class Recount(Recorded):
    """What one person's second count of one settlement came to; written once, also where it differs."""

    shown: ClassVar = ("verdict", "published_sha256", "is_equal", "differs", "recounted_on", "recounted_by")

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="recounts")
    published_sha256 = models.CharField(max_length=64, blank=True)  # as it came out; empty where nothing came out
    is_equal = models.BooleanField()
    differs = models.JSONField(default=list)  # names of the files that came out otherwise
    recounted_on = models.DateField()
    recounted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def about(self) -> Mapping[str, object]:
        """Return who settled the verdict: another person counts again."""
        return self.verdict.about()
