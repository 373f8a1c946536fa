"""What to see in the list of cases, and the moment at which a holder is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.bureau.models import Section
from pingyi.rules.plan.conduct import Channel
from pingyi.stations.cases import words
from pingyi.stations.cases.forms.widgets import Moment
from pingyi.stations.cases.queries.listing import OFFICE_CHOICE

STANDINGS = [
    ("open", _("Unfinished")),
    ("late", pgettext_lazy("case", "Late")),
    ("due", pgettext_lazy("case", "Due soon")),
    ("unanswered", pgettext_lazy("case", "Not answered yet")),
    ("offered", _("Waiting for acceptance")),
    ("unaccepted", pgettext_lazy("case", "Not accepted in time")),
    ("stopped", pgettext_lazy("case", "Clock stopped")),
    ("asked", _("Extension asked for")),
    ("closed", pgettext_lazy("case", "Closed")),
]


class CaseSieve(forms.Form):
    """Filters of the list; a wrong value is no filter."""

    standing = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind of matter"), required=False)
    channel = forms.ChoiceField(label=_("How it came in"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    whose = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, channels: Sequence[Channel], sections: Iterable[Section], **more: Any) -> None:
        """Offer what the plan and the bureau have; a section's own people see no choice of sections."""
        super().__init__(*args, **more)
        ways = {**words.CHANNELS, **{one.id: one.name for one in channels}}
        units = [(row.reference, row.name) for row in sections]
        offered: dict[str, list[Any]] = {
            "standing": STANDINGS,
            "kind": list(words.KINDS.items()),
            "channel": list(ways.items()),
            "section": [*units, (OFFICE_CHOICE, _("Supervision office"))],
        }
        for name, choices in offered.items():
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])
        if not units:
            del self.fields["section"]


class AtMoment(forms.Form):
    """At which moment a holder is asked for."""

    at = forms.DateTimeField(
        label=_("At this time"), widget=Moment(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
