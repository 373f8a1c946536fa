"""Keys by which other systems, such as a hotline's, hand cases in and ask after them: one channel each (§3.2.2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded


class ChannelKey(Recorded):
    """A secret word of one channel; only its digest is kept, so that nobody can read it out again."""

    shown: ClassVar = ("channel_id", "issued_on", "issued_by", "revoked_on")
    sealed: ClassVar = ("label", "secret_sha256")

    channel_id = models.CharField(max_length=40)
    label = models.CharField(max_length=80)  # whose system uses it
    secret_sha256 = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    revoked_on = models.DateField(null=True, blank=True)
