"""A matter that the public raised (工单), and the year's numbers (§3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.keyring import new_name
from pingyi.record.models import Recorded
from pingyi.record.references import new_reference
from pingyi.rules.actor import citizen, reader
from pingyi.rules.case.clock import Clock, Limit
from pingyi.rules.case.custody import OFFICE, Custody, Offer
from pingyi.rules.case.stages import CaseState, Stage
from pingyi.rules.plan.conduct import DayUnit
from pingyi.stations.cases.models.moves import moves_from_json, moves_to_json
from pingyi.stations.plans.models import Round


class Case(Recorded):
    """One matter with exactly one holder at every moment (§1.1); its reference is its number, such as 2026-000123."""

    shown: ClassVar = (
        "round", "kind_id", "channel_id", "criterion", "received_on", "received_by", "stage", "section", "holder",
        "due_on", "began_on", "limit_days", "limit_unit", "limit_extension_days", "limit_source", "due_moves",
        "is_provisional", "is_extended", "stopped_on", "asked_until", "asked_by", "answered_on", "settled_on",
        "closed_on", "has_been_late", "reopenings", "doers", "bounces", "passed_through", "is_restricted",
        "is_anonymous", "merged_into", "split_from", "erased_on", "lawful_on", "kind_by", "judged_by",
    )  # fmt: skip
    sealed: ClassVar = (
        "title", "text", "place", "answer", "result", "theme", "theme_code", "external_number", "received_at",
        "follow_code", "external_key", "held_since", "offered_to", "offered_member", "offered_by", "offered_at",
        "offer_expires_at", "is_offered", "is_offer_loop", "source_told",
    )  # fmt: skip
    private: ClassVar = ("changed_at", "key_name")
    earliest: ClassVar = "received_on"
    apart_with: ClassVar = "is_restricted"  # a report of misconduct leaves no sign in the open record (§3.2.6)

    # what was raised
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False)
    kind_id = models.CharField(max_length=24)  # rules.plan.conduct.CaseKind
    kind_by = models.CharField(max_length=64, null=True, blank=True)  # the member who gave it that kind
    channel_id = models.CharField(max_length=40)  # a channel of the plan, or phone, counter, letter, visit, web
    theme = models.CharField(max_length=120, blank=True)  # in the words of the hotline or the bureau
    theme_code = models.CharField(max_length=40, blank=True)
    criterion = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    external_number = models.CharField(max_length=64, blank=True)  # the hotline's own number
    external_key = models.CharField(max_length=64, blank=True)  # keyed digest of it, to find it again
    follow_code = models.CharField(max_length=12, unique=True, default=new_reference)  # by which the citizen follows it
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)  # its first holder
    is_restricted = models.BooleanField(default=False)  # for the supervision office alone
    is_anonymous = models.BooleanField(default=False)

    # where it is
    stage = models.CharField(max_length=12, default=Stage.RECEIVED.value)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )  # None: with the supervision office, or with who received it
    holder = models.ForeignKey(Member, models.PROTECT, related_name="cases", db_index=False)
    held_since = models.DateTimeField()
    bounces = models.PositiveSmallIntegerField(default=0)
    passed_through = models.JSONField(default=list)  # sections that held or refused it before; "" is the office
    is_offered = models.BooleanField(default=False)
    offered_to = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    offered_member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    offered_by = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    is_offer_loop = models.BooleanField(default=False)

    # until when
    due_on = models.DateField()
    began_on = models.DateField()
    limit_days = models.PositiveSmallIntegerField()
    limit_unit = models.CharField(max_length=8, default=DayUnit.WORKING.value)
    limit_extension_days = models.PositiveSmallIntegerField(default=0)
    limit_source = models.CharField(max_length=80, default="plan")
    due_moves = models.JSONField(default=list)
    is_provisional = models.BooleanField(default=False)
    lawful_on = models.DateField(null=True, blank=True)  # where the limit ends later than the citizen was told
    is_extended = models.BooleanField(default=False)
    stopped_on = models.DateField(null=True, blank=True)
    asked_until = models.DateField(null=True, blank=True)
    asked_by = models.CharField(max_length=64, blank=True)

    # what came of it
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    settled_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    has_been_late = models.BooleanField(default=False)
    reopenings = models.PositiveSmallIntegerField(default=0)
    doers = models.JSONField(default=list)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False, blank=True
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)
    judged_by = models.CharField(max_length=8, null=True, blank=True)  # rules.case.imported.Judge, of a hotline's case
    source_told = models.JSONField(null=True, blank=True)  # the hotline's own words and moments, as its table has them
    erased_on = models.DateField(null=True, blank=True)  # its words and names were destroyed for good
    changed_at = models.DateTimeField(null=True)  # of the last act; a channel's system asks what changed since
    key_name = models.CharField(max_length=32, default=new_name)  # under which all lies that its person told

    class Meta:
        """Every list and the desk read one of these indexes; a hotline's number comes once a channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_key", "channel_id"],
                condition=~models.Q(external_key=""),
                name="cases_one_number_a_channel",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["received_on", "id"], name="cases_by_receipt"),
            models.Index(fields=["stage", "due_on", "id"], name="cases_by_stage"),
            models.Index(
                fields=["due_on", "id"], name="cases_open", condition=models.Q(closed_on=None, merged_into=None)
            ),
            models.Index(fields=["section", "stage", "due_on", "id"], name="cases_by_section"),
            models.Index(fields=["section", "received_on", "id"], name="cases_section_receipt"),
            models.Index(fields=["holder", "stage", "due_on", "id"], name="cases_by_holder"),
            models.Index(fields=["kind_id", "received_on", "id"], name="cases_by_kind"),
            models.Index(fields=["channel_id", "received_on", "id"], name="cases_by_channel"),
            models.Index(fields=["channel_id", "changed_at", "id"], name="cases_by_change"),
            models.Index(
                fields=["offered_to", "offer_expires_at"], name="cases_offered", condition=models.Q(is_offered=True)
            ),
            models.Index(fields=["key_name"], name="cases_by_key"),
            models.Index(fields=["merged_into"], name="cases_merged", condition=~models.Q(merged_into=None)),
            models.Index(fields=["split_from"], name="cases_split", condition=~models.Q(split_from=None)),
            models.Index(fields=["asked_until"], name="cases_asked", condition=~models.Q(asked_until=None)),
        ]

    def about(self) -> Mapping[str, object]:
        """Return the section, the holder, the doers and the section it is offered to.

        A restricted case lets nobody in by a section; which one it `concerns` only keeps the recused out.
        """
        unit = self.section or self.holder.section
        holding = unit.reference if unit else None
        who = {"member": self.holder.reference, "doers": tuple(self.doers), "follower": self.follower}
        if self.is_restricted:
            offered = OFFICE if self.is_offered else None
            return {**who, "section": None, "concerns": holding, "offered": offered, "reader": None}
        offered = (self.offered_to.reference if self.offered_to else OFFICE) if self.is_offered else None
        return {**who, "section": holding, "offered": offered, "reader": reader(self.reference).reference}

    @property
    def follower(self) -> str:
        """What the one who holds its secret code is called in the record."""
        return citizen(self.reference).reference

    def stamp(self, *, at: datetime) -> None:
        """Keep when it was last changed."""
        self.changed_at = at

    def get_absolute_url(self) -> str:
        """Return the case's page for staff."""
        return reverse("cases:case", args=[self.reference])

    @property
    def state(self) -> CaseState:
        """The stage as the rules see it."""
        return CaseState(
            stage=Stage(self.stage),
            section=self.section.reference if self.section else OFFICE,
            due_on=self.due_on,
            answered_on=self.answered_on,
            settled_on=self.settled_on,
            closed_on=self.closed_on,
            doers=tuple(self.doers),
            has_been_late=self.has_been_late,
            reopenings=self.reopenings,
            is_stopped=self.stopped_on is not None,
            awaits_extension=self.asked_until is not None,
            offer_expires_at=self.offer_expires_at,
            is_restricted=self.is_restricted,
            merged_into=self.merged_into.reference if self.merged_into else "",
            lawful_on=self.lawful_on,
        )

    @state.setter
    def state(self, state: CaseState) -> None:
        """Take what the rules decided; the case merged into is set by the action, which holds its row."""
        self.stage = state.stage.value
        self.answered_on = state.answered_on
        self.settled_on = state.settled_on
        self.closed_on = state.closed_on
        self.doers = list(state.doers)
        self.has_been_late = state.has_been_late
        self.reopenings = state.reopenings

    @property
    def custody(self) -> Custody:
        """Who holds it, as the rules see it."""
        return Custody(
            holder=self.holder.reference,
            section=self.section.reference if self.section else OFFICE,
            since=self.held_since,
            offer=self._offer(),
            bounces=self.bounces,
            seen=tuple(self.passed_through),
        )

    @custody.setter
    def custody(self, custody: Custody) -> None:
        """Take what the rules decided; persons and sections are set by the action, which holds their rows."""
        made = custody.offer
        self.held_since = custody.since
        self.bounces = custody.bounces
        self.passed_through = list(custody.seen)
        self.is_offered = made is not None
        self.offered_by = made.by if made else ""
        self.offered_at = made.at if made else None
        self.offer_expires_at = made.expires_at if made else None
        self.is_offer_loop = made.is_loop if made else False
        if made is None:
            self.offered_to, self.offered_member = None, None

    @property
    def clock(self) -> Clock:
        """When it is due and why, as the rules see it."""
        return Clock(
            began_on=self.began_on,
            limit=Limit(
                days=self.limit_days,
                unit=DayUnit(self.limit_unit),
                extension_days=self.limit_extension_days,
                source=self.limit_source,
            ),
            due_on=self.due_on,
            moves=moves_from_json(self.due_moves),
            stopped_on=self.stopped_on,
            asked_until=self.asked_until,
            asked_by=self.asked_by,
            is_extended=self.is_extended,
            is_provisional=self.is_provisional,
            lawful_on=self.lawful_on,
        )

    @clock.setter
    def clock(self, clock: Clock) -> None:
        """Take what the rules decided."""
        self.began_on, self.due_on = clock.began_on, clock.due_on
        self.limit_days, self.limit_unit = clock.limit.days, clock.limit.unit.value
        self.limit_extension_days, self.limit_source = clock.limit.extension_days, clock.limit.source
        self.due_moves = moves_to_json(clock.moves)
        self.stopped_on, self.asked_until, self.asked_by = clock.stopped_on, clock.asked_until, clock.asked_by
        self.is_extended, self.is_provisional = clock.is_extended, clock.is_provisional
        self.lawful_on = clock.lawful_on

    def _offer(self) -> Offer | None:
        if not self.is_offered or self.offered_at is None or self.offer_expires_at is None:
            return None
        at: datetime = self.offered_at
        return Offer(
            section=self.offered_to.reference if self.offered_to else OFFICE,
            member=self.offered_member.reference if self.offered_member else "",
            by=self.offered_by, at=at, expires_at=self.offer_expires_at, is_loop=self.is_offer_loop,
        )  # fmt: skip


class CaseNumber(models.Model):
    """The last number given in a year; a plain row, locked while numbers are taken so that none is left out."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """Return the last reference given."""
        return f"{self.year}-{self.last:06}"
