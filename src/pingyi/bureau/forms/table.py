"""A table of sections and people is handed in, then confirmed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.columns import CHOSEN


class TableFile(forms.Form):
    """The file."""

    table = forms.FileField(
        label=_("Table of sections and people"),
        help_text=_("XLSX, XLS or CSV, at most 5 MB."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )


class Confirm(forms.Form):
    """The digest of what was previewed, so that nothing else is taken over."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    columns = forms.RegexField(CHOSEN, required=False, widget=forms.HiddenInput, max_length=4000)
