"""What follows a case: breaches, call-backs, the citizen's rating, the protected thread (§3.2.2, §3.2.3, §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.record.personal import PersonalField, PersonalJSON
from pingyi.rules.case.oversight import BreachStage, BreachState
from pingyi.stations.cases.models.case import Case


class Breach(Recorded):
    """A rule of service that was broken (责任追究): raised once, decided by another."""

    shown: ClassVar = (
        "case", "kind", "once", "section", "member", "raised_on", "raised_by", "heard_on", "stage", "decided_on",
        "decided_by",
    )  # fmt: skip
    sealed: ClassVar = ("note", "statement", "decision")
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="breaches")
    kind = models.CharField(max_length=16)  # rules.case.oversight.BreachKind
    once = models.CharField(max_length=40, blank=True)  # tells two breaches of one kind apart, such as the offer's day
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="breaches")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who held the case then
    raised_on = models.DateField()
    raised_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # None: the machine
    note = models.CharField(max_length=500, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    statement = models.CharField(max_length=1000, blank=True)  # how it came about, as the member says
    stage = models.CharField(max_length=12, default="raised")  # raised, upheld, dismissed
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=500, blank=True)

    class Meta:
        """One breach is raised once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "kind", "once"], name="cases_one_breach_of_a_kind")
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "raised_on"], name="cases_breaches")]

    def about(self) -> Mapping[str, object]:
        """Return the section, and the one who held the case: nobody decides on their own breach."""
        section = self.section.reference if self.section else None
        return {"section": section, "member": self.member.reference, "doers": (self.member.reference,)}

    @property
    def state(self) -> BreachState:
        """Where it stands, as the rules see it."""
        return BreachState(
            member=self.member.reference,
            raised_on=self.raised_on,
            raised_by=self.raised_by.reference if self.raised_by else "",
            is_heard=self.heard_on is not None,
            stage=BreachStage(self.stage),
            decided_by=self.decided_by.reference if self.decided_by else "",
        )

    def get_absolute_url(self) -> str:
        """Return the breach's page."""
        return reverse("cases:breach", args=[self.reference])


class SupervisionLetter(Recorded):
    """A letter of the supervision office about a late case: an urging or a criticism, each once a closing (§3.2.3)."""

    shown: ClassVar = (
        "case", "turn", "measure", "issued_on", "issued_by", "section", "member", "acting", "due_on",
    )  # fmt: skip
    sealed: ClassVar = ("note",)
    apart_with: ClassVar = "case"

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    turn = models.PositiveSmallIntegerField(default=0)  # the case's reopenings then
    measure = models.CharField(max_length=12)  # rules.case.oversight.Measure
    issued_on = models.DateField(db_index=True)
    issued_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # None: the machine
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who held the case
    acting = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # who stood in
    due_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        """Each letter is written once for one closing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "turn", "measure"], name="cases_one_letter_of_a_kind")
        ]

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()

    def get_absolute_url(self) -> str:
        """Return the letter's page."""
        return reverse("cases:letter", args=[self.reference])


class CallBack(Recorded):
    """An independent question to the citizen about a closed case (回访), drawn by lot or asked by hand."""

    shown: ClassVar = ("case", "turn", "drawn_on", "draw", "operator", "stage", "asked_on", "level", "is_solved")
    sealed: ClassVar = ("words",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="call_backs")
    turn = models.PositiveSmallIntegerField(default=0)  # the case's reopenings when it was closed
    drawn_on = models.DateField()
    draw = models.CharField(max_length=64, blank=True)  # the published seed of the lot; empty when asked by hand
    operator = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=12, default="drawn")  # drawn, reached, unreached
    asked_on = models.DateField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    is_solved = models.BooleanField(null=True, blank=True)
    words = PersonalField(blank=True)

    class Meta:
        """One call-back for one closing."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "turn"], name="cases_one_call_back_a_turn")]

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return the case's doers: who handled a case does not ask about it."""
        return self.case.about()


class Rating(Recorded):
    """The citizen's own word on five levels (好差评): once for each closing, never by the handler."""

    shown: ClassVar = ("case", "turn", "level", "given_on", "means")
    sealed: ClassVar = ("words",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    turn = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField()  # 5 very satisfied … 1 very dissatisfied
    given_on = models.DateField()
    means = models.CharField(max_length=12)  # link, call_back, hotline
    words = PersonalField(blank=True)

    class Meta:
        """One rating for one closing."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "turn"], name="cases_one_rating_a_turn")]

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()


class Message(Recorded):
    """One letter of the protected thread between a reporter of misconduct and the supervision office (§3.2.6, §5.4)."""

    shown: ClassVar = ("case", "is_from_reporter", "written_on", "written_by")
    sealed: ClassVar = ("text",)
    apart_with: ClassVar = "case"

    salts = PersonalJSON(default=dict, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    is_from_reporter = models.BooleanField()
    written_on = models.DateField()
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    text = PersonalField()

    @property
    def key_holder(self) -> Case:
        """Whose key it lies under: the case's."""
        return self.case

    def about(self) -> Mapping[str, object]:
        """Return what the case is judged by."""
        return self.case.about()
