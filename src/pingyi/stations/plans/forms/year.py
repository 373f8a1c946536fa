"""All dates of a draft in another year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.another_year import written
from pingyi.authoring.calendars import load_calendar
from pingyi.authoring.edit import UneditableError
from pingyi.stations.plans.forms.version import TEXT_FIRST, OfVersion


class Year(forms.Form):
    """The year whose dates are to be seen."""

    year = forms.IntegerField(label=_("Year of the evaluation"), min_value=1990, max_value=2200)


class ToYear(OfVersion):
    """The year that was seen, and the draft's text as it was seen."""

    year = forms.IntegerField(min_value=1990, max_value=2200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Return the text with all its dates moved."""
        given = super().clean() or {}
        if self.errors:
            return {}
        if self.plan is None:
            raise ValidationError(TEXT_FIRST)
        if given["year"] == self.plan.year:
            raise ValidationError(_("The plan is of this year already. Choose another one."))
        try:
            text = written(self.row.text, self.plan, year=given["year"], calendar=load_calendar())
        except UneditableError as error:
            raise ValidationError(TEXT_FIRST) from error
        return {"text": text, "seen_sha256": given.get("seen_sha256", "")}
