"""An item of the openness checklist, and the files that show it (§3.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.urls import reverse

from pingyi.bureau.models import Member, Section
from pingyi.record.models import Recorded
from pingyi.rules.openness import RECHECK_DAYS, ItemState, Stage


class OpennessItem(Recorded):
    """One thing that one section keeps open to everybody."""

    shown: ClassVar = (
        "section", "template_id", "area", "stage", "shown_on", "checked_on", "checked_by", "recheck_days", "doers",
    )  # fmt: skip
    sealed: ClassVar = ("title", "url", "place", "note")

    section = models.ForeignKey(Section, models.PROTECT, related_name="openness_items")
    template_id = models.CharField(max_length=40, blank=True)  # empty for an item of the section's own
    area = models.CharField(max_length=16)
    title = models.CharField(max_length=120, blank=True)  # of an item of the section's own
    stage = models.CharField(max_length=16, default=Stage.MISSING.value, db_index=True)
    url = models.URLField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)  # where it hangs, if it is not on the web
    note = models.CharField(max_length=300, blank=True)  # what is missing, or why it does not apply
    shown_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    recheck_days = models.PositiveSmallIntegerField(default=RECHECK_DAYS)
    doers = models.JSONField(default=list)

    class Meta:
        """A section has an item of the template once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "template_id"],
                condition=~models.Q(template_id=""),
                name="commitments_one_item_a_section",
            )
        ]

    def about(self) -> Mapping[str, object]:
        """Return the section and those who showed it."""
        return {"section": self.section.reference, "doers": tuple(self.doers)}

    def get_absolute_url(self) -> str:
        """Return the item's page."""
        return reverse("commitments:openness-item", args=[self.reference])

    @property
    def state(self) -> ItemState:
        """The row as the rules see it."""
        return ItemState(
            stage=Stage(self.stage),
            shown_on=self.shown_on,
            checked_on=self.checked_on,
            recheck_days=self.recheck_days,
            doers=tuple(self.doers),
        )

    @state.setter
    def state(self, state: ItemState) -> None:
        """Take what the rules decided."""
        self.stage = state.stage.value
        self.shown_on = state.shown_on
        self.checked_on = state.checked_on
        self.doers = list(state.doers)


class OpennessProof(Recorded):
    """A file or photograph that shows an item is open; kept on the shelf under its digest."""

    shown: ClassVar = ("item", "sha256", "mime", "size", "added_on", "added_by", "is_withdrawn")
    sealed: ClassVar = ("name",)

    item = models.ForeignKey(OpennessItem, models.PROTECT, related_name="proofs")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    added_on = models.DateField()
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    is_withdrawn = models.BooleanField(default=False)

    def about(self) -> Mapping[str, object]:
        """Return what the item is judged by."""
        return self.item.about()
