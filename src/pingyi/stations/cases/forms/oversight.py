"""The forms of oversight: a remark on a letter, a breach that is raised, heard and decided (§3.2.3)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pingyi.stations.cases import words_oversight as words
from pingyi.stations.cases.forms.verbs import OnCase
from pingyi.stations.cases.forms.widgets import area


class Letter(OnCase):
    """A remark that is printed in the letter."""

    note = forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=area(3), help_text=_("It is printed in the letter.")
    )


class Raise(forms.Form):
    """Which rule was broken, and how."""

    kind = forms.ChoiceField(
        label=_("Which rule of service was broken"), choices=list(words.BREACHES.items()), widget=forms.RadioSelect
    )
    note = forms.CharField(label=pgettext_lazy("breach", "What was done"), max_length=500, widget=area(4))


class Hear(forms.Form):
    """How it came about."""

    words = forms.CharField(
        label=pgettext_lazy("breach", "How it came about"), max_length=1000, widget=area(6),
        help_text=_("Whoever decides reads this first. Name no citizen."),
    )  # fmt: skip


class Decide(forms.Form):
    """Upheld or dismissed, with a reason."""

    is_upheld = forms.TypedChoiceField(
        label=pgettext_lazy("breach", "Decision"),
        choices=[("yes", _("Uphold it")), ("no", _("Dismiss it"))],
        widget=forms.RadioSelect,
        coerce=lambda chosen: chosen == "yes",
        empty_value=None,
    )
    decision = forms.CharField(label=_("Reason"), max_length=500, widget=area(4))
