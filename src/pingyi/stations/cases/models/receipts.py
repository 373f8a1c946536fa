"""Sealed receipts: printed before, each with a number outside and a secret code inside that nobody here keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.stations.cases.models.case import Case


class ReceiptRoll(Recorded):
    """Some receipts printed together and given to one place; every one of them is accounted for (§5.4)."""

    shown: ClassVar = ("number", "count", "printed_on", "printed_by")
    sealed: ClassVar = ("place",)

    number = models.PositiveIntegerField(unique=True)
    count = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=80)  # the counter or room that is to hand them out
    printed_on = models.DateField()
    printed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")


class SealedReceipt(Recorded):
    """One receipt: free until it is handed out for a case, or void; the code inside is the citizen's alone."""

    shown: ClassVar = ("roll", "number", "case", "bound_on", "bound_by", "voided_on", "void_reason")
    sealed: ClassVar = ("code_digest",)
    lasting: ClassVar = ("code_digest",)  # no word of a person: stays when the case is erased
    apart_with: ClassVar = "case"

    roll = models.ForeignKey(ReceiptRoll, models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=16, unique=True)  # printed outside
    code_digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="sealed_receipts")
    bound_on = models.DateField(null=True, blank=True)
    bound_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    voided_on = models.DateField(null=True, blank=True)
    void_reason = models.CharField(max_length=16, blank=True)  # see words_receipts.REASONS

    def about(self) -> Mapping[str, object]:
        """Return what its case is judged by; a free one is nobody's."""
        return self.case.about() if self.case else {}
