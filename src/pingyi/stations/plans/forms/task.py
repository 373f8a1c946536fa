"""The forms of a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.models import Member, Section
from pingyi.bureau.shelf import Kept
from pingyi.grounds import Grounded
from pingyi.rules.task import Setter, Standing
from pingyi.stations.plans.models import Proof

SETTERS = [
    (Setter.BUREAU.value, _("The bureau")),
    (Setter.DISTRICT_GOVERNMENT.value, _("The district government")),
    (Setter.DISTRICT_COMMITTEE.value, _("The district committee")),
]
STANDINGS = {
    Standing.LATE: _("Late"),
    Standing.RETURNED: _("Returned"),
    Standing.DUE_SOON: _("Due soon"),
    Standing.WAITING: _("To be checked"),
    Standing.OPEN: _("Open"),
    Standing.PLANNED: _("Not begun"),
    Standing.DONE_LATE: _("Done late"),
    Standing.DONE: _("Done"),
    Standing.WAIVED: _("Waived"),
}


class Day(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        """Write days as browsers want them."""
        super().__init__(format="%Y-%m-%d")


class Report(WithFiles):
    """What was done, and the files that show it."""

    text = forms.CharField(
        label=_("What was done"),
        help_text=_("When, where, by whom, with which result. Two or three sentences are enough."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
    )
    proofs = files_field(_("Proofs"))
    drop = forms.MultipleChoiceField(label=_("Take away"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, standing: Iterable[Proof] = (), proof_needed: bool = False, **options: Any) -> None:
        """Offer the files of the former report to be taken away; a needed proof is not called optional."""
        super().__init__(*args, **options)
        self.fields["proofs"].required = proof_needed
        choices = [(proof.reference, proof.name) for proof in standing]
        self.fields["drop"] = forms.MultipleChoiceField(
            label=_("Files of the former report to take away"),
            required=False,
            choices=choices,
            widget=forms.CheckboxSelectMultiple if choices else forms.MultipleHiddenInput,
        )

    def clean_proofs(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["proofs"])


class Reason(Grounded):
    """A ground, and a reason in one's own words."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class Acceptance(Grounded):
    """An acceptance; a word is only needed for a task that the district set."""

    verb = "task.accept"

    reason = forms.CharField(
        label=_("Remark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


class ByDeed(forms.Form):
    """Which of the acts that are offered is the proof."""

    deed = forms.CharField(max_length=128, widget=forms.HiddenInput)


class Nothing(forms.Form):
    """A press of a button, without any words."""


class Assignment(Grounded):
    """Who is responsible from now on."""

    verb = "task.assign"

    to = forms.ChoiceField(label=_("Person"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, people: Iterable[Member], **options: Any) -> None:
        """Offer the people of the section."""
        super().__init__(*args, **options)
        choices = [("", _("Choose")), *((one.reference, f"{one.name} {one.title}".strip()) for one in people)]
        self.fields["to"] = forms.ChoiceField(label=_("Person"), choices=choices)


class Extension(forms.Form):
    """How much more time, and why."""

    until = forms.DateField(label=_("Until"), widget=Day())
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, help_text=_("Read by the office.")
    )


class Addition(forms.Form):
    """A task beside the plan's (§3.2.1)."""

    title = forms.CharField(label=_("Task"), max_length=200)
    section = forms.ChoiceField(label=_("Section"), required=False)
    setter = forms.ChoiceField(label=_("Set by"), choices=SETTERS)
    origin = forms.CharField(
        label=_("Document"), required=False, max_length=200, help_text=_("The letter or the meeting, with its number.")
    )
    due_on = forms.DateField(label=_("Due on"), widget=Day())
    product = forms.CharField(
        label=_("Proof"), required=False, max_length=200, help_text=_("What will show that it is done.")
    )
    text = forms.CharField(
        label=_("Details"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        """Offer the sections."""
        super().__init__(*args, **options)
        choices = [("", _("Supervision office")), *((row.reference, row.name) for row in sections)]
        self.fields["section"] = forms.ChoiceField(label=_("Section"), required=False, choices=choices)


class Resolution(Addition):
    """A meeting's resolution as a task: the meeting itself is the source."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Leave out what the meeting says."""
        super().__init__(*args, **options)
        del self.fields["setter"], self.fields["origin"]


class BoardSieve(forms.Form):
    """What to see on the board."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    standing = forms.ChoiceField(label=_("State"), required=False)

    def __init__(
        self, *args: Any, phases: Iterable[tuple[str, str]], sections: Iterable[Section], **options: Any
    ) -> None:
        """Offer the plan's phases, the bureau's sections and the states."""
        super().__init__(*args, **options)
        units = [(row.reference, row.name) for row in sections]
        offered: dict[str, list[tuple[str, Any]]] = {
            "phase": list(phases),
            "section": [*units, ("-", _("Supervision office"))],
            "standing": [(key.value, word) for key, word in STANDINGS.items()],
        }
        for name, choices in offered.items():
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])
