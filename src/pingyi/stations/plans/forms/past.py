"""What was done before the start: a tick and a day for each task, one ground and one sentence for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingyi.grounds import Grounded
from pingyi.stations.plans.forms.task import Day
from pingyi.stations.plans.models import Task


class Past(Grounded):
    """The tasks that this person may take over; two fields each."""

    verb = "task.take_over"

    everything = forms.BooleanField(label=_("All of them were done on the days shown"), required=False)
    reason = forms.CharField(label=_("From what it is known"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, tasks: Sequence[Task], **more: Any) -> None:
        """Offer each task with the day on which it was due."""
        super().__init__(*args, **more)
        self.tasks = tasks
        for task in tasks:
            self.fields[f"done-{task.reference}"] = forms.BooleanField(required=False, label=task.title)
            self.fields[f"on-{task.reference}"] = forms.DateField(
                required=False, initial=task.due_on, label=_("Done on"), widget=Day()
            )

    def rows(self) -> Iterator[tuple[Task, forms.BoundField, forms.BoundField]]:
        """Yield each task with its two fields."""
        for task in self.tasks:
            yield task, self[f"done-{task.reference}"], self[f"on-{task.reference}"]

    def words(self) -> list[forms.BoundField]:
        """Return the fields that hold for all."""
        return [self["ground"], self["reason"]]

    def clean(self) -> dict[str, Any]:
        """Return the day of each task that was ticked."""
        given = super().clean() or {}
        done: dict[str, date] = {}
        for task in self.tasks:
            if not (given.get("everything") or given.get(f"done-{task.reference}")):
                continue
            day = given.get(f"on-{task.reference}")
            if day is None:
                self.add_error(f"on-{task.reference}", _("Say on which day it was done."))
            else:
                done[task.reference] = day
        if not done and not self.errors:
            raise ValidationError(_("Choose at least one task that was done."))
        return {"done": done, "ground": given.get("ground", ""), "reason": given.get("reason", "")}
