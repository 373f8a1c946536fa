"""The forms of notice boards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.models import Section
from pingyi.bureau.shelf import Kept
from pingyi.rules.board import Size

SIZES = [
    (Size.A1.value, _("A1, for a hall")),
    (Size.A2.value, _("A2")),
    (Size.A3.value, _("A3, for a corridor")),
    (Size.A4.value, _("A4, for a counter")),
    (Size.SCREEN.value, _("Screen, always up to date")),
]
WHOLE = _("The whole bureau")


class Placing(forms.Form):
    """A board at a place."""

    place = forms.CharField(
        label=_("Place"), max_length=120, help_text=_("So that a stranger finds it: building, floor, beside what.")
    )
    size = forms.ChoiceField(label=_("Size"), choices=SIZES, initial=Size.A3.value, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sections: Iterable[Section], whole: bool, **options: Any) -> None:
        """Offer the sections that this person may place boards for, and the bureau to the office."""
        super().__init__(*args, **options)
        choices = [*([("", WHOLE)] if whole else []), *((row.reference, row.name) for row in sections)]
        self.fields["section"] = forms.ChoiceField(label=_("Board of"), choices=choices, required=not whole)
        self.order_fields(["section", "place", "size"])


class Edition(forms.Form):
    """What an edition says besides what the bureau and its plan know."""

    telephone = forms.CharField(label=_("Supervision telephone"), required=False, max_length=40)
    mailbox = forms.CharField(
        label=_("Mail box"), required=False, max_length=120,
        help_text=_("An e-mail address, or where the letter box hangs."),
    )  # fmt: skip


class Hanging(WithFiles):
    """An edition hangs, and a photograph shows it."""

    edition = forms.IntegerField(
        label=_("Edition that hangs"), min_value=1, max_value=32767, help_text=_("The number stands at the foot.")
    )
    photograph = files_field(
        _("Photograph of the board at its place"), hint=_("One picture. The place where it was taken is left out.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """A photograph is always needed."""
        super().__init__(*args, **options)
        self.fields["photograph"].required = True
        self.fields["photograph"].widget.allow_multiple_selected = False

    def clean_photograph(self) -> Kept | None:
        """Lay the picture on the shelf; the last one counts."""
        kept = self.lay_down(self.cleaned_data["photograph"])
        pictures = [one for one in kept if one.mime.startswith("image/")]
        if kept and not pictures:
            raise ValidationError(_("This is no photograph. Choose a picture of the board."))
        return pictures[-1] if pictures else None
