"""A declaration of interests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau import queries
from pingyi.rules.actor import Actor


class Declaration(forms.Form):
    """Ties with sections, or none."""

    is_none = forms.BooleanField(label=_("I have no ties with any section but my own"), required=False)
    sections = forms.MultipleChoiceField(
        label=_("Sections with which I have ties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Relatives there, an earlier post within three years, gifts, money, a dispute."),
    )
    details = forms.CharField(
        label=_("What ties"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by you and the supervision office. The record shows the sections alone."),
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        """Offer the sections but one's own: that one belongs there is known."""
        super().__init__(*args, **more)
        units = [(row.reference, row.name) for row in queries.sections() if row.reference != actor.section]
        self.fields["sections"].choices = units  # type: ignore[attr-defined]
