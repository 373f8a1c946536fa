"""What is asked when cases are searched and grouped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.stations.cases.models import Case

LONGEST = 100


class Search(forms.Form):
    """The words that are looked for."""

    q = forms.CharField(
        label=_("Words"),
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=LONGEST,
        help_text=_("Two characters are enough. Words between spaces must all be there."),
    )


class Caller(forms.Form):
    """By what the one who calls again is found."""

    person = forms.CharField(
        label=_("Telephone, its last four digits, mail address or whole name"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        max_length=LONGEST,
        help_text=_("Part of a name or other digits find nothing: what people told lies sealed."),
    )


class Group(forms.Form):
    """With which case one forms a group, and what the group is called."""

    other = forms.CharField(label=_("Number of the other case"), max_length=20, help_text=_("Such as 2026-000123."))
    title = forms.CharField(
        label=_("Name of the group"),
        required=False,
        max_length=120,
        help_text=_("Only for a new group. Name the matter, not a person."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, other: str = "", **more: Any) -> None:
        """Begin with the case that was pointed at, and remember the version that the person had before them."""
        super().__init__(*args, **{**more, "initial": {"seen": case.version, "other": other}})

    def clean_other(self) -> str:
        """Return the number as it is written everywhere."""
        return str(self.cleaned_data["other"]).strip()


class Leave(forms.Form):
    """The press of a button, with the version that was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        """Remember the version that the person had before them."""
        super().__init__(*args, **{**more, "initial": {"seen": case.version}})
