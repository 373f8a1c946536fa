"""Printing sealed receipts, giving one for a case, making some void."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.stations.cases.words_receipts import REASONS

COUNTS = (20, 40, 100, 200)
NUMERIC = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class PrintRoll(forms.Form):
    """How many receipts are printed, and for whom."""

    count = forms.TypedChoiceField(
        label=_("How many"), coerce=int, choices=[(count, str(count)) for count in COUNTS],
        help_text=_("Four stand on a sheet of A4."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("For which counter or room"), max_length=80, help_text=_("Whoever takes them signs for them there.")
    )


class Bind(forms.Form):
    """The number outside of the receipt that is given."""

    receipt = forms.CharField(
        label=_("Number of the sealed receipt"), max_length=20, widget=NUMERIC,
        help_text=_("It stands outside, such as 012-037-71. Leave the seal unbroken."),
    )  # fmt: skip


class Void(forms.Form):
    """Which receipts of a roll become void, and why."""

    receipt = forms.CharField(
        label=_("Number of the sealed receipt"), max_length=20, required=False, widget=NUMERIC,
        help_text=_("Empty means every receipt of the roll that was not given yet."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=pgettext_lazy("sealed receipts", "Why"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )
