"""What one officer proposed about a role that checks, and another person confirmed or refused (§5.4, ADR 0013)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models.house import ROLES, Member, Section
from pingyi.record.keyring import new_name
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalJSON


class Motion(Recorded):
    """An appointment, a change or the withdrawal of a login, until two persons stand behind it."""

    shown = (
        "verb", "member", "role", "section", "stage", "proposed_by", "proposed_on", "decided_by", "decided_on",
    )  # fmt: skip
    sealed = ("particulars", "reason", "note")
    private = ("key_name",)

    salts = PersonalJSON(default=dict, editable=False)
    verb = models.CharField(max_length=40)  # member.appoint, member.change, member.withdraw_login
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="motions")
    role = models.CharField(max_length=24, choices=ROLES)  # the role that checks
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+")
    key_name = models.CharField(max_length=32, default=new_name)
    particulars = PersonalJSON(default=dict)  # what the act is given: name, telephone, days as text
    reason = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=12, default="open")  # rules.motion.Stage
    proposed_by = models.CharField(max_length=64)
    proposed_on = models.DateField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)  # why it was refused

    class Meta:
        """What waits is asked on every desk of those who confirm."""

        indexes: ClassVar = [models.Index(fields=["stage"], name="bureau_motions")]

    def about(self) -> Mapping[str, object]:
        """Neither who proposed it nor whom it is about confirms it; who proposed it may take it back."""
        about = (self.member.reference,) if self.member else ()
        return {"member": self.proposed_by, "doers": (self.proposed_by, *about)}

    @property
    def name(self) -> str:
        """Whom it is about."""
        return str(self.particulars.get("name", ""))
