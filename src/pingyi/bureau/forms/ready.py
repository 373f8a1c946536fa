"""Why something that is not in order is accepted as it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.grounds import Grounded


class Acceptance(Grounded):
    """A ground and words, for the line as it was seen."""

    verb = "ready.accept"
    hint = _("Who reads the page reads it too. Everybody can read the ground; the words are sealed in the record.")

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(label=_("Reason"), max_length=200)
