"""What follows from a verdict for a section: drafted, ordered, carried out (§4.4c)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Section
from pingyi.record.models import Recorded
from pingyi.rules.plan.outcome import ConsequenceKind
from pingyi.rules.result import EFFECTIVE, TO_DO, OrderStage
from pingyi.stations.results.models.verdict import Verdict


class ConsequenceOrder(Recorded):
    """One consequence for one section: the record shows how it moves, not what it says of whom."""

    shown: ClassVar = (
        "verdict", "stage", "due_on", "is_provisional", "ordered_on", "reported_on", "closed_on", "doers", "checked_by",
        "proof_sha256", "is_postponed",
    )  # fmt: skip
    sealed: ClassVar = (
        "section", "consequence", "kind_id", "name", "place", "addressee", "triggers", "report", "note", "proof",
        "proof_name",
    )  # fmt: skip

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="orders")
    section = models.ForeignKey(Section, models.PROTECT, related_name="orders")
    consequence = models.CharField(max_length=80)
    kind_id = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)
    addressee = models.CharField(max_length=80, blank=True)
    triggers = models.JSONField(default=list)
    stage = models.CharField(max_length=12, default=OrderStage.DRAFTED.value)
    due_on = models.DateField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False)
    is_postponed = models.BooleanField(default=False)  # the meeting put it off; `note` says why
    ordered_on = models.DateField(null=True, blank=True)
    report = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)
    proof = models.BinaryField(null=True, blank=True)
    proof_name = models.CharField(max_length=200, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    doers = models.JSONField(default=list)
    checked_by = models.CharField(max_length=64, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)  # the checker's or the meeting's word

    class Meta:
        """A consequence falls on a section once in a verdict."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verdict", "section", "consequence"], name="results_one_order_a_section")
        ]

    def about(self) -> Mapping[str, object]:
        """Return the section and the doers that permissions are judged by."""
        return {"section": self.section.reference, "doers": tuple(self.doers)}

    @property
    def order_stage(self) -> OrderStage:
        """Where it stands."""
        return OrderStage(self.stage)

    @property
    def consequence_kind(self) -> ConsequenceKind:
        """What it is."""
        return ConsequenceKind(self.kind_id)

    @property
    def is_put_off(self) -> bool:
        """Whether it waits for another meeting."""
        return self.is_postponed and self.order_stage is OrderStage.DRAFTED

    @property
    def is_in_force(self) -> bool:
        """Whether it took effect when it was ordered, and still holds."""
        return self.consequence_kind in EFFECTIVE and self.order_stage is OrderStage.DONE

    def is_late(self, *, on: date) -> bool:
        """Whether the term has run out with nothing reported."""
        return self.order_stage in TO_DO and self.due_on is not None and on > self.due_on
