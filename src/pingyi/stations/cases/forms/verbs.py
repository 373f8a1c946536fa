"""The forms of the verbs on one case; each carries the version that was seen, so that two clerks do not collide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pingyi.bureau import interests
from pingyi.bureau import queries as bureau
from pingyi.bureau.forms.files import WithFiles, files_field
from pingyi.bureau.models import Member
from pingyi.bureau.shelf import Kept
from pingyi.grounds import Grounded
from pingyi.rules.case.custody import OFFICE
from pingyi.rules.case.receipts import is_bare_receipt
from pingyi.rules.case.stages import is_restricted_kind
from pingyi.stations.cases import words
from pingyi.stations.cases.forms.widgets import Day, area, with_files
from pingyi.stations.cases.models import Case
from pingyi.stations.cases.queries import timing
from pingyi.stations.cases.queries.listing import OFFICE_CHOICE


class OnCase(WithFiles):
    """A form about one case; without fields of its own it is the press of a button."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        """Remember the case, and the version that the person had before them."""
        self.case = case
        super().__init__(*args, **{**more, "initial": {"seen": case.version, **self.first(case)}})

    def first(self, case: Case) -> dict[str, Any]:
        """Return what the fields begin with."""
        return {}


class Answer(OnCase):
    """What the citizen will read."""

    text = forms.CharField(
        label=_("Answer"), max_length=10_000, widget=area(8),
        help_text=_("The citizen reads this: what was found, what was decided, what will be done and by when."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why this is an answer all the same"), max_length=500, required=False, widget=area(2),
        help_text=_("Whoever closes the case reads this beside the answer and decides. The citizen does not see it."),
    )  # fmt: skip
    attachments = files_field(_("Papers for the citizen"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Ask for a reason only where what was written looks like a bare receipt."""
        super().__init__(*args, **more)
        written = str(self.data.get("text", ""))
        if not written.strip() or not is_bare_receipt(written):
            del self.fields["reason"]

    def first(self, case: Case) -> dict[str, Any]:
        """Begin with the answer that stands."""
        return {"text": case.answer}

    def clean_attachments(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["attachments"])

    def clean(self) -> dict[str, Any]:
        """Name the files as the actions do."""
        return with_files(super().clean() or self.cleaned_data)


class Settle(OnCase):
    """What came of the matter."""

    result = forms.CharField(
        label=_("Result"), max_length=10_000, widget=area(6), help_text=_("What was done, by whom and when.")
    )
    attachments = files_field(_("Proofs"))

    def first(self, case: Case) -> dict[str, Any]:
        """Begin with the result that stands."""
        return {"result": case.result}

    def clean_attachments(self) -> Sequence[Kept]:
        """Lay the files on the shelf."""
        return self.lay_down(self.cleaned_data["attachments"])

    def clean(self) -> dict[str, Any]:
        """Name the files as the actions do."""
        return with_files(super().clean() or self.cleaned_data)


class Assign(OnCase):
    """To which section, and there to whom."""

    to = forms.ChoiceField(label=_("Section"))
    member = forms.ChoiceField(label=_("Person"), required=False)
    note = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=area(2))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the open sections and their people; a restricted case stays with the supervision office."""
        super().__init__(*args, **more)
        units = [] if self.case.is_restricted else list(bureau.sections())
        office = (OFFICE_CHOICE, _("Supervision office"))
        sections = [("", _("Choose")), *((row.reference, row.name) for row in units), office]
        self.fields["to"] = forms.ChoiceField(label=_("Section"), choices=sections)
        bound = interests.recused(self.case.section.reference) if self.case.section else set()
        free = [one for one in bureau.members() if one.reference not in bound]
        self.fields["member"] = forms.ChoiceField(
            label=_("Person"),
            required=False,
            choices=[("", _("The section decides")), *_grouped(free, office=str(office[1]))],
            help_text=_("Only somebody of the section above. The case is yours until it is accepted."),
        )

    def clean_to(self) -> str:
        """Return the section as the rules name it: the supervision office has no reference."""
        chosen = str(self.cleaned_data["to"])
        return OFFICE if chosen == OFFICE_CHOICE else chosen


class Decline(OnCase):
    """Why an offer is refused."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=area(3),
        help_text=_("The giver reads it. Say whose business it is, and by which rule."),
    )  # fmt: skip


