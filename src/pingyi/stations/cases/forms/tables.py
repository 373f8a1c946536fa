"""A hotline's table: the file and its channel, what each column is, and which section each unit is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.case_tables import ColumnMapping
from pingyi.authoring.case_tables.columns import Column
from pingyi.authoring.case_tables.fields import FIELDS
from pingyi.authoring.case_tables.problems import MESSAGES
from pingyi.bureau.models import Section
from pingyi.rules.plan.conduct import Channel
from pingyi.stations.cases.queries.units import UnitLine

NOT_READ = "-"  # said of a column that is asked about; there an empty answer is none


class Upload(forms.Form):
    """The file, and the hotline it comes from."""

    channel_id = forms.ChoiceField(label=_("Which hotline or column does the table come from?"))
    table = forms.FileField(
        label=_("Table"),
        help_text=_(
            "XLSX, XLS, CSV, or requests.json or .xml of Open311, at most 60 MB. Nothing is imported before you look."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.xlsm,.json,.xml"}),
    )

    def __init__(self, *args: Any, channels: Iterable[Channel], **more: Any) -> None:
        """Offer the plan's channels."""
        super().__init__(*args, **more)
        field = self.fields["channel_id"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type
        field.choices = [(one.id, one.name) for one in channels]


class Mapping(forms.Form):
    """For each column what it is; a field for each, named by the column's place."""

    day_first = forms.BooleanField(
        label=_("Dates such as 03/04/2026 name the day first"), required=False,
        help_text=_("Only for dates with slashes: 03/04/2026 is then 3 April."),
    )  # fmt: skip

    answered = forms.ChoiceField(
        label=_("Rows with an answer and no state are"), required=False, widget=forms.RadioSelect,
        choices=[("closed", _("closed, on the day of the answer")), ("open", _("still open"))],
        help_text=_("An answer that only says that the message was received or passed on closes nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, columns: Sequence[Column], mapping: ColumnMapping, **more: Any) -> None:
        """Offer every field for every column, with the proposal chosen."""
        super().__init__(*args, **more)
        self.mapping, self.columns = mapping, columns
        is_chinese = (get_language() or "zh").startswith("zh")
        fields = [(one.id, one.zh if is_chinese else one.en) for one in FIELDS]
        for column, field in zip(columns, mapping.fields, strict=True):
            is_asked = column.index in mapping.asked
            none = [("", _("choose what it is")), (NOT_READ, _("not read"))] if is_asked else [("", _("not read"))]
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.label or _("(no name)"), choices=[*none, *fields], required=is_asked, initial=field
            )
        self.fields["day_first"].initial = mapping.day_first
        if mapping.tells_answers:
            self.fields["answered"].initial = "open" if mapping.answered_stays_open else "closed"
        else:
            del self.fields["answered"]

    @property
    def asks_answered(self) -> bool:
        """Whether the table tells answers, so that it is asked what they mean for the state."""
        return "answered" in self.fields

    @property
    def asked(self) -> list[str]:
        """The heads of the columns of days of which nothing tells what they are."""
        return [column.label for column in self.columns if column.index in self.mapping.asked]

    @property
    def lines(self) -> list[tuple[Column, Any]]:
        """Return each column with its field."""
        return [(column, self[f"column-{column.index}"]) for column in self.columns]

    def settled(self) -> ColumnMapping:
        """Return the mapping as it was corrected."""
        said = {column.index: str(self.cleaned_data.get(f"column-{column.index}") or "") for column in self.columns}
        chosen = {index: "" if field == NOT_READ else field for index, field in said.items()}
        return self.mapping.corrected(
            chosen, day_first=bool(self.cleaned_data.get("day_first")),
            answered_stays_open=self.cleaned_data.get("answered") == "open",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Hold the whole mapping to what rows need."""
        cleaned = super().clean() or {}
        self.cleaned_data = cleaned
        language = 0 if (get_language() or "zh").startswith("zh") else 1
        names = {one.zh: (one.zh, one.en)[language] for one in FIELDS}
        for problem in self.settled().problems():
            words = MESSAGES[problem.code][language]
            self.add_error(None, words.format(field=names[problem.facts["field"]]))
        return cleaned


class Units(forms.Form):
    """For each unit that a table names the section it is."""

    def __init__(self, *args: Any, lines: Sequence[UnitLine], sections: Iterable[Section], **more: Any) -> None:
        """Offer the bureau's sections for every unit."""
        super().__init__(*args, **more)
        self.units = lines
        choices = [
            ("", _("not one of ours: the supervision office hands it on")),
            *((one.reference, one.name) for one in sections),
        ]
        for place, line in enumerate(lines):
            self.fields[f"unit-{place}"] = forms.ChoiceField(
                label=line.name, choices=choices, required=False,
                initial=line.section.reference if line.section else "",
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[UnitLine, Any]]:
        """Return each unit with its field."""
        return [(line, self[f"unit-{place}"]) for place, line in enumerate(self.units)]

    def clean(self) -> dict[str, Any]:
        """Return unit → the section's reference, empty where it is none of ours."""
        cleaned = super().clean() or {}
        return {"sections": {line.name: cleaned.get(f"unit-{place}", "") for place, line in enumerate(self.units)}}


class Sheet(forms.Form):
    """One sheet of a workbook."""

    sheet = forms.CharField(max_length=80)


class Confirm(forms.Form):
    """Nothing but the word itself."""
