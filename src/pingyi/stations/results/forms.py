"""Words of a person → typed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.authoring.evidence_tables import kinds
from pingyi.bureau.forms.columns import CHOSEN, chosen_columns
from pingyi.documents.handed_in import ACCEPTED, accept
from pingyi.grounds import Grounded
from pingyi.pages import refused_as_fault
from pingyi.rules import counting
from pingyi.rules.counting import Choice
from pingyi.rules.plan import Source
from pingyi.rules.refused import Refused
from pingyi.rules.result import Ruled, Ruling, rule_on
from pingyi.rules.sheet import BONUS, DEDUCTION, VETO
from pingyi.stations.results.queries.ranking import DraftLine
from pingyi.stations.results.queries.sides import Asked

DAY = forms.DateInput(attrs={"type": "date"})


ADJUSTED = {BONUS: _("Bonus"), DEDUCTION: _("Deductions"), VETO: _("Veto")}


class Table(forms.Form):
    """A table of evidence, and what it does not say itself."""

    table = forms.FileField(label=_("Table"), help_text=_("XLSX, XLS or CSV, at most 30 MB."))
    happened_on = forms.DateField(
        label=_("Day"), required=False, widget=DAY, help_text=_("Only for a table without a column of dates.")
    )

    def __init__(self, *args: object, sources: Iterable[Source] = (), **more: object) -> None:
        """Offer the plan's sources."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        choices = [("", _("As the table says")), *((one.id, one.name) for one in sources), *ADJUSTED.items()]
        self.fields["source"] = forms.ChoiceField(
            label=_("Source"),
            required=False,
            choices=choices,
            help_text=_("Choose one if the table holds a single source."),
        )


