"""What a visitor asks of the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Asked(forms.Form):
    """A reference from a letter or page, or the leaf hash from a receipt."""

    q = forms.CharField(
        label=_("Reference or leaf hash"),
        help_text=_("As it stands on the receipt, for example 7K2Q9MXB3TRD or 64 hexadecimal digits."),
        max_length=128,
        required=False,
    )
