"""A dated duty of the round, and the proofs that it was done (§3.2.1, §4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.task import Setter, Stage, TaskState
from pingyi.stations.plans.models.meeting import Meeting
from pingyi.stations.plans.models.round import Round


class Task(Recorded):
    """One duty of one section (or of the bureau), with exactly one person responsible at every moment (§1.1)."""

    shown: ClassVar = (
        "round", "plan_task", "phase", "carrier", "section", "responsible", "setter", "criterion",
        "recipient", "is_outside", "opens_on", "due_on", "stage", "reported_on", "checked_on", "checked_by",
        "doers", "asked_until", "asked_by",
    )  # fmt: skip
    sealed: ClassVar = ("text", "report", "asked_reason", "check_note", "title", "origin", "product")

    round = models.ForeignKey(Round, models.PROTECT, related_name="tasks")
    plan_task = models.CharField(max_length=80, blank=True, db_index=True)  # the id in the plan; empty when added later
    phase = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    carrier = models.CharField(max_length=24)  # who carries it, in the plan's words (rules.plan.people.Doer)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="tasks")
    responsible = models.ForeignKey(Member, models.PROTECT, related_name="tasks")
    setter = models.CharField(max_length=24, default=Setter.PLAN.value)
    origin = models.CharField(max_length=200, blank=True)  # the document or the meeting that set it
    criterion = models.CharField(max_length=80, blank=True)
    product = models.CharField(max_length=200, blank=True)  # the proof that is asked for, in the plan's words
    recipient = models.CharField(max_length=80, blank=True)
    is_outside = models.BooleanField(default=False)  # done by an office above; the supervision office only reports it
    opens_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=12, default=Stage.OPEN.value)
    report = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    check_note = models.TextField(blank=True)
    doers = models.JSONField(default=list)
    asked_until = models.DateField(null=True, blank=True)
    asked_by = models.CharField(max_length=64, blank=True)
    asked_reason = models.TextField(blank=True)

    class Meta:
        """A plan's duty falls on a section once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "plan_task", "section"],
                condition=~models.Q(plan_task=""),
                name="plans_one_task_a_section",
            ),
            models.UniqueConstraint(
                fields=["round", "plan_task"],
                condition=~models.Q(plan_task="") & models.Q(section=None),
                name="plans_one_task_of_the_bureau",
            ),
        ]

    def about(self) -> Mapping[str, object]:
        """Return the section, the person and the doers that permissions are judged by."""
        section = self.section.reference if self.section else None
        return {
            "section": section,
            "member": self.responsible.reference,
            "doers": (self.responsible.reference, *self.doers),
        }

    def get_absolute_url(self) -> str:
        """Return the task's page."""
        return reverse("plans:task", args=[self.reference])

    @property
    def state(self) -> TaskState:
        """The row as the rules see it."""
        return TaskState(
            stage=Stage(self.stage),
            opens_on=self.opens_on,
            due_on=self.due_on,
            setter=Setter(self.setter),
            responsible=self.responsible.reference,
            doers=tuple(self.doers),
            reported_on=self.reported_on,
            checked_by=self.checked_by.reference if self.checked_by else "",
            asked_until=self.asked_until,
            asked_by=self.asked_by,
            begun_on=self.round.opened_on,
        )

    @state.setter
    def state(self, state: TaskState) -> None:
        """Take what the rules decided; the persons are set by the action, which holds their rows."""
        self.stage = state.stage.value
        self.due_on = state.due_on
        self.doers = list(state.doers)
        self.reported_on = state.reported_on
        self.asked_until = state.asked_until
        self.asked_by = state.asked_by


class Proof(Recorded):
    """A file that shows a task was done, or a meeting's paper; kept on disk under its digest (§4)."""

    shown: ClassVar = ("task", "meeting", "sha256", "mime", "size", "added_on", "added_by", "is_withdrawn")
    sealed: ClassVar = ("name",)

    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="proofs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="papers")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    is_withdrawn = models.BooleanField(default=False)

    def about(self) -> Mapping[str, object]:
        """Return what the task is judged by; a meeting's paper belongs to the bureau."""
        return self.task.about() if self.task else {}