class Import(forms.Form):
    """The confirmation of a table that was looked at, and what counts where this house tells of the same."""

    source = forms.CharField(required=False, widget=forms.HiddenInput)
    happened_on = forms.DateField(required=False, widget=forms.HiddenInput)
    columns = forms.RegexField(CHOSEN, required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, *args: Any, asked: Sequence[Asked] = (), **more: Any) -> None:
        """Ask for each source that both sides tell of."""
        super().__init__(*args, **more)
        self.asked = asked
        for one in asked:
            _ask(self, one, suffix=f"_{one.source.id}")

    @property
    def groups(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """Lay the questions out source by source."""
        for one in self.asked:
            names = [f"counts_{one.source.id}", f"since_{one.source.id}"]
            yield one.source.name, one.hint, [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Return what the action takes: the choices with the rest."""
        said = super().clean() or self.cleaned_data
        choices = {one.source.id: _chosen(self, one, suffix=f"_{one.source.id}") for one in self.asked}
        kept = {name: value for name, value in said.items() if name in {"source", "happened_on"}}
        return {
            **kept,
            "columns": chosen_columns(said.get("columns") or "", known=kinds.NAMES),
            "choices": {name: choice for name, choice in choices.items() if choice is not None},
        }


class Sides(forms.Form):
    """Which side counts for one source."""

    def __init__(self, *args: Any, asked: Asked, **more: Any) -> None:
        """Offer what can be chosen, each with how much would count."""
        super().__init__(*args, **more)
        self.asked = asked
        _ask(self, asked)

    def clean(self) -> dict[str, Any]:
        """Return the choice as the action takes it."""
        super().clean()
        choice = _chosen(self, self.asked)
        return {} if choice is None else {"counts": choice.counts.value, "since": choice.since}


def _ask(form: forms.Form, asked: Asked, *, suffix: str = "") -> None:
    form.fields[f"counts{suffix}"] = forms.ChoiceField(
        label=_("Which side counts"),
        choices=asked.choices,
        widget=forms.RadioSelect,
        initial=asked.chosen.counts.value if asked.chosen else None,
        error_messages={"required": _("Choose which side counts.")},
    )
    if asked.start:
        form.fields[f"since{suffix}"] = forms.DateField(
            label=_("Start: the first day that this house counts itself"), required=False, widget=DAY,
            initial=((asked.chosen.since if asked.chosen else None) or asked.start).isoformat(),
            help_text=_("Only if the tables count until then."),
        )  # fmt: skip


def _chosen(form: forms.Form, asked: Asked, *, suffix: str = "") -> Choice | None:
    counts = form.cleaned_data.get(f"counts{suffix}")
    if not counts:
        return None
    try:
        since = form.cleaned_data.get(f"since{suffix}")
        return counting.choose(counts, since=since, is_parted=asked.start is not None)
    except Refused as refused:
        form.add_error(f"{refused.field}{suffix}", refused_as_fault(refused))
        return None


class Confirm(forms.Form):
    """Nothing but the word itself."""


class Settle(forms.Form):
    """The word itself, and why what rests on one row counts all the same."""

    def __init__(self, *args: Any, alone: Sequence[str] = (), **more: Any) -> None:
        """Ask for a reason where something rests on one row."""
        super().__init__(*args, **more)
        if alone:
            self.fields["reason"] = forms.CharField(
                label=_("Why it counts although it rests on one row"), widget=forms.Textarea(attrs={"rows": 3}),
                max_length=500, help_text=_("It is kept with the settlement: %s") % "、".join(alone),
            )  # fmt: skip


class Final(forms.Form):
    """The word itself, and that who confirms knows what rests on one row."""

    def __init__(self, *args: Any, alone: Sequence[str] = (), **more: Any) -> None:
        """Ask where something rests on one row."""
        super().__init__(*args, **more)
        if alone:
            self.fields["is_known"] = forms.BooleanField(
                label=_("I know that this rests on one row: %s") % "、".join(alone),
                error_messages={"required": _("Tick it if you know it; otherwise bring in more and settle anew.")},
            )


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=500,
        help_text=_("Everybody can read it in the record, so name no person."),
    )  # fmt: skip


class Withdrawal(Grounded):
    """Why evidence or a verdict is taken back: a ground for all, and words."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=500)


RULINGS = [
    (Ruling.ORDER.value, _("Order it")),
    (Ruling.WAIVE.value, _("Do not order it")),
    (Ruling.LATER.value, _("Decide later")),
]


class Decision(Final):
    """What the bureau meeting decided where the evidence does not confirm what fires: in words, and one by one."""

    decision = forms.CharField(
        label=_("Decision of the bureau meeting, with its reasons"), widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000, help_text=_("It is published beside the result, so name no person."),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Sequence[DraftLine], **more: Any) -> None:
        """Ask for a ruling on each of these consequences."""
        super().__init__(*args, **more)
        self.asked = asked
        for one in asked:
            self.fields[f"ruling_{one.key}"] = forms.ChoiceField(
                label=f"{one.section} · {one.name}", choices=RULINGS, widget=forms.RadioSelect
            )
            self.fields[f"reason_{one.key}"] = forms.CharField(
                label=f"{one.name} · {_('Why not now')}", required=False, max_length=500,
                help_text=_("For what is not ordered, or put off. The section reads it."),
            )  # fmt: skip

    @property
    def groups(self) -> Iterator[tuple[str, str, list[forms.BoundField]]]:
        """Lay the fields out: the decision, then what is asked, section by section."""
        yield "", "", [self["decision"]]
        for section in dict.fromkeys(one.section for one in self.asked):
            mine = [one for one in self.asked if one.section == section]
            fields = [self[f"{part}_{one.key}"] for one in mine for part in ("ruling", "reason")]
            yield section, "、".join(dict.fromkeys(name for one in mine for name in one.triggers)), fields
        if "is_known" in self.fields:
            yield "", "", [self["is_known"]]

    def clean(self) -> dict[str, Any]:
        """Return the decision and the rulings as the action takes them."""
        said = super().clean() or self.cleaned_data
        rulings = {
            one.key: Ruled(ruling=Ruling(said[f"ruling_{one.key}"]), reason=said.get(f"reason_{one.key}", ""))
            for one in self.asked
            if said.get(f"ruling_{one.key}")
        }
        for key, ruled in rulings.items():
            try:
                rule_on([key], {key: ruled})
            except Refused as refused:
                self.add_error(refused.field, refused_as_fault(refused))
        known = {"is_known": said["is_known"]} if "is_known" in said else {}
        return {"decision": said.get("decision", ""), "rulings": rulings, **known}


class TakenUp(forms.Form):
    """The decision of the meeting that took up what another had put off."""

    decision = forms.CharField(
        label=_("Decision of the bureau meeting, with its reasons"), widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000, help_text=_("The sections concerned read it."),
    )  # fmt: skip


class Objection(forms.Form):
    """What is wrong in the own sheet."""

    text = forms.CharField(
        label=_("What is wrong, and why"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=_("Name the line of the sheet and the paper that shows it."),
    )  # fmt: skip


class Answer(forms.Form):
    """The answer to an objection."""

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("Upheld: the verdict is settled anew")), ("no", _("Dismissed: the sheet stands"))],
    )  # fmt: skip
    answer = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)


class Report(forms.Form):
    """How a consequence was carried out."""

    text = forms.CharField(
        label=_("What was done, when and where"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000
    )
    proof = forms.FileField(
        label=_("Proof"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Minutes, letter or photograph, at most 20 MB."),
    )  # fmt: skip

    def clean_proof(self) -> object:
        """Take the file as it may be kept."""
        file = self.cleaned_data.get("proof")
        if not file:
            return None
        try:
            return accept(file.read(), name=file.name)
        except Refused as refused:
            raise refused_as_fault(refused) from refused
