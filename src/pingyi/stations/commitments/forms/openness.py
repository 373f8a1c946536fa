"""The forms of the openness checklist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.models import Section
from pingyi.bureau.shelf import Kept
from pingyi.rules.openness import RECHECK_DAYS, TEMPLATE
from pingyi.stations.commitments.models import OpennessProof
from pingyi.stations.commitments.queries.openness import AREAS, TITLES


class Addition(forms.Form):
    """Items of the template for some sections, or one of their own."""

    items = forms.MultipleChoiceField(
        label=_("Items of the template"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(item, TITLES[item]) for item in TEMPLATE],
    )  # fmt: skip
    title = forms.CharField(label=_("An item of their own"), required=False, max_length=120)
    area = forms.ChoiceField(label=_("It is about"), choices=[(area.value, word) for area, word in AREAS.items()])
    recheck_days = forms.IntegerField(
        label=_("Look again after"), min_value=1, max_value=500, initial=RECHECK_DAYS, help_text=_("Working days.")
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        """Offer the sections that this person may add items for."""
        super().__init__(*args, **options)
        choices = [(row.reference, row.name) for row in sections]
        self.fields["sections"] = forms.MultipleChoiceField(
            label=_("Sections"), choices=choices, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["sections", "items", "title", "area", "recheck_days"])


class Showing(WithFiles):
    """Where an item can be seen, with what shows it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    url = forms.URLField(
        label=_("Address on the web"), required=False, max_length=500, assume_scheme="https",
        help_text=_("The page where everybody can read it."),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Place"), required=False, max_length=120, help_text=_("Where it hangs or lies, such as: counter 3.")
    )
    proofs = files_field(_("Files or photographs that show it"))
    drop = forms.MultipleChoiceField(label=_("Take away"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standing: Iterable[OpennessProof] = (), **options: Any) -> None:
        """Offer the files of the last time to be taken away."""
        super().__init__(*args, **options)
        choices = [(proof.reference, proof.name) for proof in standing]
        self.fields["drop"] = forms.MultipleChoiceField(
            label=_("Older files to take away"), required=False, choices=choices,
            widget=forms.CheckboxSelectMultiple if choices else forms.MultipleHiddenInput,
        )  # fmt: skip

    def clean_proofs(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["proofs"])
