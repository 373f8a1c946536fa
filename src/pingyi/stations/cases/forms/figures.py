"""Which cases the figures count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.rules.plan.conduct import Channel
from pingyi.stations.cases import words
from pingyi.stations.cases.forms.widgets import Day
from pingyi.stations.cases.queries.figures import Period

ALL = [("", _("All"))]


class PeriodForm(forms.Form):
    """Days of receipt, a kind and a channel."""

    since = forms.DateField(label=_("Received from"), required=False, widget=Day())
    until = forms.DateField(label=_("Received until"), required=False, widget=Day())
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, *args: Any, channels: Iterable[Channel], **more: Any) -> None:
        """Offer the plan's channels and the house's own."""
        super().__init__(*args, **more)
        ways = {**words.CHANNELS, **{one.id: one.name for one in channels}}
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ALL, *words.KINDS.items()])
        self.fields["channel"] = forms.ChoiceField(label=_("Channel"), required=False, choices=[*ALL, *ways.items()])

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the first day. Choose a later day."))
        return dict(found)

    def period(self, *, first: date, last: date) -> Period:
        """Return what was chosen; without a choice the whole year so far."""
        given = self.cleaned_data if self.is_valid() else {}
        return Period(
            since=given.get("since") or first,
            until=given.get("until") or last,
            kind=given.get("kind") or "",
            channel=given.get("channel") or "",
        )
