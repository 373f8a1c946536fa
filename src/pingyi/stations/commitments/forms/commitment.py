"""The forms of a commitment and of its measurement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.models import Section
from pingyi.grounds import Grounded
from pingyi.rules.commitment import Kind, Unit
from pingyi.rules.plan.conduct import CaseKind

KINDS = [
    (Kind.COMMITMENT.value, _("Service commitment: what, within what time, measured by what")),
    (Kind.CONVENIENCE.value, _("Convenience measure: makes it easier for people")),
]
UNITS = [
    ("", _("No time")),
    (Unit.WORKING.value, _("working days")),
    (Unit.CALENDAR.value, _("calendar days")),
    (Unit.HOURS.value, _("hours")),
    (Unit.MINUTES.value, _("minutes")),
]
CASES = [
    ("", _("Not about cases")),
    (CaseKind.COMPLAINT.value, _("Complaints")),
    (CaseKind.INQUIRY.value, _("Inquiries")),
    (CaseKind.SUGGESTION.value, _("Suggestions")),
    (CaseKind.HELP.value, _("Requests for help")),
    (CaseKind.MISCONDUCT.value, _("Reports of misconduct")),
    (CaseKind.PRAISE.value, _("Praise")),
]
LONGEST_AMOUNT = 3650


class Day(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as browsers want them."""
        super().__init__(format="%Y-%m-%d")


class Looked(forms.Form):
    """A press of a button under something that was looked at: its version goes along."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Commitment(Looked):
    """What is promised, within what time, measured by what."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial=Kind.COMMITMENT.value)
    what = forms.CharField(
        label=_("What is promised"),
        max_length=200,
        help_text=_("One sentence as it will hang on the board, such as: a complaint is settled and answered."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amount = forms.IntegerField(
        label=_("Within"), required=False, min_value=0, max_value=LONGEST_AMOUNT,
        help_text=_("A number; 0 means on the spot."),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS, required=False)
    case_kind = forms.ChoiceField(
        label=_("Kind of case that it holds for"), choices=CASES, required=False,
        help_text=_("Shorter than the plan's limit, it sets the due date of the section's cases of this kind."),
    )  # fmt: skip
    measured_by = forms.CharField(
        label=_("Measured by"), required=False, max_length=200,
        help_text=_("What shows whether it was kept, such as: the dates in the register of cases."),
    )  # fmt: skip

    def clean_what(self) -> str:
        """A sentence on a board is one line of words."""
        return " ".join(str(self.cleaned_data["what"]).split())

    def clean(self) -> dict[str, Any]:
        """A number needs its unit, and a unit its number."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        amount, unit = given.get("amount"), given.get("unit")
        if amount is not None and not unit:
            self.add_error("unit", _("Choose what the number counts."))
        if unit and amount is None and "amount" not in self.errors:
            self.add_error("amount", _("Enter the number, or choose “No time”."))
        return given


class Draft(Commitment):
    """A new commitment: it also says of which section."""

    field_order = ("section", "kind", "what", "amount", "unit", "case_kind", "measured_by")

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        """Offer the sections that this person may write for."""
        super().__init__(*args, **options)
        choices = [(row.reference, row.name) for row in sections]
        self.fields["section"] = forms.ChoiceField(label=_("Section"), choices=choices)
        del self.fields["seen"]
        self.order_fields(self.field_order)


class Measurement(forms.Form):
    """How often a commitment was kept in a stretch of days."""

    begins_on = forms.DateField(label=_("First day"), widget=Day())
    ends_on = forms.DateField(label=_("Last day"), widget=Day())
    total = forms.IntegerField(
        label=_("Occasions counted"), min_value=0, max_value=10_000_000, help_text=_("All of them, also the broken.")
    )
    kept = forms.IntegerField(label=_("Of these kept"), min_value=0, max_value=10_000_000)
    source = forms.CharField(
        label=_("Where the figures come from"), max_length=300,
        help_text=_("The register, the system, the recording that another person can look into."),
    )  # fmt: skip


class Reason(Grounded):
    """A ground, and a reason in one's own words."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class Nothing(forms.Form):
    """A press of a button, without any words."""
