"""The form by which a channel gets a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.rules.plan.conduct import Channel


class Issue(forms.Form):
    """Which channel, and whose system."""

    channel = forms.ChoiceField(label=_("Channel"), help_text=_("What comes in by the key comes in by this channel."))
    label = forms.CharField(
        label=_("Whose system"), max_length=80, help_text=_("Such as the name of the hotline center and its program.")
    )

    def __init__(self, *args: Any, channels: Sequence[Channel], **more: Any) -> None:
        """Offer the plan's channels."""
        super().__init__(*args, **more)
        self.fields["channel"].choices = [(one.id, one.name) for one in channels]  # type: ignore[attr-defined]
