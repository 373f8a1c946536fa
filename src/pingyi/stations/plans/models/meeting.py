"""A meeting of the round: agenda, attendance, minutes (§4.1, §4.3b)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.record.models import Recorded
from pingyi.rules.day import day_of
from pingyi.rules.meeting import Attendance, MeetingStage, MeetingState
from pingyi.stations.plans.models.round import Round


class Meeting(Recorded):
    """One meeting, from the plan or called besides it."""

    shown: ClassVar = (
        "round", "plan_meeting", "phase", "kind", "stage", "earliest_on", "latest_on", "held_at",
        "planned_minutes", "invited", "present", "proxies",
    )  # fmt: skip
    sealed: ClassVar = ("convener", "guests", "agenda", "minutes", "title", "place")

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    plan_meeting = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=24)
    stage = models.CharField(max_length=12, default=MeetingStage.PLANNED.value)
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(default=120)  # how long it is meant to last, in minutes
    place = models.CharField(max_length=120, blank=True)
    convener = models.CharField(max_length=120, blank=True)
    guests = models.TextField(blank=True)  # those invited, one a line
    agenda = models.TextField(blank=True)  # one item a line
    invited = models.PositiveSmallIntegerField(default=0)
    present = models.PositiveSmallIntegerField(default=0)
    proxies = models.PositiveSmallIntegerField(default=0)
    minutes = models.TextField(blank=True)

    def get_absolute_url(self) -> str:
        """Return the meeting's page."""
        return reverse("plans:meeting", args=[self.reference])

    @property
    def state(self) -> MeetingState:
        """The row as the rules see it."""
        return MeetingState(
            stage=MeetingStage(self.stage),
            earliest_on=self.earliest_on,
            latest_on=self.latest_on,
            held_on=day_of(self.held_at) if self.held_at else None,
            attendance=Attendance(invited=self.invited, present=self.present, proxies=self.proxies),
        )

    @state.setter
    def state(self, state: MeetingState) -> None:
        """Take what the rules decided."""
        self.stage = state.stage.value
        self.invited = state.attendance.invited
        self.present = state.attendance.present
        self.proxies = state.attendance.proxies
