"""What a person says when publishing or taking back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.grounds import Grounded


class Confirm(forms.Form):
    """Nothing but the word itself."""


class Damaged(forms.Form):
    """Why a plan in which text is lost is published as it is."""

    reason = forms.CharField(
        label=_("Why it is published with the lost text"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It is kept in the record, sealed."),
    )  # fmt: skip


class Notice(forms.Form):
    """A notice of one's own words."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 12}), max_length=20_000,
        help_text=_("An empty line begins a new paragraph. Name no person who has not agreed to it."),
    )  # fmt: skip


class Reason(Grounded):
    """Why something is taken back; the words are published."""

    hint = _("It stands at the public address, so name no person.")

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=500)
