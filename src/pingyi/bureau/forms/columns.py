"""What the columns of a table are, as a person says it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.tables.taken import TakenColumn

CHOSEN = r"^(\d{1,4}:[a-z_]*(,|$))*$"  # columns of a table and what they are, as an address carries them


def chosen_columns(words: str, *, known: Container[str]) -> dict[int, str]:
    """Return what an address says of columns: their number → their kind, nothing where one is not read."""
    pairs = re.findall(r"(?:^|,)(\d{1,4}):([a-z_]*)(?=,|$)", words)
    return {int(number): kind for number, kind in pairs if not kind or kind in known}


def asked_columns(request: HttpRequest) -> QueryDict | None:
    """Return what was chosen for the columns, where the page was asked with it."""
    return request.GET if any(name.startswith("column-") for name in request.GET) else None


class Columns(forms.Form):
    """For each column of a table what it is, as it was taken; each kind is one column of its sheet."""

    def __init__(
        self, *args: Any, columns: Sequence[TakenColumn], kinds: Mapping[str, tuple[str, str]], **more: Any
    ) -> None:
        """Offer every kind for every column; `kinds` are their names in Chinese and English."""
        super().__init__(*args, **more)
        self.columns = columns
        place = 0 if (get_language() or "zh").startswith("zh") else 1
        choices = [("", _("not read")), *((kind, names[place]) for kind, names in kinds.items())]
        for one in columns:
            self.fields[f"column-{one.number}"] = forms.ChoiceField(
                label=one.label, choices=choices, required=False, initial=one.kind
            )

    @property
    def lines(self) -> list[tuple[TakenColumn, forms.BoundField]]:
        """Each column with its field."""
        return [(one, self[f"column-{one.number}"]) for one in self.columns]

    @property
    def has_unread(self) -> bool:
        """Whether a column was left out that nobody said may be."""
        return not all(one.is_known for one in self.columns)

    def clean(self) -> dict[str, Any]:
        """Refuse two columns of one kind: only one of them would be read."""
        said = super().clean() or self.cleaned_data
        first: dict[tuple[str, str], TakenColumn] = {}
        for one in self.columns:
            kind = said.get(f"column-{one.number}")
            if kind and first.setdefault((one.sheet, kind), one) is not one:
                told = _("“%(label)s” is that already: choose one of the two.") % {
                    "label": first[one.sheet, kind].label
                }
                self.add_error(f"column-{one.number}", told)
        return said

    @property
    def as_chosen(self) -> str:
        """What was chosen, as an address carries it."""
        return ",".join(f"{one.number}:{self.cleaned_data[f'column-{one.number}']}" for one in self.columns)
