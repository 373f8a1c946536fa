"""What the citizen's side leaves: why a case was opened again, who opened the data, how call-backs were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from pingyi.bureau.models import Member
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON
from pingyi.stations.cases.models.case import Case


class Reopening(Recorded):
    """Why a citizen was not content with a closed case; the words are theirs and stand nowhere in the open."""

    shown: ClassVar = ("case", "turn", "asked_on", "ground")
    sealed: ClassVar = ("reason",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reopened")
    turn = models.PositiveSmallIntegerField()  # the case's reopenings when it was closed
    asked_on = models.DateField()
    ground = models.CharField(max_length=12, null=True, blank=True)  # rules.case.oversight.Ground; None: not asked then
    reason = PersonalField(blank=True)

    class Meta:
        """A closing is objected to once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "turn"], name="cases_one_reopening_a_turn")]

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class Identification(Recorded):
    """One opening of the complainant's data, with its reason; the complainant sees it on the follow page (§5.4)."""

    shown: ClassVar = ("case", "opened_on", "opened_by", "purpose")
    sealed: ClassVar = ("reason",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="identifications")
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=16)  # see words_public.PURPOSES
    reason = PersonalField(blank=True)

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class CaseHold(Recorded):
    """What keeps a case from being erased while another matter needs it, such as a report of misconduct (§5.4).

    The record does not say of which case: whoever is looked into would learn of it.
    """

    shown: ClassVar = ("begins_on", "held_by", "ended_on", "ended_by")
    sealed: ClassVar = ("reason", "case")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    begins_on = models.DateField()
    held_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        """A case is held once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_on=None), name="cases_one_hold_a_case")
        ]


class CallBackDraw(Recorded):
    """A lot among closed cases (回访抽取): announced with a commitment first, drawn when public randomness is out."""

    shown: ClassVar = (
        "since", "until", "pool", "count", "commitment", "source", "source_on", "announced_on", "announced_by",
        "randomness", "code", "drawn_on", "drawn_by", "drawn",
    )  # fmt: skip
    sealed: ClassVar = ("secret",)

    since = models.DateField()
    until = models.DateField()  # cases closed from `since` to this day are in the pool
    pool = models.JSONField(default=list)  # references, sorted
    count = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    secret = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=120)  # whose published numbers decide, such as a lottery
    source_on = models.DateField()
    announced_on = models.DateField()
    announced_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    randomness = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=64, blank=True)  # revealed with the draw
    drawn_on = models.DateField(null=True, blank=True)
    drawn_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    drawn = models.JSONField(default=list)  # references
