"""The forms of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.shelf import Kept
from pingyi.rules.plan.schedule import MeetingKind
from pingyi.stations.plans.forms.task import Day

KINDS = {
    MeetingKind.MOBILIZATION: _("Mobilization meeting"),
    MeetingKind.BRIEFING: _("Briefing"),
    MeetingKind.ASSEMBLY: _("Assembly"),
    MeetingKind.FORUM: _("Forum"),
    MeetingKind.OFFICE_MEETING: _("Office meeting"),
    MeetingKind.OTHER: _("Other meeting"),
}
ONE_A_LINE = _("One a line.")


class Moment(forms.DateTimeInput):
    """A day and an hour, picked or typed."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        """Write moments as browsers want them."""
        super().__init__(format="%Y-%m-%dT%H:%M")


def _lines(label: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=4000, help_text=ONE_A_LINE, widget=area)


class Call(forms.Form):
    """A meeting beside the plan's."""

    title = forms.CharField(label=_("Meeting"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, word) for kind, word in KINDS.items()])
    earliest_on = forms.DateField(label=_("At the earliest"), required=False, widget=Day())
    latest_on = forms.DateField(label=_("At the latest"), required=False, widget=Day())
    convener = forms.CharField(label=_("Convener"), required=False, max_length=120)
    guests = _lines(_("Invited"))
    agenda = _lines(_("Agenda"))


class Convening(forms.Form):
    """Date, place, and those who should come."""

    held_at = forms.DateTimeField(
        label=_("Day and hour"), widget=Moment(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
    )
    planned_minutes = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=720, initial=120)
    place = forms.CharField(label=_("Place"), max_length=120)
    convener = forms.CharField(label=_("Convener"), required=False, max_length=120)
    guests = _lines(_("Invited"))
    agenda = _lines(_("Agenda"))


class AttendanceCount(forms.Form):
    """How many came."""

    invited = forms.IntegerField(label=_("Invited"), min_value=0, max_value=9999)
    present = forms.IntegerField(label=_("Present"), min_value=0, max_value=9999)
    proxies = forms.IntegerField(
        label=_("Sent somebody"), min_value=0, max_value=9999, initial=0, help_text=_("The others count as absent.")
    )


class Minutes(WithFiles):
    """What was said and decided, with the meeting's papers."""

    text = forms.CharField(label=_("Minutes"), max_length=20000, widget=forms.Textarea(attrs={"rows": 12}))
    papers = files_field(_("Papers"))

    def clean_papers(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["papers"])