class Recall(OnCase):
    """Why an offer is taken back."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=area(2))


class Reopen(Grounded, OnCase):
    """Why a case is opened again."""

    verb = "case.reopen"
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(3))


class Readmit(Reopen):
    """Why an erased matter may come in anew."""

    verb = "case.readmit"


class Classify(OnCase):
    """Another kind or theme."""

    kind = forms.ChoiceField(label=_("Kind of matter"), choices=list(words.KINDS.items()), widget=forms.RadioSelect)
    theme = forms.CharField(label=_("Theme"), required=False, max_length=120)
    theme_code = forms.CharField(label=_("Code of the theme"), required=False, max_length=40)

    def first(self, case: Case) -> dict[str, Any]:
        """Begin with what it is now."""
        return {"kind": case.kind_id, "theme": case.theme, "theme_code": case.theme_code}


class CorrectKind(Grounded, OnCase):
    """Which kind it should have had, and why it had another."""

    verb = "case.correct_kind"
    kind = forms.ChoiceField(label=_("Right kind"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(3))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the other kinds, each with the day on which the case would then be due."""
        super().__init__(*args, **more)
        kinds = [one for one in words.KINDS if one != self.case.kind_id and not is_restricted_kind(one)]
        named = _("%(kind)s: due on %(day)s")
        self.fields["kind"] = forms.ChoiceField(
            label=_("Right kind"), widget=forms.RadioSelect,
            choices=[
                (one, named % {"kind": words.KINDS[one], "day": timing.if_kind(self.case, one).isoformat()})
                for one in kinds
            ],
        )  # fmt: skip


class StopClock(OnCase):
    """Why the clock stands still."""

    cause = forms.ChoiceField(label=_("What is awaited"), choices=list(words.STOPS.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Details"), required=False, max_length=500, widget=area(2))


class LetStand(OnCase):
    """Why a stopped clock may stand."""

    note = forms.CharField(
        label=_("Reason"), max_length=500, widget=area(3), help_text=_("What you looked at, and what is awaited still.")
    )


class Hold(OnCase):
    """For which matter a case is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(3), help_text=_("Read by the office."))


class ExtendAsk(OnCase):
    """How much more time, and why."""

    until = forms.DateField(label=_("Until"), widget=Day())
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=area(3), help_text=_("Read by the office."))

    def __init__(self, *args: Any, **more: Any) -> None:
        """Say what the plan allows."""
        super().__init__(*args, **more)
        last = timing.latest_extension(self.case)
        self.fields["until"].help_text = _("After %(due_on)s and not later than %(last)s.") % {
            "due_on": self.case.due_on.isoformat(), "last": last.isoformat(),
        }  # fmt: skip


class ExtendGrant(OnCase):
    """A word on an extension that is granted."""

    decision = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=area(2))


class ExtendDeny(OnCase):
    """Why an extension is refused."""

    decision = forms.CharField(label=_("Reason"), max_length=500, widget=area(3))


class Notify(OnCase):
    """The whole list of what is missing (一次性告知)."""

    papers = forms.CharField(
        label=_("Missing papers"), max_length=4000, widget=area(6),
        help_text=_("All of them, one a line. They are asked for once; a second list is a breach and stops no clock."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Basis"), required=False, max_length=300, help_text=_("The law or rule that asks for them.")
    )


class Merge(OnCase):
    """Into which case it goes."""

    into = forms.CharField(label=_("Number of the other case"), max_length=20, help_text=_("Such as 2026-000123."))

    def clean_into(self) -> str:
        """Return the number as it is written everywhere."""
        return str(self.cleaned_data["into"]).strip()


class Split(OnCase):
    """What the second case is about."""

    kind = forms.ChoiceField(label=_("Kind of matter"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=200)
    text = forms.CharField(label=_("The part that is split off"), required=False, max_length=20_000, widget=area(5))

    def __init__(self, *args: Any, **more: Any) -> None:
        """What is protected stays apart from what is not."""
        super().__init__(*args, **more)
        fitting = [one for one in words.KINDS.items() if is_restricted_kind(one[0]) == self.case.is_restricted]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of matter"), choices=fitting, widget=forms.RadioSelect, initial=self.case.kind_id
        )


def _grouped(members: Iterable[Member], *, office: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return people under their sections; those who can hold no case are left out."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in members:
        if one.section is not None or one.role == "supervision_office":
            groups.setdefault(one.section.name if one.section else office, []).append((one.reference, one.name))
    return list(groups.items())
