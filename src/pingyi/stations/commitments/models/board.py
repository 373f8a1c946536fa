"""A notice board at its place, and the editions of what boards say (§4.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.board import BoardState, Content, Size, from_plain


class BoardEdition(Recorded):
    """What all boards of a section (or of the whole bureau) say from a day on; frozen, with its digest."""

    shown: ClassVar = (
        "section", "number", "content_sha256", "checkpoint_size", "checkpoint_root", "published_on", "published_by",
    )  # fmt: skip
    sealed: ClassVar = ("content",)

    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="board_editions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    checkpoint_size = models.BigIntegerField(null=True, blank=True)  # the record's latest one on the day
    checkpoint_root = models.CharField(max_length=64, blank=True)
    published_on = models.DateField()
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        """The editions of a section, and those of the bureau, are counted."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "number"], name="commitments_one_edition_a_section"),
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(section=None), name="commitments_one_edition_of_the_bureau"
            ),
        ]

    @property
    def said(self) -> Content:
        """The content as the rules see it."""
        return from_plain(json.loads(self.content))


class NoticeBoard(Recorded):
    """One board at one place; its reference is in the QR code that hangs there."""

    shown: ClassVar = (
        "section", "size", "hung", "hung_on", "hung_by", "photograph_sha256", "photograph_mime", "photograph_size",
        "placed_on", "taken_down_on",
    )  # fmt: skip
    sealed: ClassVar = ("place", "note")

    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="notice_boards")
    place = models.CharField(max_length=120)
    size = models.CharField(max_length=8, default=Size.A3.value)
    placed_on = models.DateField()
    hung = models.PositiveSmallIntegerField(default=0)  # the number of the edition that hangs
    hung_on = models.DateField(null=True, blank=True)
    hung_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    photograph_sha256 = models.CharField(max_length=64, blank=True)
    photograph_mime = models.CharField(max_length=40, blank=True)
    photograph_size = models.PositiveIntegerField(default=0)
    taken_down_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # why it was taken down

    def about(self) -> Mapping[str, object]:
        """Return the section whose people look after the board."""
        return {"section": self.section.reference if self.section else None}

    def get_absolute_url(self) -> str:
        """Return the board's page for members."""
        return reverse("commitments:board", args=[self.reference])

    @property
    def state(self) -> BoardState:
        """The row as the rules see it."""
        return BoardState(size=Size(self.size), hung=self.hung, hung_on=self.hung_on, taken_down_on=self.taken_down_on)

    @state.setter
    def state(self, state: BoardState) -> None:
        """Take what the rules decided."""
        self.hung = state.hung
        self.hung_on = state.hung_on
        self.taken_down_on = state.taken_down_on
