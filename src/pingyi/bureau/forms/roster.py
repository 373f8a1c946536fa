"""A/B posts and absences (AB角, §3.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.models import Member


class Pair(forms.Form):
    """Two people of a section who do the same work in turn."""

    work = forms.CharField(
        label=_("Work"), max_length=80, required=False,
        help_text=_("What both can do, such as the counter. A new pair for the same work ends the older one."),
    )  # fmt: skip
    first = forms.ChoiceField(label=_("A post"))
    second = forms.ChoiceField(label=_("B post"))

    def __init__(self, *args: Any, people: Iterable[Member], **more: Any) -> None:
        """Offer the people of the section."""
        super().__init__(*args, **more)
        choices = [("", _("Choose")), *((one.reference, one.name) for one in people)]
        for name in ("first", "second"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices)


class Away(forms.Form):
    """Who is away, and when."""

    member = forms.ChoiceField(label=_("Who is away"))
    begins_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    is_head_standing_in = forms.BooleanField(
        label=_("The section's head stands in if both of a post are away"), required=False
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Seen on no page; not in the open record.")
    )

    def __init__(self, *args: Any, people: Iterable[Member], **more: Any) -> None:
        """Offer those whose absence this person may enter."""
        super().__init__(*args, **more)
        offered = [(one.reference, one.name) for one in people]
        choices = [("", _("Choose")), *offered] if len(offered) > 1 else offered
        self.fields["member"] = forms.ChoiceField(label=_("Who is away"), choices=choices)


class Nothing(forms.Form):
    """A press of a button, without any words."""
