"""Several files in one field; what was once uploaded stays, whatever else is wrong with the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from pingyi import outages
from pingyi.bureau import shelf
from pingyi.bureau.shelf import Kept
from pingyi.documents import handed_in
from pingyi.pages import refused_as_fault
from pingyi.rules.refused import Refused

MOST = 20


class Files(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """Several files; each is read by itself, so that one bad file does not lose the others."""

    widget = Files(attrs={"accept": handed_in.ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Return the files as they came."""
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file]


class WithFiles(forms.Form):
    """A form with files: the good ones go to the shelf at once, and come back as tickets in the form.

    `holder` is who uploads; a ticket is good for its holder alone.
    """

    def __init__(self, *args: Any, holder: str, **options: Any) -> None:
        """Read the tickets that the form carried along."""
        super().__init__(*args, **options)
        self.holder = holder
        self.kept: list[Kept] = []
        if self.is_bound:
            given = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
            self.kept = [kept for ticket in given if (kept := shelf.redeem(ticket, holder=holder))]

    @property
    def tickets(self) -> list[tuple[str, Kept]]:
        """What lies on the shelf for this form, each with its ticket."""
        return [(shelf.ticket(kept, holder=self.holder), kept) for kept in self.kept]

    def lay_down(self, files: Sequence[UploadedFile[bytes]]) -> tuple[Kept, ...]:
        """Lay the new files on the shelf; every faulty one is named, and the good ones stay."""
        faults: list[ValidationError] = []
        for file in files:
            try:
                self._lay_one(file)
            except Refused as refused:
                faults.append(refused_as_fault(refused))
            except OSError as fault:
                told = outages.as_fault(fault, is_member=self.holder != "public")
                if told is None:
                    raise
                faults.append(told)
        if len(self.kept) > MOST:
            faults.append(refused_as_fault(Refused("file.too_many", most=MOST)))
        if faults:
            raise ValidationError(faults)
        return tuple(self.kept)

    def _lay_one(self, file: UploadedFile[bytes]) -> None:
        name = file.name or ""
        if (file.size or 0) > handed_in.LARGEST:
            raise Refused("file.too_large", name=handed_in.safe_name(name), megabytes=handed_in.LARGEST // 1024 // 1024)
        kept = shelf.put(handed_in.accept(file.read(), name=name))
        if kept.sha256 not in {one.sha256 for one in self.kept}:
            self.kept.append(kept)


def files_field(label: str | Any, hint: str | Any = "") -> FilesField:
    """Return the field for several files, with what is taken said in its hint."""
    taken = _("Pictures, PDF, office documents or text, up to 20 MB each. Several may be chosen.")
    return FilesField(label=label, required=False, help_text=hint or taken)
