"""Forms of the site's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Example(forms.Form):
    """Shows every kind of field on the components page."""

    title = forms.CharField(label=_("Title"), help_text=_("As it should read on the notice board."), max_length=40)
    due_on = forms.DateField(label=_("Due date"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=_("Kind of case"),
        choices=[("complaint", _("Complaint")), ("inquiry", _("Inquiry")), ("suggestion", _("Suggestion"))],
        widget=forms.RadioSelect,
    )
    section = forms.ChoiceField(
        label=_("Section"), choices=[("", "—"), ("office", "办公室"), ("brigade", "环境监察大队")]
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, required=False)
    is_restricted = forms.BooleanField(label=_("Keep this restricted"), required=False)


class ExampleUpload(forms.Form):
    """Shows the file field on the components page."""

    file = forms.FileField(label=_("The plan document"), help_text=_("TXT, DOCX, PDF or HTML, at most 20 MB."))


class ExampleFilter(forms.Form):
    """Shows a filter on the components page."""

    words = forms.CharField(label=_("Words"), required=False)
    section = forms.ChoiceField(
        label=_("Section"), choices=[("", "—"), ("office", "办公室"), ("brigade", "环境监察大队")], required=False
    )
