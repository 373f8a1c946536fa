"""Why the data are opened; letters; call-backs and their lots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.stations.cases.forms.public import LEVELS
from pingyi.stations.cases.forms.widgets import Day, area
from pingyi.stations.cases.words_public import PURPOSES


class Identify(forms.Form):
    """For what, and why; the complainant reads it."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=area(3),
        help_text=_("The complainant sees this reason, word by word."),
    )


class Announce(forms.Form):
    """Which cases are in the pool, and whose published numbers decide."""

    since = forms.DateField(label=_("Closed from"), widget=Day())
    until = forms.DateField(label=_("Closed until"), widget=Day())
    source = forms.CharField(
        label=_("Whose numbers decide"),
        max_length=120,
        help_text=_("A lottery draw that everybody can look up, with its number."),
    )
    source_on = forms.DateField(label=_("Held on"), widget=Day(), help_text=_("A day after today."))


class Draw(forms.Form):
    """The numbers that were published."""

    numbers = forms.CharField(
        label=_("The published numbers"),
        max_length=200,
        help_text=_("With spaces between them, such as 3 9 14 22 31 33."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CallBack(forms.Form):
    """What the citizen said on the telephone."""

    is_reached = forms.TypedChoiceField(
        label=_("Did you reach the citizen?"),
        choices=[("yes", _("Yes")), ("no", _("No, after three calls at different times"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    is_solved = forms.TypedChoiceField(
        label=_("Does the citizen call the matter settled?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    level = forms.TypedChoiceField(
        label=_("How satisfied is the citizen?"),
        choices=LEVELS,
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    words = forms.CharField(label=_("In the citizen's words"), required=False, max_length=1000, widget=area(3))

    def clean(self) -> dict[str, Any]:
        """Ask for both answers where somebody was reached."""
        given = super().clean() or self.cleaned_data
        if given.get("is_reached"):
            for field in ("is_solved", "level"):
                if given.get(field) is None and field not in self.errors:
                    self.add_error(field, _("Write down what the citizen said."))
        return given
