"""A member's calendar address: whoever has it reads the member's dates, so it can be revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded


class CalendarFeed(Recorded):
    """A secret address of an iCalendar feed; only the secret's digest is kept."""

    shown: ClassVar = ("member", "token_sha256", "opened_on", "revoked_on")

    member = models.ForeignKey(Member, models.PROTECT, related_name="calendar_feeds")
    token_sha256 = models.CharField(max_length=64, unique=True)
    opened_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)

    def about(self) -> Mapping[str, object]:
        """Return the member that permissions are judged by."""
        return {"member": self.member.reference}
