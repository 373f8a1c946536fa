"""What the public handed in and no case carries yet: one row, written before anything else happens (§3.2.2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pingyi.record.keyring import new_name
from pingyi.record.personal import PersonalField, PersonalJSON, PersonalQuerySet
from pingyi.record.references import new_reference
from pingyi.rules.case.stages import is_restricted_kind
from pingyi.stations.cases.models.case import Case

WEB = "web"


# What its insert promised, and what became of it; not how often the worker tried.
COVERED = (
    "follow_code", "once", "digest", "kind_id", "channel_id", "payload", "key_name", "received_at", "case",
)  # fmt: skip


def is_apart(row: Submission) -> bool:
    """Whether the open record must not even tell that it came: a report of misconduct leaves no sign (§3.2.6)."""
    return is_restricted_kind(row.kind_id)


class Submission(models.Model):
    """A plain row: its insert is the promise to the citizen; what was told stays only until its case is made.

    On the web its code is the citizen's own and the case takes it over. To a channel's system it is a receipt to ask
    with, and opens nothing to the citizen: what a hotline knows must not decide for the person.
    """

    follow_code = models.CharField(max_length=12, unique=True, default=new_reference)
    once = models.CharField(max_length=64, unique=True, null=True, blank=True)  # the same form sent twice comes once
    digest = PersonalField(blank=True)  # of what a system told: another under one word is seen
    kind_id = models.CharField(max_length=24)
    channel_id = models.CharField(max_length=40)
    payload = PersonalJSON(default=dict)  # encrypted; emptied in the transaction that makes the case
    key_name = models.CharField(max_length=32, default=new_name)  # its case takes the key over
    received_at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="submissions")
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=120, blank=True)  # why no case could be made of it; never what was told

    objects = PersonalQuerySet.as_manager()

    class Meta:
        """The worker asks for what waits, the oldest first."""

        indexes: ClassVar = [
            models.Index(fields=["id"], name="cases_waiting_submissions", condition=models.Q(case=None))
        ]

    @property
    def subject(self) -> str:
        """What the payload is bound to."""
        return f"submission/{self.follow_code}"

    def __str__(self) -> str:
        """Return the code by which the citizen follows it."""
        return self.follow_code
