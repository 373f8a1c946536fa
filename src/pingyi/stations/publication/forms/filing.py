"""What is handed over to the office above, and the number under which it was received."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.documents.handed_in import ACCEPTED, HandedIn, accept
from pingyi.pages import refused_as_fault
from pingyi.rules.refused import Refused

UPLOAD, DRAFT = "upload", "draft"


class File(forms.Form):
    """A paper: uploaded, or the bureau's summary as the record drafts it just now."""

    kind = forms.ChoiceField(
        label=_("What is filed"), widget=forms.RadioSelect, initial=UPLOAD,
        choices=[
            (UPLOAD, _("A paper of ours")), (DRAFT, _("The bureau's summary as drafted from the record just now")),
        ],
    )  # fmt: skip
    document = forms.FileField(
        label=_("Paper"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, Word or a picture, at most 20 MB. Needed where a paper of yours is filed."),
    )  # fmt: skip
    ending = forms.CharField(
        label=_("Shortcomings and next steps"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Needed for the drafted summary: what fell short, why, and what will be done by when."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note to the receiving office"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: object, drafted: Callable[[str], HandedIn], **more: object) -> None:
        """Keep how the draft is made; it is made only if it is wanted."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self._drafted = drafted

    def clean(self) -> dict[str, object]:
        """Return the paper itself, wherever it comes from."""
        found: dict[str, object] = super().clean() or {}
        ending = str(found.pop("ending", "")).strip()
        if found.pop("kind", UPLOAD) == DRAFT:
            if not ending:
                self.add_error("ending", _("Write what fell short, why, and what will be done by when."))
                return found
            found["document"] = self._drafted(ending)
        elif "document" in found:
            found["document"] = self._uploaded(found["document"])
        return found

    def _uploaded(self, file: object) -> HandedIn | None:
        if not file:
            self.add_error("document", _("Choose the paper that is filed."))
            return None
        return _accepted(self, "document", file)


def _accepted(form: forms.Form, field: str, file: object) -> HandedIn | None:
    """Return an uploaded file as it may be kept, or say at its field what is wrong."""
    try:
        return accept(file.read(), name=file.name)  # type: ignore[attr-defined]
    except Refused as refused:
        form.add_error(field, refused_as_fault(refused))
        return None


class Receive(forms.Form):
    """The receipt."""

    number = forms.CharField(
        label=_("Number of the receipt"), max_length=40, help_text=_("As your office's register of papers has it."),
    )  # fmt: skip


class ReceivePaper(Receive):
    """A receipt that came on paper."""

    received_on = forms.DateField(
        label=_("Day of the receipt"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("As the paper has it."),
    )  # fmt: skip
    scan = forms.FileField(
        label=_("Scan or photograph of the receipt"), widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or a picture, at most 20 MB."),
    )  # fmt: skip

    field_order = ("number", "received_on", "scan")

    def clean(self) -> dict[str, object]:
        """Return the scan as it is kept."""
        found: dict[str, object] = super().clean() or {}
        if found.get("scan"):
            found["scan"] = _accepted(self, "scan", found["scan"])
        return found


class Return(forms.Form):
    """Why a paper goes back."""

    reason = forms.CharField(
        label=_("What is to be mended"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The bureau reads it and files again."),
    )  # fmt: skip
